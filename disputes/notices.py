"""Notices to colleagues by e-mail, sent once the change is saved; without EMAIL_URL, none."""

import logging
from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from .models import Proposal, Record
from .publishing import display_name

log = logging.getLogger(__name__)
PERMISSION = "publish_records"


def proposed(proposal: Proposal) -> None:
    """To the editors: a proposal waits."""
    with override(settings.LANGUAGE_CODE):
        subject = _("%(who)s proposes a change: %(record)s") % _names(proposal, proposal.proposer)
        _send(_editors(but=proposal.proposer), subject, proposal.reason, _address(proposal))


def imported(by: AbstractBaseUser, number: int, reason: str) -> None:
    """To the editors: so many proposals wait, made of one file."""
    with override(settings.LANGUAGE_CODE):
        values = {"who": display_name(by), "number": number}
        subject = _("%(who)s proposes changes to %(number)s records") % values
        _send(_editors(but=by), subject, reason, reverse("admin:disputes_proposal_changelist"))


def decided(proposal: Proposal, comment: str) -> None:
    """To its author: what an editor decided, and why."""
    with override(settings.LANGUAGE_CODE):
        state = {"state": proposal.get_state_display()}
        subject = _("Your proposal is now %(state)s: %(record)s") % (
            _names(proposal, proposal.decided_by) | state
        )
        _send([proposal.proposer], subject, comment or proposal.reason, _address(proposal))


def commented(proposal: Proposal, by: AbstractBaseUser, text: str) -> None:
    """To its author, or from its author to the editors."""
    with override(settings.LANGUAGE_CODE):
        own = proposal.proposer_id == by.pk
        subject = _("%(who)s comments on a proposal: %(record)s") % _names(proposal, by)
        _send(_editors(but=by) if own else [proposal.proposer], subject, text, _address(proposal))


def submitted(record: Record, by: AbstractBaseUser) -> None:
    """To the editors: a draft waits for review."""
    with override(settings.LANGUAGE_CODE):
        names = {"who": display_name(by), "record": f"{record.document_type} {record.key}"}
        subject = _("%(who)s hands in a draft: %(record)s") % names
        name = f"admin:disputes_{record._meta.model_name}_change"
        _send(_editors(but=by), subject, str(record), reverse(name, args=[record.pk]))


def returned(record: Record, by: AbstractBaseUser, text: str) -> None:
    """To who handed a draft in: it came back, and why."""
    with override(settings.LANGUAGE_CODE):
        names = {"who": display_name(by), "record": f"{record.document_type} {record.key}"}
        subject = _("%(who)s sends your draft back: %(record)s") % names
        name = f"admin:disputes_{record._meta.model_name}_change"
        _send([record.submitted_by], subject, text, reverse(name, args=[record.pk]))


def _names(proposal: Proposal, who: AbstractBaseUser) -> dict[str, str]:
    return {"who": display_name(who), "record": f"{proposal.type} {proposal.key}"}


def _address(proposal: Proposal) -> str:
    return reverse("admin:disputes_proposal_change", args=[proposal.pk])


def _editors(but: AbstractBaseUser) -> Iterable[AbstractBaseUser]:
    users = get_user_model().objects.with_perm(
        f"disputes.{PERMISSION}", backend="django.contrib.auth.backends.ModelBackend"
    )
    return users.filter(is_staff=True).exclude(pk=but.pk).order_by("pk")


def _send(to: Iterable[AbstractBaseUser], subject: str, text: str, path: str) -> None:
    """One message each: nobody sees the others' addresses."""
    subject = " ".join(subject.split())
    body = f"{text}\n\n{settings.SITE_URL}{path}\n"
    messages = [EmailMessage(subject, body, to=[user.email]) for user in to if user.email]
    if messages:
        transaction.on_commit(lambda: _deliver(messages))


def _deliver(messages: list[EmailMessage]) -> None:
    """What was saved stays saved, whether or not the post works."""
    try:
        get_connection().send_messages(messages)
    except OSError:  # smtplib's errors are OSErrors
        log.exception("Notices could not be sent.")
