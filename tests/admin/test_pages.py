import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from disputes.documents import BY_TYPE
from disputes.models import Event, LinkCheck, Proposal, Source
from timeline.models import Entry

from ..factories import MAKERS, make_event, make_source
from .pages import address, editor, opened, press, researcher

pytestmark = pytest.mark.django_db
QUERIES = {
    "source": 9,
    "leader": 9,
    "actor": 9,
    "dispute": 8,
    "status": 11,
    "event": 12,
    "summit": 12,
    "agreement": 12,
    "commitment": 9,
    "fulfilment": 10,
    "recommendation": 9,
    "claim": 9,
    "survey": 11,
}
PARTS = ["reading", "progressassessment", "link"]


@pytest.mark.parametrize("who", [editor, researcher])
@pytest.mark.parametrize("name", MAKERS)
def test_every_page_of_a_type_opens(name, who):
    record = MAKERS[name]()
    client = who()
    pages = [address(type(record), page) for page in ("changelist", "add")]
    pages += [address(record, page) for page in ("change", "history")]
    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)


@pytest.mark.parametrize("name", MAKERS)
def test_a_list_finds_by_key_and_by_each_language(name):
    record = MAKERS[name]()
    client = editor()
    texts = [record.key]
    if record.headline:
        column = f"{record.headline}_ko"
        setattr(record, column, "찾을 말")
        record.save()
        texts += [getattr(record, f"{record.headline}_en"), "찾을 말"]
    found = [
        [
            r.pk
            for r in client.get(address(type(record), "changelist"), {"q": t})
            .context["cl"]
            .result_list
        ]
        for t in texts
    ]
    assert found == [[record.pk]] * len(texts)


@pytest.mark.parametrize(("name", "asked"), QUERIES.items())
def test_a_list_asks_as_often_for_three_records_as_for_one(name, asked, django_assert_num_queries):
    client = editor()
    url = address(BY_TYPE[name].model, "changelist")
    for made in (1, 2):
        for _number in range(made):
            MAKERS[name]()
        client.get(url)  # content types are asked for once in a process
        with django_assert_num_queries(asked):
            client.get(url)


def test_every_type_of_record_stands_in_the_admin():
    page = editor().get(reverse("admin:index"))
    listed = {m["model"] for group in page.context["app_list"] for m in group["models"]}
    assert listed == {s.model for s in BY_TYPE.values()} | {Entry, LinkCheck, Proposal}


def test_front_page_groups_the_types_and_says_what_waits(django_assert_num_queries):
    make_event()
    make_event(published=False)
    waiting = make_event(published=False, title_en="Look at me")
    waiting.submit()
    page = editor().get(reverse("admin:index"))
    assert [group["name"] for group in page.context["app_list"]] == [
        "What is proposed",
        "What happened",
        "What was promised",
        "What was advised",
        "Whom and what it cites",
        "the record",
    ]
    rows = [(r["model"], r["in_review"], r["drafts"]) for r in page.context["waiting"]]
    assert rows == [(Event, 1, 1)]
    assert [row["record"] for row in page.context["in_review"]] == [waiting]


@pytest.mark.parametrize(("language", "heading"), [("ko", "변경 이력"), ("ja", "履歴")])
def test_the_admin_speaks_the_editors_language(language, heading):
    page = editor().get(address(make_event()), headers={"accept-language": language})
    assert page.headers["Content-Language"] == language
    assert heading in page.content.decode()


def test_no_page_has_inline_scripts_or_styles():
    client = editor()
    event = make_event()
    pages = [reverse("admin:index"), address(event), address(event, "history")]
    pages += [address(event, "withdraw"), address(Event, "changelist")]
    for page in pages:
        html = client.get(page).content.decode()
        assert [
            part for part in ("<style", ' style="', "onclick=", "<script>") if part in html
        ] == []


def test_sources_are_completed_from_any_part_of_their_title():
    make_source(title="Unrelated")
    wanted = make_source(title="강제동원 판결문")
    query = {"app_label": "disputes", "model_name": "eventcitation", "field_name": "source"}
    response = researcher().get(reverse("admin:autocomplete"), query | {"term": "판결"})
    assert [found["id"] for found in response.json()["results"]] == [str(wanted.pk)]


