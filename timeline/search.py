"""Search text: words, and for Korean, Japanese and Chinese the pairs of neighbouring characters.

Both engines index the same ASCII tokens, made here: SQLite's FTS5 by `unicode61`, PostgreSQL by
`tsvector('simple')`. ASCII, because what a database takes for a letter depends on its locale. A
CJK run `강제동원` becomes 강제 제동 동원 원: the last character alone closes the run, so that a
phrase never spans two runs, and that one character at a run's end is found too.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from django.db import connections
from django.db.models import F, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Concat, StrIndex

MAX_QUERY = 200  # characters
MAX_TERMS = 12
_FOUND = {
    "sqlite": "SELECT rowid FROM timeline_search WHERE timeline_search MATCH %s",
    # All at once, or PostgreSQL walks a list for words that are seldom.
    "postgresql": "SELECT unnest(ARRAY(SELECT id FROM timeline_entry "
    "WHERE search_tokens @@ to_tsquery('simple', %s)))",
}
_FIRST_FOUND = {
    "sqlite": f"{_FOUND['sqlite']} LIMIT %s",
    "postgresql": "WITH found AS MATERIALIZED (SELECT id FROM timeline_entry "
    "WHERE search_tokens @@ to_tsquery('simple', %s)) SELECT id FROM found LIMIT %s",
}
_NUMBERED = {
    "sqlite": "SELECT value FROM json_each(%s)",
    "postgresql": "SELECT unnest(%s::bigint[])",
}
PAIR = 11  # characters of a token of two CJK characters: the longest there is, so no beginning
LASTS = "l"  # the token of what is longer than a day

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


def matching(entries: QuerySet, query: str, *days: str) -> QuerySet:
    """Those of the entries in which every term of the query is found; none when it has no term.

    `days`: tokens of which they must have one too.
    """
    terms = query_terms(query)
    if not terms:
        return entries.none()
    vendor = connections[entries.db].vendor
    found = RawSQL(_FOUND[vendor], [_asked(vendor, terms, days)])  # noqa: S611 (parameterised)
    return entries.filter(id__in=found)


def hits(alias: str, query: str, days: Iterable[str], most: int) -> list[int]:
    """The numbers of entries, `most` of them, that `matching` would find among all."""
    terms = query_terms(query)
    if not terms:
        return []
    with connections[alias].cursor() as cursor:
        vendor = cursor.db.vendor
        cursor.execute(_FIRST_FOUND[vendor], [_asked(vendor, terms, days), most])
        return [number for (number,) in cursor.fetchall()]


def tokens_of_months(first: date, last: date) -> list[str]:
    """What the index has for the months from one day's to another's: whole years as one."""
    tokens: list[str] = []
    for year in range(first.year, last.year + 1):
        begin = first.month if year == first.year else 1
        end = last.month if year == last.year else 12
        whole = (begin, end) == (1, 12)
        months = (f"m{year:04}{month:02}" for month in range(begin, end + 1))
        tokens += [f"y{year:04}"] if whole else months
    return tokens


def phrases(query: str) -> list[str]:
    """The terms as they stand in an entry's tokens, with a blank before each token."""
    return [f" {' '.join(term)}" for term in query_terms(query)]


def looked_through(entries: QuerySet, sought: Iterable[str]) -> QuerySet:
    """Those of the entries that have all of the phrases, without the index of words: the tokens of
    each entry are looked through.
    """
    tokens = Concat(Value(" "), F("search_text"))
    for number, phrase in enumerate(sought):
        place = f"place_{number}"
        entries = entries.alias(**{place: StrIndex(tokens, Value(phrase))})
        entries = entries.filter(**{f"{place}__gt": 0})
    return entries


def written(alias: str, numbers: list[int]) -> str:
    """Numbers of entries as one value for the database, however many they are."""
    form = "[%s]" if connections[alias].vendor == "sqlite" else "{%s}"
    return form % ",".join(map(str, numbers))


def numbered(entries: QuerySet, numbers: str) -> QuerySet:
    """Those of the entries that have one of the numbers, as they are `written`."""
    question = _NUMBERED[connections[entries.db].vendor]
    return entries.filter(id__in=RawSQL(question, [numbers]))  # noqa: S611 (parameterised)


def _asked(vendor: str, terms: list[list[str]], days: Iterable[str]) -> str:
    """Terms and days as the index is asked. Tokens hold only [a-z0-9], so need no quoting."""
    if vendor == "sqlite":
        mark, then, both, either = "*", " + ", " AND ", " OR "
    else:
        mark, then, both, either = ":*", " <-> ", " & ", " | "
    asked = [then.join(_prefixed(tokens, mark)) for tokens in terms]
    if days := either.join(days):
        asked.append(days)
    return both.join(f"({each})" for each in asked)


def _prefixed(tokens: list[str], mark: str) -> list[str]:
    """The last is the beginning of a word, unless it can go on nowhere."""
    *before, last = tokens
    is_whole = last.startswith("z") and len(last) == PAIR
    return [*before, last if is_whole else last + mark]
