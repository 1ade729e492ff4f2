"""`make screenshots`: pictures of the main pages, from the real content, into docs/pictures/; and
of the desk, for the handbook, into static/admin_desk/handbook/."""

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import Browser, Page

from . import desk, site
from .chromium import CHROMIUM, launched
from .prepare_desk import CLASHING, PROPOSED

FOLDER = site.BASE / "docs" / "pictures"
HANDBOOK = site.BASE / "static" / "admin_desk" / "handbook"
SIZES = {"wide": {"width": 1280, "height": 960}, "narrow": {"width": 360, "height": 760}}
COLOURS = 256  # of a picture's palette: pages are few colours and thin letters
DESK_COLOURS = 32  # the desk has fewer
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
        desk.prepared(Path(folder))
        for file, size in take_desk(browser, address):
            print(f"{file}  {size:,} bytes")


def take(browser: Browser, address: str, picture: Picture) -> int:
    """Write one picture; gives its size."""
    context = browser.new_context(
        base_url=address, viewport=SIZES[picture.size], color_scheme=picture.scheme
    )
    page = context.new_page()
    answer = page.goto(f"/{picture.language}{picture.path}")
    if answer.status != 200:
        sys.exit(f"{answer.status}: {answer.url}")
    size = write(page, FOLDER / picture.file, COLOURS)
    context.close()
    return size


def take_desk(browser: Browser, address: str) -> Iterator[tuple[str, int]]:
    """Write the pictures of the desk, as an editor sees it; gives each one's name and size."""
    HANDBOOK.mkdir(exist_ok=True)
    size = {"width": 900, "height": 620}
    context = browser.new_context(base_url=address, viewport=size, reduced_motion="reduce")
    page = context.new_page()
    desk.sign_in(page, "kim")
    page.evaluate("localStorage.setItem('django.admin.navSidebarIsOpen', 'false')")
    for name, open_page in DESK.items():
        open_page(page)
        yield f"{name}.png", write(page, HANDBOOK / f"{name}.png", DESK_COLOURS)
    context.close()


def write(page: Page, file: Path, colours: int) -> int:
    """What the window shows, with so many colours; gives the file's size."""
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    shot.quantize(colours, dither=Image.Dither.NONE).save(file, optimize=True)
    return file.stat().st_size


def _quick_entry(page: Page) -> None:
    page.goto(f"{desk.HOME}quick-event/")
    page.get_by_label("When").fill("2019-08-22")
    page.get_by_label("Title · English").fill("South Korea decides to end GSOMIA")
    page.locator("#alike").wait_for()
    page.locator("#alike").scroll_into_view_if_needed()


def _coding(page: Page) -> None:
    page.goto(f"{desk.HOME}quick-event/")
    page.get_by_label("PLOVER type").select_option("SANCTION")
    page.get_by_text("The PLOVER types").click()
    page.get_by_label("PLOVER type").evaluate("(e) => e.scrollIntoView()")


def _history(page: Page) -> None:
    desk.open_record(page, CLASHING)
    page.get_by_role("link", name="History", exact=True).click()
    page.wait_for_load_state()


def _source(page: Page) -> None:
    desk.open_record(page, "worldjpn-1965-claims", f"{desk.HOME}disputes/source/")
    page.get_by_label("Address:").evaluate("(e) => e.closest('fieldset').scrollIntoView()")


def _import(page: Page) -> None:
    page.goto(f"{desk.HOME}disputes/event/import/")


DESK = {
    "queue": lambda page: page.goto(desk.HOME),
    "quick-entry": _quick_entry,
    "coding": _coding,
    "form": lambda page: desk.open_record(page, PROPOSED),
    "review": lambda page: desk.open_proposal(page, PROPOSED),
    "clash": lambda page: desk.open_proposal(page, CLASHING),
    "history": _history,
    "source": _source,
    "import": _import,
}


if __name__ == "__main__":
    main()
