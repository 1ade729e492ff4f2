"""Variables of templates by the shortest way: most are a name, then keys of dictionaries and
attributes of objects. Whatever is not as plain is Django's.
"""

from collections.abc import Iterator
from typing import Any

from django.template import Context, Variable, VariableDoesNotExist
from django.template.base import FilterExpression, Node, VariableNode, render_value_in_context
from django.template.smartif import TokenBase
from django.utils.html import escape
from django.utils.safestring import SafeString


class Plain(Variable):
    """A variable whose value is found without a call."""

    def _resolve_lookup(self, context: Context) -> Any:
        current: Any = context
        try:
            for bit in self.lookups:
                if current is context or type(current) is dict:
                    current = current[bit]
                elif hasattr(type(current), "__getitem__"):
                    return super()._resolve_lookup(context)
                else:
                    current = getattr(current, bit)
                if callable(current):
                    return super()._resolve_lookup(context)
        except KeyError:
            mapping = current is context or type(current) is dict
            if not mapping or hasattr(current, bit) or bit.isdecimal():
                return super()._resolve_lookup(context)
            raise VariableDoesNotExist("Failed lookup for key [%s]", (bit,)) from None
        except Exception:
            return super()._resolve_lookup(context)
        return current


class Value(VariableNode):
    """`{{ … }}`, most of which are texts."""

    def render(self, context: Context) -> str:
        try:
            value = self.filter_expression.resolve(context)
        except UnicodeDecodeError:
            return ""
        if type(value) is SafeString:
            return value
        if type(value) is str and context.autoescape:
            return escape(value)
        return render_value_in_context(value, context)


def quickened(node: Node) -> Node:
    """The node with plain variables in all that is given to it; not in the nodes that it holds."""
    for given in vars(node).values():
        for expression in _expressions(given):
            _quicken(expression)
    if type(node) is not VariableNode:
        return node
    found = Value(node.filter_expression)
    found.token, found.origin = node.token, node.origin
    return found


def _expressions(given: Any) -> Iterator[FilterExpression]:
    if isinstance(given, FilterExpression):
        yield given
    elif isinstance(given, TokenBase):  # a condition
        parts = given.first, given.second, getattr(given, "value", None)
        for part in parts:
            yield from _expressions(part)
    elif type(given) in (list, tuple):
        for part in given:
            yield from _expressions(part)
    elif type(given) is dict:
        yield from _expressions([*given.values()])


def _quicken(expression: FilterExpression) -> None:
    expression.var = _plain(expression.var)
    expression.filters = [
        (function, [(is_name, _plain(value) if is_name else value) for is_name, value in given])
        for function, given in expression.filters
    ]


def _plain(variable: Any) -> Any:
    return Plain(variable.var) if type(variable) is Variable and variable.lookups else variable
