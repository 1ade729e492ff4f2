"""Keys for what is put down quickly."""

import re

from django.utils.text import slugify

KEY_LENGTH = 80


def free_key(model: type, words: str) -> str:
    """A key of the words that no record of the type has yet."""
    start = slugify(words)[:KEY_LENGTH].strip("-") or model.document_type
    start = re.sub(r"[^a-z0-9]+", "-", start).strip("-") or model.document_type
    number, key = 1, start
    while model.objects.filter(key=key).exists():
        number += 1
        key = f"{start}-{number}"
    return key
