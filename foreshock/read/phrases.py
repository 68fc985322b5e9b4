"""What the grammar of a phrase says of the spans that the network points at."""

import re
from collections.abc import Iterable

from foreshock.model.vocabulary import SourceKind
from foreshock.read.decode import CharSpan
from foreshock.read.segment import WRAPPED

_border = re.compile(r"\s+(?:bordering|that borders?|which borders?)(?:\s+on)?(?:\s+the)?(?:\s+[A-ZÀ-Þ][\w’'-]*)+")
_WORD = r"(?:[a-z]{2}-)?[A-ZÀ-Þ][\w’'-]*"
_NAME = rf"{_WORD}(?:\s+(?:(?:al|el|de|da|do|du|la|las|los)\s+){{0,2}}{_WORD})*"
"""A name with the small words of some: *Maarat al-Numan*, *Santa Cruz de la Sierra*."""
_TITLE = (
    r"(?:President|General|Colonel|Major|Captain|Commander|Minister|Governor|Mayor|Senator|Chief|Sheikh|Sultan|Emir"
    r"|King|Prince|Queen|Imam|Mufti|Mullah|Bishop|Archbishop|Father|Pastor|Mr|Mrs|Ms|Dr)\b"
)
"""What makes of the first example a person: *They met in the villages, including Chief Musa*."""
_examples = re.compile(
    rf",?\s+(?:such as|including|namely)(?:\s+the)?\s+(?!{_TITLE}){_NAME}(?:,\s+{_NAME})*"
    rf"(?:,?\s+(?:and|or)(?:\s+the)?\s+{_NAME})?"
)
_several = re.compile(r"\b(?:[a-z]+s|bordering)\b")
_compass = re.compile(r"\b(?:North|South|East|West) $")
_hyphened_before = re.compile(r"(?:\b(?:\d[\d.,]*)?\w+-)+$")
_hyphened_after = re.compile(r"(?:-\w+)+")
_for_or_against = re.compile(r"\b(?:anti|pro)-(?!balaka\b)", re.IGNORECASE)
_done_by = re.compile(
    r"-(?:backed|led|owned|run|held|controlled|related|linked|aligned|allied|affiliated|sponsored|funded)"
)
_rest_of_name = re.compile(r"(?!s\b)\w+")
"""What follows the apostrophe of *Sana'a*, not that of *Odo's*."""
_between_two = re.compile(
    r"\w+(?:-\w+)+(?:\s+\w+)?\s+(?:talks?|summits?|borders?|frontiers?|wars?|conflicts?|clash(?:es)?|fighting|tensions?"
    r"|treat(?:y|ies)|deals?|accords?|agreements?|pacts?|truce|ceasefire|relations|ties|trade|rivalry|alliance|patrols?"
    r"|dialogue|negotiations?|reconciliation|normali[sz]ation|rapprochement|dispute|standoff|crisis|rift|feud|violence"
    r"|hostilities|confrontations?|skirmish(?:es)?|contacts?|meetings?|cooperation|exchanges?|swaps?)\b"
)
"""A hyphen that joins two for what is between them: *Russia-Ukraine talks*, *US-China trade talks*."""
_LONGEST_BEGINNING = 40
"""Characters before a span in which its name begins."""
_line_break = re.compile(r"\s*\n\s*")
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\b"
)
_DAYS = rf"\d{{1,2}}(?:(?:\s+{_MONTH})?[-–]\d{{1,2}})?"
_date = re.compile(rf"{_DAYS}\s+{_MONTH}")
_date_behind = re.compile(rf"(?<!\b(?:of|on|by))(?<!\bthe)(?<!\bfrom)(?<!\bsince)\s+{_DAYS}\s+{_MONTH}")
_LONGEST_MONTH = 12
"""Characters behind a span within which the month of a day stands that ends it."""
_dash = re.compile(r"\s+[-–—]{1,2}\s+")
_stamp = re.compile(
    r"(?:RT\s+|\[?\d{1,2}:\d\d(?::\d\d)?\]?(?:\s+[A-Z]{2,4}\b)?\s*[-–—|:]?\s*"
    r"|An?\s+(?:interview|conversation)\s+with\s+)+"
)
"""What stands before who speaks in a live blog, a retweet and over an interview."""
_letter = re.compile(r"(?:[AQ]|[a-z]|RT)\b\W*|\W*")
"""A label of a turn or an item, which names nobody."""
_article = re.compile(r"(?:the|an?)\b")
_given_to = re.compile(r"(?:me|you|him|it|us|them)", re.IGNORECASE)
"""To whom is given what stands behind: *lend us fifty-eight town halls*; *her* and *their* belong to it."""
_pronoun = re.compile(r"he|she|they|we|you|me|him|her|it|us|them|this|that|these|those|i", re.IGNORECASE)
_subject = re.compile(r"he|she|they|we|you|it|i|who|which|nobody", re.IGNORECASE)
_LINKING = "of|in|within|inside|among|at|near|behind|between"
_NOT_BETWEEN = (
    r"(?:and|or|by|to|that|which|who|whose|for|with|on|said|says|is|are|was|were|has|have|had|will|would|could|may|should"
    r"|\w+ing)\b"
)
_WORDS_BETWEEN = rf" (?:(?!{_NOT_BETWEEN})[\w’'-]+ ){{0,3}}"
RECIPIENT_LINKS = re.compile(rf" (?:{_LINKING}){_WORDS_BETWEEN}")
ACTOR_LINKS = re.compile(rf" (?:{_LINKING}|from){_WORDS_BETWEEN}")
"""What stands between two parts of one phrase. What something is taken *from* is no part of it."""
_auxiliary = re.compile(r"\b(?:is|are|was|were|has|have|had|will)\b")


