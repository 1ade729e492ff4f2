"""The pictures in docs/ are those that `make screenshots` takes, and every one is shown."""

import re

from .pictures import DESK, FOLDER, HANDBOOK, PICTURES
from .site import BASE


def test_documents_show_each_picture_and_no_other():
    shown = re.findall(r"\(pictures/([^)]+)\)", (BASE / "docs" / "pictures.md").read_text("utf-8"))
    taken = [picture.file for picture in PICTURES]
    assert shown == taken
    assert sorted(file.name for file in FOLDER.iterdir()) == sorted(taken)
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) < 2_500_000


def test_the_handbook_shows_each_picture_of_the_desk_and_they_are_small():
    text = (BASE / "docs" / "handbook.md").read_text("utf-8")
    shown = re.findall(r"\(\.\./static/admin_desk/handbook/(.+)\.png\)", text)
    assert sorted(shown) == sorted(DESK) == sorted(file.stem for file in HANDBOOK.iterdir())
    assert max(file.stat().st_size for file in HANDBOOK.iterdir()) < 60_000
