"""“Cite this page”: the page as it stands, with the instant in its address."""

from html import unescape
from typing import Any

import orjson
from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template.context import RequestContext
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import strip_tags

from timeline.citations import Work, key_of
from timeline.freshness import newest
from timeline.instants import spell
from timeline.models import Entry
from timeline.slices import Slice

register = template.Library()
FILES = (("bibtex", "BibTeX"), ("ris", "RIS"), ("csl", "CSL-JSON"))


@register.inclusion_tag("parts/cite_this.html", takes_context=True)
def cite_this(context: RequestContext) -> dict[str, Any]:
    """The page in four styles; nothing while nothing is recorded."""
    request = context.request
    slice_ = getattr(request, "slice", Slice())
    state = Entry.objects.recorded_by(slice_.as_of).newest() if slice_.as_of else newest(request)
    if not state:
        return {}
    at = spell(slice_.as_of or state[1])
    url = address(request, at)
    entry = context.get("entry")
    key = f"{entry.type}:{entry.key}" if isinstance(entry, Entry) else key_of(url)
    styles = Work(key, _title(context), url, state[1], state[0]).styles
    styles["csl"] = orjson.dumps(styles["csl"], option=orjson.OPT_INDENT_2).decode()
    files = [(label, styles[name], _file(context, name, at)) for name, label in FILES]
    return {"apa": styles["apa"], "url": url, "files": files}


def address(request: HttpRequest, at: str) -> str:
    """The address that brings this page again."""
    query = request.GET.copy()
    query.pop("cursor", None)
    query["as_of"] = at
    return f"{settings.SITE_URL}{request.path}?{query.urlencode()}"


def _title(context: RequestContext) -> str:
    """What stands in the page's block “title”."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block("title")
    return " ".join(unescape(strip_tags(block.render(context))).split())


def _file(context: RequestContext, style: str, at: str) -> str:
    """The address of the style as a file, where the page is that of a record."""
    entry = context.get("entry")
    match = context.request.resolver_match
    if not isinstance(entry, Entry) or not match or match.url_name != "record":
        return ""
    return f"/api/v1{entry.data['url']}cite.{style}?as_of={at}"
