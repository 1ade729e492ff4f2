"""A check at start: whether this machine has letters for the pictures."""

from typing import Any

from django.core.checks import CheckMessage, Info, register

from . import pictures

SAMPLE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">'
    '<text y="18" font-size="18">{}</text></svg>'
)


@register()
def letters(**_options: Any) -> list[CheckMessage]:
    """Two letters look alike only when both are missing: both empty, or both the same box."""
    hangul, character = (pictures.png(SAMPLE.format(letter), 20) for letter in "한韓")
    if hangul != character:
        return []
    return [
        Info(
            "No font on this machine has Korean and Japanese letters: pictures will lack words.",
            hint="On Debian: apt install fonts-noto-cjk",
            id="timeline.I001",
        )
    ]
