"""Files as a researcher sends and gets them."""

import csv
import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from disputes.exchange import csv_files, xlsx_files
from disputes.exchange.outcomes import CellFault

REASON = "From the ministry's list."


def address(model: str, page: str, *arguments: str) -> str:
    return reverse(f"admin:disputes_{model}_{page}", args=arguments)


def exported(client: Client, model: str, extension: str = "csv", query: str = "") -> bytes:
    number = ["csv", "xlsx"].index(extension)
    response = client.post(address(model, "export") + query, {"format": number})
    assert response.status_code == 200, response.context["form"].errors
    return response.content


def rows_of(raw: bytes) -> list[dict[str, str]]:
    """A CSV file as a spreadsheet reads it."""
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))


def csv_of(rows: list[dict[str, Any]]) -> bytes:
    header = list(dict.fromkeys(name for row in rows for name in row))
    return csv_files.write([header, *([row.get(name, "") for name in header] for row in rows)])


def xlsx_of(rows: list[dict[str, Any]]) -> bytes:
    header = list(dict.fromkeys(name for row in rows for name in row))
    lines = [header, *([row.get(name, "") for name in header] for row in rows)]
    return xlsx_files.write([("sheet", lines)])


def sent(client: Client, model: str, raw: bytes, name: str = "events.csv") -> HttpResponse:
    """The dry run."""
    file = SimpleUploadedFile(name, raw)
    data = {"import_file": file, "reason": REASON}
    response = client.post(address(model, "import"), data)
    assert response.status_code == 200
    return response


def confirmed(client: Client, model: str, response: HttpResponse) -> HttpResponse:
    form = response.context["confirm_form"]
    return client.post(address(model, "process_import"), form.initial)


def imported(client: Client, model: str, raw: bytes) -> HttpResponse:
    response = sent(client, model, raw)
    assert faults(response) == []
    return confirmed(client, model, response)


def faults(response: HttpResponse) -> list[tuple[int | None, str, str]]:
    found: list[CellFault] = response.context["result"].shown_faults
    return [(fault.row, fault.column, fault.message) for fault in found]


def refusal(response: HttpResponse) -> list[str]:
    return response.context["form"].errors["import_file"]


WRITERS = {"csv": csv_of, "xlsx": xlsx_of}
