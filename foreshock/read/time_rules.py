"""How each form of time expression is read: a table of patterns, each with what it stands for.

Written here because the libraries at hand (dateparser, dateutil) give one moment, not an interval with its
granularity, and guess where nothing is said. An expression that leans on another event of the text (*two days later*,
*the same evening*) stays null: only its granularity is known.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from foreshock.read.feasts import MOVING, ramadan
from foreshock.read.time_spans import (
    DAY,
    GRANULARITY,
    MONTH,
    OPEN,
    SEASONS,
    WEEK,
    WEEKDAYS,
    YEAR,
    Date,
    Interval,
    Reference,
    after,
    count_of,
    days_after,
    month_interval,
    month_number,
    nearest_day,
    nearest_year,
    neighbour,
    part_of,
    shifted_month,
    year_interval,
)

_NAMED_DAYS = {"today": (0, 0), "yesterday": (-1, -1), "tomorrow": (1, 1), "tonight": (0, 0), "this morning": (0, 0),
               "this afternoon": (0, 0), "this evening": (0, 0), "last night": (-1, -1), "overnight": (-1, 0),
               "the day before yesterday": (-2, -2), "the night before last": (-2, -1), "during the day": (0, 0),
               "throughout the day": (0, 0)}  # fmt: skip
_HOLIDAYS = {"new year's eve": (12, 31), "new year’s eve": (12, 31), "christmas eve": (12, 24), "christmas": (12, 25),
             "new year": (1, 1), "nowruz": (3, 21)}  # fmt: skip
HOURS_OF_DAY = 24
_by_season = re.compile(r"\bby\s*(?:the\s*)?$", re.IGNORECASE)
_SOME_DAYS = {"day": 7, "week": 42}
"""How far *within days* and *in the coming weeks* reach, as the corpus reads them by majority."""


def _date(match: re.Match[str], reference: Reference) -> Interval | None:
    month = int(match["m"]) if "m" in match.groupdict() else month_number(match["month"])
    day = int(match["day"])
    if match["year"]:
        year = int(match["year"])
    elif match.groupdict().get("of"):
        year = reference.date.year + neighbour(match["of"])
    else:
        year = nearest_year(month, day, reference)
    try:
        date = Date(year, month, day)
    except ValueError:
        return None
    return Interval(date, date, DAY)


def _month(match: re.Match[str], reference: Reference) -> Interval:
    month, which = month_number(match["month"]), (match["which"] or "").casefold()
    if match["year"]:
        year = int(match["year"])
    elif match["of"]:
        year = reference.date.year + neighbour(match["of"])
    elif which == "last":
        year = reference.date.year - (month >= reference.date.month)
    elif which == "next":
        year = reference.date.year + (month <= reference.date.month)
    else:
        year = nearest_year(month, 0, reference)
    return part_of(match["part"], month_interval(year, month))


def _year(match: re.Match[str], _: Reference) -> Interval:
    year = int(match["year"])
    if not match["decade"]:
        return part_of(match["part"], year_interval(year))
    word = (match["part"] or "").casefold()
    first, last = (
        (0, 4) if word.startswith("early") else (3, 6) if word.startswith("mid")
        else (6, 9) if word.startswith("late") else (0, 9)
    )  # fmt: skip
    return Interval(Date(year + first, 1, 1), Date(year + last, 12, 31), YEAR)


def _day_of_month(match: re.Match[str], reference: Reference) -> Interval:
    day = int(match["day"])
    months = (1 if day < reference.date.day else 0) if reference.ahead else (-1 if day > reference.date.day else 0)
    month = shifted_month(reference.date, months).start or reference.date
    date = month.replace(day=day)
    return Interval(date, date, DAY)


def _weekday(match: re.Match[str], reference: Reference) -> Interval:
    if not reference.day_known:
        return Interval(None, None, DAY)
    wanted, today = WEEKDAYS.index(match["weekday"].casefold()), reference.date.weekday()
    which = "last" if match["past"] else (match["which"] or "").casefold()
    if "next" in which or "coming" in which or (reference.ahead and which not in ("last", "past")):
        days = (wanted - today) % 7 or (0 if which == "this" else 7)
    else:
        days = -((today - wanted) % 7) or (-7 if which == "last" else 0)
    date = days_after(reference.date, days)
    return Interval(date, date, DAY)


def _named_day(match: re.Match[str], reference: Reference) -> Interval:
    if not reference.day_known:
        return Interval(None, None, DAY)
    first, last = _NAMED_DAYS[re.sub(r"\s+", " ", match["named"].casefold())]
    return Interval(days_after(reference.date, first), days_after(reference.date, last), DAY)


def _holiday(match: re.Match[str], reference: Reference) -> Interval:
    name = re.sub(r"\s+", " ", match["holiday"].casefold())
    if name in MOVING:
        date = nearest_day(
            [day for year in _years(match, reference) for day in (of(year) for of in MOVING[name])], reference
        )
    else:
        month, day = _HOLIDAYS[name]
        date = Date(int(match["year"]) if match["year"] else nearest_year(month, day, reference), month, day)
    return Interval(date, date, DAY)


def _years(match: re.Match[str], reference: Reference) -> list[int]:
    """The year that is named, or those around today in which a feast may be meant."""
    return [int(match["year"])] if match["year"] else [reference.date.year + step for step in (-1, 0, 1)]


def _ramadan(match: re.Match[str], reference: Reference) -> Interval:
    """The whole month; looking ahead the one that runs today counts, looking back it ends today at the latest."""
    spans = [ramadan(year) for year in _years(match, reference)]
    meant = nearest_day([last if reference.ahead else first for first, last in spans], reference)
    return next(Interval(first, last, MONTH) for first, last in spans if meant in (first, last))


def _weekend(match: re.Match[str], reference: Reference) -> Interval:
    if not reference.day_known:
        return Interval(None, None, DAY)
    today = reference.date.weekday()
    which = (match["which"] or "").casefold()
    if reference.ahead or "next" in which or "coming" in which:
        saturday = days_after(reference.date, 5 - today)
    else:
        saturday = days_after(reference.date, 5 - today - (7 if today < 5 or which == "last" else 0))
    return Interval(saturday, days_after(saturday, 1), DAY)


def _relative_unit(match: re.Match[str], reference: Reference) -> Interval:
    which, unit, today = (match["which"] or "this").casefold(), match["unit"].casefold(), reference.date
    step = neighbour(which)
    if unit in ("week", "fortnight"):
        if not reference.day_known:
            return Interval(None, None, WEEK)
        monday = days_after(today, 7 * step - today.weekday())
        whole = Interval(monday, days_after(monday, 6), WEEK)
    elif unit == "month":
        whole = shifted_month(today, step)
    elif unit == "quarter":
        first = Date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
        whole = Interval(shifted_month(first, 3 * step).start, shifted_month(first, 3 * step + 2).end, MONTH)
    elif unit == "decade":
        first_year = today.year // 10 * 10 + 10 * step
        whole = Interval(Date(first_year, 1, 1), Date(first_year + 9, 12, 31), YEAR)
    else:
        whole = year_interval(today.year + step)
    part = match.groupdict().get("part")
    return part_of(part, whole) if part else _running(whole, step, reference)


def _running(interval: Interval, step: int, reference: Reference) -> Interval:
    """A running week, month or year ends today, looking back, and begins today, looking ahead."""
    if step:
        return interval
    if reference.ahead:
        return Interval(reference.first, interval.end, interval.granularity)
    return Interval(interval.start, reference.last, interval.granularity)


def _end_of_unit(match: re.Match[str], reference: Reference) -> Interval:
    unit = match["unit"].casefold()
    if unit == "week":
        sunday = days_after(reference.date, 6 - reference.date.weekday())
        return Interval(days_after(sunday, -2), sunday, WEEK) if reference.day_known else Interval(None, None, WEEK)
    return part_of("end", shifted_month(reference.date, 0) if unit == "month" else year_interval(reference.date.year))


def _ago(match: re.Match[str], reference: Reference) -> Interval:
    unit = match["unit"].casefold()
    date = after(reference.date, unit, -count_of(match["count"]))
    if GRANULARITY[unit] in (DAY, WEEK):
        return Interval(date, date, GRANULARITY[unit]) if reference.day_known else Interval(None, None, DAY)
    return shifted_month(date, 0) if unit == "month" else year_interval(date.year)


def _away(match: re.Match[str], reference: Reference) -> Interval:
    unit = match["unit"].casefold()
    date = after(reference.date, unit, count_of(match["count"]))
    if GRANULARITY[unit] in (DAY, WEEK):
        return Interval(date, date, DAY) if reference.day_known else Interval(None, None, DAY)
    return shifted_month(date, 0) if unit == "month" else year_interval(date.year)


def _during(match: re.Match[str], reference: Reference) -> Interval:
    """*In*, *for*, *within three weeks*: from today looking ahead, to today looking back."""
    unit, count = match["unit"].casefold(), count_of(match["count"] or "")
    granularity = GRANULARITY[unit]
    if not reference.day_known and granularity in (DAY, WEEK):
        return Interval(None, None, granularity)
    prefix = re.sub(r"\s+", " ", (match["prefix"] or "").casefold())
    back = prefix.endswith(("past", "last"))
    hours = unit in ("hour", "minute")
    if hours and not back and not reference.ahead and (unit == "minute" or count < HOURS_OF_DAY):
        return Interval(None, None, granularity)
    if not back and (reference.ahead or prefix.startswith("within") or prefix.endswith(("next", "coming"))):
        return Interval(reference.first, after(reference.date, unit, count), granularity)
    if not prefix or (hours and not back and prefix != "in"):
        return Interval(None, None, granularity)
    return Interval(after(reference.date, unit, -count), reference.last, granularity)


def _some_units(match: re.Match[str], reference: Reference) -> Interval:
    """*Within days*, *in the coming weeks*, *for months*, *in years*: how many is not said."""
    unit, prefix = match["unit"].casefold(), match["prefix"].casefold()
    if not reference.ahead and not prefix.startswith("within") and "coming" not in prefix and "next" not in prefix:
        return Interval(None, reference.last if unit not in ("hour", "minute") else None, GRANULARITY[unit])
    if prefix.startswith("for") or unit not in _SOME_DAYS or not reference.day_known:
        return Interval(reference.first if reference.ahead else None, None, OPEN)
    return Interval(reference.date, days_after(reference.date, _SOME_DAYS[unit]), WEEK)


def _season(match: re.Match[str], reference: Reference) -> Interval:
    first, which = SEASONS[match["season"].casefold()], (match["which"] or "").casefold()
    if match["year"]:
        year = int(match["year"])
    else:
        named_next = "next" in which or "coming" in which
        if named_next:
            reference = replace(reference, ahead=True)
        year = nearest_year(first, 0, reference)
        if which == "last" and year == reference.date.year:
            year -= first + 2 >= reference.date.month
        running = shifted_month(Date(year - 1, first, 1), 2).end
        coming = named_next or (which != "this" and _by_season.search(match.string, 0, match.start()) is not None)
        if reference.ahead and not coming and running is not None and running >= reference.date:
            year -= 1
        if reference.ahead and coming and Date(year, first, 1) <= reference.date:
            year += 1
    return Interval(Date(year, first, 1), shifted_month(Date(year, first, 1), 2).end, MONTH)


def _units_of_year(match: re.Match[str], reference: Reference) -> Interval | None:
    """*The last six months of 2022*, *the first ten days of next year*."""
    unit, count = match["unit"].casefold(), count_of(match["count"])
    year = int(match["year"]) if match["year"] else reference.date.year + neighbour(match["of"])
    whole = year_interval(year)
    if whole.start is None or whole.end is None or unit not in ("day", "night", "week", "month"):
        return None
    if match["end"].casefold() == "first":
        return Interval(whole.start, days_after(after(whole.start, unit, count), -1), GRANULARITY[unit])
    return Interval(after(days_after(whole.end, 1), unit, -count), whole.end, GRANULARITY[unit])


def _now(_: re.Match[str], reference: Reference) -> Interval:
    if reference.ahead:
        return Interval(reference.first, None, OPEN)
    return Interval(reference.first, reference.last, DAY if reference.day_known else MONTH)


def _recently(_: re.Match[str], reference: Reference) -> Interval:
    return Interval(None, reference.last, OPEN)


def _from_now(_: re.Match[str], reference: Reference) -> Interval:
    return Interval(reference.first, None, OPEN)


def _some_day(_: re.Match[str], reference: Reference) -> Interval:
    return Interval(reference.first if reference.ahead else None, None, OPEN)


def _repeated(match: re.Match[str], reference: Reference) -> Interval:
    unit = match["unit"].casefold()
    if reference.ahead:
        return Interval(None, None, OPEN)
    return Interval(None, reference.last, GRANULARITY.get(unit, DAY))


def _leaning(match: re.Match[str], _: Reference) -> Interval:
    """Counted from another event of the text, which this layer doesn't know."""
    return Interval(None, None, GRANULARITY[match["unit"].casefold()])


