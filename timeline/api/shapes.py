"""The shapes of answers, as JSON Schema: what stands around the documents."""

from typing import Any

Schema = dict[str, Any]


def record(required: Schema) -> Schema:
    """An object that has all of these keys, always."""
    return {"type": "object", "required": list(required), "properties": required}


def listing(item: Schema, meta: Schema, can_count: bool = True) -> Schema:
    """The envelope of every list."""
    address = {"type": ["string", "null"], "format": "uri"}
    shape = record(
        {
            "next": address,
            "previous": address,
            "results": {"type": "array", "items": item},
            "meta": meta,
        }
    )
    if can_count:
        shape["properties"] = {"count": {"type": "integer", "minimum": 0}} | shape["properties"]
    return shape


def extended(document: Schema, more: Schema) -> Schema:
    """A document with further keys at its end."""
    return {"allOf": [document, record(more)]} if more else document


INSTANT: Schema = {"type": "string", "format": "date-time"}
INSTANT_OR_NULL: Schema = {"type": ["string", "null"], "format": "date-time"}
DIGEST: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}

STYLES = record(
    {
        "apa": {"type": "string"},
        "bibtex": {"type": "string"},
        "ris": {"type": "string"},
        "csl": {
            "type": "array",
            "description": "CSL-JSON.",
            "items": {"type": "object", "additionalProperties": True},
        },
    }
)
META = record(
    {
        "as_of": INSTANT_OR_NULL
        | {"description": "The instant of the record that was asked for; null: the present."},
        "on": {
            "type": ["string", "null"],
            "format": "date",
            "description": "The day in the world that was applied; null: none.",
        },
        "version": {
            "type": "integer",
            "description": "The newest publication's number: it counts up with every one.",
        },
        "recorded_at": INSTANT_OR_NULL
        | {"description": "That publication's instant: as `as_of` it brings this answer again."},
        "licence": {"type": "string", "description": "SPDX identifier."},
        "citation": STYLES
        | {"description": "This answer in four styles; its address brings it again."},
    }
)
VERSION = record(
    {
        "version": {"type": "integer", "minimum": 1},
        "recorded_at": INSTANT,
        "superseded_at": INSTANT_OR_NULL,
        "reason": {"type": "string", "description": "Why this version was published."},
        "editor": {"type": "string"},
        "digest": DIGEST | {"description": "SHA-256 over the digest before it and this version."},
    }
)
HELD: Schema = {
    "type": ["boolean", "null"],
    "description": "With `on`: whether it held on that day (was in force, in office, under way).",
}
MONTH = record(
    {
        "month": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"},
        "count": {"type": "integer", "minimum": 1},
        "types": {"type": "object", "additionalProperties": {"type": "integer", "minimum": 1}},
    }
)
TEXT = record({language: {"type": ["string", "null"]} for language in ("en", "ko", "ja")})
LABELS = record({language: {"type": "string"} for language in ("en", "ko", "ja")})
CODE = record(
    {
        "code": {"type": "string"},
        "label": LABELS,
        "definition": LABELS,
        "since": {"type": "string", "description": "The version of the codebook it came with."},
        "group": {"type": ["string", "null"], "description": "A code that it belongs to."},
        "crosswalk": {
            "type": "object",
            "description": "Another vocabulary → its codes, separated by a bar.",
            "additionalProperties": {"type": "string"},
        },
    }
)
ENUMERATION = record(
    {
        "name": {"type": "string"},
        "title": LABELS,
        "source": {"type": ["string", "null"], "format": "uri"},
        "used_by": {
            "type": "array",
            "items": record({"list": {"type": "string"}, "parameter": {"type": "string"}}),
        },
        "codes": {"type": "array", "items": CODE},
    }
)
OPERATION: Schema = {
    "type": "object",
    "required": ["op", "path"],
    "properties": {
        "op": {"type": "string", "enum": ["add", "remove", "replace"]},
        "path": {"type": "string", "description": "JSON Pointer (RFC 6901)."},
        "value": {"description": "What stands there now (add, replace)."},
        "was": {"description": "What stood there before (remove, replace)."},
    },
}
PART: Schema = {
    "type": "object",
    "description": "What `fields` and `omit` leave of a document.",
    "additionalProperties": True,
}
INCLUDED: Schema = {
    "type": "object",
    "description": "With `include`: type → key → document, as it was at the same instant.",
    "additionalProperties": {
        "type": "object",
        "additionalProperties": {"type": "object", "additionalProperties": True},
    },
}
FACETS: Schema = {
    "type": "object",
    "description": "With `facet`: each facet's values and how many results have them.",
    "additionalProperties": record(
        {
            "values": {
                "type": "array",
                "items": record(
                    {
                        "value": {"type": "string"},
                        "count": {"type": "integer", "minimum": 1},
                        "selected": {"type": "boolean"},
                        "url": {
                            "type": "string",
                            "format": "uri",
                            "description": "Takes the value in, or leaves it out again.",
                        },
                    }
                ),
            },
            "complete": {"type": "boolean", "description": "False: there are more values."},
        }
    ),
}
REFERENCE = record({"type": {"type": "string"}, "key": {"type": "string"}})
DAY: Schema = {"type": "string", "format": "date"}
DAY_OR_NULL: Schema = {"type": ["string", "null"], "format": "date"}
NODE = record(
    {
        **REFERENCE["properties"],
        "title": TEXT,
        "date": {"type": "string", "maxLength": 64, "description": "EDTF (ISO 8601-2)"},
        "date_earliest": DAY_OR_NULL,
        "date_latest": DAY_OR_NULL,
        "disputes": {"type": "array", "items": {"type": "string"}},
        "url": {"type": "string", "description": "The page, without a language's prefix."},
        "distance": {
            "type": "integer",
            "description": "Links from the first happening; causes count downwards.",
        },
    }
)
LINE: Schema = {"type": ["string", "null"]}
CITATION = record({"key": {"type": "string"}, "title": LINE, "url": LINE})
EDGE = record(
    {
        "effect": REFERENCE,
        "cause": REFERENCE,
        "kind": {"type": "string"},
        "asserted_by": {"type": "string", "description": "Who says that it is so."},
        "denied_by": LINE | {"description": "Who says that it is not so."},
        "sources": {"type": "array", "items": CITATION | {"additionalProperties": True}},
    }
)
ADDRESS: Schema = {"type": "string", "format": "uri"}
FAULT = record(
    {
        "parameter": {"type": "string"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
    }
)
PROBLEM = record(
    {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "errors": {"type": "array", "items": FAULT},
    }
)
PROBLEM["properties"] |= {
    "reason": {"type": "string", "description": "410: why the record was withdrawn."},
    "withdrawn_at": INSTANT,
    "version": {"type": "integer"},
}
FILE = record(
    {
        "path": {"type": "string"},
        "bytes": {"type": "integer"},
        "sha256": DIGEST,
        "rows": {"type": ["integer", "null"], "description": "Of a table, or of documents."},
        "url": ADDRESS,
    }
)
RELEASE = record(
    {
        "name": {"type": "string"},
        "as_of": INSTANT,
        "version": {"type": "integer", "description": "Of the record."},
        "digest": DIGEST | {"description": "Of its newest entry: it seals all before it."},
        "former": LINE | {"description": "The release that it follows."},
        "records": {"type": "integer"},
        "bytes": {"type": "integer"},
        "sha256": DIGEST | {"description": "Of the list of checksums, so of all of it."},
        "page": ADDRESS,
        "sums": ADDRESS,
        "files": {"type": "array", "items": FILE},
    }
)
SLIDE_DATE = {
    "type": "object",
    "required": ["year"],
    "properties": {name: {"type": "integer"} for name in ("year", "month", "day")},
}
SLIDES: Schema = record(
    {
        "title": {"type": "object", "additionalProperties": True},
        "events": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["unique_id", "start_date", "display_date", "group", "text"],
                "properties": {
                    "unique_id": {"type": "string"},
                    "start_date": SLIDE_DATE,
                    "end_date": SLIDE_DATE,
                    "display_date": {"type": "string"},
                    "group": {"type": "string"},
                    "text": record({"headline": {"type": "string"}, "text": {"type": "string"}}),
                },
            },
        },
    }
)
