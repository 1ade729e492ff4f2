"""`check_links` asks for the sources' addresses and keeps what became of them."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from disputes.models import LinkCheck, LinkOutcome
from disputes.web import link_checks
from disputes.web.link_checks import Found, check, keep, waiting

from ..admin.pages import researcher
from ..factories import make_source

pytestmark = pytest.mark.django_db


def run(**options) -> str:
    out = StringIO()
    call_command("check_links", stdout=out, stderr=StringIO(), **options)
    return out.getvalue().strip()


@pytest.mark.parametrize(
    ("status", "headers", "outcome"),
    [
        (200, {}, LinkOutcome.ALIVE),
        (404, {}, LinkOutcome.DEAD),
        (410, {}, LinkOutcome.DEAD),
        (403, {}, LinkOutcome.UNSURE),
        (503, {}, LinkOutcome.SILENT),
        (301, {"Location": "/new"}, LinkOutcome.MOVED),
    ],
)
def test_an_answer_becomes_an_outcome(site, status, headers, outcome):
    site.says("/new")
    source = make_source(url=site.says("/page", status=status, **headers))
    check([source])
    found = LinkCheck.objects.get(source=source)
    assert (found.outcome, found.address) == (outcome, source.url)
    assert found.moved_to == (site.url("/new") if outcome == LinkOutcome.MOVED else "")


def test_a_server_that_knows_no_head_is_asked_again(site):
    def answer(request):
        request.send_response(405 if request.command == "HEAD" else 200)
        request.end_headers()

    site.answers["/"] = answer
    check([make_source(url=site.url("/"))])
    assert LinkCheck.objects.get().outcome == LinkOutcome.ALIVE
    assert [method for method, _path in site.asked] == ["HEAD", "GET"]


def test_failures_are_counted_until_one_succeeds():
    source = make_source()
    for outcome in (LinkOutcome.SILENT, LinkOutcome.SILENT, LinkOutcome.ALIVE, LinkOutcome.DEAD):
        keep(source, Found(outcome))
    assert LinkCheck.objects.get().failures == 1
    keep(source, Found(LinkOutcome.SILENT))
    assert LinkCheck.objects.get().failures == 2


def test_a_run_asks_for_a_bounded_number(site, settings):
    sources = [make_source(key=f"s{n}", url=site.says(f"/{n}")) for n in range(3)]
    assert run(limit=2) == "2 addresses: 2 alive."
    assert waiting(1) == [sources[2]]
    assert run() == "3 addresses: 3 alive."


def test_without_the_setting_nothing_is_asked(canary):
    with pytest.raises(CommandError, match="OPEN_LINKS"):
        run()
    assert canary.asked == []


def test_the_report_stands_in_the_admin(monkeypatch):
    source = make_source()
    monkeypatch.setattr(link_checks, "ask", lambda url: Found(LinkOutcome.DEAD, 404))
    check([source])
    page = researcher().get("/admin/disputes/linkcheck/?outcome__exact=dead").content.decode()
    assert "is gone" in page
    assert source.title in page
