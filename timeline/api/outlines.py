"""OPML: all feeds of the record in one file for feed readers."""

from xml.etree import ElementTree

from django.conf import settings
from rest_framework.renderers import BaseRenderer

from .. import record_types
from ..slices import Slice
from . import shapes
from .base import ApiView
from .rendering import JSON

MOST = 200  # disputes with a feed of their own


class Opml(BaseRenderer):
    media_type = "text/x-opml"
    format = "opml"
    charset = None  # said in the XML

    def render(self, data, accepted_media_type=None, renderer_context=None) -> bytes:
        root = ElementTree.Element("opml", version="2.0")
        head = ElementTree.SubElement(root, "head")
        ElementTree.SubElement(head, "title").text = settings.RECORD_TITLE
        body = ElementTree.SubElement(root, "body")
        for feed in (data or {}).get("results", ()):
            address = {"xmlUrl": feed["url"], "htmlUrl": feed["page"]}
            ElementTree.SubElement(body, "outline", type="rss", text=feed["title"], **address)
        return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


class Feeds(ApiView):
    """The feeds (Atom) of the whole timeline, of each dispute and of each list."""

    operation = "feeds_list"
    summary = "All feeds, as JSON or OPML"
    renderer_classes = (JSON, Opml)

    def get(self, request):
        query = self.query(request)
        data = {
            "next": None,
            "previous": None,
            "results": self._feeds(request.build_absolute_uri("/api/v1/")),
            "meta": self.meta(query, "Feeds"),
        }
        return self.answer(query, data)

    def _feeds(self, root: str) -> list[dict[str, str]]:
        found = [("Timeline", "timeline.atom", "/timeline/")]
        if any(t.name == "dispute" for t in record_types.all_types()):
            found += [
                (entry.data["title"]["en"], f"timeline.atom?dispute={entry.key}", entry.data["url"])
                for entry in Slice().entries("dispute").by_key()[:MOST]
            ]
        lists = record_types.all_types()
        found += [(str(t.label_plural), f"{t.plural}.atom", t.page) for t in lists]
        site = settings.SITE_URL
        return [
            {"title": title, "url": root + feed, "page": f"{site}/en{page}"}
            for title, feed, page in found
        ]

    def shape(self, schema):
        item = shapes.record(
            {"title": {"type": "string"}, "url": shapes.ADDRESS, "page": shapes.ADDRESS}
        )
        return shapes.listing(item, schema.component("Meta", shapes.META), can_count=False)
