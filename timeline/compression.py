"""Answers compressed for those who accept it: the same bytes for the same answer."""

import gzip
import re

from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.text import compress_sequence

LEAST = 400  # bytes below which it is not worth it
LEVEL = 6
_ACCEPTED = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")
_TEXT = ("text/", "application/json", "application/problem+json", "application/jsonl")
_KINDS = ("+xml", "+json")


def accepts(header: str) -> bool:
    """What an `Accept-Encoding` says."""
    return bool(header) and bool(_ACCEPTED.search(header))


def compress(request: HttpRequest, response: HttpResponseBase) -> None:
    """Compress the answer in place, where it is text and the reader accepts it.

    Nothing secret stands in public answers, so their length tells nothing (BREACH).
    """
    if response.has_header("Content-Encoding") or not _is_text(response):
        return
    patch_vary_headers(response, ["Accept-Encoding"])
    if accepts(request.headers.get("Accept-Encoding", "")):
        _compressed(response)


def pack(response: HttpResponseBase, accepted: str) -> None:
    """The same for an answer that names `Accept-Encoding` in its `Vary` already."""
    if accepts(accepted) and _is_text(response):
        _compressed(response)


def _compressed(response: HttpResponseBase) -> None:
    if response.streaming:
        response.streaming_content = compress_sequence(response.streaming_content)
        del response["Content-Length"]
    elif len(response.content) < LEAST:
        return
    else:
        response.content = gzip.compress(response.content, LEVEL, mtime=0)
        response["Content-Length"] = str(len(response.content))
    response["Content-Encoding"] = "gzip"


def _is_text(response: HttpResponseBase) -> bool:
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    return kind.startswith(_TEXT) or kind.endswith(_KINDS)
