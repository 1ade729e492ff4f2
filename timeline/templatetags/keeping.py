"""Parts of templates that say the same on very many pages are rendered once for each language."""

from typing import Any

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.template.context import Context

from timeline.reading import Reader

register = template.Library()

MOST = 400  # renderings of one part; then it begins anew


class Kept(Node):
    def __init__(self, nodes: NodeList, values: list[FilterExpression]) -> None:
        self.nodelist, self.values = nodes, values
        self.kept: dict[tuple[Any, ...], str] = {}

    def render(self, context: Context) -> str:
        reader = Reader.of(context.request)
        if reader.instant:
            return self.nodelist.render(context)
        key = (reader.begin, *(value.resolve(context) for value in self.values))
        if key not in self.kept:
            if len(self.kept) >= MOST:
                self.kept = {}
            self.kept[key] = self.nodelist.render(context)
        return self.kept[key]


@register.tag
def kept(parser: Parser, token: Token) -> Kept:
    """`{% kept %}…{% endkept %}`: what depends on the language alone; or, as
    `{% kept a b %}…`, on these values too, which can be keys. Pages of the past are not kept.
    """
    values = [parser.compile_filter(bit) for bit in token.split_contents()[1:]]
    nodes = parser.parse(["endkept"])
    parser.delete_first_token()
    return Kept(nodes, values)
