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
from django.db.models import F, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Concat, StrIndex

MAX_QUERY = 200  # characters
MAX_TERMS = 12
RARE = 10_000  # entries that are found first and sorted then
FEW = 500  # entries that PostgreSQL itself finds first
FREQUENT = 20_000  # entries that PostgreSQL believes to have a word, if it knows it
_FOUND = "SELECT id FROM timeline_entry WHERE search_tokens @@ to_tsquery('simple', %s)"
_COUNTED = f"SELECT count(*) FROM ({_FOUND} LIMIT %s) AS found"  # noqa: S608 (our own words)
_HITS = "SELECT rowid FROM timeline_search WHERE timeline_search MATCH %s"  # SQLite
_HITS_UP_TO = f"SELECT count(*) FROM ({_HITS} LIMIT %s)"  # noqa: S608
_NUMBER = "SELECT max(id) FROM timeline_entry"
WALKED = 100  # hits times hits, for each entry, from which a walk takes less than to sort them all
_FOUND_FIRST = f"SELECT unnest(ARRAY({_FOUND}))"

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
        # Tokens hold only [a-z0-9], so they need no quoting.
        tsquery = " & ".join("(" + " <-> ".join(_prefixed(t, ":*")) + ")" for t in terms)
        found = _FOUND_FIRST if _is_rare(tsquery, entries.db) else _FOUND
        return entries.filter(id__in=RawSQL(found, [tsquery]))  # noqa: S611 (parameterised)
    return entries.filter(id__in=RawSQL(_HITS, [_match(terms, "*")]))  # noqa: S611


def _match(terms: list[list[str]], mark: str) -> str:
    """The terms as SQLite asks for them."""
    return " AND ".join(" + ".join(_prefixed(t, mark)) for t in terms)


def looked_through(entries: QuerySet, query: str) -> QuerySet:
    """The same without the index of words: the tokens of each entry are looked through."""
    tokens = Concat(Value(" "), F("search_text"))
    for number, term in enumerate(query_terms(query)):
        place = f"place_{number}"
        entries = entries.alias(**{place: StrIndex(tokens, Value(" " + " ".join(term)))})
        entries = entries.filter(**{f"{place}__gt": 0})
    return entries


def is_frequent(query: str, alias: str) -> bool:
    """Whether so many entries match that a walk meets a page of them sooner than SQLite finds and
    sorts them all. PostgreSQL walks by itself.
    """
    terms = query_terms(query)
    if not terms or connections[alias].vendor == "postgresql":
        return False
    return _is_frequent(_match(terms, ""), _match(terms, "*"), alias)


@lru_cache(maxsize=1 << 10)
def _is_frequent(whole: str, begun: str, alias: str) -> bool:
    """Whole words are asked for first: to find the beginnings of words takes as long as all of
    them do. A hint, which is kept: either way finds the same.
    """
    with connections[alias].cursor() as cursor:
        cursor.execute(_NUMBER)
        most = isqrt(WALKED * (cursor.fetchone()[0] or 0))
        for match in (whole, begun):
            cursor.execute(_HITS_UP_TO, [match, most + 1])
            if cursor.fetchone()[0] > most:
                return True
    return False


@lru_cache(maxsize=1 << 10)
def _is_rare(tsquery: str, alias: str) -> bool:
    """Whether so few entries have it that to find and sort them all takes less than to walk a list
    until a page is full: PostgreSQL, which knows no word that is seldom, would walk it to its end.

    What it knows is right without help. A hint, which is kept: either way finds the same.
    """
    with connections[alias].cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {_FOUND}", [tsquery])
        believed = cursor.fetchone()[0][0]["Plan"]["Plan Rows"]
        if not FEW < believed <= FREQUENT:
            return False
        cursor.execute(_COUNTED, [tsquery, RARE + 1])
        return cursor.fetchone()[0] <= RARE


def _prefixed(tokens: list[str], mark: str) -> list[str]:
    return [*tokens[:-1], tokens[-1] + mark]
