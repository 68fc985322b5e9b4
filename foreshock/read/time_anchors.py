"""Times that lean on one told before them: *two days later*, *that night*, *at 9 p.m.*, *a year later*, *since then*.

The rules of `times` read one expression by itself and leave these null. They count from the time told last before
them, where it stands near enough: a day in the same paragraph, and for a time of day within three sentences.
What lies months or years later counts from a month or a year.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import msgspec

from foreshock.model.statement import Statement, Time
from foreshock.model.vocabulary import Granularity, Kind
from foreshock.read.decode import CharSpan
from foreshock.read.numerals import number_of
from foreshock.read.time_spans import (
    COARSENESS,
    DAY,
    GRANULARITY,
    MONTH,
    MONTHS,
    WEEKDAYS,
    YEAR,
    Date,
    Interval,
    after,
    count_of,
    days_after,
    shifted_month,
    year_interval,
)

_ABOUT = (
    r"(?:(?:and|then|just|only|barely|some|about|around|nearly|almost|exactly|later|early|late|on|in|at|during)\s+)*"
)
_COUNT = r"(?P<count>\d+|[a-z]+(?:-[a-z]+)?)"
_PART = r"(?:day|night|evening|morning|afternoon)"
NEAR = 3
"""Sentences back, at most, to the day that a time of day is of."""
_HALF_A_DAY = 12
"""Hours: so many at most are counted from an event of the same day."""


@dataclass(frozen=True)
class _Told:
    """A time told in the text: where its words stand, and the days it stands for."""

    at: int
    end: int
    first: Date
    last: Date
    granularity: Granularity
    late: bool
    """Whether it is an evening or a night, of which the morning is the next day's."""

    @property
    def is_day(self) -> bool:
        """Whether it is a day, or the night from one to the next."""
        return self.granularity is DAY and (self.last - self.first).days <= 1


def _day(day: Date) -> Interval:
    """A day; a night is that of the day on which it falls, as *Monday night* is."""
    return Interval(day, day, DAY)


def _same(match: re.Match[str], told: _Told) -> Interval:
    return _day(told.first)


def _next(match: re.Match[str], told: _Told) -> Interval:
    return _day(days_after(told.first, 1))


def _before(match: re.Match[str], told: _Told) -> Interval:
    return _day(days_after(told.first, -1))


def _counted(match: re.Match[str], told: _Told) -> Interval:
    count, unit = count_of(match["count"]), match["unit"]
    day = after(told.first, unit, -count if match["back"] else count)
    return Interval(day, day, GRANULARITY[unit])


def _hours(match: re.Match[str], told: _Told) -> Interval | None:
    count = match["count"] and number_of(match["count"])
    return None if count and count > _HALF_A_DAY else Interval(told.first, told.last, DAY)


def _within(match: re.Match[str], told: _Told) -> Interval:
    unit = match["unit"]
    return Interval(told.first, after(told.last, unit, count_of(match["count"])), GRANULARITY[unit])


def _of_day(match: re.Match[str], told: _Told) -> Interval | None:
    """A time of day: after an evening or a night, its first hours are the next day's.

    Null for a dawn after what was told of a whole day, which may be that day's or the next, and for *by morning*.
    """
    if (match["morning"] or _by_morning.match(match[0])) and not told.late:
        return None
    return _day(days_after(told.first, 1) if told.late and (match["morning"] or match["next"]) else told.first)


