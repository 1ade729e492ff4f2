"""What is wrong with a request: each parameter's fault, all of them at once."""

from collections.abc import Iterable
from dataclasses import dataclass

SHOWN = 80  # characters of what a reader typed that are repeated to them


@dataclass(frozen=True)
class Fault:
    """One parameter, a code for programs, and a sentence for people (in the active language)."""

    parameter: str
    code: str
    detail: str


class Refused(ValueError):
    """A value cannot be read: the code and the sentence of the fault that it becomes."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code, self.detail = code, detail


class ParameterErrors(ValueError):
    """Every fault of a query string."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        super().__init__(" ".join(fault.detail for fault in self.faults))


def shown(text: str) -> str:
    """What a reader typed, short enough to be repeated, without control characters."""
    clean = "".join(c if c.isprintable() else "�" for c in text[:SHOWN])
    return clean + ("…" if len(text) > SHOWN else "")
