"""The text's own likelihood: which phrase, and the interval of probabilities it stands for.

The phrases are data (`data/likelihood.yaml`): ICD 203 first, then the CAPphrase survey of readers. The interval is the
*text's* likelihood, never the program's trust in its own extraction. It is that of the act which the statement names,
though it be denied: *will not* and *no one will* are 0-9 per cent. A likelihood in figures (*one in ten*, *90%*) stands
for itself.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain

import msgspec

from foreshock.model.shipped import shipped_table
from foreshock.model.vocabulary import Kind
from foreshock.read.decode import CharSpan
from foreshock.read.likelihood_context import (
    disbelief_before,
    disbelief_that_ends,
    disbelieved,
    guess_in,
    is_asked,
    is_given_up,
    is_month,
)
from foreshock.read.likelihood_figures import FIGURE_AFTER, ODDS, OF_NUMBER, REACH_AFTER, in_brackets, in_figures
from foreshock.read.likelihood_grades import before_noun, graded

_is = r"(?:is|are|was|were|seems?|looks?|appears?)"
_nobody = (
    r"(?:no(?:\s+(?!doubt\b|question\b|surprise\b|wonder\b|matter\b|longer\b)[^\W\d][\w’'-]*){1,2}|no-one|nobody|nothing"
    r"|none(?:\s+of(?:\s+[\w’'-]+){1,2})?|neither(?:\s+[\w’'-]+)?)"
)
_denial = re.compile(
    rf"(?:(?:^|[.,;:!?—“”\"(\n]\s*|\b(?:that|and|but|said|because)\s+)(?P<subject>{_nobody}\s+{_is})"
    r"|(?P<word>(?<!\bor\s)(?<!\bif\s)(?<!\bthan\s)\bnot|\b\w+n['’]t|\bcannot|\bno\s+longer|\bnever|\bneither"
    rf"|\bnor(?:\s+{_is}\s+(?:it|they|he|she|this|that))?|\bby\s+no\s+means|(?<!\bnot\s)\bfar\s+from|\banything\s+but))"
    r"(?:\s+(?:an?|the|be|been|being|to|at|all|yet|now|quite|so|very|too|that|most|even|really|remotely|particularly"
    r"|especially|necessarily|entirely|absolutely|altogether|seem|look|appear|considered|deemed|thought)){0,3}\s+$",
    re.IGNORECASE,
)
"""What denies the phrase that it stands before: *isn't*, *is no longer*, *not at all*, *no party is*. *Not only likely*
and *whether or not likely* are no denials, nor is *no, it is likely*."""
_unsurpassed = re.compile(rf"\b(?:never|been|nothing\s+{_is})\s+so\s+$", re.IGNORECASE)
"""How a denial ends that strengthens the phrase behind it: *a coup has never been so likely*."""
_not_even = re.compile(r"\beven\b", re.IGNORECASE)
_doubtful_not = r"(?!(?:(?<=\bor\s)|(?<=\bif\s))not\b)"
"""Where no phrase begins with *not*: in *whether or not likely*, *possible, if not likely*."""
_APOSTROPHES = "'’"
"""How a phrase begins that stands in the middle of a word: the *'ll* of *they'll*."""
_undenied = re.compile(r"(?:will|shall|['’]ll|would|may|might|could|can|only)\b", re.IGNORECASE)
"""How phrases begin that no *not* before them denies: a modal's stands behind it, and *not only* denies nothing."""
_plain = re.compile(r"will|shall|['’]ll", re.IGNORECASE)
_would = re.compile(r"would", re.IGNORECASE)
_not_after = re.compile(r"(?:\s+not|n['’]t)\b", re.IGNORECASE)
_inability = re.compile(r"(?:can(?:not|\s+not|['’]t)|could(?:\s+not|n['’]t))\b(?!\s+only\b)", re.IGNORECASE)
_not_only = r"(?!\s+(?:only\b|(?:just|merely|simply)\b[^.;:!?\n]*\bbut\b))"
_will_not = re.compile(r"(?:will|shall|['’]ll)\s+(?:not|never)|won['’]t", re.IGNORECASE)
_past = re.compile(r"\b(?:said|told|swore|wrote|thought|foretold|\w+ed)\b", re.IGNORECASE)
"""A verb of saying in the past, after which *will* is told as *would*."""
_REACH_BEFORE = 30
"""Characters before a clause in which a phrase may begin that bears on it."""
_SLIM_CHANCE = 0.25
"""The upper end of a chance so small that *not even* makes it no greater."""
_LONGEST_PHRASE = 200
"""Characters of a phrase in which a denial is looked for before each of its words."""


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`data/likelihood.yaml` as written: phrases by their interval, low-high in per cent, and intervals by what a
    denial makes of them."""

    icd203: dict[str, list[str]]
    survey: dict[str, list[str]]
    hedges: dict[str, list[str]]
    marked: dict[str, list[str]]
    denied: dict[str, list[str]]


@dataclass(frozen=True)
class _Yardstick:
    """The interval of every phrase, the phrases with a gap as patterns, one pattern that finds the longest, and
    for each interval what a denial makes of it."""

    intervals: dict[str, tuple[float, float]]
    gapped: tuple[tuple[re.Pattern[str], tuple[float, float]], ...]
    pattern: re.Pattern[str]
    turned: dict[tuple[float, float], tuple[float, float]]

    def interval(self, words: str) -> tuple[float, float] | None:
        """The interval of `words`, which are a phrase as a whole; null where they are none."""
        told = next((interval for pattern, interval in self.gapped if pattern.fullmatch(words)), None)
        return self.intervals.get(words, told)

    def denied(self, words: str) -> tuple[float, float] | None:
        """The interval of `words`, a phrase as a whole, behind a denial: *likely* in *isn't likely*."""
        told = self.interval(words)
        return self.intervals.get(f"not {words}", self.turned.get(told, told) if told else None)


