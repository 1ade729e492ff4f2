"""What happens around accounts: a line of the log `tracker.security`, and a row of the audit page.

Never what somebody typed: a name that no account has may be a password in the wrong field.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from contextvars import ContextVar
from typing import Any

from django.apps import apps
from django.db import DatabaseError, transaction

security = logging.getLogger("tracker.security")
# Who acts: the account's name and the address, as `user` and `address`.
acting: ContextVar[Callable[[], dict[str, Any]] | None] = ContextVar("acting", default=None)


def note(kind: str, account: str | None, level: int = logging.INFO, *, row: bool = True) -> None:
    """Write down what happened to the account; `kind` is one of SecurityKind.

    Without `row` in the log alone: what a stranger can repeat without end.
    """
    model = apps.get_model("disputes", "SecurityEvent")
    security.log(level, str(kind), extra={"account": account})
    if not row:
        return
    who = (acting.get() or dict)()
    # A database that is away, or only read, keeps nobody from what they do; the line is written.
    with suppress(DatabaseError), transaction.atomic():
        model.objects.note(kind, account or "", who.get("user") or "", who.get("address"))
