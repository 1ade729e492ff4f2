"""One codebook for the API, the page and the releases."""

import pytest
from django.test import Client

from timeline import codebook, record_types

from .answers import ask

pytestmark = pytest.mark.django_db


def test_every_enumeration_that_a_list_filters_by_is_described():
    used = {choices for t in record_types.all_types() for choices in t.choices.values()}
    assert used - {one.enumeration for one in codebook.all_described()} == set()


def test_every_code_has_a_label_and_a_definition():
    codes = [code for one in ask("codebook")["results"] for code in one["codes"]]
    assert len(codes) > 100
    assert [c["code"] for c in codes if not (c["label"]["en"] and c["definition"]["en"])] == []


def test_a_plover_type_has_its_quad_and_its_cameo_category():
    enumerations = {one["name"]: one for one in ask("codebook")["results"]}
    codes = {code["code"]: code for code in enumerations["plover"]["codes"]}
    assert (codes["SANCTION"]["group"], codes["SANCTION"]["crosswalk"]) == (
        "material_conflict",
        {"CAMEO": "16"},
    )
    assert (codes["x-POSITION"]["group"], codes["x-POSITION"]["crosswalk"]) == (None, {})
    assert enumerations["plover"]["source"] == "https://github.com/openeventdata/PLOVER"


def test_the_page_shows_every_code():
    page = Client().get("/en/method/").content.decode()
    for one in codebook.all_described():
        assert f'id="enum-{one.name}"' in page
        for code in one.codes:
            assert f"<code>{code.value}</code>" in page
