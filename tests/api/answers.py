"""Asking the API as a program does."""

import csv
import io
from typing import Any

import orjson
from django.test import Client

ROOT = "/api/v1/"


def ask(address: str, **headers: str) -> Any:
    """The JSON of a good answer."""
    response = Client(headers=headers).get(ROOT + address)
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "application/json"
    return orjson.loads(response.content)


def refused(address: str, status: int, **headers: str) -> Any:
    """The problem of a refusal."""
    response = Client(headers=headers).get(ROOT + address)
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    return orjson.loads(response.content)


def keys(answer: Any) -> list[str]:
    return [document["key"] for document in answer["results"]]


def pages(address: str) -> list[list[str]]:
    """The keys of every page, following `next`."""
    found = []
    while address:
        answer = ask(address)
        found.append(keys(answer))
        address = (answer["next"] or "").partition(ROOT)[2]
    return found


def body(address: str, **headers: str) -> bytes:
    response = Client(headers=headers).get(ROOT + address)
    assert response.status_code == 200, response.content
    return b"".join(response) if response.streaming else response.content


def rows(address: str, **headers: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body(address, **headers).decode())))
