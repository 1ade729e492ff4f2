import pytest

from disputes.models import TranslationState

from ..factories import make_event, make_summit
from .pages import address, editor, opened, press

pytestmark = pytest.mark.django_db
TEXTS = {"title_en": "Title", "title_ko": "제목", "title_ja": "題", "summary_ko": "요약"}


def states(record):
    record.refresh_from_db()
    return record.translation_en, record.translation_ko, record.translation_ja


def saved(record, **typed):
    client = editor()
    response = press(client, address(record), opened(client, record), **typed)
    assert response.status_code == 302
    return states(record)


def test_editing_the_original_makes_its_translations_stale():
    event = make_event(published=False, translation_ko="reviewed", **TEXTS)
    assert saved(event, title_en="Another") == ("original", "stale", "stale")


def test_a_translation_that_was_edited_with_the_original_is_not_stale():
    event = make_event(published=False, **TEXTS)
    found = saved(event, title_en="Another", title_ko="다른 제목")
    assert found == ("original", "unreviewed", "stale")


def test_a_translation_of_which_only_another_text_was_edited_is_stale():
    event = make_event(published=False, **TEXTS)
    found = saved(event, title_en="Another", summary_ko="다른 요약")
    assert found == ("original", "stale", "stale")


def test_a_language_without_that_text_is_not_stale():
    event = make_event(published=False, title_en="Title", title_ko="제목")
    assert saved(event, title_en="Another") == ("original", "stale", "unreviewed")


def test_a_state_set_in_the_same_edit_stands():
    event = make_event(published=False, **TEXTS)
    found = saved(event, title_en="Another", translation_ko=TranslationState.REVIEWED)
    assert found == ("original", "reviewed", "stale")


def test_the_original_need_not_be_english():
    states_ = {"translation_en": "reviewed", "translation_ko": "original"}
    event = make_event(published=False, **states_, **TEXTS)
    assert saved(event, title_ko="다른 제목") == ("stale", "original", "stale")


def test_editing_a_translation_leaves_the_states_alone():
    event = make_event(published=False, **TEXTS)
    assert saved(event, title_ko="다른 제목") == ("original", "unreviewed", "unreviewed")


def test_editing_something_else_leaves_the_states_alone():
    event = make_event(published=False, **TEXTS)
    assert saved(event, effect="escalation") == ("original", "unreviewed", "unreviewed")


def test_the_original_of_a_row_makes_the_records_translations_stale():
    summit = make_summit(published=False)
    summit.outcomes.create(text_en="Agreed", text_ja="合意")
    found = saved(summit, **{"outcomes-0-text_en": "Agreed in part"})
    assert found == ("original", "unreviewed", "stale")
