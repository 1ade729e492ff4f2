"""Pages and files of the releases."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from .. import parameters
from . import shelf
from .describing import MEDIA_TYPES

FOREVER = "public, max-age=31536000, immutable"
BESIDE = {shelf.SUMS: "text/plain"}  # files that their list of checksums does not name


@require_safe
def releases(request: HttpRequest) -> HttpResponse:
    """All releases, the newest state first."""
    parameters.read(request.GET, [], only=())
    return render(request, "data/releases.html", {"releases": shelf.releases()})


@require_safe
def release(request: HttpRequest, name: str) -> HttpResponse:
    """One release with all of its files."""
    parameters.read(request.GET, [], only=())
    found = shelf.release(name)
    if found is None:
        raise Http404
    return render(request, "data/release.html", {"release": found})


@require_safe
def latest(request: HttpRequest, file: str = "") -> HttpResponse:
    """The newest release or a file of it, by its name: what is cited must not move."""
    found = shelf.releases()
    if not found:
        raise Http404
    if not file:
        return redirect("release", name=found[0].name)
    return redirect("release-file", name=found[0].name, file=file)


@require_safe
def release_file(request: HttpRequest, name: str, file: str) -> HttpResponse:
    """A file as it was written; only what the release itself lists."""
    found = shelf.release(name)
    listed = found and found.file(file)
    if not found or not (listed or file in BESIDE):
        raise Http404
    etag = f'"{listed.sha256 if listed else found.digest}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = FileResponse((found.folder / file).open("rb"), content_type=_media_type(file))
        response["Link"] = (
            f'<{request.build_absolute_uri(reverse("release", args=[name]))}>; rel="cite-as"'
        )
    response["ETag"], response["Cache-Control"] = etag, FOREVER
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _media_type(file: str) -> str:
    ending = file.rpartition(".")[2]
    found = BESIDE.get(file) or MEDIA_TYPES.get(ending, "application/zip")
    return f"{found}; charset=utf-8" if found.startswith("text/") else found
