import pytest
from django.urls import reverse

from disputes.handbook import FILE, html

from ..admin.pages import researcher


def test_headings_lists_bold_and_code_are_shown():
    found = html("# One\n\n## Two words\n\nA **b** `c`\nd.\n\n- x\n- y\n\n1. p\n2. q")
    assert found.split("\n") == [
        '<h1 id="one">One</h1>',
        '<h2 id="two-words">Two words</h2>',
        "<p>A <strong>b</strong> <code>c</code> d.</p>",
        "<ul><li>x</li><li>y</li></ul>",
        "<ol><li>p</li><li>q</li></ol>",
    ]


def test_everything_is_escaped():
    assert html("<script>`<b>`") == "<p>&lt;script&gt;<code>&lt;b&gt;</code></p>"


@pytest.mark.django_db
def test_the_handbook_is_shown_whole():
    page = researcher().get(reverse("admin:handbook")).content.decode()
    headings = [line[3:] for line in FILE.read_text().splitlines() if line.startswith("## ")]
    assert [h for h in headings if f">{h}</h2>" not in page] == []


def test_a_picture_is_a_static_file_with_its_words():
    assert html("![A page](../static/admin_desk/handbook/queue.png)") == (
        '<figure><img src="/static/admin_desk/handbook/queue.png" alt="" width="900" height="620" '
        'loading="lazy"><figcaption>A page</figcaption></figure>'
    )
