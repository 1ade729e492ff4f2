"""Templates whose words are translated when they are read say what Django's would say."""

from pathlib import Path

import pytest
from django.template import Context, Engine
from django.template.base import TextNode
from django.template.loader import get_template
from django.utils.translation import override

from config import translated
from config.settings import TEMPLATES

PARTS = ("i18n", "static")
LIBRARIES = {name: f"django.templatetags.{name}" for name in PARTS}
LANGUAGES = ("en", "ko", "ja")
VALUES = {"name": "<a & b>", "count": 2, "one": 1, "none": None}


def engine(text: str, loader: str) -> Engine:
    inner = ("django.template.loaders.locmem.Loader", {"t": "{% load i18n static %}" + text})
    return Engine(libraries=LIBRARIES, loaders=[(loader, [inner])])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "text",
    [
        '{% translate "Sources" %} & {% translate ", " context "between items of a list" %}',
        '{% translate "Sources" as said %}[{{ said }}]',
        "{% translate name %}{% translate name|upper %}",
        "{% if count %}{% translate 'Today' %}{% else %}{% translate 'Sources' %}{% endif %}",
        "{% for n in 'ab' %}{% translate 'Today' %}{{ n }}{% endfor %}",
        "{% blocktranslate %}Not in the record{% endblocktranslate %}",
        "{% blocktranslate with x=name %}100% of {{ x }}, {{ count }}{% endblocktranslate %}",
        "{% blocktranslate with name=one %}{{ name }}{% endblocktranslate %}{{ name }}",
        "{% blocktranslate %}[{{ none }}{{ missing }}]{% endblocktranslate %}",
        "{% blocktranslate count n=count %}{{ n }} source{% plural %}{{ n }} sources"
        "{% endblocktranslate %}",
        "{% blocktranslate count n=one %}{{ n }} source{% plural %}{{ n }} sources"
        "{% endblocktranslate %}",
        "{% blocktranslate asvar said %}Today{% endblocktranslate %}{{ said }}",
        "{% language 'ja' %}{% translate 'Sources' %}{% endlanguage %}{% translate 'Sources' %}",
        "{% autoescape off %}{% blocktranslate %}{{ name }}{% endblocktranslate %}"
        "{% endautoescape %}",
        "{% static 'css/drawing.css' %}",
    ],
)
def test_as_django_says_it(text, language):
    usual = engine(text, "django.template.loaders.cached.Loader")
    ours = engine(text, "config.translated.Loader")
    with override(language):
        said = usual.get_template("t").render(Context(VALUES))
        assert ours.get_template("t").render(Context(VALUES)) == said


def test_each_language_has_a_template_of_its_own():
    ours = engine("{% translate 'Sources' %}", "config.translated.Loader")
    found = set()
    for language in LANGUAGES:
        with override(language):
            template = ours.get_template("t")
            assert template is ours.get_template("t")
            found.add(template.render(Context()))
            (text,) = template.nodelist.get_nodes_by_type(TextNode)[-1:]
            assert text.s in found
    assert len(found) == len(LANGUAGES)


def test_words_that_follow_each_other_are_one_text():
    ours = engine("a{% translate 'Sources' %}b{% translate 'Today' %}", "config.translated.Loader")
    with override("en"):
        nodes = ours.get_template("t").nodelist
    assert [node.s for node in nodes if type(node) is TextNode] == ["aSourcesbToday"]


def test_templates_are_read_anew_when_words_have_changed():
    before = get_template("home.html").template
    translated.forget(Path("locale/ko/LC_MESSAGES/django.po"))
    assert get_template("home.html").template is before
    translated.forget(Path("locale/ko/LC_MESSAGES/django.mo"))
    assert get_template("home.html").template is not before


def test_the_site_reads_its_templates_so():
    assert TEMPLATES[0]["OPTIONS"]["loaders"] == [f"{translated.__name__}.Loader"]
