"""Variables by the shortest way are what Django finds by its own."""

from types import SimpleNamespace

import pytest
from django.template import Context, Template, VariableDoesNotExist
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from config.resolving import Plain, quickened


class Thing:
    text = "a < b"

    @property
    def wrong(self) -> str:
        raise KeyError("text")

    def called(self) -> str:
        return "called"

    def altering(self) -> str:
        raise AssertionError

    altering.alters_data = True


VALUES = {
    "thing": Thing(),
    "named": {"items": "own", "key": "<&>", "safe": mark_safe("<b>"), "n": 1234.5, "no": None},
    "list": ["x", {"y": "z"}],
    "lazy": gettext_lazy("Sources"),
    "space": SimpleNamespace(inner=SimpleNamespace(value=7)),
    "function": lambda: {"key": "from a function"},
}


@pytest.mark.parametrize(
    "text",
    [
        "{{ thing.text }} {{ thing.called }} {{ thing.altering }} {{ thing.missing }}",
        "{{ named.items }} {{ named.key }} {{ named.safe }} {{ named.n }} {{ named.no }}",
        "{{ named.keys }} {{ named.missing }} {{ missing }} {{ missing.more }} {{ named.0 }}",
        "{{ list.0 }} {{ list.1.y }} {{ list.5 }} {{ lazy }} {{ lazy.upper }}",
        "{{ space.inner.value }} {{ function.key }} {{ function }}",
        "{% autoescape off %}{{ named.key }}{{ thing.text }}{% endautoescape %}",
        "{% if named.n > 3 and not thing.missing or missing %}{{ named.key|upper }}{% endif %}",
        "{% if missing == named.no %}none{% elif named.key in list %}in{% endif %}",
        "{% for part in list %}{{ forloop.counter }}{{ part.y|default:named.key }}{% endfor %}",
        "{% with a=thing.text b=named.missing %}{{ a }}{{ b|default:lazy }}{% endwith %}",
        "{{ autoescape }}{{ flatten }}{{ True }}{{ None }}",
    ],
)
def test_as_django_finds_it(text):
    usual, ours = Template(text), Template(text)
    ours.nodelist[:] = map(quickened, ours.nodelist)
    for node in ours.nodelist.get_nodes_by_type(object):
        quickened(node)
    assert ours.render(Context(VALUES)) == usual.render(Context(VALUES))


def test_what_a_property_raises_is_raised():
    with pytest.raises(KeyError):
        Plain("thing.wrong").resolve(Context(VALUES))


@pytest.mark.parametrize("name", ["missing", "named.missing", "thing.missing", "list.5"])
def test_what_is_missing_is_said_to_be(name):
    with pytest.raises(VariableDoesNotExist):
        Plain(name).resolve(Context(VALUES))
