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
SHOULD_HAVE = 0.95
"""How sure it is that what *should have* been done is judged, at the least: the codebook rules so, and all that the
corpus has are."""
TIME_THAT = 0.95
"""How sure it is that what *it is time* somebody did is urged, at the least: this past tense tells of nothing past."""
SCENARIO = 0.9
"""How sure it is that what a line below its odds tells in the present is foretold, at the least."""
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
_should_have = re.compile(
    r"\b(?:should|ought\s+to)(?:n[’']t|\s+(?:not|never))?\s+(?:\w+ly\s+)?have\s+(?:\w+ly\s+)?(?:been\s+(?:\w+ly\s+)?)?$"
)
_participle = re.compile(
    r"(?!(?:need|seed|weed|feed|speed|bread|women|men|children|citizen|garden)s?\b)(?:\w{2,}ed|\w{2,}en|\w+wn|been|begun|bought"
    r"|brought|built|caught|come|cut|done|dealt|fled|fought|found|gone|heard|held|hit|hung|kept|laid|led|left|let|lost|made"
    r"|met|paid|put|read|run|said|sent|set|shot|shut|sold|sought|spent|stood|struck|swept|sworn|taught|thought|told|torn"
    r"|understood|withdrawn|won)\b"
)
"""How a predicate begins behind *have*: *should have sent*, not *should have peacekeepers*."""
_time_that = re.compile(
    r"\bit(?:[’']s|\s+is)\s+(?:(?:high|about|past|long|now|surely|also)\s+){0,3}time\s+(?:that\s+)?(?:[\w’'-]+\s+){1,6}$"
)
_by_then = re.compile(
    r"\b(?:by|before|until|within|when|once|next|coming|soon|tomorrow|from\s+(?:now|today))\b"
    r"|^\s*in\s+(?:[\w-]+\s+){1,3}(?:day|week|month|year)s?\b(?!\s+(?:of|to)\b)",
    re.IGNORECASE,
)
"""Words of a time ahead at which a thing may have been done: *in two years it may have lost power*."""


_scenario = re.compile(
    r"\W*(?:\d+[.)] )?(?:"
    r"(?:[Tt]he |[Oo]ur )?(?:(?:[Bb]est|[Ww]orst|[Bb]ase)[- ]case|[Ss]cenario)\b(?: [\w-]+){0,4}"
    r" ?(?P<case>\([^)\n]{1,30}\))?"
    r"|(?:[Tt]he )?(?P<odds>(?:(?:[Mm]ost|[Mm]ore|[Ll]ess|[Ll]east|[Vv]ery|[Hh]ighly|[Qq]uite) )?"
    r"(?i:likely|unlikely|probable|improbable|possible|plausible|remote)\b"
    r"(?: (?:scenario|case|outcome|course|path|future)s?)?(?: ?\([^)\n]{1,30}\))?)): "
)
"""How a line begins that says of what follows how likely it is: *Possible (30%):*, *Scenario 2 (worst case):*."""
_over = re.compile(r"\b(?:was|were|has|have|had|did)\b(?:\s+[\w’'-]+){0,3}\s+$")


def scenario(text: str, trigger: CharSpan) -> CharSpan | None:
    """What the label of a scenario says of how likely it is, which a predicate tells of in the present, and empty where
    it says nothing: *Most likely (60%)* before *: the junta clings on*. Null where a predicate tells of none."""
    line = text.rfind("\n", 0, trigger[0]) + 1
    label = _scenario.match(text, line, trigger[0])
    if label is None or _over.search(text, label.end(), trigger[0]):
        return None
    words = text[slice(*trigger)].lower()
    if _past.match(words) or _participle.match(words):
        return None
    return label.span("odds") if label["odds"] else label.span("case") if label["case"] else (label.end(), label.end())


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


def should_have_been(text: str, clause: CharSpan, trigger: CharSpan) -> bool:
    """Whether a predicate tells what ought to have been done: *should have sent teachers*, but not *by June they should
    have left*."""
    before = text[max(clause[0], trigger[0] - LONGEST_REACH) : trigger[0]].lower()
    done = _participle.match(text[slice(*trigger)].lower()) is not None
    return done and _should_have.search(before) is not None and _by_then.search(text[slice(*clause)]) is None


def is_time_for(text: str, trigger: CharSpan) -> bool:
    """Whether a predicate tells what it is time for: *it is high time Bogotá sent teachers*."""
    before = text[max(0, trigger[0] - LONGEST_REACH) : trigger[0]].lower()
    return _past.match(text[slice(*trigger)].lower()) is not None and _time_that.search(before) is not None


def settled(text: str, clause: CharSpan, trigger: CharSpan, kind: Kind, score: float) -> tuple[Kind, float]:
    """The kind of a statement, and its probability, from what the network says of it and what its clause says."""
    if kind in (Kind.REPORT, Kind.JUDGEMENT) and looks_ahead(text, clause, trigger):
        return Kind.FORECAST, WILL
    if kind in (Kind.REPORT, Kind.JUDGEMENT) and scenario(text, trigger) is not None:
        return Kind.FORECAST, SCENARIO
    if kind is Kind.FORECAST and may_be_over(text, clause, trigger):
        return Kind.JUDGEMENT, MAY_HAVE
    if kind in (Kind.REPORT, Kind.RECOMMENDATION) and should_have_been(text, clause, trigger):
        return Kind.JUDGEMENT, SHOULD_HAVE
    if kind in (Kind.REPORT, Kind.JUDGEMENT) and is_time_for(text, trigger):
        return Kind.RECOMMENDATION, TIME_THAT
    return kind, score
