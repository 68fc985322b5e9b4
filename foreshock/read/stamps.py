"""When the lines of a chat and the quoted lines of a mail were written, where they say so themselves."""

import datetime
import re
from bisect import bisect_right
from typing import Final

from foreshock.model.vocabulary import Granularity

LONGEST_AGO: Final = datetime.timedelta(days=366)
"""How long before a text was published what it quotes may have been written, to be taken for the day of its words."""
STAMPS: Final = 2
"""Lines with a stamp that make a chat, at the least."""

_chat = re.compile(
    r"^\[?(?P<first>\d{1,2})[/.](?P<second>\d{1,2})[/.](?P<year>(?:20)?\d\d),?\s+\d{1,2}:\d\d(?::\d\d)?(?:\s?[ap]m)?"
    r"(?:\]|\s+-)\s",
    re.MULTILINE | re.IGNORECASE,
)
"""*[17/03/24, 14:03:11] Odo:* and *17/03/2024, 14:03 - Odo:*."""
_wrote = re.compile(
    r"^(?P<marks>[> \t]*)On\s[^\n]{0,40}?\b(?:(?P<day>\d{1,2})\s+(?P<month>[A-Z][a-z]{2})[a-z]*\.?,?"
    r"|(?P<named>[A-Z][a-z]{2})[a-z]*\.?\s+(?P<numbered>\d{1,2}),)\s+(?P<year>20\d\d)\b[^\n]{0,200}\bwrote:[ \t]*$",
    re.MULTILINE,
)
_marks = re.compile(r"[> \t]*")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Stamps:
    """The days on which parts of a text were written, before `published`, the day on which the whole was."""

    def __init__(self, text: str, published: datetime.date | None) -> None:
        self._text = text
        self._published = published
        self._lines = self._of_chat() if published else []
        self._quoted = self._of_mail() if published else []

    def reference(self, at: int) -> tuple[datetime.date, Granularity] | None:
        """The day on which what stands at `at` was written, as its message or the line above its quotation says."""
        depth = self._depth(at)
        day = next((day for start, quoted, day in reversed(self._quoted) if start < at and quoted == depth), None)
        if day is None:
            before = bisect_right(self._lines, at, key=lambda line: line[0])
            day = self._lines[before - 1][1] if before else None
        return (day, Granularity.DAY) if day else None

    def _depth(self, at: int) -> int:
        """How many marks of quotation open the line in which `at` lies."""
        found = _marks.match(self._text, self._text.rfind("\n", 0, at) + 1)
        return found.group().count(">") if found else 0

    def _of_mail(self) -> list[tuple[int, int, datetime.date]]:
        """For each *On … wrote:* its start, the depth of what it quotes, and its day."""
        days = []
        for found in _wrote.finditer(self._text):
            month = found["month"] or found["named"]
            number = _MONTHS.index(month) + 1 if month in _MONTHS else 0
            day = self._day(int(found["year"]), number, int(found["day"] or found["numbered"]))
            if day:
                days.append((found.start(), found["marks"].count(">") + 1, day))
        return days

    def _of_chat(self) -> list[tuple[int, datetime.date]]:
        """The starts and days of a chat's messages; none where it is not plain whether the day comes first."""
        found = list(_chat.finditer(self._text))
        if len(found) < STAMPS:
            return []
        read = []
        for order in ((1, 2), (2, 1)):
            days = [self._day(int(one["year"]) % 100 + 2000, int(one[order[1]]), int(one[order[0]])) for one in found]
            if all(days):
                read.append([(one.start(), day) for one, day in zip(found, days, strict=True) if day])
        return read[0] if len(read) == 1 or (read and read[0] == read[-1]) else []

    def _day(self, year: int, month: int, day: int) -> datetime.date | None:
        """The day, where there is one, and it lies before the text was published and not long before."""
        try:
            found = datetime.date(year, month, day)
        except ValueError:
            return None
        before = self._published - found if self._published else None
        return found if before is not None and datetime.timedelta() <= before <= LONGEST_AGO else None
