"""People at the desk, and something of everything that waits there: run by a process of its own."""

import django

PASSWORD = "a long password for a test"
PEOPLE = {
    "hana": ("Hana", "Researchers"),
    "yuki": ("Yuki", "Researchers"),
    "kim": ("Kim", "Editors"),
    "sato": ("Sato", "Editors"),
}
PROPOSED = "2018-11-29-supreme-court-mitsubishi"  # has a proposal that waits
CLASHING = "2012-04-23-gsomia-first-initialled"  # has one that clashes with what is public now
DRAFT, RETURNED, WAITING = "a-draft-of-hana", "a-returned-draft", "a-draft-in-review"


def prepare() -> None:
    """Accounts and their groups; drafts, comments, proposals, a dead link."""
    from django.contrib.auth.models import Group, User

    for name, (shown, group) in PEOPLE.items():
        user, _made = User.objects.get_or_create(username=name, is_staff=True, first_name=shown)
        user.set_password(PASSWORD)
        user.save()
        user.groups.add(Group.objects.get(name=group))
    hana, kim = (User.objects.get(username=name) for name in ("hana", "kim"))
    drafts(hana, kim)
    proposals(hana, kim)
    dead_link()


def drafts(hana, kim) -> None:
    from disputes.models import Event, RecordComment

    for key in (DRAFT, RETURNED, WAITING):
        title = key.replace("-", " ").capitalize()
        event = Event(key=key, date="2020-05", title_en=title, kind="statement", modified_by=hana)
        event.save()
        if key != DRAFT:
            event.submit()
        if key == RETURNED:
            event.modified_by = kim
            event.return_to_draft()
            text = "Which page says so?"
            RecordComment.objects.create(type="event", key=key, author=kim, text=text)


def proposals(hana, kim) -> None:
    from disputes import proposals as desk
    from disputes.documents import document_of
    from disputes.models import Event
    from disputes.publishing import publish

    for key in (PROPOSED, CLASHING):
        event = Event.objects.get(key=key)
        document = document_of(event)
        document["title"] = document["title"] | {"en": document["title"]["en"] + ", as proposed"}
        proposal = desk.propose(event, desk.tried(event, document), hana, "The source says more.")
        desk.comment(proposal, kim, "Is that the court's own word?", "title")
    event = Event.objects.get(key=CLASHING)
    event.title_en += ", as published"
    event.modified_by = kim
    event.save()
    publish(event, "Kim", "The title was short.")


def dead_link() -> None:
    from disputes.models import LinkCheck, Source

    cited = Source.objects.filter(eventcitations__isnull=False, archive_url="")
    source = cited.order_by("key").first()
    LinkCheck.objects.create(source=source, address=source.url, outcome="dead", status=404)


if __name__ == "__main__":
    django.setup()
    prepare()
