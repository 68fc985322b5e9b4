"""What stands between one pair of quotation marks is said by one."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

import msgspec

from foreshock.model.statement import Source, Statement
from foreshock.read.attribution import is_pronoun
from foreshock.read.decode import CharSpan

_paragraph = re.compile(r"[^\n]+")
_opens = re.compile(r"[“«„]|(?<!\w)\"(?=\w)")
_closes = re.compile(r"[”»]|\"")


def attributed(flowing: str, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements, those between quotation marks with who says the rest of it, where nobody beside the marks was
    found for them: *“Stay home. The clan will not be divided,” he said.*

    Whom such a statement names within the marks is quoted there, and stands behind who speaks. Nothing is changed where
    two speak between the marks. `flowing` is the text with its full lines joined.
    """
    told = sorted(statements, key=lambda one: one.trigger.start)
    triggers = [one.trigger.start for one in told]
    for quotation in _quotations(flowing):
        within = range(*(bisect_left(triggers, at) for at in quotation))
        outermost = {one for at in within for one in told[at].sources[:1]}
        speaker = _one({one for one in outermost if _is_beside(flowing, one, quotation)}, quotation)
        if speaker is None:
            continue
        for at in within:
            told[at] = _said_by(told[at], speaker, quotation, flowing)
    return tuple(told)


def _said_by(statement: Statement, speaker: Source, quotation: CharSpan, flowing: str) -> Statement:
    """A statement between the marks with its speaker, unless it has him, by the same name or another."""
    sources = statement.sources
    if sources and (_is_beside(flowing, sources[0], quotation) or _share_a_name(sources[0].text, speaker.text)):
        return statement
    quoted = sources if not sources or _is_within(sources[0], quotation) else sources[1:]
    return msgspec.structs.replace(statement, sources=(speaker, *quoted))


def _share_a_name(one: str, other: str) -> bool:
    """Whether the last word of one is in the other: *Mr Phiri*, *Joseph Phiri*."""
    return one.split()[-1] in other.split() or other.split()[-1] in one.split()


def _one(speakers: set[Source], quotation: CharSpan) -> Source | None:
    """The one who speaks, named as near to the quotation as he is; null where nobody does, or two."""
    if sum(not is_pronoun(speaker.text) for speaker in speakers) > 1:
        return None
    return min(speakers, key=lambda speaker: abs(speaker.start - quotation[0]), default=None)


def _is_within(source: Source, quotation: CharSpan) -> bool:
    return quotation[0] <= source.start < quotation[1]


def _is_beside(flowing: str, source: Source, quotation: CharSpan) -> bool:
    """Whether a source stands in the paragraph of the quotation, and not between its marks."""
    between = flowing[source.end : quotation[0]] + flowing[quotation[1] : source.start]
    return not _is_within(source, quotation) and "\n" not in between


def _quotations(text: str) -> Iterator[CharSpan]:
    """What stands between marks, with what goes on in the next paragraph: it opens with a mark, and none has closed."""
    open_since: int | None = None
    for paragraph in _paragraph.finditer(text):
        at, end = paragraph.span()
        opened = _opens.match(text, at)
        if opened is None and open_since is not None:
            open_since = None
        at = opened.end() if opened and open_since is not None else at
        while True:
            if open_since is None:
                found = _opens.search(text, at, end)
                if found is None:
                    break
                open_since = at = found.end()
            closing = _closes.search(text, at, end)
            if closing is None:
                break
            yield open_since, closing.start()
            open_since, at = None, closing.end()
