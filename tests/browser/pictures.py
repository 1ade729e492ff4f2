"""`make screenshots`: pictures of the main pages, from the real content, into docs/pictures/."""

import io
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import Browser

from . import site
from .chromium import CHROMIUM, launched

FOLDER = site.BASE / "docs" / "pictures"
SIZES = {"wide": {"width": 1280, "height": 960}, "narrow": {"width": 360, "height": 760}}
COLOURS = 256  # of a picture's palette: pages are few colours and thin letters
CRISIS = "?date__gte=2019-07-01&date__lte=2019-12-31"


class Picture(NamedTuple):
    name: str
    path: str
    language: str
    size: str
    scheme: str

    @property
    def file(self) -> str:
        return f"{self.name}-{self.size}-{self.language}-{self.scheme}.png"


PICTURES = [
    Picture("home", "/", "en", "wide", "light"),
    Picture("home", "/", "ko", "wide", "dark"),
    Picture("home", "/", "ja", "narrow", "light"),
    Picture("dispute", "/disputes/sado-mines/", "en", "wide", "light"),
    Picture("dispute", "/disputes/sado-mines/", "ko", "narrow", "dark"),
    Picture("timeline", f"/timeline/{CRISIS}", "en", "wide", "light"),
    Picture("timeline", "/timeline/", "ja", "wide", "dark"),
    Picture("timeline", f"/timeline/{CRISIS}", "ko", "narrow", "light"),
    Picture(
        "chain",
        "/chains/events/2019-07-01-meti-announces-tighter-controls/?depth=1",
        "en",
        "wide",
        "light",
    ),
    Picture("agreement", "/agreements/comfort-women-agreement-2015/", "en", "wide", "dark"),
    Picture("agreement", "/agreements/comfort-women-agreement-2015/", "ja", "narrow", "light"),
    Picture("summits", "/summits/", "ko", "wide", "light"),
    Picture("survey", "/surveys/genron-eai-jp-favourable/", "ja", "wide", "light"),
    Picture("survey", "/surveys/genron-eai-jp-favourable/", "en", "narrow", "dark"),
    Picture("search", "/search/?q=강제동원", "en", "wide", "light"),
    Picture("search", "/search/?q=徴用工", "ko", "narrow", "light"),
]


def main() -> None:
    if not CHROMIUM:
        sys.exit("Chromium is missing. On Debian: apt install chromium fonts-noto-cjk")
    FOLDER.mkdir(exist_ok=True)
    with (
        TemporaryDirectory() as folder,
        site.serving(site.prepared(Path(folder))) as address,
        launched() as browser,
    ):
        for picture in PICTURES:
            size = take(browser, address, picture)
            print(f"{picture.file}  {size:,} bytes")


def take(browser: Browser, address: str, picture: Picture) -> int:
    """Write one picture; gives its size."""
    context = browser.new_context(
        base_url=address, viewport=SIZES[picture.size], color_scheme=picture.scheme
    )
    page = context.new_page()
    answer = page.goto(f"/{picture.language}{picture.path}")
    if answer.status != 200:
        sys.exit(f"{answer.status}: {answer.url}")
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    context.close()
    file = FOLDER / picture.file
    shot.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    return file.stat().st_size


if __name__ == "__main__":
    main()
