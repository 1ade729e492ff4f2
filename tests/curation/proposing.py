"""What a researcher and an editor do with proposals in the browser."""

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from disputes.documents import document_of
from disputes.models import Proposal, Record
from timeline.models import Entry

from ..admin.pages import address, opened, press


def page_of(proposal: Proposal) -> str:
    return reverse("admin:disputes_proposal_change", args=[proposal.pk])


def propose(client: Client, record: Record, reason: str = "Found.", **typed: Any) -> Proposal:
    """Type into the record's form and save."""
    form = opened(client, record)
    response = press(client, address(record), form, "_save", reason=reason, **typed)
    assert response.status_code == 302, response.context["adminform"].form.errors
    return Proposal.objects.latest("pk")


def decide(client: Client, proposal: Proposal, action: str, **typed: Any) -> HttpResponse:
    """Press a button on the page of the proposal."""
    page = client.get(page_of(proposal))
    review = page.context["review"]
    shown = {"revision": review.proposal.revision}
    if review.current:
        shown["seen"] = review.current.pk
    return client.post(page_of(proposal), shown | {f"_{action}": "1"} | typed)


def errors_of(response: HttpResponse) -> list[str]:
    return list(response.context["form"].non_field_errors())


def versions(record: Record) -> list[Entry]:
    return list(Entry.objects.filter(type=record.document_type, key=record.key).order_by("version"))


def desk_and_record_agree(record: Record) -> bool:
    fresh = type(record).objects.get(pk=record.pk)
    live = Entry.objects.current().get(type=record.document_type, key=record.key)
    return document_of(fresh) == live.data
