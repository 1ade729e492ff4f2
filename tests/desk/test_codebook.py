"""Every code has a definition of its own, though codes of two vocabularies may be one word."""

import pytest

from disputes.codebook import TITLES
from disputes.definitions import DEFINITIONS
from disputes.models import ActorKind, EventKind, SourceKind, Voice


@pytest.mark.parametrize("enumeration", TITLES)
def test_every_code_is_defined(enumeration):
    assert set(DEFINITIONS[enumeration]) == set(enumeration)


def test_codes_of_one_word_are_told_apart():
    assert DEFINITIONS[ActorKind][ActorKind.COURT] == "A court or tribunal."
    assert DEFINITIONS[SourceKind][SourceKind.COURT].startswith("Published by a court")
    assert DEFINITIONS[Voice][Voice.KR] == "The Korean side says so."
    assert DEFINITIONS[EventKind][EventKind.AGREEMENT].startswith("The sides settle something")
