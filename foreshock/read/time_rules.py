"""How each form of time expression is read: a table of patterns, each with what it stands for.

Written here because the libraries at hand (dateparser, dateutil) give one moment, not an interval with its
granularity, and guess where nothing is said. An expression that leans on another event of the text (*two days later*,
*the same evening*) stays null here, only its granularity known; `time_anchors` counts it from the day told before it.
"""

import re
from collections.abc import Callable

from foreshock.read import time_dates, time_parts, time_units
from foreshock.read.feasts import feasts_by_name
from foreshock.read.time_spans import ORDINAL, WEEKDAYS, Interval, Reference

_BEFORE_MONTH = (
    r"\d st nd rd th \bbetween \band \bto \bin \bof \bsince \blast \bnext \bby \buntil \btill \bearly \blate \bmid "
    r"\bfrom \bbefore \bduring \bthrough \bthroughout \bcome"
).split()
_MAY_OR_MARCH = (
    r"(?-i:May|MAY|March|MARCH)|(?:" + "|".join(rf"(?<={words}[ \n-])" for words in _BEFORE_MONTH) + r")(?:may|march)"
    r"|(?:may|march)(?=,?\s+\d)"
)
"""The month in small letters only beside what tells it from the verb and the noun: not *come what may*, *after the
march*."""
MONTH_NAME = (
    rf"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar|{_MAY_OR_MARCH}|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?!\w)\.?"
)
_CLOCK = r"(?:\s*(?:and|to|or|[-–])\s*\d{4})?(?:\s*h(?:ou)?rs?\b|h\b|\s+(?:local time|gmt|utc)\b)"
_YEAR_NAMED = r"(?:1[6-9]|20)\d\d"
_YEAR = rf"(?P<year>{_YEAR_NAMED})(?!\d)(?!{_CLOCK})"
_OF_YEAR = r"(?P<of>last|this|next)\s+year\b"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_SMALL = (
    r"a couple of|couple of|a few|several|few|half a dozen|half an?|an?|one|(?:twenty|thirty|forty|fifty|sixty|"
    r"seventy|eighty|ninety)(?:-\w+)?|(?:a|two|three|four) (?:dozen|hundred)|two|three|four|five|six|seven|eight|nine|"
    r"ten|eleven|twelve|\w+teen"
)
_COUNT = (
    r"(?:(?:\d+|\w+)(?:\s+(?:or|to)\s+|(?<!twenty)(?<!thirty)(?<!forty)(?<!fifty)(?<!sixty)(?<!seventy)(?<!eighty)(?<!ninety)-|–))?"
    rf"(?P<count>\d[\d,]*|{_SMALL})"
)
"""The last number of a range; the hyphen of *forty-five* makes none."""
_UNIT = r"(?P<unit>minute|hour|day|night|week|fortnight|month|year|decade)s?\b"
_ONE_UNIT = r"(?P<unit>minute|hour|day|week|fortnight|month|year|decade)\b"
_UNITS = (
    r"(?:(?:hours|days|weeks|months)(?:,\s+|,?\s+(?:and|or)\s+))*(?P<unit>minute|hour|day|week|month|year|decade)s\b"
)
"""Units without their number, the longest of several: *days or weeks*."""
_OF_NOTHING = r"(?!['’]|\s+(?:of|before|ahead)\b)"
"""Behind a stretch that runs from or to today: not *the last week of January*, *the next year's budget*."""
_PART = (
    r"(?:(?P<part>early(?: in)?|mid(?:dle of)?[- ]?|late(?: in)?|(?:the )?(?:end|close|beginning|start|early part|"
    r"latter part|later part) of)\s*)?"
)
_WHICH = r"(?P<which>last|this coming|this|next|the coming|past)?\s*"
_WEEKDAY = "|".join(WEEKDAYS)
_IN_YEAR = rf"(?:,?\s+(?:of\s+)?(?:{_YEAR}|{_OF_YEAR}))?"
PIECE = r"(?:(?:first|second|third|fourth|last|final|latter|[1-4](?:st|nd|rd|th))[- ]+(?:quarter|half)|[qh][1-4])\b"
"""A quarter or a half of a year, by its number: *the second quarter*, *Q3*, *H1*."""
NO_SEASON = r"(?!\s+(?:of(?!\s+20\d\d)|in|from|army-?worms?|will|would|could|may|has)\b)"
"""Behind a *fall* that is the American autumn: not *the fall of the town*, *this fall will hurt*, *fall armyworms*."""
_OTHER_CALENDARS = (
    "chinese lunar ethiopian coptic orthodox islamic hijri persian iranian kurdish jewish amazigh berber bengali "
    "burmese khmer lao thai tibetan tamil sinhala financial fiscal school academic"
).split()
NOT_ANOTHER_S = "".join(rf"(?<!\b{calendar} )" for calendar in _OTHER_CALENDARS)
"""*The Lunar New Year* and *a new school year* do not begin on 1 January."""
_APPROXIMATELY = (
    r"(?:a period of |another |a further |almost |nearly |about |around |at least |more than |less than |over )?"
)
MEASURE = rf"{_APPROXIMATELY}{_COUNT}\s+(?:\w+\s+)?{_UNIT}"
"""A stretch of time without a word that says where it lies: *three weeks*, *another two long years*."""

