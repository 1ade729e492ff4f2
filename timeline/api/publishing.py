"""The data releases, for programs: what there is, of which instant, with every checksum."""

from typing import Any

from django.conf import settings

from ..releases import shelf
from ..releases.shelf import Release
from . import shapes
from .base import ApiView


class Releases(ApiView):
    """Releases, the newest state first. `/data/latest/…` leads to the newest by its name."""

    operation = "data"
    summary = "Data releases with their files and checksums"

    def get(self, request):
        query = self.query(request)
        data = {
            "next": None,
            "previous": None,
            "results": [told(release) for release in shelf.releases()],
            "meta": self.meta(query, "Data releases"),
        }
        return self.answer(query, data)

    def shape(self, schema):
        meta = schema.component("Meta", shapes.META)
        release = schema.component("Release", shapes.RELEASE)
        return shapes.listing(release, meta, can_count=False)


def told(release: Release) -> dict[str, Any]:
    site, package = settings.SITE_URL, release.package
    return {
        "name": release.name,
        "as_of": package["as_of"],
        "version": package["record_version"],
        "digest": package["record_digest"],
        "former": package["former"] and package["former"]["version"],
        "records": release.rows,
        "bytes": release.bytes,
        "sha256": release.digest,
        "page": f"{site}/en/data/{release.name}/",
        "sums": f"{site}/data/{release.name}/{shelf.SUMS}",
        "files": [
            {
                "path": file.path,
                "bytes": file.bytes,
                "sha256": file.sha256,
                "rows": file.rows,
                "url": f"{site}/data/{release.name}/{file.path}",
            }
            for file in release.files
        ],
    }