def _bounds(written: str) -> tuple[float, float]:
    """An interval as written, low-high in per cent."""
    low, high = (int(bound) / 100 for bound in written.split("-"))
    return low, high


def _expression(phrase: str) -> str:
    """A phrase as a regular expression: its gap takes up to two words, and a *not* at its end is no *not only*."""
    written = re.escape(phrase).replace(r"\ …\ ", r"(?:\s+[\w’'-]+){0,2}\s+").replace(r"\ ", r"\s+")
    return written + _not_only if phrase.endswith(" not") else written


def _alternatives(phrases: Iterable[str]) -> str:
    """A regular expression for any of `phrases`, by first letter: faster to search than one phrase after another."""
    rests: dict[str, list[str]] = {}
    for phrase in phrases:
        rests.setdefault(phrase[0], []).append(_expression(phrase[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in rests.items())


@cache
def _yardstick() -> _Yardstick:
    table = shipped_table("data/likelihood.yaml", _Table)
    intervals: dict[str, tuple[float, float]] = {}
    for part in (table.marked, table.hedges, table.survey, table.icd203):
        for bounds, phrases in part.items():
            intervals.update(dict.fromkeys(phrases, _bounds(bounds)))
    marked = {phrase for phrases in table.marked.values() for phrase in phrases}
    searched = sorted(intervals.keys() - marked, key=lambda phrase: (-len(phrase), phrase))
    whole = _alternatives(phrase for phrase in searched if phrase[0] not in _APOSTROPHES)
    shortened = _alternatives(phrase for phrase in searched if phrase[0] in _APOSTROPHES)
    pattern = rf"(?<![\w’'-]){_doubtful_not}(?:{whole})(?![\w-])|(?<=\w)(?:{shortened})(?![\w-])"
    return _Yardstick(
        intervals,
        tuple((re.compile(_expression(phrase)), interval) for phrase, interval in intervals.items() if "…" in phrase),
        re.compile(pattern, re.IGNORECASE),
        {_bounds(one): _bounds(bounds) for bounds, ones in table.denied.items() for one in ones},
    )


@lru_cache(maxsize=2_000)
def interval_of(phrase: str) -> tuple[float, float] | None:
    """The interval of probabilities that the yardstick gives a phrase; null where it knows none of its words.

    A phrase around a known one (*is very likely to*) takes the longest known one in it, turned by a denial before it.
    """
    yardstick = _yardstick()
    folded = _folded(phrase)
    told = yardstick.interval(disbelieved(folded) or folded) or in_figures(folded)
    told = told or next((found for one in before_noun(folded) if (found := yardstick.interval(one))), None)
    if told:
        return told
    longest = max(yardstick.pattern.finditer(folded), key=lambda found: len(found.group(0)), default=None)
    if longest is None:
        return None
    if _denied_from(folded, 0, longest.start()) is not None:
        return yardstick.denied(longest.group(0))
    return yardstick.interval(longest.group(0))


def _folded(phrase: str) -> str:
    return re.sub(r"\s+", " ", phrase.casefold().strip())


def _denied_from(text: str, start: int, at: int) -> int | None:
    """Where a denial begins, after `start`, of the phrase that stands at `at`; null where nothing denies it.

    *Never so likely* and *nothing is so likely* deny nothing, and *not even a remote chance* is as low as a
    remote one.
    """
    found = None if _undenied.match(text, at) else _denial.search(text, start, at)
    if found is None or _unsurpassed.search(found.group(0)):
        return None
    if _not_even.search(found.group(0)):
        yardstick = _yardstick()
        phrase = yardstick.pattern.match(text, at)
        told = yardstick.interval(_folded(phrase.group(0))) if phrase else None
        if told and told[1] <= _SLIM_CHANCE:
            return None
    return found.start("subject" if found["subject"] else "word")


def denies_itself(phrase: str) -> bool:
    """Whether the interval of a phrase is what its own denial makes of the words behind it: *not unlikely*.

    *More likely than not* and *likely, though not certain* deny nothing of what they say.
    """
    yardstick, folded, told = _yardstick(), _folded(phrase)[:_LONGEST_PHRASE], interval_of(phrase)
    words = [found.start() for found in re.finditer(r"(?<=\s)\w", folded)]
    behind = [yardstick.pattern.match(folded, at) for at in words if _denied_from(folded, 0, at) is not None]
    return told is not None and any(one is not None and yardstick.denied(one.group(0)) == told for one in behind)


def rated(text: str, span: CharSpan, cue: CharSpan | None) -> tuple[CharSpan, tuple[float, float]] | None:
    """The phrase at `span` with its interval; null where the yardstick knows none of its words.

    A *would* that a source's `cue` in the past reports is its *will*, the *not* behind it included. What is hoped,
    feared or doubted with a plain *will* is as likely as that cue says.
    """
    said = text[cue[0] : cue[1]] if cue else ""
    would = _would.fullmatch(text, *span)
    behind = _not_after.match(text, span[1]) if would else None
    denied = behind or _will_not.fullmatch(text, *span)
    guess = guess_in(said) if would or denied or _plain.fullmatch(text, *span) else None
    told = interval_of(guess) if guess else None
    if told and denied:
        told = round(1 - told[1], 4), round(1 - told[0], 4)
    elif would and not told and _past.search(said):
        told = interval_of("will not" if denied else "will")
    if told:
        return (span[0], behind.end() if behind else span[1]), told
    span = _unable(text, span) or span
    told = interval_of(text[span[0] : span[1]])
    return (span, told) if told else None


def _unable(text: str, span: CharSpan) -> CharSpan | None:
    """The *cannot* or *could not* that a phrase is or begins, and no more; null for every other."""
    found = _inability.match(text, span[0])
    return found.span() if found and found.end() >= span[1] else None


def _is_grade(text: str, phrase: CharSpan, told: CharSpan) -> bool:
    """Whether a phrase is but the grade of what is graded, and tells as much: *slim* of *the chances are slim*."""
    return told[0] < phrase[0] and phrase[1] == told[1] and interval_of(text[phrase[0] : phrase[1]]) is not None


def find(text: str, clause: CharSpan, trigger: CharSpan, kind: Kind) -> CharSpan | None:
    """The likelihood phrase of a statement's clause: its figures, else the nearest before its trigger, else after.

    Only forecasts are searched; in other kinds these words mean permission, ability or obligation.
    """
    if kind is not Kind.FORECAST:
        return None
    if figures := in_brackets(text, clause):
        return figures
    if odds := ODDS.search(text, max(0, clause[0] - _REACH_BEFORE), clause[1]):
        return odds.span()
    for told in graded(text, max(0, clause[0] - _REACH_BEFORE), clause[1] + REACH_AFTER):
        if told[0] <= trigger[0] and trigger[1] <= told[1]:
            return told
    hits = [
        (m.start(), m.end())
        for m in _yardstick().pattern.finditer(text, *clause)
        if not _tells_none(text, m.span(), clause)
    ]
    before = [hit for hit in hits if hit[0] < trigger[1]]
    if not hits:
        return None
    return _refined(text, before[-1] if before else hits[0], clause)


def widest(text: str, span: CharSpan, clause: CharSpan, kind: Kind) -> CharSpan | None:
    """The longest known phrase that overlaps `span`, else `span` itself; null where it tells no odds, as in a report a
    *will*, which governs another act, and a *could not*, which says what nobody was able to.

    Figures that say it closer belong to it (*a good chance, perhaps 60-70%*).
    """
    if _tells_none(text, span, clause):
        return None
    if kind in (Kind.REPORT, Kind.JUDGEMENT) and (_plain.fullmatch(text, *span) or _unable(text, span)):
        return None
    if kind is Kind.FORECAST and (figures := in_brackets(text, clause)):
        return figures
    start = max(0, min(span[0], clause[0]) - _REACH_BEFORE)
    phrases = chain(
        (match.span() for match in ODDS.finditer(text, start, clause[1])),
        (one for one in graded(text, start, clause[1] + REACH_AFTER) if not _is_grade(text, span, one)),
        (match.span() for match in _yardstick().pattern.finditer(text, start, clause[1])),
    )
    for begins, ends in phrases:
        if begins < span[1] and span[0] < ends:
            return _refined(text, (min(span[0], begins), max(span[1], ends)), clause)
    return _refined(text, span, clause)


def is_of_number(text: str, phrase: CharSpan, clause: CharSpan) -> bool:
    """Whether a phrase hedges but a number: *an estimated 5,000 people*, beside which another may tell the odds."""
    return OF_NUMBER.match(text, phrase[0], clause[1]) is not None


def _tells_none(text: str, phrase: CharSpan, clause: CharSpan) -> bool:
    """Whether a phrase hedges but a number, is the month of May, a hope that is lost, or only asks."""
    return (
        is_of_number(text, phrase, clause)
        or is_month(text, phrase)
        or is_given_up(text, phrase)
        or is_asked(text, phrase)
    )


def _refined(text: str, span: CharSpan, clause: CharSpan) -> CharSpan:
    """`span` with what denies it and the figures beside it; where it is but a plain *will* or *would*, the words before
    it that disbelieve it."""
    if _plain.fullmatch(text, *span) or _would.fullmatch(text, *span):
        return disbelief_before(text, span[0]) or span
    start = disbelief_that_ends(text, span[1])
    if start is None:
        start = _denied_from(text, max(0, clause[0] - _REACH_BEFORE), span[0])
    figure = FIGURE_AFTER.match(text, span[1], clause[1])
    return span[0] if start is None else min(start, span[0]), figure.end() if figure else span[1]
