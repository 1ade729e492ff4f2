"""The model field for dates in the world."""

import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from . import edtf

_DASHES = str.maketrans({"–": "-", "—": "-", "−": "-", "～": "~", "〜": "~"})


def validate_edtf(value: str) -> None:
    """ValidationError, in words for who typed it, when the value is no EDTF date."""
    try:
        edtf.parse(value)
    except edtf.EDTFError as error:
        raise ValidationError(str(error), code="edtf") from error


class EDTFField(models.CharField):
    """An EDTF string of at most 64 characters; full-width digits and long dashes are folded."""

    default_validators = [validate_edtf]
    description = _("EDTF date")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(
            *args,
            **{
                "max_length": edtf.MAX_LENGTH,
                "help_text": _(
                    "2019-07-01, 2019-07 or 2019; about: 2019-07~; perhaps: 2019-07?; "
                    "from–to: 2019-07-01/2019-08-22; still open: 2019-07-01/.."
                ),
            }
            | kwargs,
        )

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        if not isinstance(value, str):
            return value
        return unicodedata.normalize("NFKC", value.strip()).translate(_DASHES)
