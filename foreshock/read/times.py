"""When: a time expression and the publication date → the days it stands for.

Written here because the libraries at hand (dateparser, dateutil) give one moment, not an interval with its
granularity, and guess where nothing is said. Where only the publication month is known, expressions that
need the day stay null, and nothing is more precise than the month.
"""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass

from foreshock.model.document import last_day
from foreshock.model.vocabulary import Granularity

Date = datetime.date
DAY, WEEK, MONTH, YEAR, OPEN = (
    Granularity.DAY, Granularity.WEEK, Granularity.MONTH, Granularity.YEAR, Granularity.OPEN,
)  # fmt: skip


@dataclass(frozen=True)
class Interval:
    """Days `start…end`, either of them null where the text leaves it open."""

    start: Date | None
    end: Date | None
    granularity: Granularity


@dataclass(frozen=True)
class Reference:
    """What *today* means: the publication date, how precisely it is known, and whether to look ahead."""

    date: Date
    granularity: Granularity
    ahead: bool = False

    @property
    def day_known(self) -> bool:
        """Whether the day itself is known."""
        return self.granularity is Granularity.DAY


_MONTHS = ("january february march april may june july august september october november december").split()
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_NUMBERS = {word: number for number, word in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve".split())}  # fmt: skip
_NUMBERS |= {"a": 1, "an": 1, "couple of": 2, "a couple of": 2, "several": 5, "a few": 3, "few": 3}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}

_month = r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"  # noqa: E501
_year = r"(?P<year>(?:19|20)\d\d)"
_day = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_count = r"(?P<count>\d+|a couple of|couple of|a few|several|few|an?|" + "|".join(_NUMBERS) + ")"
_unit = r"(?P<unit>day|week|fortnight|month|year|decade)s?"


def _month_number(word: str) -> int:
    return next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(word[:3].casefold()))


def _month_interval(year: int, month: int) -> Interval:
    return Interval(Date(year, month, 1), last_day(f"{year:04d}-{month:02d}"), MONTH)


def _year_interval(year: int) -> Interval:
    return Interval(Date(year, 1, 1), Date(year, 12, 31), YEAR)


def _nearest_year(month: int, day: int, reference: Reference) -> int:
    """The year a date without one means: the latest not ahead of the reference, or the earliest not behind."""
    year = reference.date.year
    compared = (month, day) > (reference.date.month, reference.date.day)
    if reference.ahead:
        return year if compared or (month == reference.date.month and day == 0) else year + 1
    return year - 1 if compared else year


def _exact(match: re.Match[str], reference: Reference) -> Interval | None:
    month, day = _month_number(match["month"]), int(match["day"])
    year = int(match["year"]) if match["year"] else _nearest_year(month, day, reference)
    try:
        date = Date(year, month, day)
    except ValueError:
        return None
    return Interval(date, date, DAY)


def _iso(match: re.Match[str], _: Reference) -> Interval | None:
    try:
        date = Date(int(match["year"]), int(match["m"]), int(match["day"]))
    except ValueError:
        return None
    return Interval(date, date, DAY)


def _part(match: re.Match[str], interval: Interval) -> Interval:
    """Narrow a month or year by *early*, *mid*, *late*, *the end of*."""
    word = (match["part"] or "").casefold().strip(" -")
    if not word or interval.start is None or interval.end is None:
        return interval
    length = (interval.end - interval.start).days + 1
    third = length // 3
    if word.startswith(("early", "beginning", "start")):
        return Interval(interval.start, interval.start + datetime.timedelta(third), _finer(interval))
    if word.startswith("mid"):
        middle = interval.start + datetime.timedelta(third)
        return Interval(middle, middle + datetime.timedelta(third), _finer(interval))
    share = third if word.startswith("late") else length // 12 if length > 40 else third
    return Interval(interval.end - datetime.timedelta(max(share, 1)), interval.end, _finer(interval))


def _finer(interval: Interval) -> Granularity:
    return MONTH if interval.granularity is YEAR else WEEK


def _named_month(match: re.Match[str], reference: Reference) -> Interval:
    month = _month_number(match["month"])
    if match["year"]:
        year = int(match["year"])
    elif (match["which"] or "").casefold().startswith("last"):
        year = reference.date.year - (month >= reference.date.month)
    elif (match["which"] or "").casefold().startswith("next"):
        year = reference.date.year + (month <= reference.date.month)
    else:
        year = _nearest_year(month, 0, reference)
    return _part(match, _month_interval(year, month))


def _named_year(match: re.Match[str], _: Reference) -> Interval:
    year = int(match["year"])
    if match["decade"]:
        whole = Interval(Date(year, 1, 1), Date(year + 9, 12, 31), YEAR)
        word = (match["part"] or "").casefold()
        if word.startswith("early"):
            return Interval(Date(year, 1, 1), Date(year + 4, 12, 31), YEAR)
        if word.startswith("mid"):
            return Interval(Date(year + 3, 1, 1), Date(year + 6, 12, 31), YEAR)
        return (
            Interval(Date(year + 6, 1, 1), Date(year + 9, 12, 31), YEAR) if word.startswith("late") else whole
        )
    return _part(match, _year_interval(year))


