"""The editors' handbook: `docs/handbook.md`, shown in the admin; its pictures are static files."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _

FILE = Path(settings.BASE_DIR, "docs", "handbook.md")
_INLINE = (
    (re.compile(r"\*\*(.+?)\*\*"), r"<strong>\1</strong>"),
    (re.compile(r"`(.+?)`"), r"<code>\1</code>"),
)


def page(site: Any, request: HttpRequest) -> HttpResponse:
    context = {
        **site.each_context(request),
        "title": _("Handbook"),
        "handbook": html(FILE.read_text(encoding="utf-8")),
    }
    return TemplateResponse(request, "admin/handbook.html", context)


def html(markdown: str) -> SafeString:
    """The little Markdown that the handbook is written in: headings, paragraphs, lists, bold, code,
    and pictures, each a block of its own.

    Everything is escaped first.
    """
    blocks = re.split(r"\n{2,}", markdown.strip())
    return mark_safe("\n".join(map(_block, blocks)))  # noqa: S308 (escaped in _inline)


def _block(block: str) -> str:
    if heading := re.match(r"(#{1,3}) (.+)", block):
        level, words = len(heading[1]), heading[2]
        name = f"h{level}"
        return f'<{name} id="{slugify(words)}">{_inline(words)}</{name}>'
    if picture := re.fullmatch(r"!\[(.+)\]\(\.\./static/(.+)\)", block, re.DOTALL):
        words, address = _inline(picture[1]), escape(static(picture[2]))
        image = f'<img src="{address}" alt="" width="900" height="620" loading="lazy">'
        return f"<figure>{image}<figcaption>{words}</figcaption></figure>"
    if block.startswith(("- ", "1. ")):
        name = "ul" if block.startswith("- ") else "ol"
        items = re.split(r"\n(?=- |\d+\. )", block)
        inner = "".join(f"<li>{_inline(re.sub(r'^(- |[0-9]+[.] )', '', i))}</li>" for i in items)
        return f"<{name}>{inner}</{name}>"
    return f"<p>{_inline(block)}</p>"


def _inline(text: str) -> str:
    found = escape(" ".join(text.split()))
    for pattern, replacement in _INLINE:
        found = pattern.sub(replacement, found)
    return found
