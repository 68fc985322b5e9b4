"""Who says what stands in the answers of an interview."""

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from foreshock.model.statement import Source, Statement
from foreshock.model.vocabulary import SourceKind
from foreshock.read import turns
from foreshock.read.attribution import PERSON_PRONOUNS, is_pronoun
from foreshock.read.decode import CharSpan
from foreshock.read.interviewed import introduced, is_interview, outlet_labels

_behind_rank = re.compile(
    r"(?: \([^)\n]{1,20}\))? "
    r"(?P<name>[A-ZÀ-Þ][\w’'-]+(?: (?:(?:al|el|bin|de|da|van|von|ould|ag) )?[A-ZÀ-Þ][\w’'-]+){1,3})"
)
"""The name behind a rank, what is said of the rank in brackets aside: *Colonel (ret.) Ada Writer*."""
_of_speaker = frozenset(("i", "me", "we", "us"))
"""Whoever answers, as a source in the answer: *I wrote last year that it would fall*."""


def attributed(text: str, flowing: str, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements, those of answers with who answers before whoever is quoted there.

    That is the label, for initials the full label; for *A:*, and where nothing labels the turns, it is the person above
    the first question to whom the network lays most other answers, else whom the words there introduce.
    `flowing` is the text with its full lines joined.
    """
    answers = [turn for turn in turns.answers(text, flowing) if outlet_labels().search(turn.label) is None]
    if not answers:
        return tuple(statements)
    interviewed = _interviewed(text, flowing, answers, statements)
    return tuple(_answered(text, statement, answers, interviewed) for statement in statements)


def _answered(text: str, told: Statement, answers: list[turns.Turn], interviewed: Source | None) -> Statement:
    """A statement with who answers as its outermost source; as it is outside of answers, and where nobody is named."""
    turn = next((turn for turn in answers if turn.start <= told.trigger.start < turn.end), None)
    speaker = _speaker(text, turn, interviewed) if turn else None
    if turn is None or speaker is None or (told.sources and not _quoted(told.sources[0], turn, speaker)):
        return told
    return msgspec.structs.replace(told, sources=(speaker, *told.sources))


def _quoted(source: Source, turn: turns.Turn, speaker: Source) -> bool:
    """Whether who answers quotes the source: it stands in the answer, and is not the speaker."""
    within = turn.start <= source.start < turn.end
    folded = source.text.casefold()
    told_of = not turn.label and source.start == turn.start and folded in PERSON_PRONOUNS  # *He laughs. “About 3,000…”*
    return within and not told_of and folded not in _of_speaker and not _same(source.text, speaker.text)


def _same(one: str, other: str) -> bool:
    """Whether the last word of one name is in the other: *Labbo*, *Sanusi Labbo*."""
    return one.split()[-1] in other.split() or other.split()[-1] in one.split()


def _speaker(text: str, turn: turns.Turn, interviewed: Source | None) -> Source | None:
    """Who gives an answer."""
    if turn.label in ("", "A"):
        return interviewed
    return _speaking(text, _full(text, turn), SourceKind.PERSON)


def _speaking(text: str, span: CharSpan, kind: SourceKind) -> Source:
    return Source(start=span[0], end=span[1], text=text[slice(*span)], source_kind=kind, name=None)


def _interviewed(text: str, flowing: str, answers: list[turns.Turn], statements: Sequence[Statement]) -> Source | None:
    """The person named above the first answer whom the network takes for the source of two answers or more; where it
    points at a rank alone, by the name behind it. Else who is introduced there; null where it is no interview."""
    if not is_interview(flowing, answers):
        return None
    named = Counter(
        statement.sources[0]
        for statement in statements
        if any(turn.start <= statement.trigger.start < turn.end for turn in answers)
        and statement.sources
        and statement.sources[0].source_kind is SourceKind.PERSON
        and (statement.sources[0].end < answers[0].named[0] or statement.sources[0].start == answers[0].named[0])
        and not (is_pronoun(statement.sources[0].text) or statement.sources[0].text.isupper())
    )
    source, times = max(named.items(), key=lambda one: one[1], default=(None, 0))
    if source is None or times < turns.TURNS:
        told = introduced(flowing, answers[0].named[0])
        return _speaking(text, *told) if told else None
    name = None if " " in source.text else _behind_rank.match(text, source.end)
    return source if name is None else _at(text, source, name.span("name"))


def _at(text: str, source: Source, span: CharSpan) -> Source:
    start, end = span
    return msgspec.structs.replace(source, start=start, end=end, text=text[start:end])


def _full(text: str, turn: turns.Turn) -> CharSpan:
    """Where who speaks is named: the turn's label, or for initials the first label that has them."""
    if len(turn.label) in (2, 3) and turn.label.isupper():
        for label in turns.LABEL.finditer(text):
            if label["name"] and "".join(word[0] for word in label["name"].split()) == turn.label:
                return label.span("name")
    return turn.named