@pytest.mark.parametrize(
    "query",
    [
        {"q": "\x00"},
        {"disputes__id__exact": "99999999999999999999999"},
        {"state__exact": "\x00"},
        {"earliest__year": "abc"},
        {"earliest__year": "99999999"},
        {"p": "99999999999999999999"},
        {"o": "99.-99.x"},
        {"unknown": "1"},
    ],
)
def test_a_list_answers_bad_input_without_failing(query):
    make_event()
    assert editor().get(address(Event, "changelist"), query, follow=True).status_code in (200, 400)


@pytest.mark.parametrize("key", ["99999999999999999999999", "abc", "0", "%00"])
def test_an_address_of_no_record_goes_back_to_the_front_page(key):
    response = editor().get(f"/admin/disputes/event/{key}/change/")
    assert (response.status_code, response.url) == (302, "/admin/")


@pytest.mark.parametrize("part", PARTS)
def test_a_part_is_reached_through_its_record_only(part):
    client = editor()
    assert client.get(reverse(f"admin:disputes_{part}_changelist")).status_code == 403
    for query in ("", "?survey=99999999999999999999", "?event=x", "?recommendation=1"):
        assert client.get(reverse(f"admin:disputes_{part}_add") + query).status_code == 403


def test_entries_are_shown_and_cannot_be_changed():
    make_event(title_en="Public")
    entry = Entry.objects.get(type="event")
    client = researcher()
    page = client.get(reverse("admin:timeline_entry_change", args=[entry.pk]))
    assert "Public" in page.content.decode()
    assert client.get(reverse("admin:timeline_entry_changelist")).status_code == 200
    assert client.get(reverse("admin:timeline_entry_add")).status_code == 403
    url = reverse("admin:timeline_entry_change", args=[entry.pk])
    assert client.post(url, {"reason": "Mine."}).status_code == 403
    assert client.post(reverse("admin:timeline_entry_delete", args=[entry.pk])).status_code == 403


def test_migrations_make_three_groups_and_only_editors_publish():
    held = {
        g.name: set(g.permissions.values_list("codename", flat=True)) for g in Group.objects.all()
    }
    assert held["Editors"] - held["Researchers"] == {"publish_records"}
    assert held["Researchers"] == {"view_entry", "view_linkcheck", "view_proposal"} | {
        f"{action}_{s.model._meta.model_name}"
        for action in ("view", "add", "change", "delete")
        for s in BY_TYPE.values()
    }
    accounts = {"add_user", "change_user", "view_user", "view_group", "view_logentry"}
    assert held["Administrators"] - held["Editors"] == accounts
    assert set(held) == {"Administrators", "Editors", "Researchers"}


def test_a_visitor_without_an_account_is_asked_to_sign_in(client):
    response = client.get(address(Source, "changelist"))
    assert (response.status_code, response.url.split("?")[0]) == (302, "/admin/login/")


@pytest.mark.parametrize(
    "tampered",
    [
        {"opened_revision": "x"},
        {"opened_revision": "-99999999999999999999999"},
        {"opened_revision": ""},
        {"citations-TOTAL_FORMS": "99999999999"},
        {"citations-TOTAL_FORMS": ""},
        {"citations-INITIAL_FORMS": "x"},
        {"citations-0-id": "99999999999999999999999"},
        {"citations-0-id": "x"},
        {"citations-0-source": "99999999999999999999999"},
        {"citations-0-position": "99999999999999999999999"},
        {"date": "2019-13-45/" * 50},
        {"date": "x" * 10_000},
        {"kind": "unknown"},
        {"plover": "AGREE", "plover_mode": "violence"},
        {"title_en": "\x00"},
        {"title_en": "x" * 301},
        {"key": "../../x"},
    ],
)
def test_a_tampered_form_is_refused_and_nothing_saved(tampered):
    event = make_event(published=False, title_en="As it was")
    client = editor()
    form = opened(client, event) | {"title_ko": "새 제목", "citations-0-locator": "p. 1"}
    response = press(client, address(event), form, **tampered)
    assert response.status_code == 200
    event.refresh_from_db()
    assert (event.title_ko, event.citations.get().locator, event.revision) == ("", "", 1)
