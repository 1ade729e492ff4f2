"""Letters of the pictures come from the machine's fonts."""

import pytest

from timeline import fonts, pictures


@pytest.mark.parametrize("alike", [b"nothing", b"a box"])
def test_machine_without_letters_is_told_which_package_has_them(monkeypatch, alike):
    monkeypatch.setattr(pictures, "png", lambda svg, width: alike)
    [found] = fonts.letters()
    assert (found.id, found.hint) == ("timeline.I001", "On Debian: apt install fonts-noto-cjk")


def test_machine_with_letters_is_told_nothing(monkeypatch):
    monkeypatch.setattr(pictures, "png", lambda svg, width: svg.encode())
    assert fonts.letters() == []