def with_border(text: str, place: CharSpan) -> CharSpan:
    """A place with the frontier and the examples that say which it is: *Chadian districts* before *bordering Sudan*,
    *provinces* before *such as Belgorod and Kursk*.

    The training corpus takes both into the place always (7 of 7, 6 of 6); the network, with so few, sometimes does not.
    """
    start, end = place
    if found := _border.match(text, end):
        end = found.end()
    found = _examples.match(text, end) if _several.search(text, start, end) else None
    if found and not found[0].endswith(("'s", "’s")):  # *including El Fasher's main one* names no place
        end = found.end()
    return start, end


def may_be_source(words: str, kind: SourceKind) -> bool:
    """Whether these words can name who says something: a clause of its own cannot, but for *it is said*.

    Of 6,071 sources in the training corpus 36 hold a finite auxiliary, and 35 of those are hearsay. Nor can
    the *A:* of an answer.
    """
    return kind is SourceKind.HEARSAY or (_auxiliary.search(words) is None and _letter.fullmatch(words) is None)


def of_paragraph(text: str, span: CharSpan, trigger: CharSpan) -> CharSpan:
    """A phrase without what stands beyond a blank line or a short one, as a heading does: the part by the trigger.

    Of the 67,545 sources and participants in the corpus none goes on in the next line, but where that was only full.
    """
    breaks = [one for one in _line_break.finditer(text, *span) if not _was_full(text, one)]
    if not breaks:
        return span
    return (breaks[-1].end(), span[1]) if trigger[0] >= breaks[-1].end() else (span[0], breaks[0].start())


def _was_full(text: str, line_break: re.Match[str]) -> bool:
    """Whether the line before may only have been full: it is long, and the next goes on with a word."""
    length = line_break.start() - (text.rfind("\n", 0, line_break.start()) + 1)
    follows = text[line_break.end() : line_break.end() + 1]
    return length >= WRAPPED.start and line_break.group().count("\n") == 1 and follows.isalpha()


def without_date(text: str, span: CharSpan) -> CharSpan | None:
    """A phrase without the date that follows it: *Georgian Dream 28* of *Georgian Dream 28 May adopted*.

    Null for what is nothing but a date. One that tells which is meant stays: *the agreement of 29 February*, *the 4 May
    Movement*.
    """
    start, end = span
    within = min(len(text), end + _LONGEST_MONTH)
    alone = _date.match(text, start)
    if alone and alone.end() >= end:
        return None
    behind = next((date for date in _date_behind.finditer(text, start, within) if date.end() >= end), None)
    return (start, behind.start()) if behind and start < behind.start() < end else span


def without_dateline(text: str, span: CharSpan) -> CharSpan:
    """A phrase that begins a line without its place of writing: *EU ministers* of *LUXEMBOURG - EU ministers*.

    A dash elsewhere joins: *the road Osh — Isfana*.
    """
    dash = _dash.search(text, *span) if _opens_line(text, span[0]) else None
    return (dash.end(), span[1]) if dash else span


