"""Passwords that who knows this site would try first."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

WORDS = (
    "tracker dispute korea japan seoul tokyo hanguk nihon nippon gsomia sado fukushima takeshima "
    "dokdo labor labour comfort women export control history admin editor password"
).split()
LEAST = 8  # characters beside these words, where there is one of them


class WordsOfThePlaceValidator:
    """Refuses a password that is little else than words which this site is about (ASVS 6.2.11)."""

    def validate(self, password: str, user: Any = None) -> None:
        """ValidationError with the code `words_of_the_place`."""
        rest = password.casefold()
        for word in sorted(WORDS, key=len, reverse=True):
            rest = rest.replace(word, "")
        if len(rest) < min(LEAST, len(password)):
            raise ValidationError(self.get_help_text(), code="words_of_the_place")

    def get_help_text(self) -> str:
        return _("Words that this site is about are guessed first: use others, or many more.")
