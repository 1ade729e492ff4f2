"""The OpenAPI description is valid, complete, and what the API really answers."""

import copy
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from drf_spectacular.validation import validate_schema
from jsonschema import Draft202012Validator, FormatChecker

from disputes.publishing import withdraw
from timeline import parameters, record_types
from timeline.api import inclusion

from ..factories import EDITOR, MAKERS, make_actor, make_dispute, make_event, make_summit
from .answers import ask, refused

pytestmark = pytest.mark.django_db
EMPTY = ("/api/v1/timeline/", "/api/v1/codebook", "/api/v1/data/")  # which may be, here


@pytest.fixture
def description() -> dict[str, Any]:
    return ask("openapi.json")


def shape_of(description: Any, path: str, code: str = "200") -> dict[str, Any]:
    contents = description["paths"][path]["get"]["responses"][code]["content"]
    content = contents["application/json" if code == "200" else "application/problem+json"]
    return without_parts(content["schema"]) | {"components": description["components"]}


def without_parts(node: Any) -> Any:
    """The same shapes where neither `fields` nor `omit` is given: documents are whole."""
    if isinstance(node, list):
        return [without_parts(part) for part in node]
    if not isinstance(node, dict):
        return node
    part = {"$ref": "#/components/schemas/Part"}
    if part in node.get("anyOf", ()):
        (whole,) = (option for option in node["anyOf"] if option != part)
        return without_parts(whole)
    return {name: without_parts(inner) for name, inner in node.items()}


def closed(node: Any) -> Any:
    """The same shapes, but no object may have a key that is not described."""
    if isinstance(node, list):
        return [closed(part) for part in node]
    if not isinstance(node, dict):
        return node
    found = {name: closed(part) for name, part in node.items()}
    if node.get("properties") and "additionalProperties" not in node:
        found["additionalProperties"] = False
    return found


def check(answer: Any, shape: dict[str, Any]) -> None:
    Draft202012Validator(shape, format_checker=FormatChecker()).validate(answer)


def _one_of_each() -> dict[str, str]:
    """A record of every type; gives their keys by collection."""
    made = {record_types.get(name).plural: MAKERS[name]().key for name in MAKERS}
    dispute, actor, cause = make_dispute(), make_actor(), make_summit(date="2019-06-29")
    made["events"] = make_event(
        disputes=(dispute,), initiators=(actor,), targets=(actor,), answers=(cause,)
    ).key
    return made


def test_the_description_is_valid(description):
    validate_schema(copy.deepcopy(description))
    assert description["openapi"] == "3.1.0"


def test_the_command_that_writes_it_warns_of_nothing(tmp_path):
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "api.yaml"))


def test_every_address_is_described(description):
    plurals = [record_type.plural for record_type in record_types.all_types()]
    assert set(description["paths"]) == {
        "/api/v1/",
        "/api/v1/summit-clock/",
        "/api/v1/calendar/",
        "/api/v1/changes/",
        "/api/v1/codebook",
        "/api/v1/data/",
        "/api/v1/feeds/",
        "/api/v1/timeline/",
        "/api/v1/timeline/density/",
        *(f"/api/v1/{plural}/" for plural in plurals),
        *(f"/api/v1/{plural}/{{key}}/" for plural in plurals),
        *(
            f"/api/v1/{plural}/{{key}}/{part}/"
            for plural in plurals
            for part in ("versions", "diff", "timemap", "cite")
        ),
        *(f"/api/v1/{plural}/{{key}}/chain/" for plural in ("events", "summits")),
    }


def test_every_answer_is_as_described(description):
    made = _one_of_each()
    strict = closed(description["components"])
    for path in description["paths"]:
        plural = path.split("/")[3]
        query = "?from=2000-01-01" if path.endswith("/diff/") else ""
        answer = ask(path.removeprefix("/api/v1/").format(key=made.get(plural, "")) + query)
        shape = shape_of(description, path)
        check(answer, shape)
        if "results" in answer:
            assert path in EMPTY or answer["results"]
            if "allOf" not in str(shape["properties"]["results"]):
                check(answer, shape | {"components": strict})


def test_every_document_has_the_keys_that_are_described(description):
    made = _one_of_each()
    for plural, key in made.items():
        name = record_types.by_plural(plural).serializer.__name__.removesuffix("Document")
        described = description["components"]["schemas"][name]["properties"]
        (version,) = ask(f"{plural}/{key}/versions/")["results"]
        assert list(version["document"]) == list(described)


def test_every_problem_is_as_described(description):
    event = make_event()
    withdraw(event, EDITOR, "a mistake")
    path = "/api/v1/events/{key}/"
    for address, code, accept in (
        (f"events/{event.key}/?x=1", 400, "*/*"),
        ("events/none/", 404, "*/*"),
        (f"events/{event.key}/", 406, "image/png"),
        (f"events/{event.key}/", 410, "*/*"),
    ):
        check(refused(address, code, Accept=accept), closed(shape_of(description, path, str(code))))


def test_every_example_of_a_problem_has_its_shape(description):
    responses = description["paths"]["/api/v1/events/{key}/"]["get"]["responses"]
    for code in ("400", "404", "406", "410", "429", "500"):
        content = responses[code]["content"]["application/problem+json"]
        (example,) = content["examples"].values()
        check(example["value"], content["schema"] | {"components": description["components"]})


def test_every_described_parameter_is_known_and_every_known_one_is_described(description):
    for record_type in record_types.all_types():
        operation = description["paths"][f"/api/v1/{record_type.plural}/"]["get"]
        described = {p["name"] for p in operation["parameters"] if p["in"] == "query"}
        shared = set(parameters.declared([record_type]))
        optional = {"include"} if inclusion.related([record_type]) else set()
        assert described - shared == {"format", "fields", "omit", "facet"} | optional
        assert shared <= described


def test_every_example_of_a_parameter_is_read_without_a_fault(description):
    timeline = description["paths"]["/api/v1/timeline/"]["get"]["parameters"]
    for parameter in timeline:
        for example in parameter["schema"].get("examples", ()):
            ask(f"timeline/?{parameter['name']}={example}")


def test_the_page_that_shows_it_knows_no_parameters():
    response = Client().get("/api/v1/docs/?lang=%22%3E%3Cscript%3E")
    assert response.status_code == 400
    assert [error["parameter"] for error in response.json()["errors"]] == ["lang"]


def test_the_page_that_shows_it_has_no_inline_script_or_style():
    page = Client().get("/api/v1/docs/").content.decode()
    assert page.count("<script") == page.count("<script src=") == 3
    assert "<style" not in page
    assert "style=" not in page
