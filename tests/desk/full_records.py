"""Records with something in every list, and the serializers that read documents."""

from disputes.documents import BY_TYPE

from ..factories import (
    MAKERS,
    make_actor,
    make_agreement,
    make_dispute,
    make_leader,
    make_link,
    make_source,
    make_summit,
)


def full(name: str):
    """A record of the type with something in its lists, where the factory leaves them empty."""
    dispute, actor = make_dispute(), make_actor()
    if name in ("event", "summit"):
        cause = make_summit(date="2019-01")
        kwargs = {"initiators": (actor,), "targets": (make_actor(), actor)}
        record = MAKERS[name](
            disputes=(dispute, make_dispute()), **(kwargs if name == "event" else {})
        )
        link = make_link(record, cause, denied_by="JP", asserted_by="KR", kind="retaliates_for")
        link.citations.create(source=make_source(), locator="p. 3")
        if name == "summit":
            record.outcomes.create(text_en="A hotline", text_ko="직통 전화")
            record.outcomes.create(text_en="A visit", position=1)
    elif name == "agreement":
        record = make_agreement(disputes=(dispute,), issued_summit=make_summit())
        record.signatures.create(actor=actor)
    elif name == "actor":
        record = make_actor(leader=make_leader(), name_ja="省")
    elif name == "survey":
        record = MAKERS[name](disputes=(dispute,), readings=[("2019", 12.2), ("2020-03~", 40)])
    else:
        record = MAKERS[name]()
    if hasattr(record, "citations"):
        record.citations.create(
            source=make_source(language="ja", title="報告書"),
            position=5,
            locator="§ 2",
            claim="that",
            note="“x”",
            quotation="「x」",
        )
    record.translation_ko = "reviewed"
    record.save()
    return type(record).objects.get(pk=record.pk)


def valid(name: str, data: dict):
    serializer = BY_TYPE[name](data=data)
    assert serializer.is_valid(), serializer.errors
    return serializer


def errors(name: str, data: dict) -> dict:
    serializer = BY_TYPE[name](data=data)
    assert not serializer.is_valid()
    return serializer.errors