def is_dateline(text: str, span: CharSpan) -> bool:
    """Whether a phrase is but the place of writing, in capitals, that begins a line: *LUXEMBOURG* before a dash."""
    return text[slice(*span)].isupper() and _opens_line(text, span[0]) and _dash.match(text, span[1]) is not None


def _opens_line(text: str, at: int) -> bool:
    return not text[text.rfind("\n", 0, at) + 1 : at].strip()


def without_stamp(text: str, source: CharSpan) -> CharSpan:
    """A source without what only stands before who speaks: *18:02 EAT -*, *RT*, *An interview with*."""
    start, end = source
    found = _stamp.match(text, start, end)
    return (found.end(), end) if found and found.end() < end else source


def whole_name(text: str, span: CharSpan) -> CharSpan:
    """A participant with the rest of the word or name in which it begins or ends: *au-Prince* of *Port-au-Prince*,
    *Sudan* of *South Sudan*; without the apostrophe of an *'s*.

    Of 53,293 participants in the corpus one begins or ends at a hyphen within a word. Whose work something is
    (*Kenyan-led*, *government-backed*) and whom it is for or against (*anti-government*) may be told by him alone.
    """
    start, end = span
    if text[end - 1] in "'’":
        rest = _rest_of_name.match(text, end)
        end = rest.end() if rest else max(end - 1, start + 1)
    before = None
    if text[start - 1 : start] == "-":
        before = _hyphened_before.search(text, max(0, start - _LONGEST_BEGINNING), start)
    elif text[start].isupper():
        before = _compass.search(text, max(0, start - _LONGEST_BEGINNING), start)
    if before and _for_or_against.match(text, before.start()):
        before = None
    after = _hyphened_after.match(text, end)
    if before and not _joins_two(text, before.start()):
        start = before.start()
    made_by = after and ((text[start].isupper() and after.group(0)[1:].islower()) or _done_by.fullmatch(after.group(0)))
    return start, after.end() if after and not made_by and not _joins_two(text, start) else end


def joined(text: str, spans: Iterable[CharSpan]) -> list[CharSpan]:
    """The participants of one role, in text order, with those that share letters or stand but a space apart made one:
    *fishermen from Kokkilai* and *Kokkilai andNayaru*, *Los* and *Ardillos*; so are *Turkey* and its *-backed rebels*.

    The network marks pieces of words, and a word of which it leaves out the first was widened to the whole. Of 70 pairs
    a space apart that it makes of the corpus none are two participants there; before an article another one begins, and
    behind *us* or *them*.
    """
    found: list[CharSpan] = []
    for start, end in sorted(set(spans)):
        begun, before = found[-1] if found else (-1, -1)
        between = text[before:start] if found else ""
        apart = between != "-" or text[start].isupper()
        if between == " ":
            apart = (_article.match(text, start) or _given_to.fullmatch(text, begun, before)) is not None
        if start < before or not apart:
            found[-1] = (found[-1][0], max(before, end))
        else:
            found.append((start, end))
    return found


def of_one_phrase(text: str, spans: list[CharSpan], trigger: CharSpan, links: re.Pattern[str]) -> list[CharSpan]:
    """The participants of one role, in text order, with those made one that only say which is meant by the one before:
    *the opposition* and *Banja Luka* of *the opposition in Banja Luka*, *MT* and *rice* of *80 MT of rice*.

    `links` is what may stand between them, `ACTOR_LINKS` or `RECIPIENT_LINKS`. The network marks both: of 465 such
    pairs that it makes of the corpus both are annotated in three, the first alone in 309, the second in 108.
    """
    found: list[CharSpan] = []
    for span in spans:
        head = found[-1] if found else None
        if (
            head is None
            or head[1] <= trigger[0] < span[0]
            or _pronoun.fullmatch(text, *head)
            or _subject.fullmatch(text, *span)
            or not links.fullmatch(text, head[1], span[0])
        ):
            found.append(span)
        else:
            found[-1] = (head[0], span[1])
    return found


def _joins_two(text: str, start: int) -> bool:
    """Whether the hyphenated name at `start` is that of two, who are told apart."""
    return text[start].isupper() and _between_two.match(text, start) is not None