_by_morning = re.compile(r"by\s+(?:the\s+)?(?:early\s+|next\s+)?morning", re.IGNORECASE)
_BACK = r"(?P<back>earlier|before(?:hand|\s+that)?)"
_CLOCK = r"[012]?\d[:.h][0-5]\d(?:\s*(?:h|hrs?|hours))?"
_LEANS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], _Told], Interval | None], bool], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), lean, near)
    for pattern, lean, near in (
        (rf"{_ABOUT}(?:the\s+)?(?:very\s+)?(?:same|that)(?:\s+very|\s+same)?\s+{_PART}", _same, False),
        (r"later\s+in\s+the\s+day", _same, False),
        (rf"{_ABOUT}(?:the\s+)?(?:next|following)\s+{_PART}", _next, False),
        (rf"{_ABOUT}the\s+previous\s+{_PART}", _before, False),
        (rf"{_ABOUT}the\s+{_PART}\s+before", _before, False),
        (rf"{_ABOUT}{_COUNT}\s+(?P<unit>day|week)s?\s+(?:later|afterwards|after that|{_BACK})", _counted, False),
        (rf"(?:(?:only|just|some|about|within)\s+)*(?:{_COUNT}\s+)?(?:hour|minute)s?\s+later", _hours, False),
        (rf"within\s+(?:the\s+)?(?:{_COUNT}\s+)?(?:hour|minute)s?", _hours, False),
        (rf"within\s+(?:the\s+)?{_COUNT}\s+(?P<unit>day|week)s?", _within, False),
        (r"(?:(?:at|around|about|by|before|shortly|just|after|in|towards?|the|early|late|only|still)\s+)*"
         rf"(?:(?P<morning>dawn|daybreak|sunrise)|(?P<next>morning|noon|midday|afternoon|{_CLOCK}\s*a\.?m\.?|\d\d?\s*a\.?m\.?)"
         rf"|{_CLOCK}(?:\s*p\.?m\.?)?|\d\d?\s*p\.?m\.?|sunset|dusk|evening|nightfall)", _of_day, True),
    )
)  # fmt: skip
"""What leans on a time before it, how, and whether it does so only from near."""
_long_after = re.compile(
    rf"{_ABOUT}{_COUNT}\s+(?P<unit>month|year|decade)s?\s+(?:later|afterwards|after that)", re.IGNORECASE
)
"""Months or years after a month or a year told before."""
_since = re.compile(r"(?:ever\s+|and\s+)?since(?:\s+then)?", re.IGNORECASE)
_since_what = re.compile(r"(?<=[Ss]ince)\s+(?:the|an?|his|her|its|their|our|my|this|that|last|[A-Z])")
"""Behind *since* alone, what it counts from: it does not stand alone."""
_of_another = re.compile(r"\s+(?:before|after|of)\b")
"""Behind *the morning*, where it is another day's: *the morning before*, *the evening of the vote*."""
_goes_on = re.compile(r"\s*(?:[,.;:!?)”\"’–—-]|$|\band\b|\bbut\b)")
"""Behind *the day before*, where it stands alone: not *the day before the vote*."""
_no_point = re.compile(
    r"(?:for|over|during|within|until|till)\b|.*\b(?:now|still|already|currently|recently|lately|so far|to date)\b"
    r"|.*\b(?:earlier|previous\s+\w+|(?:day|night|evening|morning|week)s?\s+before)$",
    re.IGNORECASE,
)
"""A stretch, the time of writing, or a look back from another time: nothing is counted from these."""
_late = re.compile(r"\b(?:\w*night|evening|late|dusk)\b", re.IGNORECASE)
_day_between = re.compile(
    rf"\b(?:{'|'.join(WEEKDAYS)}|{'|'.join(month for month in MONTHS if month != 'may')}|may\s+\d|\d\s+may"
    r"|yesterday|today|tomorrow|(?:next|following|same|previous)\s+(?:day|night|evening|morning|afternoon)"
    r"|(?:day|week)s?\s+(?:later|earlier|before|after)|(?:1[6-9]|20)\d\d)\b",
    re.IGNORECASE,
)
"""A time between two others that no statement took for its own, by which the one before it is no longer meant."""
_before_what = re.compile(r"\bbefore$", re.IGNORECASE)


