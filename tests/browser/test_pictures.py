"""The pictures in docs/ are those that `make screenshots` takes, and every one is shown."""

import re

from .pictures import FOLDER, PICTURES
from .site import BASE


def test_documents_show_each_picture_and_no_other():
    shown = re.findall(r"\(pictures/([^)]+)\)", (BASE / "docs" / "pictures.md").read_text("utf-8"))
    taken = [picture.file for picture in PICTURES]
    assert shown == taken
    assert sorted(file.name for file in FOLDER.iterdir()) == sorted(taken)
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) < 2_500_000