MONTH_NAME = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?!\w)\.?"
)
_CLOCK = r"(?:\s*(?:and|to|or|[-–])\s*\d{4})?(?:\s*h(?:ou)?rs?\b|h\b|\s+(?:local time|gmt|utc)\b)"
_YEAR = rf"(?P<year>(?:1[6-9]|20)\d\d)(?!\d)(?!{_CLOCK})"
_OF_YEAR = r"(?P<of>last|this|next)\s+year\b"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_SMALL = (
    r"a couple of|couple of|a few|several|few|half an?|an?|one|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|"
    r"ninety)(?:-\w+)?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen"
)
_COUNT = rf"(?:(?:\d+|\w+)(?:\s+(?:or|to)\s+|[-–]))?(?P<count>\d[\d,]*|{_SMALL})"
_UNIT = r"(?P<unit>minute|hour|day|night|week|fortnight|month|year|decade)s?\b"
_PART = r"(?:(?P<part>early(?: in)?|mid(?:dle of)?[- ]?|late(?: in)?|(?:the )?(?:end|beginning|start) of)\s*)?"
_WHICH = r"(?P<which>last|this coming|this|next|the coming|past)?\s*"
_FEAST = "|".join(sorted((*_HOLIDAYS, *MOVING), key=len, reverse=True))
_APPROXIMATELY = r"(?:a period of |another |almost |nearly |about |around |at least |more than |less than |over )?"

