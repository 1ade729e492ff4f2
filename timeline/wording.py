"""EDTF dates in words, in each of the three languages, no more exact than they are."""

from functools import lru_cache

from .edtf import REMEMBERED, Date, EDTFError, Point, parse

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@lru_cache(REMEMBERED)
def spell(text: str | Date, language: str = "en") -> str:
    """A date for a reader: "1 July 2019", "2019년 7월 1일", "2019年7月1日", "about March 2019"."""
    stated = parse(text) if isinstance(text, str) else text
    return _WORDINGS.get(language, English)().date(stated)


@lru_cache(REMEMBERED)
def machine_readable(text: str) -> str:
    """A day, month or year as HTML's `datetime` writes it; "" for dates that it has no form for."""
    try:
        point = parse(text).start
    except EDTFError:
        return ""
    forms = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}
    if "/" in text or point.mark or point.precision not in forms:
        return ""
    return format(point.earliest, forms[point.precision])


class Wording:
    """What the languages share: an interval says once what both of its sides have in common."""

    to = "–"
    marks: dict[str, str]
    open_end: str
    unknown_end: str
    open_start: str

    def date(self, stated: Date) -> str:
        if stated.precision != "interval":
            return self.point(stated.start)
        if not stated.start:
            return self.open_start.format(self.point(stated.end))
        if not stated.end:
            words = self.open_end if stated.text.endswith("..") else self.unknown_end
            return words.format(self.point(stated.start))
        if stated.start.text == stated.end.text:
            return self.point(stated.start)
        return self.span(stated.start, stated.end)

    def point(self, point: Point) -> str:
        return self.marks[point.mark].format(self.plain(point))

    def plain(self, point: Point) -> str:
        raise KeyError(point.precision)

    def shared(self, a: Point, b: Point) -> int:
        """How many of year and month two plain dates have in common."""
        if a.mark or b.mark or a.precision != b.precision or a.precision not in ("day", "month"):
            return 0
        same_month = a.precision == "day" and a.earliest.month == b.earliest.month
        return (1 + same_month) if a.earliest.year == b.earliest.year else 0

    def span(self, a: Point, b: Point) -> str:
        return f"{self.point(a)}{self.to}{self.point(b)}"


class English(Wording):
    to = " to "
    marks = {"": "{}", "~": "about {}", "?": "perhaps {}", "%": "perhaps about {}"}
    open_end, unknown_end, open_start = "from {}", "from {}, end unknown", "until {}"

    def plain(self, point: Point) -> str:
        day = point.earliest
        match point.precision:
            case "day":
                return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
            case "month":
                return f"{_MONTHS[day.month - 1]} {day.year}"
            case "year":
                return f"{day.year}"
            case "decade":
                return f"the {day.year}s"
            case "century":
                return f"the years {day.year} to {point.latest.year}"
        raise KeyError(point.precision)

    def span(self, a: Point, b: Point) -> str:
        shared, day = self.shared(a, b), a.earliest
        if not shared:
            return super().span(a, b)
        month = _MONTHS[day.month - 1]
        start = str(day.day) if shared == 2 else f"{day.day} {month}"
        return f"{start if a.precision == 'day' else month}{self.to}{self.point(b)}"


class EastAsian(Wording):
    """Korean and Japanese write year, month, day: what is shared is left out of the second date."""

    units: tuple[str, str, str]
    decade: str
    gap = ""

    def plain(self, point: Point) -> str:
        match point.precision:
            case "decade":
                return self.decade.format(point.earliest.year)
            case "century":
                return f"{point.earliest.year}{self.to}{point.latest.year}"
        return self.gap.join(self.parts(point))

    def parts(self, point: Point) -> list[str]:
        day, (year, month, number) = point.earliest, self.units
        parts = [f"{day.year}{year}"]
        if point.precision in ("month", "day"):
            parts.append(f"{day.month}{month}")
        if point.precision == "day":
            parts.append(f"{day.day}{number}")
        return parts

    def span(self, a: Point, b: Point) -> str:
        shared = self.shared(a, b)
        if not shared:
            return super().span(a, b)
        return self.point(a) + self.to + self.gap.join(self.parts(b)[shared:])


class Korean(EastAsian):
    units, decade, gap, to = ("년", "월", "일"), "{}년대", " ", "~"
    marks = {"": "{}", "~": "{}경", "?": "{}(추정)", "%": "{}경(추정)"}
    open_end, unknown_end, open_start = "{}부터", "{}부터(종료 시점 미상)", "{}까지"


class Japanese(EastAsian):
    units, decade, to = ("年", "月", "日"), "{}年代", "〜"
    marks = {"": "{}", "~": "{}頃", "?": "{}（推定）", "%": "{}頃（推定）"}
    open_end, unknown_end, open_start = "{}から", "{}から（終了時期不明）", "{}まで"


_WORDINGS: dict[str, type[Wording]] = {"en": English, "ko": Korean, "ja": Japanese}
