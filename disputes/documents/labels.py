from typing import Any

from django.utils.translation import override


def label_in(member: Any, language: str) -> str:
    """The label of an enumeration's member in one language."""
    with override(language):
        return str(member.label)
