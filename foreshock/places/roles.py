"""The role a mention plays: the place itself, an actor that it stands for, or an adjective.

*Moscow said* and *against Chad* are actors, *in Moscow* and *near the Kremlin* places, *Russian troops* and
*the Moscow summit* adjectives. Peoples never are places.
"""

import re
from functools import lru_cache
from typing import Literal

from foreshock.places import lexicon, linear
from foreshock.places.recognise import Reading

Role = Literal["place", "actor", "adjective"]

SEATED = frozenset(("in", "of", "at"))
"""Between those who rule and the capital that they rule from."""
GOVERNMENT = 0.6
"""The least chance of being an actor at which a capital that neither speaks nor acts is taken for its government."""
APOSTROPHES = frozenset(("'", "’"))

SEAT_LOCATIVE = frozenset("at near outside inside behind around opposite in".split())


DATELINE = re.compile(
    r"(?:, [A-Z][\w. ]{1,30})? ?(?:\([^)]{2,30}\) ?)?[—–-]{1,2} |(?:, [A-Z]\w+)? \((?:Reuters|AP|AFP)\)"
)
DATELINE_WORDS = 4
"""A dateline opens the text: *KYIV, Ukraine (Reuters) — *."""


def _span(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """The first and last word that a span touches; the nearest word where it touches none."""
    touched = reading.inside(start, end)
    if touched:
        return touched[0], touched[-1]
    nearest = min(range(len(reading.words)), key=lambda at: abs(reading.starts[at] - start), default=0)
    return nearest, nearest


def evidence_at(reading: Reading, start: int, end: int) -> dict[str, float]:
    """What the words around a mention say of its role."""
    if not reading.words:
        return {}
    first, last = _span(reading, start, end)
    head = _list_head(reading, first)
    found = {
        "sentence_start": float(reading.begins(first)),
        "in_list": float(head < first),
        "list_at_start": float(head < first and reading.begins(head)),
        "several_words": float(last > first),
    }
    _before(reading, head, found)
    _after(reading, last, found)
    around = reading.keys[max(0, first - NEAR) : first] + reading.keys[last + 1 : last + 1 + NEAR]
    lists = _classes()
    for name in ("contest", "conflict", "land"):
        if not lists[name].isdisjoint(around):
            found[f"near_{name}"] = min(2, sum(word in lists[name] for word in around)) / 2
    return {name: value for name, value in found.items() if value}


def _evidence_after(reading: Reading, start: int, end: int) -> dict[str, float]:
    """The part of `evidence_at` that the words after a mention give."""
    found: dict[str, float] = {}
    if reading.words:
        _after(reading, _span(reading, start, end)[1], found)
    return {name: value for name, value in found.items() if value}


def _list_head(reading: Reading, first: int) -> int:
    """The first item of the list that a word is an item of: what stands before it governs every item."""
    at = first
    while at > 0 and not reading.begins(at):
        gap, before = reading.between(at), reading.words[at - 1]
        if before.key in {"the", "and", "or", "both"} and gap == " ":
            at -= 1
        elif before.capital and (gap == ", " or (gap == " " and at < first and reading.keys[at] in {"and", "or"})):
            at -= 1
            while at > 0 and reading.words[at - 1].capital and reading.between(at) == " " and not reading.begins(at):
                at -= 1
        else:
            break
    while at < first and reading.keys[at] in {"the", "and", "or", "both"}:
        at += 1
    return at


def _before(reading: Reading, first: int, found: dict[str, float]) -> None:
    """The word that governs a mention, and the classes of the words before that."""
    lists = _classes()
    at = first - 1
    while at >= 0 and not reading.begins(at + 1) and reading.keys[at] in {"the", "a", "an"}:
        at -= 1
    if at < 0 or reading.begins(at + 1):
        return
    nearest = reading.words[at]
    governing = nearest.key if nearest.key in LEADING else "verb" if nearest.key.endswith("ed") else ""
    if governing:
        found[f"before_{governing}"] = 1.0
    found["capital_before"] = float(nearest.capital and reading.between(first) == " ")
    found["number_before"] = float(nearest.key.isdigit())
    earlier = reading.keys[max(0, at - 3) : at] if nearest.key in LEADING else []
    slot = nearest.key if nearest.key in {"of", "to", "from", "for", "in"} else "earlier"
    for name, listed in lists.items():
        if nearest.key in listed:
            found[f"just_before_{name}"] = 1.0
        if not listed.isdisjoint(earlier):
            found[f"{slot}_{name}"] = 1.0


def _after(reading: Reading, last: int, found: dict[str, float]) -> None:
    """What follows a mention: a verb, a thing possessed, a noun that it qualifies, or a stop."""
    lists = _classes()
    if last + 1 >= len(reading.words):
        found["stop_after"] = 1.0
        return
    gap, following = reading.between(last + 1), reading.words[last + 1]
    if gap.startswith(("’s", "'s")):
        slot = "possessed"
        words = reading.keys[last + 1 : last + 4]
        found["possessive"] = 1.0
    elif gap == " ":
        slot = "follows"
        words = [word for word in reading.keys[last + 1 : last + 3] if word not in ADVERBS][:1]
        found["capital_after"] = float(following.capital)
        found["speech_after"] = float(following.key in lexicon.shipped().speech)
        found["organisation_after"] = float(following.key in lexicon.shipped().organisation_heads)
        found["head_after"] = float(following.key in lexicon.shipped().heads)
        found["verb_after"] = float(following.key.endswith("ed"))
        if following.key in FOLLOWING:
            found[f"after_{following.key}"] = 1.0
        if following.key in {"is", "was"} and last + 2 < len(reading.words):
            found["defined"] = float(reading.keys[last + 2] in DEFINING)
    else:
        found["stop_after"] = float(gap[:1] in {".", ";", ":"})
        found["comma_after"] = float(gap[:1] == ",")
        found["hyphen_after"] = float(gap[:1] in {"-", "–"})
        return
    for name, listed in lists.items():
        if not listed.isdisjoint(words):
            found[f"{slot}_{name}"] = 1.0


@lru_cache(maxsize=1)
def _classes() -> dict[str, frozenset[str]]:
    return lexicon.role_classes()


NEAR = 9
"""Words to each side in which the subject of the sentence shows."""

LEADING = frozenset(
    "in at near outside inside around across throughout from to toward towards into within through via between off "
    "of for against with by over on that and but while as than when if behind under including where like after".split()
)
FOLLOWING = frozenset("and or to in on for from at with by against as where that which who".split())
ADVERBS = frozenset("also already never again later then now still finally officially not formally".split())
DEFINING = frozenset("a an the one located situated known bordered home part currently divided".split())


def _set_off(reading: Reading, start: int, end: int) -> bool:
    """Whether a comma parts a mention from what stands before it, as in *in Belarus, the Kremlin employs* …, and it is
    no item of a list, after whose comma *and* or *or* comes."""
    first, last = _span(reading, start, end)
    at = first - 1 if first > 0 and reading.keys[first - 1] == "the" else first
    return at > 0 and reading.between(at) == ", " and not {"and", "or"} & set(reading.keys[last + 1 : last + 2])


def is_government(reading: Reading, model: linear.Linear, start: int, end: int) -> bool:
    """Whether the capital named at `[start, end)` stands for those who rule from it, by what the words around it say.

    More is asked than of the role alone: where little stands around a capital, as in a dateline or in *a Dakar banker*,
    it is rather the place.
    """
    lists, keys = lexicon.shipped(), reading.keys
    first, last = _span(reading, start, end)
    owns = last + 2 < len(keys) and keys[last + 1] == "s" and reading.between(last + 1) in APOSTROPHES
    following = keys[last + 2] if owns else keys[last + 1] if last + 1 < len(keys) else ""
    joined = owns or (bool(following) and reading.between(last + 1) == " ")
    if joined and following in (lists.rulers | lists.commanded if owns else lists.rulers):
        return True
    if first > 1 and keys[first - 1] in SEATED and keys[first - 2] in lists.rulers:
        return True
    evidence = evidence_at(reading, start, end)
    if "capital_after" in evidence or any(f"before_{word}" in evidence for word in SEAT_LOCATIVE):
        return False
    acts = joined and ("speech_after" in evidence or "follows_act" in evidence)
    if "sentence_start" in evidence and (owns or not joined):
        return False
    return model.probability(evidence) >= (model.threshold if acts else GOVERNMENT)


def role_at(
    reading: Reading, model: linear.Linear, start: int, end: int, *, people: bool, seat: bool, power: bool
) -> Role:
    """The role of the mention `[start, end)`.

    `people` says that it is a demonym, `seat` that it is a seat of power, `power` that it can stand for a
    government at all: a country, a capital, a first-level unit.
    """
    if not people and DATELINE.match(reading.text, end) and len(reading.inside(0, start)) < DATELINE_WORDS:
        return "place"
    if people or not (seat or power):
        evidence = _evidence_after(reading, start, end)
    else:
        evidence = evidence_at(reading, start, end)
    if people:
        plural = reading.text[start:end].endswith(("s", "ese")) and "capital_after" not in evidence
        return "actor" if plural and ("speech_after" in evidence or "follows_act" in evidence) else "adjective"
    if seat:
        governed = any(f"before_{word}" in evidence for word in SEAT_LOCATIVE)
        return "place" if governed and not _set_off(reading, start, end) else "actor"
    if "organisation_after" in evidence and ("capital_after" in evidence or "head_after" not in evidence):
        return "adjective"
    if not power:
        if "speech_after" not in evidence:
            return "place"
        evidence = evidence_at(reading, start, end)
    return "actor" if model.probability(evidence) >= model.threshold else "place"