def _weekday(match: re.Match[str], reference: Reference) -> Interval:
    if not reference.day_known:
        return Interval(None, None, DAY)
    wanted, today = _WEEKDAYS.index(match["weekday"].casefold()), reference.date.weekday()
    which = (match["which"] or "").casefold()
    if which.startswith(("next", "coming", "this coming")) or (
        reference.ahead and not which.startswith("last")
    ):
        days = (wanted - today) % 7 or 7
    else:
        days = -((today - wanted) % 7)
        if which.startswith("last") and days == 0:
            days = -7
    date = reference.date + datetime.timedelta(days)
    return Interval(date, date, DAY)


_NAMED_DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1, "tonight": 0, "this morning": 0, "this afternoon": 0,
               "this evening": 0, "last night": -1, "overnight": -1, "the day before yesterday": -2}  # fmt: skip


def _named_day(match: re.Match[str], reference: Reference) -> Interval:
    if not reference.day_known:
        return Interval(None, None, DAY)
    date = reference.date + datetime.timedelta(_NAMED_DAYS[match["named"].casefold()])
    return Interval(date, reference.date if match["named"].casefold() == "overnight" else date, DAY)


def _shift_month(date: Date, months: int) -> Interval:
    number = date.year * 12 + date.month - 1 + months
    return _month_interval(number // 12, number % 12 + 1)


def _relative_unit(match: re.Match[str], reference: Reference) -> Interval | None:
    which, unit = match["which"].casefold(), match["unit"].casefold()
    step = (
        -1
        if which.startswith(("last", "past", "previous"))
        else 1
        if "next" in which or "coming" in which
        else 0
    )
    today = reference.date
    if unit in ("day", "week", "fortnight"):
        if not reference.day_known:
            return Interval(None, None, WEEK)
        monday = today - datetime.timedelta(today.weekday()) + datetime.timedelta(7 * step)
        return _ended(Interval(monday, monday + datetime.timedelta(6), WEEK), step, reference)
    if unit == "month":
        return _ended(_shift_month(today, step), step, reference)
    if unit == "year":
        return _ended(_year_interval(today.year + step), step, reference)
    if unit == "decade":
        return Interval(Date(today.year - 10, 1, 1), today, YEAR) if step < 0 else None
    return None


def _ended(interval: Interval, step: int, reference: Reference) -> Interval:
    """A running week, month or year ends today, looking back, and begins today, looking ahead."""
    if step or interval.start is None or interval.end is None:
        return interval
    if reference.ahead:
        return Interval(reference.date, interval.end, interval.granularity)
    return Interval(interval.start, reference.date, interval.granularity)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word.casefold()]


_UNIT_DAYS = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365, "decade": 3652}
_UNIT_GRANULARITY = {
    "day": DAY,
    "week": WEEK,
    "fortnight": WEEK,
    "month": MONTH,
    "year": YEAR,
    "decade": YEAR,
}


def _back(date: Date, unit: str, count: int) -> Date:
    if unit in ("month", "year", "decade"):
        months = count * {"month": 1, "year": 12, "decade": 120}[unit]
        number = date.year * 12 + date.month - 1 - months
        year, month = number // 12, number % 12 + 1
        return Date(max(year, 1), month, min(date.day, last_day(f"{max(year, 1):04d}-{month:02d}").day))
    return date - datetime.timedelta(_UNIT_DAYS[unit] * count)


def _ago(match: re.Match[str], reference: Reference) -> Interval:
    unit = match["unit"].casefold()
    date = _back(reference.date, unit, _number(match["count"]))
    if unit in ("day", "week", "fortnight"):
        return (
            Interval(date, date, _UNIT_GRANULARITY[unit])
            if reference.day_known
            else Interval(None, None, DAY)
        )
    return _month_interval(date.year, date.month) if unit == "month" else _year_interval(date.year)


def _during(match: re.Match[str], reference: Reference) -> Interval:
    unit, count = match["unit"].casefold(), _number(match["count"])
    granularity = _UNIT_GRANULARITY[unit]
    if not reference.day_known and granularity in (DAY, WEEK):
        return Interval(None, None, granularity)
    ahead = reference.ahead or match["prefix"].casefold().startswith(
        ("in", "within", "over the next", "for the next")
    )
    if ahead and not match["prefix"].casefold().startswith(("in the past", "in the last", "past", "last")):
        return Interval(reference.date, _back(reference.date, unit, -count), granularity)
    return Interval(_back(reference.date, unit, count), reference.date, granularity)