_IN_MONTH = rf"(?:the\s+month\s+of\s+)?(?:{MONTH_NAME}{_IN_YEAR}|(?P<near>last|this|next)\s+month\b)"
_WEEK_OF = (
    rf"\bweek(?P<weekend>end)?\s+(?P<how>of|beginning|starting|commencing|ending|to)\s+(?:on\s+)?(?:(?:{_WEEKDAY}),?\s+)?"
    r"(?:the\s+)?"
)
"""Before the day that tells which week is meant."""

_ON = "|".join(rf"(?<=\b{word} )" for word in ("on", "by", "until", "till", "since", "from"))
"""Behind one of these *the twelfth* is a day."""

Rule = tuple[str | Callable[[], str], Callable[[re.Match[str], Reference], Interval | None]]


def _feast() -> str:
    """The pattern of a feast's name, made when first it is tried, of the table of feasts."""
    names = "|".join(map(re.escape, sorted(feasts_by_name(), key=len, reverse=True))).replace(r"\ ", r"\s+")
    return rf"\b{_WHICH}{NOT_ANOTHER_S}(?P<holiday>{names})\b{_IN_YEAR}"


RULES: tuple[Rule, ...] = (
    (rf"{_WEEK_OF}{_DAY}(?:\s+of)?\s+{MONTH_NAME}{_IN_YEAR}", time_parts.week_of_date),
    (rf"{_WEEK_OF}{MONTH_NAME}\s+{_DAY}\b{_IN_YEAR}", time_parts.week_of_date),
    (rf"\b(?P<end>first|second|third|fourth|last|final|latter|closing|opening|early)\s+(?:(?P<count>\d\d?|{_SMALL})\s+)?"
     rf"(?P<unit>day|week|fortnight|half)(?P<plural>s?)\s+of\s+{_IN_MONTH}", time_parts.part_of_month),
    (r"\b(?P<end>first|opening|early|last|final|closing)\s+(?P<unit>days|weeks|months)\s+of\s+"
     rf"(?:{_YEAR}|{_OF_YEAR}|the\s+year\b)", time_parts.part_of_year),
    (rf"\bthe\s+(?P<day>\d\d?(?:st|nd|rd|th)|{ORDINAL})\s+of\s+(?P<near>last|this|next)\s+month\b",
     time_parts.day_of_month_beside),
    (rf"\b{_YEAR}(?P<mark>[-/])(?P<m>[01]\d)(?P=mark)(?P<day>[0-3]\d)\b", time_dates.date_named),
    (rf"\b(?P<first>[0-3]?\d)-(?P<second>[01]?\d)-{_YEAR}", time_dates.day_in_figures),
    (rf"\b{_DAY}-{MONTH_NAME}-{_YEAR}", time_dates.date_named),
    (rf"\bthe\s+(?P<day>{ORDINAL})\s+of\s+{MONTH_NAME}{_IN_YEAR}", time_dates.date_named),
    (rf"\b(?P<day>[0-3]?\d)\.(?P<m>[01]?\d)\.{_YEAR}", time_dates.date_named),
    (rf"\b{_DAY}(?:\s+of)?\s+{MONTH_NAME}(?:,?\s+(?:{_YEAR}|(?:of\s+)?{_OF_YEAR}))?", time_dates.date_named),
    (rf"\b{MONTH_NAME}\s+{_DAY}\b(?:,?\s+(?:{_YEAR}|(?:of\s+)?{_OF_YEAR}))?", time_dates.date_named),
    (rf"(?<![\d/])(?!24/7\b)(?P<first>[0-3]?\d)/(?P<second>[0-3]?\d)(?:/{_YEAR})?(?![\d/])",
     time_dates.day_in_figures),
    (r"\b(?:every|each)\s+(?:other\s+)?(?P<unit>\w+)", time_units.repeated),
    (rf"\b{_COUNT}\s+{_UNIT}\s+(?:ago|back)\b(?:\s+(?P<anchor>today|yesterday|this\s+(?:week|month))\b)?",
     time_units.ago),
    (rf"\b{_COUNT}\s+(?P<weekday>{_WEEKDAY})s\s+(?P<ago>ago)\b", time_dates.weekday_apart),
    (r"\b(?P<unit>day|week|month|year|decade)s\s+ago\b", time_units.some_units_ago),
    (rf"(?<!\bfor )\b(?P<count>an?|one|two)\s+weeks?\s+(?:on|from)\s+(?P<weekday>{_WEEKDAY})\b",
     time_dates.weekday_apart),
    (rf"\b(?P<which>)(?P<past>)(?P<of>last|this|next)\s+week,?\s+(?:on\s+)?(?P<weekday>{_WEEKDAY})\b",
     time_dates.weekday_named),
    (r"\bthe\s+(?P<unit>week|month|year)\s+before\s+last\b", time_units.before_last),
    (rf"\b(?:for\s+(?:an?\s+|the\s+)?|^(?:an?\s+|the\s+)?)(?P<number>{ORDINAL}|\d\d?(?:st|nd|rd|th))\s+"
     r"(?:(?:consecutive|straight|successive)\s+)?(?P<unit>day|night|week|month)(?:\s+(?:running|in a row))?$",
     time_parts.in_a_row),
    (rf"\b{_COUNT}\s+{_UNIT}\s+(?:away|hence|from (?:now|today))\b", time_units.away),
    (rf"\b(?:{_COUNT}\s+)?{_UNIT}\s+(?:later|after|earlier|before|on)\b"
     r"(?!\s+(?:yesterday|tomorrow|last)\b)", time_units.leaning),
    (r"\b(?:the (?:same|following)|that|the next(?=\s+(?:day|night|morning|evening|afternoon)\b))\s+"
     r"(?P<unit>day|night|morning|evening|afternoon|hour|week|weekend|month|year)\b", time_units.leaning),
    (rf"\b(?P<end>first|last|final)\s+{_COUNT}\s+{_UNIT}\s+of\s+(?:(?:the\s+year\s+)?{_YEAR}|{_OF_YEAR}|the\s+year\b)",
     time_dates.units_of_year),
    (rf"\b(?P<piece>{PIECE})(?:,?\s+(?:of\s+)?(?:(?:the\s+year\s+)?{_YEAR}|{_OF_YEAR}|(?P<this>the\s+year\b)))?(?!\s+of\b)",
     time_dates.piece_of_year),
    (rf"\b(?P<prefix>(?:in|over|during|for|within)\s+the\s+(?:past|last|next|coming)|"
     rf"the\s+(?:past|last|next|coming)|past|last)\s+{_COUNT}\s+{_UNIT}", time_units.during),
    (r"\bthis time\s+(?P<which>last|next)\s+(?P<unit>week|month|year)\b", time_units.this_time),
    (rf"\b(?P<prefix>(?:in|over|during|for|within)\s+the\s+(?:past|last|next|coming)|within\s+the)(?P<count>)\s+{_ONE_UNIT}"
     rf"{_OF_NOTHING}", time_units.during),
    (rf"\b(?P<prefix>in|within|inside|for|over|by)\s+{_APPROXIMATELY}{_COUNT}\s+{_UNIT}(?P<time>(?:['’]s?)?\s+time\b)?",
     time_units.during),
    (rf"\b(?P<prefix>(?:in|over|during|for|within)\s+the\s+(?:past|last))\s+{_UNITS}{_OF_NOTHING}",
     time_units.some_units),
    (rf"\b(?P<prefix>(?:in|over|during|for|within)\s+(?:the\s+)?(?:near|next|coming)|the\s+coming|within|for|a\s+matter\s+of|"
     rf"in(?:\s+the)?)\s+{_UNITS}", time_units.some_units),
    (r"\b(?P<named>" + "|".join(sorted(time_dates.NAMED_DAYS, key=len, reverse=True)) + r")\b"
     rf"(?!(?<=overnight)\s+(?:(?:on|from|to|into)\s+)?(?:last\s+)?(?:{_WEEKDAY})\b)", time_dates.day_named),
    (rf"\b{_WHICH}{_PART}{MONTH_NAME}(?!\s+day\b)(?:,?\s+(?:of\s+)?(?:{_OF_YEAR}|{_YEAR}))?", time_dates.month_named),
    (_feast, time_dates.feast_named),
    (rf"\b{_WHICH}(?P<weekday>{_WEEKDAY})\b(?:(?:\s+(?:morning|afternoon|evening|night))?\s+(?:of\s+)?"
     r"(?P<of>last|this|next)\s+week\b|(?P<past>\s+last\b))?", time_dates.weekday_named),
    (rf"\b(?:the (?P<day>[0-3]?\d)(?:st|nd|rd|th)|(?:{_ON})the (?P<word>{ORDINAL}))$",
     time_dates.day_of_month),
    (rf"\b{_WHICH}(?:the\s+)?(?:holy month of\s+)?(?P<season>ramadh?an|ramzan)\b{_IN_YEAR}",
     time_dates.ramadan_named),
    (rf"\b{_WHICH}(?:the\s+)?weekend\b", time_dates.weekend_named),
    (r"\b(?P<part>(?:end|beginning|start|middle)[- ]of|early in|late in)[- ](?:the[- ])?"
     rf"(?P<unit>year|month|week|quarter|decade)\b(?!\s+{_YEAR_NAMED})", time_units.part_of_unit),
    (r"\b(?P<part>mid)[- ]?(?P<unit>year|month|week)\b", time_units.part_of_unit),
    (r"\bthe (?P<unit>year|month|week) (?:is out|ends|is over)\b", time_units.part_of_unit),
    (r"\b(?P<unit>year|month|week(?=['’]))(?:['’]s?)?[- ]end\b", time_units.part_of_unit),
    (r"\b(?P<where>earlier|later)\s+(?:in\s+the|(?P<this>this))\s+(?P<unit>year|month|week|decade)\b",
     time_units.beside_today),
    (r"\ball(?P<which>)\s+(?P<unit>year|month|week)\b(?!\s+round\b)", time_units.relative_unit),
    (r"\b(?:rest|remainder|course)\s+of\s+(?:the|this)(?P<which>)\s+(?P<unit>year|month|week)\b",
     time_units.relative_unit),
    (rf"\b{_WHICH}(?:the\s+)?(?P<season>spring|summer|autumn|winter)\b{_IN_YEAR}", time_dates.season_named),
    (rf"\b(?P<which>)(?P<season>fall)\s+(?:of\s+{_OF_YEAR}(?!['’])|(?:of\s+)?{_YEAR})", time_dates.season_named),
    (r"(?:(?<=\bin )|(?<=\bby )|(?<=\bin the )|\b(?P<which>last|this coming|this|next|the coming)\s+)"
     rf"(?P<season>fall)\b{NO_SEASON}(?P<year>)(?P<of>)", time_dates.season_named),
    (rf"\b{_PART}(?P<which>last|this coming|this|next|the coming|past|previous)\s+"
     r"(?P<unit>week|month|year|decade|fortnight|quarter)\b", time_units.relative_unit),
    (rf"\b{_YEAR}[-–/](?P<last>\d\d)(?![\d/-])", time_dates.years_named),
    (rf"\b{_PART}(?:the\s+)?(?:year\s+)?{_YEAR}(?P<decade>s)?\b", time_dates.year_named),
    (r"\b(?:to date|so far|to this day|(?:until|up to|till) now|(?:up to|until|till) this (?:hour|day|moment))\b",
     time_units.until_now),
    (r"\b(?:from now on|soon(?! after| before)|shortly(?! after| before)|henceforth|in the nearest time|"
     r"in (?:the near(?:est)? )?future|(?:in|for) the foreseeable future|in the (?:near|short) term|indefinitely|"
     r"at any (?:time|moment)|at once|without delay|with immediate effect|immediately(?! after| before)|"
     r"for the present|any moment|further notice|sooner or later)\b", time_units.from_now_on),
    (r"\b(?:one|some|any) (?:day|night)\b|\beventually\b|\bnext time\b", time_units.some_day),
    (r"\b(?:now|currently|presently|at present|at the moment|these days|still|at press time|at the time of writing|"
     r"(?:at )?this moment|at this (?:time|stage|point(?: in time)?)(?!\s+(?:of|in|last|next|tomorrow|yesterday)\b))\b",
     time_units.at_present),
    (r"\b(?:recent(?:ly)?|lately|earlier|already|previously|long ago)\b", time_units.until_now),
    (rf"^(?P<prefix>){MEASURE}$", time_units.during),
)  # fmt: skip
"""Patterns in order of trust, or what makes one, each with the rule that reads its match.

A `year` group marks what needs no reference.
"""
