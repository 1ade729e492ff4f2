"""What the desk lacks."""

import json
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from disputes.content.checking import gaps

from ..factories import make_actor, make_dispute, make_event, make_source, make_status

pytestmark = pytest.mark.django_db

ALL = {"name_en": "D", "name_ko": "디", "name_ja": "ディ"}
THREE = {f"title_{lang}": lang for lang in ("en", "ko", "ja")} | {
    f"summary_{lang}": lang for lang in ("en", "ko", "ja")
}


def found(check: str, at: date | None = None) -> list[tuple[str, str]]:
    return [(gap.key, gap.detail) for gap in gaps(at) if gap.check == check]


def test_complete_desk_lacks_nothing():
    make_event(**THREE)
    assert list(gaps()) == []


def test_missing_translation_is_told():
    make_actor(key="a", name_en="Ministry", name_ja="省")
    assert found("translation") == [("a", "title: no text in ko")]


def test_stale_translation_is_told():
    make_actor(key="a", **ALL, translation_ja="stale")
    assert found("stale") == [("a", "the ja text is older than the original")]


def test_draft_without_source_or_with_a_dangling_link_is_told():
    draft = make_event(key="cause", published=False, sources=[], **THREE)
    make_event(key="effect", published=False, answers=(draft,), **THREE)
    assert found("source") == [("cause", "sources: no source is cited.")]
    assert found("publishable") == [
        ("effect", "event: refers to event “cause”, which is not published.")
    ]


def test_repeated_address_is_told():
    make_source(key="a", url="https://example.org/same")
    make_source(key="b", url="https://example.org/same")
    assert [key for key, _detail in found("address")] == ["a", "b"]


def test_assessment_past_its_review_is_told_and_a_former_one_is_not():
    dispute = make_dispute()
    make_status(dispute, date="2018", review_on=date(2018, 6, 1))
    newest = make_status(dispute, date="2019", review_on=date(2026, 1, 1))
    assert found("review", date(2025, 12, 31)) == []
    assert found("review", date(2026, 1, 1)) == [(newest.key, "its review was due on 2026-01-01")]


def test_assessment_without_a_review_date_is_due_after_the_interval(settings):
    settings.REVIEW_INTERVAL_DAYS = 30
    make_status()
    today = timezone.now().date()
    assert found("review", today + timedelta(days=29)) == []
    assert len(found("review", today + timedelta(days=30))) == 1


def test_command_gives_a_table_or_json_and_fails_when_asked(capsys):
    make_actor(key="a", name_en="Ministry")
    call_command("check_content")
    assert "translation  actor a  published  title: no text in ko, ja" in capsys.readouterr().out
    call_command("check_content", "--json")
    answer = json.loads(capsys.readouterr().out)
    assert answer["counts"] == {"translation": {"actor": 1}}
    with pytest.raises(CommandError, match="1 gaps in what is published"):
        call_command("check_content", "--fail")
