"""Two texts as one, with what was taken out and what was put in: by words; Chinese, Japanese and
Korean by characters, since their words are not all set apart by spaces."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, REMOVED, ADDED = "same", "removed", "added"
MAX_TOKENS = 3000  # of either text; longer ones are shown whole (comparing grows by the square)
_TOKEN = re.compile(
    r"[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
    r"|\s+|[^\W_\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]+|.",
    re.DOTALL,
)


@dataclass(frozen=True)
class Piece:
    op: str  # same, removed, added
    text: str


def tokens(text: str) -> list[str]:
    """Words, single characters of CJK, runs of white space and single marks; joined, the text."""
    return _TOKEN.findall(text)


def pieces(before: str, after: str) -> list[Piece]:
    """The pieces of both texts in order: without the removed they are the second, without the
    added the first."""
    old, new = tokens(before), tokens(after)
    if not old or not new or max(len(old), len(new)) > MAX_TOKENS:
        return _whole(before, after)
    found: list[Piece] = []
    for op, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            found.append(Piece(SAME, "".join(old[a:b])))
        else:
            found += _whole("".join(old[a:b]), "".join(new[c:d]))
    return found


def _whole(before: str, after: str) -> list[Piece]:
    if before == after:
        return [Piece(SAME, before)] if before else []
    found = (Piece(REMOVED, before), Piece(ADDED, after))
    return [piece for piece in found if piece.text]
