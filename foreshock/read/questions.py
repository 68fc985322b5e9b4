"""Whether a predicate is asked after: a question states nothing, whatever it may presuppose."""

import re

from foreshock.read.decode import CharSpan

_AUXILIARY = (
    r"(?:(?:did|does|do|is|are|was|were|will|would|can|could|should|has|have|had|might|may|must|shall)(?:n[’']t)?"
    r"|can[’']?t|won[’']t)"
)
_beginning = re.compile(
    r"(?:\[[^\]\n]{1,20}\]\s+|[^\w\s]+\s*)*"  # bullets, opening quotation marks, the minute in which it was said
    r"(?:(?:[A-Z]|[A-ZÀ-Þ][\w.’'-]*(?: [\w.’'-]+){0,3}):\s+|Q\.\s+)?"  # who asks
    r"[“\"‘']?(?:(?i:and|but|so|then)\s+)?"
    r"(?:(?:[A-ZÀ-Þ][\w.’'-]*\s?){1,4},\s+)?"  # who is asked
)
_asks = re.compile(
    rf"{_AUXILIARY}\b|(?:why|who|whom|whose|what|how|which)\b|(?:when|where)\s+{_AUXILIARY}\b", re.IGNORECASE
)
_closing = " \t\"“”’'»)]"
_subordinate = re.compile(
    r"\b(?:when|since|after|before|because|although|though|while|whereas|which|who|whom|whose|as|until|now that"
    r"|(?:the|these|those)\s+(?:[\w’'-]+\s+){1,3}that)\b[^,;?]*$",
    re.IGNORECASE,
)

_left_open = re.compile(
    r"(?:\b(?:not|no|never|nor|nobody|without|unclear|unknown|uncertain|unsure|(?:declin|refus)ed to)\b|n[’']t\b)"
    r"[^.;:!?]{0,80}\bwhether\s+[“\"‘']?$",
    re.IGNORECASE,
)


def is_left_open(text: str, sentence: CharSpan, clause: CharSpan) -> bool:
    """Whether the clause is what nobody says: *police did not say whether tourists were among those killed* neither
    tells that they were nor denies it."""
    return _left_open.search(text, sentence[0], clause[0]) is not None


def is_asked(text: str, sentence: CharSpan, trigger: CharSpan) -> bool:
    """Whether the predicate at `trigger` is what a question asks after: *Did soldiers kill 40 civilians in Bor?*

    What a subordinate clause takes for granted is told: *Why did they flee after rebels had taken the camp?*
    """
    start, end = sentence
    if not text[start:end].rstrip(_closing).endswith("?"):
        return False
    opening = _beginning.match(text, start, end)
    asks = _asks.match(text, opening.end() if opening else start, end)
    if asks is None or trigger[0] < asks.start():
        return False
    return _subordinate.search(text, asks.end(), trigger[0]) is None
