"""Search text: words, and for Korean, Japanese and Chinese the pairs of neighbouring characters.

Both engines index the same ASCII tokens, made here: SQLite's FTS5 by `unicode61`, PostgreSQL by
`tsvector('simple')`. ASCII, because what a database takes for a letter depends on its locale. A
CJK run `강제동원` becomes 강제 제동 동원 원: the last character alone closes the run, so that a
phrase never spans two runs, and that one character at a run's end is found too.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from math import isqrt

from django.db import connections
from django.db.backends.utils import CursorWrapper
from django.db.models import F, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Concat, StrIndex

MAX_QUERY = 200  # characters
MAX_TERMS = 12
# Hits times hits, for each entry, from which a walk takes less than to find and sort them all.
WALKED = {"sqlite": 100, "postgresql": 30}
FREQUENT = 20_000  # hits that PostgreSQL believes in, if it knows the word
_NUMBER = "SELECT max(id) FROM timeline_entry"
_FOUND = "SELECT id FROM timeline_entry WHERE search_tokens @@ to_tsquery('simple', %s)"
_FOUND_FIRST = f"SELECT unnest(ARRAY({_FOUND}))"  # or PostgreSQL walks for words that are seldom
_HITS = "SELECT rowid FROM timeline_search WHERE timeline_search MATCH %s"  # SQLite

_CJK = (  # with the marks 々〆〇 that stand within words, without the dot ・ that stands between
    "\u1100-\u11ff\u3005-\u3007\u3040-\u30fa\u30fc-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
)
_RUN = re.compile(rf"[{_CJK}\U00020000-\U0003ffff]+|[^\W_{_CJK}\U00020000-\U0003ffff]+")
_IS_CJK = re.compile(rf"[{_CJK}\U00020000-\U0003ffff]")


def _runs(text: str) -> Iterator[str]:
    """Words and CJK runs of a text, folded: NFKC, case and Latin accents."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    yield from _RUN.findall(folded)


@lru_cache(maxsize=1 << 16)  # texts of one subject have few different pairs
def _code(characters: str) -> str:
    """CJK characters as an ASCII token: z and five hexadecimal digits each."""
    return "z" + "".join(f"{ord(c):05x}" for c in characters)


def _word(run: str) -> str:
    """A word of another script as an ASCII token: accents dropped, what is left hexadecimal."""
    if run.isascii():
        return "w" + run
    plain = "".join(c for c in unicodedata.normalize("NFKD", run) if not unicodedata.combining(c))
    return "w" + (plain if plain.isascii() and plain.isalnum() else plain.encode().hex())


def _run_tokens(run: str) -> list[str]:
    if not _IS_CJK.match(run):
        return [_word(run)]
    return [_code(run[i : i + 2]) for i in range(len(run))]


def index_text(texts: Iterable[str]) -> str:
    """The tokens of some texts, in order, separated by blanks."""
    return " ".join([_run_text(run) for text in texts for run in _runs(text)])


@lru_cache(maxsize=1 << 16)  # texts of one subject say the same words again and again
def _run_text(run: str) -> str:
    return " ".join(_run_tokens(run))


def query_terms(query: str) -> list[list[str]]:
    """The query as terms that must all be found: each a phrase of tokens, the last a prefix.

    A CJK run is the phrase of its pairs; its one-character tail would only match at a run's end, so
    a single character becomes a prefix of the pairs that begin with it.
    """
    terms = []
    for run in list(_runs(query[:MAX_QUERY]))[:MAX_TERMS]:
        tokens = _run_tokens(run)
        terms.append(tokens[:-1] if len(tokens) > 1 else tokens)
    return terms


def matching(entries: QuerySet, query: str) -> QuerySet:
    """Those of the entries in which every term of the query is found; none when it has no term."""
    terms = query_terms(query)
    if not terms:
        return entries.none()
    if connections[entries.db].vendor == "postgresql":
        found = _FOUND if is_frequent(query, entries.db) else _FOUND_FIRST
        words = _tsquery(terms, " <-> ")
        return entries.filter(id__in=RawSQL(found, [words]))  # noqa: S611 (parameterised)
    return entries.filter(id__in=RawSQL(_HITS, [_match(terms, "*")]))  # noqa: S611


def looked_through(entries: QuerySet, query: str) -> QuerySet:
    """The same without the index of words: the tokens of each entry are looked through."""
    tokens = Concat(Value(" "), F("search_text"))
    for number, term in enumerate(query_terms(query)):
        place = f"place_{number}"
        entries = entries.alias(**{place: StrIndex(tokens, Value(" " + " ".join(term)))})
        entries = entries.filter(**{f"{place}__gt": 0})
    return entries


@lru_cache(maxsize=1 << 10)
def is_frequent(query: str, alias: str) -> bool:
    """Whether so many entries match that a walk meets a page of them sooner than all of them are
    found and sorted. A hint, which is kept for each word: either way finds the same.
    """
    terms = query_terms(query)
    if not terms:
        return False
    with connections[alias].cursor() as cursor:
        cursor.execute(_NUMBER)
        most = isqrt(WALKED[cursor.db.vendor] * (cursor.fetchone()[0] or 0))
        if cursor.db.vendor == "sqlite":
            # To find the beginnings of words takes as long as all of them do.
            asked = [(_HITS, _match(terms, "")), (_HITS, _match(terms, "*"))]
        else:
            words = _tsquery(terms, " & ")  # whether they are neighbours, each entry must say
            if _believed(cursor, words) > FREQUENT:
                return True
            asked = [(_FOUND, words)]
        return any(_count(cursor, *each, most + 1) > most for each in asked)


def _believed(cursor: CursorWrapper, words: str) -> int:
    """How many hits PostgreSQL expects."""
    cursor.execute(f"EXPLAIN (FORMAT JSON) {_FOUND}", [words])
    return cursor.fetchone()[0][0]["Plan"]["Plan Rows"]


def _count(cursor: CursorWrapper, question: str, words: str, most: int) -> int:
    cursor.execute(f"SELECT count(*) FROM ({question} LIMIT %s) AS found", [words, most])  # noqa: S608
    return cursor.fetchone()[0]


def _match(terms: list[list[str]], mark: str) -> str:
    """The terms as SQLite asks for them."""
    return " AND ".join(" + ".join(_prefixed(t, mark)) for t in terms)


def _tsquery(terms: list[list[str]], joined: str) -> str:
    """The terms as PostgreSQL asks for them. Tokens hold only [a-z0-9], so need no quoting."""
    return " & ".join("(" + joined.join(_prefixed(t, ":*")) + ")" for t in terms)


def _prefixed(tokens: list[str], mark: str) -> list[str]:
    return [*tokens[:-1], tokens[-1] + mark]