def anchored(
    text: str,
    sentences: Sequence[CharSpan],
    statements: Sequence[Statement],
    published: tuple[Date, Granularity] | None,
) -> tuple[Statement, ...]:
    """The statements, those whose time leans on one told before with its days.

    `sentences` are the text's, in order; of a report nothing is dated after `published`, the last day that it can be of
    which only the month is known. What lasts until then ends no more exactly than that.
    """
    if not any(_is_open(one.time) for one in statements):
        return tuple(statements)
    starts = [start for start, _ in sentences]
    told: list[_Told] = []
    found: dict[int, Time] = {}
    for number in sorted(range(len(statements)), key=lambda one: _position(statements[one])):
        one = statements[number]
        time = one.time
        if time is None or time.start is None:
            continue
        if _is_open(time):
            last = next((before for before in reversed(told) if before.at < time.start), None)
            leaning = _leaning(text, starts, one, time, last, published) if last else None
            if leaning is None:
                continue
            found[number] = time = leaning
        counted_from = time.text is not None and not _no_point.match(time.text)
        if counted_from and time.from_ is not None and time.to is not None and time.start is not None:
            late = _late.search(time.text or "") is not None
            told.append(_Told(time.start, time.end or time.start, time.from_, time.to, time.granularity, late))
    return tuple(
        msgspec.structs.replace(one, time=found[number]) if number in found else one
        for number, one in enumerate(statements)
    )


def _is_open(time: Time | None) -> bool:
    """Whether a time is told in words that gave no first day."""
    return time is not None and time.text is not None and time.from_ is None


def _position(statement: Statement) -> int:
    return statement.time.start if statement.time and statement.time.start is not None else -1


def _leaning(
    text: str,
    starts: Sequence[int],
    statement: Statement,
    time: Time,
    last: _Told,
    published: tuple[Date, Granularity] | None,
) -> Time | None:
    """The time with the days that it gets from the one told `last` before it; null where it gets none."""
    assert time.start is not None
    assert time.end is not None
    apart = bisect_right(starts, time.start) - bisect_right(starts, last.at)
    between = text[last.end : time.start]
    if "\n" in between or _day_between.search(between):
        return None
    words = text[time.start : time.end].strip()
    if _since.fullmatch(words):
        if apart > 1 or published is None or last.last > published[0] or _since_what.match(text, time.end):
            return None
        known = max(last.granularity, published[1], key=COARSENESS.index)
        return msgspec.structs.replace(time, from_=last.first, to=published[0], granularity=known)
    if not last.is_day:
        days = _tried(_whole_later, later, last) if (later := _long_after.fullmatch(words)) else None
        return _dated(statement, time, days, published)
    for pattern, lean, near in _LEANS:
        match = pattern.fullmatch(words)
        if match is None:
            continue
        if near and (apart > NEAR or _of_another.match(text, time.end)):
            return None
        if _before_what.search(words) and not _goes_on.match(text, time.end):
            return None
        return _dated(statement, time, _tried(lean, match, last), published)
    return None


def _dated(
    statement: Statement, time: Time, days: Interval | None, published: tuple[Date, Granularity] | None
) -> Time | None:
    """A statement's time with these days; null where there are none, or where it reports what is still to come. Of the
    month or year that runs it reports what is over."""
    if days is None or days.start is None or days.end is None:
        return None
    end = days.end
    if statement.kind is Kind.REPORT and published is not None and end > published[0]:
        if days.start > published[0] or days.granularity not in (MONTH, YEAR):
            return None
        end = published[0]
    return msgspec.structs.replace(time, from_=days.start, to=end, granularity=days.granularity)


def _whole_later(match: re.Match[str], told: _Told) -> Interval | None:
    """*A year later* than a month or a year, *two months later* than a month: that month or year, so much later.

    Null for months after a year, and for what was told of neither.
    """
    count, unit = count_of(match["count"]), match["unit"]
    months = count * {"month": 1, "year": 12, "decade": 120}[unit]
    if told.granularity is MONTH and (told.first.year, told.first.month) == (told.last.year, told.last.month):
        return shifted_month(told.first, months)
    if told.granularity is YEAR and told.first.year == told.last.year and unit != "month":
        return year_interval(told.first.year + months // 12)
    return None


def _tried(
    lean: Callable[[re.Match[str], _Told], Interval | None], match: re.Match[str], told: _Told
) -> Interval | None:
    """What a rule makes of its match; null where its number is none, or leads out of the calendar."""
    try:
        return lean(match, told)
    except (ValueError, OverflowError):
        return None