Rule = tuple[str, Callable[[re.Match[str], Reference], Interval | None]]
RULES: tuple[Rule, ...] = (
    (rf"\b{_YEAR}-(?P<m>[01]\d)-(?P<day>[0-3]\d)\b", _date),
    (rf"\b(?P<day>[0-3]?\d)[./](?P<m>[01]?\d)[./]{_YEAR}", _date),
    (rf"\b{_DAY}(?:\s+of)?\s+{MONTH_NAME}(?:,?\s+(?:{_YEAR}|(?:of\s+)?{_OF_YEAR}))?", _date),
    (rf"\b{MONTH_NAME}\s+{_DAY}\b(?:,?\s+(?:{_YEAR}|(?:of\s+)?{_OF_YEAR}))?", _date),
    (r"\b(?:every|each)\s+(?:other\s+)?(?P<unit>\w+)", _repeated),
    (rf"\b{_COUNT}\s+{_UNIT}\s+(?:ago|back)\b", _ago),
    (rf"\b{_COUNT}\s+{_UNIT}\s+(?:away|hence|from (?:now|today))\b", _away),
    (rf"\b(?:{_COUNT}\s+)?{_UNIT}\s+(?:later|after|earlier|before|on)\b(?! yesterday| last)", _leaning),
    (r"\b(?:the (?:same|following)|that|the next(?=\s+(?:day|night|morning|evening|afternoon)\b))\s+"
     r"(?P<unit>day|night|morning|evening|afternoon|hour|week|weekend|month|year)\b", _leaning),
    (rf"\bthe\s+(?P<end>first|last|final)\s+{_COUNT}\s+{_UNIT}\s+of\s+(?:{_YEAR}|{_OF_YEAR})", _units_of_year),
    (rf"\b(?P<prefix>(?:in|over|during|for|within)\s+the\s+(?:past|last|next|coming)|"
     rf"the\s+(?:past|last|next|coming)|past|last)\s+{_COUNT}\s+{_UNIT}", _during),
    (rf"\b(?P<prefix>(?:in|over|during|for|within)\s+the\s+past|within\s+the)(?P<count>)"
     rf"\s+{_UNIT}(?! of)", _during),
    (rf"\b(?P<prefix>in|within|for|over|by)\s+{_APPROXIMATELY}{_COUNT}\s+{_UNIT}", _during),
    (r"\b(?P<prefix>within|for|in(?: the)?(?: coming| near| next)?)\s+"
     r"(?P<unit>minute|hour|day|week|month|year|decade)s\b", _some_units),
    (r"\b(?P<named>" + "|".join(sorted(_NAMED_DAYS, key=len, reverse=True)) + r")\b", _named_day),
    (rf"\b{_WHICH}{_PART}{MONTH_NAME}(?:,?\s+(?:of\s+)?(?:{_OF_YEAR}|{_YEAR}))?", _month),
    (rf"\b(?P<holiday>{_FEAST})\b(?:\s+(?:of\s+)?{_YEAR})?", _holiday),
    (rf"\b{_WHICH}(?P<weekday>{'|'.join(WEEKDAYS)})\b(?P<past>\s+last\b)?", _weekday),
    (r"\bthe (?P<day>[0-3]?\d)(?:st|nd|rd|th)$", _day_of_month),
    (rf"\b{_WHICH}(?:the\s+)?(?:holy month of\s+)?(?P<season>ramadh?an|ramzan)\b(?:\s+(?:of\s+)?{_YEAR})?", _ramadan),
    (rf"\b{_WHICH}(?:the\s+)?weekend\b", _weekend),
    (r"\bend[- ]of[- ](?:the[- ]|this[- ])?(?P<unit>year|month|week)\b", _end_of_unit),
    (r"\bthe (?P<unit>year|month|week) (?:is out|ends|is over)\b", _end_of_unit),
    (rf"\b{_PART}(?P<which>last|this coming|this|next|the coming|past|previous)\s+"
     r"(?P<unit>week|month|year|decade|fortnight|quarter)\b", _relative_unit),
    (rf"\b{_WHICH}(?:the\s+)?(?P<season>spring|summer|autumn|winter)\b(?:\s+(?:of\s+)?{_YEAR})?", _season),
    (rf"\b{_PART}(?:the\s+)?{_YEAR}(?P<decade>s)?\b", _year),
    (r"\b(?:to date|so far|to this day|(?:until|up to|till) now|up to this (?:hour|day|moment))\b", _recently),
    (r"\b(?:from now on|soon(?! after| before)|shortly(?! after| before)|henceforth|in (?:the near )?future|"
     r"at once|without delay|with immediate effect|immediately(?! after| before)|for the present|any moment|"
     r"further notice|sooner or later)\b", _from_now),
    (r"\b(?:one|some|any) (?:day|night)\b|\beventually\b|\bnext time\b", _some_day),
    (r"\b(?:now|currently|at present|at the moment|these days|still)\b", _now),
    (r"\b(?:recent(?:ly)?|lately|earlier|already|previously)\b", _recently),
    (rf"^(?P<prefix>){_APPROXIMATELY}{_COUNT}\s+(?:\w+\s+)?{_UNIT}$", _during),
)  # fmt: skip
"""Patterns in order of trust, each with the rule that reads its match. A `year` group marks what needs no reference."""
