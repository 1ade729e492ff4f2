import pytest
from django.urls import NoReverseMatch

from disputes.models import Event, Proposal

from ..admin.pages import address, editor, form_of, press, researcher
from ..factories import make_event, make_source, make_summit
from .proposing import versions

pytestmark = pytest.mark.django_db


def test_the_translation_editor_holds_texts_and_their_states_only():
    event = make_event(title_en="Notice", title_ko="")
    form = form_of(editor().get(address(event, "translate")))
    names = {name for name in form if not name.startswith(("csrf", "opened", "_"))}
    texts = {f"{text}_{lang}" for text in ("title", "summary") for lang in ("en", "ko", "ja")}
    assert names == texts | {"translation_en", "translation_ko", "translation_ja", "reason"}


def test_rows_with_texts_are_translated_too():
    summit = make_summit()
    summit.outcomes.create(text_en="They agreed.")
    form = form_of(editor().get(address(summit, "translate")))
    assert form["outcomes-0-text_en"] == "They agreed."
    assert not [name for name in form if name.startswith(("citations", "bearings", "links"))]


def test_a_translation_is_saved_and_published_and_the_rest_stays():
    source = make_source()
    event = make_event(title_en="Notice", sources=[source])
    client = editor()
    form = form_of(client.get(address(event, "translate")))
    typed = {"title_ko": "통보", "translation_ko": "reviewed", "reason": "Translated."}
    assert press(client, address(event, "translate"), form, "_save", **typed).status_code == 302
    last = versions(event)[1].data
    assert (last["title"]["ko"], last["translations"]["ko"]) == ("통보", "reviewed")
    assert [s["key"] for s in last["sources"]] == [source.key]


def test_a_researchers_translation_is_a_proposal():
    event = make_event(title_en="Notice")
    client = researcher()
    form = form_of(client.get(address(event, "translate")))
    typed = {"title_ja": "通告", "reason": "Translated."}
    press(client, address(event, "translate"), form, "_save", **typed)
    assert Proposal.objects.get().data["title"]["ja"] == "通告"
    assert len(versions(event)) == 1


def test_the_list_of_what_wants_translating_leads_to_the_editor():
    event = make_event(title_ko="")
    client = editor()
    page = client.get(address(Event, "changelist"), {"wanting": "ko"}).content.decode()
    assert f'href="{address(event, "translate")}"' in page
    assert "/translate/" not in client.get(address(Event, "changelist")).content.decode()


def test_a_source_stays_in_its_own_language():
    with pytest.raises(NoReverseMatch):
        address(make_source(), "translate")
