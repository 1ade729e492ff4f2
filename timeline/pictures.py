"""Drawings as files of their own: the site's ink written into them, and PNG made of them.

On a page a drawing takes its colours from the style sheets; a file has none beside it. So the
rules of `parts.css` and `charts.css` that ink drawings go into the file, with the colours of the
light scheme.
"""

import re
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.template.loader import render_to_string
from resvg_py import svg_to_bytes

INKED = re.compile(r"^\.(?:chart|card|state-|hatch-|dots-|bars-)[^{}:]*\{[^{}]*\}$", re.MULTILINE)
VARIABLE = re.compile(r"(--[\w-]+): ([^;]+);")
USE = re.compile(r"var\((--[\w-]+)\)")
UNSPACED = r"\u3040-\u30ff\u3400-\u9fff"
PIECE = re.compile(rf"[{UNSPACED}][、。，．」』）)]*|[^\s{UNSPACED}]+\s*|\s+")
WIDE = "\u1100"  # from here on, a letter takes the room of two


def drawing(template: str | list[str], context: dict, language: str) -> str:
    """An SVG file: a template of `templates/charts` or `templates/cards`, with its ink."""
    return render_to_string(template, {**context, "ink": ink(language)})


def png(svg: str, width: int) -> bytes:
    """The picture of an SVG, so many pixels wide."""
    return bytes(svg_to_bytes(svg_string=svg, width=width, font_family="Noto Sans CJK KR"))


def answer(content: str | bytes, kind: str, name: str = "") -> HttpResponse:
    """A picture as an answer; with a name it is for keeping, not for showing."""
    response = HttpResponse(content, content_type=kind)
    if name:
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@cache
def ink(language: str) -> str:
    """The rules that ink drawings, with the values of their variables for this language."""
    values = _variables(language)
    rules = "\n".join(INKED.findall(_sheet("parts.css")) + INKED.findall(_sheet("charts.css")))
    return USE.sub(lambda use: values.get(use[1], "none"), rules)


def wrapped(text: str, width: int, most: int) -> list[str]:
    """A text in lines of so many letters, wide ones counted twice; at most so many lines."""
    lines, line = [], ""
    for piece in PIECE.findall(text):
        if line and _length((line + piece).rstrip()) > width:
            lines.append(line)
            line = ""
        line += piece
    lines.append(line)
    if len(lines) > most:
        lines = [*lines[: most - 1], _cut("".join(lines[most - 1 :]), width)]
    return [line.strip() for line in lines]


def _cut(text: str, width: int) -> str:
    """As many whole words of a text as fit (or as much of the first), with an ellipsis."""
    kept = ""
    for piece in PIECE.findall(text):
        if _length((kept + piece).rstrip()) > width - 1:
            break
        kept += piece
    while not kept:
        text = text[:-1]
        kept = text if _length(text) < width else ""
    return kept.rstrip(" ,.;:/、。(（") + "…"


def _length(text: str) -> int:
    return sum(2 if letter >= WIDE and letter not in "–—‘’“”…" else 1 for letter in text)


def _variables(language: str) -> dict[str, str]:
    base = _sheet("base.css")
    found: dict[str, str] = {}
    for sheet in (_sheet("charts.css"), base):
        found |= dict(VARIABLE.findall(sheet[sheet.index(":root {") : sheet.index("\n}")]))
    for block in re.findall(rf"^:lang\({language}\) \{{(.*?)\}}", base, re.DOTALL | re.MULTILINE):
        found |= dict(VARIABLE.findall(block))
    return {name: value.replace('"', "'") for name, value in found.items()}


def _sheet(name: str) -> str:
    return Path(finders.find(f"css/{name}")).read_text(encoding="utf-8")
