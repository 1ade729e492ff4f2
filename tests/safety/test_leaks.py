"""Secret words in all that is not public; then every public answer is searched for them."""

import re

import pytest
from django.contrib.auth.models import User
from django.db import models
from django.test import Client

from disputes.models import Proposal, ProposalState, Record
from timeline import documents, record_types
from timeline.models import Entry

from ..factories import MAKERS, make_actor, make_dispute, make_event, make_link, make_source
from .routes import addresses
from .test_headers import VALUES

pytestmark = pytest.mark.django_db

SECRET = "zqxhush"
PRIVATE = re.compile(rb"zqxhush|\xe3\x84\xb1\xe7\xa7\x98", re.IGNORECASE)  # the word, and ㄱ秘


def hide(record: Record, published: bool) -> None:
    """Write the secret into all texts of a draft; into the desk's own remark of what is public."""
    for field in record._meta.fields:
        own = field.name == "remark"
        text = isinstance(field, models.TextField) or field.name.endswith(("_en", "_ko", "_ja"))
        short = isinstance(field, models.CharField) and (field.choices or field.max_length < 60)
        if own or (text and not short and not published and "translation" not in field.name):
            setattr(record, field.name, f"{SECRET} ㄱ秘")
    record.save()


@pytest.fixture
def secrets() -> list[Record]:
    """Of each type one record that is public, with secrets beside it, and a secret draft."""
    drafts = []
    for name, make in MAKERS.items():
        public = make(key=f"{name}-public")
        hide(public, published=True)
        drafts.append(make(key=f"{SECRET}-{name}", published=False))
        hide(drafts[-1], published=False)
        propose(public)
    event = make_event(key="walked")
    event.title_en = f"{SECRET}, saved and not yet published"
    event.save()
    beside(event)
    return drafts


def propose(record: Record) -> None:
    user, _made = User.objects.get_or_create(username=f"{SECRET}-user", email=f"{SECRET}@x.example")
    base = Entry.objects.current().get(type=record.document_type, key=record.key)
    for state in ProposalState.values:
        proposal = Proposal.objects.create(
            type=record.document_type,
            key=record.key,
            base=base,
            document=documents.dumps(base.data | {"title": {"en": SECRET, "ko": SECRET}}),
            reason=SECRET,
            state=state,
            proposer=user,
        )
        proposal.comments.create(author=user, text=SECRET)


def beside(event: Record) -> None:
    """Rows of the desk that stand beside a public record and were not published with it."""
    dispute = make_dispute(key=f"{SECRET}-other", published=False)
    actor = make_actor(key=f"{SECRET}-somebody", published=False)
    source = make_source(key=f"{SECRET}-paper", published=False, title=SECRET)
    event.bearings.create(dispute=dispute, position=9)
    event.participations.create(actor=actor, role="initiator", position=9)
    event.citations.create(source=source, position=9, note=SECRET)
    effect = make_event(key=f"{SECRET}-effect", published=False)
    make_link(effect, event)


def public_addresses() -> set[str]:
    """Every route, for a public record of each type, in each language."""
    found: set[str] = set()
    for record_type in record_types.all_types():
        chosen = VALUES | {
            "plural": record_type.plural,
            "key": f"{record_type.name}-public",
            "section": record_type.plural,
        }
        own = f"/{record_type.plural}/{chosen['key']}"
        found |= {a for a in addresses(chosen) if chosen["key"] not in a or own in a}
    found |= {f"{a}{q}" for a in found for q in QUESTIONS if a.endswith("timeline/")}
    found |= {a.replace("/en/", f"/{code}/", 1) for a in found for code in ("ko", "ja")}
    found |= {a.replace("event-public", "nothing") for a in found}
    return {a for a in found if not a.startswith(("/admin/", "/i18n/")) and not a.endswith(".png")}


QUESTIONS = ("?facet=dispute,kind,actor,year&count=true", "?q=published", "?nonsense=1")


def said(response) -> bytes:
    content = b"".join(response) if response.streaming else response.content
    return content + b"\n" + "\n".join(f"{k}: {v}" for k, v in response.items()).encode()


def test_no_public_answer_holds_a_secret(secrets):
    found, answered = [], 0
    for address in sorted(public_addresses()):
        response = Client().get(address, headers={"Accept-Encoding": "identity"})
        found += [address] if PRIVATE.search(said(response)) else []
        answered += response.status_code == 200
    assert found == []
    assert answered > 300


def test_the_search_for_secrets_finds_what_is_published():
    make_event(key="event-public", title_en=SECRET)
    shown = ("/en/", "/ko/timeline/", "/api/v1/events/", "/api/v1/events.csv")
    assert [a for a in shown if not PRIVATE.search(said(Client().get(a)))] == []


def test_a_search_for_a_secret_counts_nothing(secrets):
    for record_type in record_types.all_types():
        for words in (SECRET, "ㄱ秘", SECRET[:5]):
            address = f"/api/v1/{record_type.plural}/?count=true&q={words}"
            assert Client().get(address).json()["count"] == 0


def test_a_draft_is_answered_like_what_never_was(secrets):
    """The same status, body and headers, but for the key that was asked for."""
    for draft in secrets:
        plural = record_types.get(draft.document_type).plural
        never = "never" + draft.key[5:]
        for address in (
            f"/en/{plural}/{{}}/",
            f"/en/{plural}/{{}}/versions/",
            f"/api/v1/{plural}/{{}}/",
            f"/api/v1/{plural}/{{}}/versions/",
            f"/api/v1/{plural}/?source={{}}",
            "/api/v1/timeline/?dispute={}",
            "/en/timeline/?actor={}",
        ):
            hidden, absent = (plain(address.format(key)) for key in (draft.key, never))
            assert hidden == (absent[0], absent[1].replace(never, draft.key), absent[2])


def plain(address: str) -> tuple[int, str, dict[str, str]]:
    response = Client().get(address)
    ignored = ("X-Request-ID", "ETag", "Content-Length", "Link")
    headers = {k: v for k, v in response.items() if k not in ignored}
    return response.status_code, response.content.decode(), headers
