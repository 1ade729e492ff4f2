"""Which passwords are refused."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import translation


@pytest.mark.parametrize(
    "password", ["KoreaJapan2026!", "dispute-tracker-1", "Tokyo+Seoul+Tokyo", "comfortwomen1965"]
)
def test_words_that_this_site_is_about_are_refused(password):
    with pytest.raises(ValidationError) as refused:
        validate_password(password)
    assert [error.code for error in refused.value.error_list] == ["words_of_the_place"]


@pytest.mark.parametrize(
    "password", ["korea is not all of it", "eleven-quiet-herons", "xylophone-91-K"]
)
def test_others_are_taken(password):
    validate_password(password)


@pytest.mark.parametrize(("language", "begins"), [("ko", "이 사이트"), ("ja", "このサイト")])
def test_the_refusal_is_in_the_readers_language(language, begins):
    with translation.override(language), pytest.raises(ValidationError) as refused:
        validate_password("KoreaJapan2026!")
    assert refused.value.messages[0].startswith(begins)
