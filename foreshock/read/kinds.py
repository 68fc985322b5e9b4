"""What a statement's grammar says of its kind, where that is surer than the network."""

import re

from foreshock.model.vocabulary import Kind
from foreshock.read.decode import CharSpan

WILL = 0.98
"""How often a predicate that *will* governs is a forecast or a commitment, at the least: 1,787 of 1,800 in the training
split. By whom it is said decides between the two, and that is left to the network."""
MAY_HAVE = 0.9
"""How sure it is that a predicate behind *may have* is no forecast, at the least: none of five in the corpus's training
and development splits is. Where it is taken for one it tells of a cause (*may have helped*), which is judged."""
LONGEST_REACH = 60
"""Characters before the trigger in which its auxiliary and its adverbs stand."""

_will = re.compile(
    r"(?:will(?<!\wwill)(?<!\bthe will)(?<!\bgood will)(?<!\bfree will)(?<!\bown will)(?<!\bpolitical will)"
    r"(?<!\bpopular will)|won(?<!\wwon)[’']t|[’']ll)"
    r"(?P<between>(?:\s+[\w’'-]+){0,5}\s+)$"
)
"""The auxiliary, not the noun, in lower case."""
_own = re.compile(r"(?:\s+(?:not|never|also|ever|soon|then|thus|already|still|even|just|\w+ly))*(?:\s+have\b)?")
"""The adverbs right behind *will*, and the *have* that is its own: *will soon have handed over*."""
_another_verb = re.compile(r"\b(?:was|were|is|are|has|had|does|did|have(?!\s+to))\b")
_past = re.compile(
    r"(?!(?:need|feed|breed|bleed|speed|heed|proceed|exceed|succeed|shed|shred|embed)\b)(?:\w{2,}ed|began|blew|bought|broke"
    r"|brought|came|caught|chose|drove|fell|flew|fought|found|gave|grew|held|kept|knew|left|lost|made|met|ran|rose|said"
    r"|sank|sat|saw|sent|shot|sold|sought|spoke|stole|stood|struck|swore|taught|threw|told|took|tore|was|went|were|won"
    r"|wrote)\b"
)
"""How a predicate begins that is told as past, or is a participle."""
_has_participle = re.compile(r"\b(?:be|been|being|have|get|become|remain|stay|go|see|find|leave|keep|make|let)\b")
"""Between *will* and a participle: *will be held*, *will stay suspended*, *will have the matter looked into*."""
_may_have = re.compile(r"\b(?:may|might)(?:\s+(?:well|also|even|already|not|\w+ly))*\s+have(?:\s+(?:been|\w+ly))*\s+$")
_by_then = re.compile(
    r"\b(?:by|before|until|within|when|once|next|coming|soon|tomorrow|from\s+(?:now|today))\b"
    r"|^\s*in\s+(?:[\w-]+\s+){1,3}(?:day|week|month|year)s?\b(?!\s+(?:of|to)\b)",
    re.IGNORECASE,
)
"""Words of a time ahead at which a thing may have been done: *in two years it may have lost power*."""


def looks_ahead(text: str, clause: CharSpan, trigger: CharSpan) -> bool:
    """Whether *will* governs the predicate: it stands before it in its clause, with few words between them.

    It doesn't where another verb stands between them (*who will face Ruto was arrested*) or the predicate is in the
    past (*the men who will decide met in Tripoli*), as after *will* a verb is bare.
    """
    found = _will.search(text[max(clause[0], trigger[0] - LONGEST_REACH) : trigger[0]].lower())
    if found is None:
        return False
    between = found["between"]
    if _another_verb.search(_own.sub("", between, count=1)):
        return False
    past = not between.isspace() and _past.match(text[trigger[0] : trigger[1]].lower())
    return not past or _has_participle.search(between) is not None


def may_be_over(text: str, clause: CharSpan, trigger: CharSpan) -> bool:
    """Whether a predicate is over, if it came about: *may have helped*, but not *may have to leave*, and not *by June
    they may have taken Goma*."""
    before = text[max(clause[0], trigger[0] - LONGEST_REACH) : trigger[0]].lower()
    return _may_have.search(before) is not None and _by_then.search(text[slice(*clause)]) is None


def settled(text: str, clause: CharSpan, trigger: CharSpan, kind: Kind, score: float) -> tuple[Kind, float]:
    """The kind of a statement, and its probability, from what the network says of it and what its clause says."""
    if kind in (Kind.REPORT, Kind.JUDGEMENT) and looks_ahead(text, clause, trigger):
        return Kind.FORECAST, WILL
    if kind is Kind.FORECAST and may_be_over(text, clause, trigger):
        return Kind.JUDGEMENT, MAY_HAVE
    return kind, score