def _season(match: re.Match[str], reference: Reference) -> Interval:
    month = _SEASONS[match["season"].casefold()]
    if match["year"]:
        year = int(match["year"])
    else:
        year = _nearest_year(month, 0, reference)
        if (match["which"] or "").casefold() == "last" and year == reference.date.year:
            year -= month + 2 >= reference.date.month
    first = _month_interval(year, month)
    return Interval(first.start, _shift_month(first.start or reference.date, 2).end, MONTH)


def _now(_: re.Match[str], reference: Reference) -> Interval:
    return Interval(reference.date, reference.date, OPEN if reference.day_known else MONTH)


def _recently(_: re.Match[str], reference: Reference) -> Interval:
    return Interval(None, reference.date, OPEN)


def _soon(_: re.Match[str], reference: Reference) -> Interval:
    return Interval(reference.date, None, OPEN)


def _end_of_unit(match: re.Match[str], reference: Reference) -> Interval:
    if match["unit2"].casefold() == "month":
        whole = _shift_month(reference.date, 0)
    else:
        whole = _year_interval(reference.date.year)
    assert whole.end is not None
    return Interval(whole.end - datetime.timedelta(30 if whole.granularity is YEAR else 7), whole.end, MONTH)


_part_pattern = (
    r"(?P<part>early(?: in)?|mid(?:dle of)?[- ]?|late(?: in)?|(?:the )?(?:end|beginning|start) of)?\s*"
)
_which = r"(?P<which>last|this|next|this coming|the coming|past)?\s*"

Rule = tuple[re.Pattern[str], Callable[[re.Match[str], Reference], Interval | None]]
_RULES: list[Rule] = [
    (re.compile(pattern, re.IGNORECASE), rule)
    for pattern, rule in (
        (rf"\b{_year}-(?P<m>[01]\d)-(?P<day>[0-3]\d)\b", _iso),
        (rf"\b(?P<day>[0-3]?\d)[./](?P<m>[01]?\d)[./]{_year}\b", _iso),
        (rf"\b{_day}(?:\s+of)?\s+{_month}(?:,?\s+{_year})?", _exact),
        (rf"\b{_month}\s+{_day}\b(?:,?\s+{_year})?", _exact),
        (rf"\b{_count}\s+{_unit}\s+(?:ago|earlier|before|back)\b", _ago),
        (rf"\b(?P<prefix>(?:in|over|during|for|within) the (?:past|last|next|coming)|the (?:past|last)|in|within|for|over|past|last)"
         rf"\s+{_count}\s+{_unit}\b", _during),
        (rf"\b{_which}{_part_pattern}{_month}(?:\s+(?:of\s+)?(?:last year|this year|{_year}))?(?![\w])", _named_month),
        (rf"\b{_which}(?P<weekday>{'|'.join(_WEEKDAYS)})\b", _weekday),
        (rf"\b(?P<named>{'|'.join(_NAMED_DAYS)})\b", _named_day),
        (r"\b(?:the )?end of (?:the|this) (?P<unit2>year|month)\b", _end_of_unit),
        (r"\b(?P<which>last|this|next|the coming|past|previous|the same)\s+(?P<unit>week|month|year|decade|fortnight)\b",
         _relative_unit),
        (rf"\b{_which}(?:the\s+)?(?P<season>spring|summer|autumn|winter)\b(?:\s+(?:of\s+)?{_year})?", _season),
        (rf"\b{_part_pattern}(?:the\s+)?(?:mid[- ]?)?{_year}(?P<decade>s)?\b", _named_year),
        (r"\b(?:now|currently|right now|at present|at the moment|these days)\b", _now),
        (r"\b(?:recent(?:ly)?|lately|earlier|so far|to date|already|previously)\b", _recently),
        (r"\b(?:soon|shortly|henceforth|from now on|in the coming (?:days|weeks|months|years)|in future|"
         r"in the near future)\b", _soon),
    )
]  # fmt: skip
_since = re.compile(r"\b(?:since|from|after|starting|beginning|following|post)\b", re.IGNORECASE)
_until = re.compile(r"\b(?:until|till|by|before|through|no later than|ahead of|up to)\b", re.IGNORECASE)


def resolve(expression: str, reference: Reference | None) -> Interval:
    """The interval that `expression` stands for; open and null where nothing can be said.

    Without a reference only what names its own year is resolved.
    """
    usable = reference or Reference(Date(1, 1, 2), Granularity.YEAR)
    found: Interval | None = None
    for pattern, rule in _RULES:
        match = pattern.search(expression)
        if match is None or (reference is None and not _self_contained(match)):
            continue
        found = rule(match, usable)
        if found is not None:
            break
    if found is None:
        return Interval(None, None, OPEN)
    if _since.search(expression) and not _until.search(expression):
        return Interval(found.start, None, OPEN)
    if _until.search(expression):
        return Interval(None, found.end, found.granularity)
    return found


def _self_contained(match: re.Match[str]) -> bool:
    return bool(match.groupdict().get("year"))
