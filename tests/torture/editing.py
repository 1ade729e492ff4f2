"""Editors who save over HTTP as fast as they can, and write down what was acknowledged."""

import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from threading import Event as Signal
from threading import Thread
from types import SimpleNamespace
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

from ..admin.pages import form_of

NAME, PASSWORD = "tormentor", "a long enough pass phrase"


class Browser:
    """Signs in and posts forms, with cookies; an answer is (status, body)."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """OSError when the connection breaks."""
        data = urlencode(form).encode() if form else None
        request = Request(self.site + path, data, {"Referer": self.site + path})  # noqa: S310 (ours)
        try:
            with self.opener.open(request, timeout=30) as response:
                return response.status, response.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode()
        except URLError as error:
            raise OSError(error.reason) from error

    def form(self, path: str) -> dict[str, str]:
        status, body = self.ask(path)
        if status != 200:
            raise OSError(f"{status} for {path}: {body}")
        return form_of(SimpleNamespace(content=body.encode()))

    def sign_in(self) -> None:
        _status, body = self.ask("/admin/login/")
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', body)[1]
        given = {"csrfmiddlewaretoken": token, "username": NAME, "password": PASSWORD}
        status, body = self.ask("/admin/login/?next=/healthz", given)
        if (status, "ok" in body) != (200, True):
            raise PermissionError(body)


@dataclass
class Editor:
    """Saves one event again and again; `acknowledged` are the numbers of the edits that stood."""

    browser: Browser
    pk: int
    key: str
    tried: int = 0
    acknowledged: list[int] = field(default_factory=list)
    failed: int = 0
    refusal: str = ""  # what the server said when it last did not save

    def save(self) -> None:
        path = f"/admin/disputes/event/{self.pk}/change/"
        self.tried += 1
        words = f"{self.key} edit {self.tried}"
        try:
            form = self.browser.form(path)
            form |= {"title_en": words, "reason": words, "_continue": "1"}
            status, body = self.browser.ask(path, form)
        except (OSError, ValueError) as error:  # cut off: whether it was saved is not known
            self.failed += 1
            self.refusal = str(error)
            time.sleep(0.1)
            return
        if status == 200 and "errornote" not in body and words in body:
            self.acknowledged.append(self.tried)
        else:
            self.failed += 1
            self.refusal = body
            time.sleep(0.1)


def edit_for(seconds: float, editors: list[Editor], harm: Callable[[], None]) -> int:
    """All editors save at once, while harm is done at random moments; gives how often."""
    over, done = Signal(), 0

    def work(editor: Editor) -> None:
        while not over.is_set():
            editor.save()

    threads = [Thread(target=work, args=[editor]) for editor in editors]
    for thread in threads:
        thread.start()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(random.uniform(0.3, 1.5))
        harm()
        done += 1
    over.set()
    for thread in threads:
        thread.join(60)
    return done


def lost(editors: list[Editor], reasons: list[tuple[str, str]]) -> list[str]:
    """Acknowledged edits that the record does not hold; `reasons` are its (key, reason)."""
    held = set(reasons)
    return [
        f"{editor.key} edit {number}"
        for editor in editors
        for number in editor.acknowledged
        if (editor.key, f"{editor.key} edit {number}") not in held
    ]
