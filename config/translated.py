"""Templates are read for each language once: their own words are translated when they are read.

What stays for each answer is what depends on it. A template is rendered in the language in which it
was looked for; within `{% language %}` nothing is translated before.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from typing import Any

from django.dispatch import receiver
from django.template import Context, Engine, Origin, Template
from django.template.autoreload import reset_loaders
from django.template.base import (
    FilterExpression,
    Node,
    NodeList,
    TextNode,
    render_value_in_context,
)
from django.template.loaders import base, cached
from django.templatetags.i18n import BlockTranslateNode, LanguageNode, TranslateNode
from django.templatetags.static import StaticNode
from django.utils.autoreload import file_changed
from django.utils.translation import get_language, gettext, ngettext

from .resolving import quickened

USUAL = (  # where templates are looked for
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
)
_VALUE = re.compile(r"%\((.*?)\)s")
_MISSING = object()


class _Read(base.Loader):
    def get_template(self, template_name: str, skip: list[Origin] | None = None) -> Template:
        template = super().get_template(template_name, skip)
        translate(template.nodelist)
        return template


class Loader(cached.Loader, _Read):
    """Django's, which keeps what was read, with a template for each language."""

    def __init__(self, engine: Engine, loaders: Sequence[Any] = USUAL) -> None:
        super().__init__(engine, loaders)

    def cache_key(self, template_name: str, skip: list[Origin] | None = None) -> str:
        return f"{get_language()} {super().cache_key(template_name, skip)}"


@receiver(file_changed)
def forget(file_path: Path, **_more: Any) -> None:
    """While somebody works on the words (`runserver`): read the templates anew."""
    if file_path.suffix == ".mo":
        reset_loaders()


class Words(Node):
    """`{% blocktranslate %}` whose sentence is translated and taken apart already."""

    child_nodelists = ()

    def __init__(self, usual: BlockTranslateNode) -> None:
        self.usual, self.token, self.origin = usual, usual.token, usual.origin
        self.singular, names = usual.render_token_list(usual.singular)
        self.plural, more = usual.render_token_list(usual.plural or [])
        self.names = {*names, *more}
        self.said = gettext(self.singular) if not self.plural else ""
        self.parts: dict[str, list[str] | None] = {}  # of each sentence that is said

    def render(self, context: Context) -> str:
        usual, said = self.usual, self.said
        values: dict[str, Any] = {
            name: v.resolve(context) for name, v in usual.extra_context.items()
        }
        if self.plural:
            count = usual.counter.resolve(context)
            if not isinstance(count, int):
                return usual.render(context)
            values[usual.countervar] = count
            said = ngettext(self.singular, self.plural, count)
        if said not in self.parts:
            self.parts[said] = self.parts_of(said)
        parts = self.parts[said]
        if parts is None:
            return usual.render(context)
        found = parts.copy()
        for place in range(1, len(found), 2):
            name = found[place]
            value = values.get(name, _MISSING)
            if value is _MISSING:
                if name not in context:
                    return usual.render(context)
                value = context[name]
            found[place] = render_value_in_context(value, context)
        return "".join(found)

    def parts_of(self, said: str) -> list[str] | None:
        """Texts, and between them names of values; None for what Django should look at."""
        parts = _VALUE.split(said)
        texts = [text.replace("%%", "") for text in parts[::2]]
        if "%" in "".join(texts) or not self.names.issuperset(parts[1::2]):
            return None
        parts[::2] = [text.replace("%%", "%") for text in parts[::2]]
        return parts


def translate(nodes: NodeList) -> None:
    """In place, with all that is in them."""
    nodes[:] = _joined([_translated(node) for node in nodes])


def _translated(node: Node) -> Node:
    node = quickened(node)
    if isinstance(node, TranslateNode) and not node.asvar:
        given = [node.filter_expression, node.message_context]
        return _text(node, node.render(Context())) if _are_constant(given) else node
    if isinstance(node, StaticNode) and not node.varname and _are_constant([node.path]):
        with suppress(ValueError):  # it is not collected; who renders it is told
            return _text(node, node.render(Context()))
    if isinstance(node, BlockTranslateNode):
        return node if node.asvar or node.message_context else Words(node)
    for inner in _inner(node):
        translate(inner)
    return node


def _inner(node: Node) -> Iterator[NodeList]:
    if isinstance(node, LanguageNode):
        return
    if hasattr(node, "conditions_nodelists"):
        yield from (inner for _condition, inner in node.conditions_nodelists)
        return
    for name in node.child_nodelists:
        inner = getattr(node, name, None)
        if isinstance(inner, NodeList):
            yield inner


def _are_constant(given: list[FilterExpression | None]) -> bool:
    return not any(each and (each.filters or getattr(each.var, "lookups", None)) for each in given)


def _text(node: Node, text: str) -> TextNode:
    found = TextNode(text)
    found.token, found.origin = node.token, node.origin
    return found


def _joined(nodes: list[Node]) -> Iterator[Node]:
    """Texts that follow each other are one."""
    for is_text, group in groupby(nodes, lambda node: type(node) is TextNode):
        if is_text:
            texts = list(group)
            yield _text(texts[0], "".join(node.s for node in texts))
        else:
            yield from group
