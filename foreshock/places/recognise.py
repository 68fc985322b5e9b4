"""Finds mentions of places in a text: n-grams of the index's names, weighed by what stands around them."""

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter

import msgspec

from foreshock.places import lexicon, linear
from foreshock.places.gazetteer import Candidate, Entry, Gazetteer, PlaceKind
from foreshock.places.names import WORD, goes_on, joined, key, word

LONGEST = 7
"""Words of the longest name looked for: *Democratic Republic of the Congo* has five."""

JOINERS = frozenset("of the and de la le du au aux des del da do dos das al el ez es e i und upon sur".split())
HYPHENS = frozenset("-‑")
"""What joins two words into one name."""
SENTENCE_END = re.compile(r"[.!?:;\n“\"](?:(?<=[\n“\"])|['”’\")\]]*\s)")
"""Where a sentence, a line or a quotation may begin. All ways begin with one set of characters: so it is fast."""
OWN = frozenset({PlaceKind.REGION, PlaceKind.WATER, PlaceKind.SITE})
"""The kinds of place that only the project's own lists hold."""
TOWNS = frozenset({PlaceKind.SETTLEMENT, PlaceKind.ADMIN2})
SET_OFF = re.compile(r"[.!?]['”’\")]* | \(")
"""What stands before an acronym that begins a sentence amid its line, or is told in brackets behind the whole name."""
LONGEST_ACRONYM = 5
"""Letters of a word in capitals that may be an acronym."""
CREDIT = re.compile(r"^(?P<where>[^\n()]{2,60}?) ?\((?P<outlet>[^\n()]{2,60})\) ?[-–—]{1,2} ", re.MULTILINE)
"""A dateline with the outlet that its text is by: *DHAKA, 6 June (Delta Wire) — *."""
LOUD = 0.6
"""A line with at least this share of capital letters tells nothing by its capitals."""


class Found(msgspec.Struct, frozen=True):
    """A possible mention: words `[first, last]` of the text, its key and bearers, and what speaks for a place.

    `demonym` is set where the words name a people, and then there are no candidates.
    """

    start: int
    end: int
    text: str
    first: int
    last: int
    key: str
    candidates: tuple[Candidate, ...]
    demonym: Entry | None
    evidence: dict[str, float]


class Reading:
    """A text cut into words, with what its recognition needs: loud lines, sentence starts, repeated names.

    `words`, `keys`, `starts` and `ends` go by word; `capitals` are the positions of words that may begin a name.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        matches = list(WORD.finditer(text))
        self.words = [word(match[0]) for match in matches]
        self.starts = [match.start() for match in matches]
        self.ends = [match.end() for match in matches]
        self.keys = [one.key for one in self.words]
        self.capitals = [at for at, one in enumerate(self.words) if one.capital]
        self.counts = Counter(self.keys)
        self._loud = _loud_lines(text)
        self._begins: dict[int, bool] = {}
        self._persons: set[str] | None = None

    def inside(self, start: int, end: int) -> range:
        """The positions of the words that `[start, end)` touches."""
        first = bisect_right(self.ends, start)
        last = bisect_left(self.starts, end, lo=first)
        return range(first, last)

    def between(self, first: int) -> str:
        """What stands between this word and the one before; a line's start before the first."""
        if first == 0:
            return "\n"
        return self.text[self.ends[first - 1] : self.starts[first]]

    def begins(self, first: int) -> bool:
        """Whether a word begins a sentence, a line or a quotation."""
        found = self._begins.get(first)
        if found is None:
            gap = self.between(first)
            found = self._begins[first] = gap != " " and SENTENCE_END.search(gap) is not None
        return found

    def loud(self, at: int) -> bool:
        """Whether a word stands in a line of capitals."""
        return any(start <= self.starts[at] < end for start, end in self._loud)

    def persons(self) -> set[str]:
        """Keys of words that follow a title or a given name somewhere in the text."""
        if self._persons is None:
            lists = lexicon.shipped()
            lead = lists.titles | lists.given_names
            self._persons = {
                self.keys[at]
                for at in self.capitals
                if at > 0
                and self.words[at - 1].capital
                and self.keys[at - 1] in lead
                and self.starts[at] - self.ends[at - 1] <= 2
            }
        return self._persons


def _loud_lines(text: str) -> list[tuple[int, int]]:
    found, start = [], 0
    for line in text.splitlines(keepends=True):
        upper = sum(map(str.isupper, line))
        if upper > 8 and upper >= LOUD * sum(map(str.isalpha, line)):
            found.append((start, start + len(line)))
        start += len(line)
    return found


def possible(reading: Reading, gazetteer: Gazetteer) -> list[Found]:
    """Every capitalised stretch that the index holds, longest first, with the evidence for each being a place."""
    found: list[Found] = []
    after = 0
    for position in reading.capitals:
        if position < after:
            continue
        last = longest(reading, gazetteer, position, len(reading.words) - 1)
        if last is not None:
            found.append(_weigh(reading, gazetteer, position, *last))
            after = last[0] + 1
    return found


def recognise(reading: Reading, gazetteer: Gazetteer, model: linear.Linear) -> list[Found]:
    """The mentions of places in a text, peoples and adjectives included, in order."""
    found = [
        mention
        for mention in possible(reading, gazetteer)
        if not _is_piece(reading, gazetteer, mention)
        and not _is_acronym(reading, mention)
        and not is_of_language(reading, mention)
    ]
    credited = _credited(reading, found)
    return [
        mention
        for mention in found
        if mention.start not in credited
        and not christens(reading, mention.first)
        and (
            mention.demonym is not None
            or any(candidate.entry.seat for candidate in mention.candidates)
            or model.probability(mention.evidence) >= model.threshold
        )
    ]


def christens(reading: Reading, first: int) -> bool:
    """Whether a word is the name of a storm or an operation, which is no place: *Daniel* of *Storm Daniel*."""
    if first == 0 or reading.between(first) != " " or reading.loud(first) or not reading.words[first].capital:
        return False
    return reading.words[first - 1].capital and reading.keys[first - 1] in lexicon.shipped().christened


def _credited(reading: Reading, found: list[Found]) -> set[int]:
    """Where names begin that are an outlet's in a dateline, and no place: *(Delta Wire)*, not *(Delta State)*.

    An outlet has a capitalised word that belongs to no name of a place and is no common noun for one. One named after
    the town that it writes from, the unit or the country around it, or what else the text names, tells where the text
    speaks: *BATKEN (Batken Post)*.
    """
    heads = lexicon.shipped().heads
    credited: set[int] = set()
    for match in CREDIT.finditer(reading.text):
        if not match["where"].split(",")[0].isupper():
            continue
        start, end = match.span("outlet")
        inside = [one for one in found if start <= one.start < end]
        named = {at for one in inside for at in range(one.first, one.last + 1)}
        others = (at for at in reading.inside(start, end) if at not in named)
        if any(reading.words[at].capital and reading.keys[at] not in heads for at in others):
            here = [one for one in found if match.start("where") <= one.start < match.end("where")]
            named_too = {one.key for one in found if not start <= one.start < end}
            credited |= {one.start for one in inside if one.key not in named_too and not _is_around(one, here)}
    return credited


def _is_around(name: Found, here: list[Found]) -> bool:
    """Whether a name is that of a country or a first-level unit in which one of those `here` may lie."""
    lie = {(one.entry.country, one.entry.admin1) for place in here for one in place.candidates}
    countries = {country for country, _ in lie}
    return any(
        one.entry.country in countries
        if one.entry.kind is PlaceKind.COUNTRY
        else one.entry.kind is PlaceKind.ADMIN1 and (one.entry.country, one.entry.admin1) in lie
        for one in name.candidates
    )


def _is_piece(reading: Reading, gazetteer: Gazetteer, mention: Found) -> bool:
    """Whether a single word is the beginning of a hyphenated name that the index does not hold: *Mont* of
    *Mont-Ngafula*, *Al* of *Al-Sadiq*.

    Two names that are each a place's or a people's may be joined so: *Goma-Bukavu*, *Darfur-Kordofan*; a country is
    joined to anything (*Iran-Contra*).
    """
    after = mention.last + 1
    if mention.demonym is not None or after >= len(reading.words):
        return False
    if is_cut(reading, mention):
        return True
    if mention.first != mention.last:
        return False
    if reading.between(after) not in HYPHENS or not reading.words[after].capital:
        return False
    if mention.key in JOINERS:
        return True
    then = reading.keys[after]
    known = gazetteer.candidates(then) or gazetteer.demonym(then) is not None
    return not known and not any(one.entry.kind is PlaceKind.COUNTRY for one in mention.candidates)


def _is_acronym(reading: Reading, mention: Found) -> bool:
    """Whether a word in capitals amid a sentence without them is some body's acronym and no town: *the OAS*.

    What stands behind a preposition may be a place after all (*our correspondent in ADEN*).
    """
    at = mention.first
    if at == 0 or at != mention.last or not mention.text.isupper() or not 2 <= len(mention.text) <= LONGEST_ACRONYM:
        return False
    before, gap = reading.words[at - 1].text, reading.between(at)
    if reading.loud(at) or not before.isalpha() or before.isupper() or not (gap == " " or SET_OFF.fullmatch(gap)):
        return False
    towns = all(one.entry.kind in TOWNS and not one.entry.capital for one in mention.candidates)
    return towns and mention.demonym is None and reading.keys[at - 1] not in lexicon.shipped().locative


def is_of_language(reading: Reading, mention: Found) -> bool:
    """Whether a people is named for what it speaks: *the English edition*, *Russian-speaking regions*."""
    after = mention.last + 1
    if mention.demonym is None or after >= len(reading.words):
        return False
    joined = reading.between(after) == " " or reading.between(after) in HYPHENS
    return joined and reading.keys[after] in lexicon.shipped().tongues


def is_cut(reading: Reading, mention: Found) -> bool:
    """Whether a name goes on behind a small word, and the index does not hold the whole: *Mato Grosso* of *Mato Grosso
    do Sul*, *Ain* of *Ain el-Remmaneh*, *Dasht* of *Dasht-e Barchi*.

    What an Arabic or Persian name goes on with may begin another (*in Mosul al-Qaeda …*), unless its first word is one
    with which such names begin.
    """
    small, then = mention.last + 1, mention.last + 2
    if then >= len(reading.words) or reading.words[small].text[0].isupper() or not reading.words[then].capital:
        return False
    lists, gap, behind = lexicon.shipped(), reading.between(small), reading.between(then)
    word = reading.keys[small]
    if word in lists.joints and gap == behind == " ":
        whole = f"{mention.key} {word} {reading.keys[then]}"
        return not any(key(one.entry.name).startswith(whole) for one in mention.candidates)
    return mention.key in lists.beginnings and word in lists.articles and (behind in HYPHENS or gap in HYPHENS)


def longest(reading: Reading, gazetteer: Gazetteer, first: int, limit: int) -> tuple[int, str] | None:
    """The last word and key of the longest name that begins at a word and ends by word `limit`, or null."""
    all_words = reading.words
    so_far: str | None = all_words[first].key
    best: tuple[int, str] | None = None
    for last in range(first, min(first + LONGEST, limit + 1)):
        if last > first:
            gap, word = reading.between(last), all_words[last]
            so_far = joined(so_far or "", gap, word)
            if so_far is None or not (goes_on(word) or word.key in JOINERS):
                break
        if not goes_on(all_words[last]) or not so_far:
            continue
        if gazetteer.demonym(so_far) is not None or gazetteer.candidates(so_far):
            best = last, so_far
    return best


def _weigh(reading: Reading, gazetteer: Gazetteer, first: int, last: int, name_key: str) -> Found:
    start, end = reading.starts[first], reading.ends[last]
    demonym = gazetteer.demonym(name_key)
    candidates = gazetteer.candidates(name_key) if demonym is None else ()
    told = {} if demonym is not None else evidence(reading, gazetteer, first, last, candidates)
    return Found(start, end, reading.text[start:end], first, last, name_key, candidates, demonym, told)


def of_bearers(candidates: tuple[Candidate, ...]) -> dict[str, float]:
    """What the bearers of a name say for its being a place, whatever the text."""
    kinds = {candidate.entry.kind for candidate in candidates if candidate.grade > 1}
    return {
        "population": math.log10(max(candidate.entry.population for candidate in candidates) + 1) / 7,
        "country": float(PlaceKind.COUNTRY in kinds),
        "admin1": float(PlaceKind.ADMIN1 in kinds),
        "own_list": float(bool(kinds & OWN)),
        "capital": float(any(candidate.entry.capital for candidate in candidates)),
        "main_name": float(any(candidate.grade == 3 for candidate in candidates)),
    }


def evidence(
    reading: Reading, gazetteer: Gazetteer, first: int, last: int, candidates: tuple[Candidate, ...]
) -> dict[str, float]:
    """What speaks for and against a place: the name itself, then the words before and after."""
    lists, all_words = lexicon.shipped(), reading.words
    single = first == last
    word = all_words[first]
    told = {
        **of_bearers(candidates),
        "several_words": float(not single),
        "common_word": float(single and word.key in lists.common),
        "given_name": float(single and word.key in lists.given_names),
        "short": float(single and len(word.key) <= 3),
        "acronym": float(single and len(word.text) > 1 and word.text.isupper()),
        "loud": float(reading.loud(first)),
        "sentence_start": float(reading.begins(first)),
        "person_elsewhere": float(single and word.key in reading.persons()),
        "repeated": math.log(max(1, reading.counts[word.key])) if single else 0.0,
    }
    _before(reading, first, told)
    _after(reading, gazetteer, last, told)
    return {name: value for name, value in told.items() if value}


def _before(reading: Reading, first: int, told: dict[str, float]) -> None:
    if first == 0 or reading.begins(first):
        return
    lists, before, gap = lexicon.shipped(), reading.words[first - 1], reading.between(first)
    if gap in {" ", ". ", "-"}:
        told["title_before"] = float(before.capital and before.key in lists.titles)
        told["given_name_before"] = float(before.capital and before.key in lists.given_names)
        told["capital_before"] = float(before.text[0].isupper() and before.key not in lists.locative)
        told["initial_before"] = float(before.capital and len(before.text) == 1)
        told["locative_before"] = float(before.key in lists.locative)
        told["head_before"] = float(before.key == "of" and first > 1 and reading.keys[first - 2] in lists.heads)
        told["compass_before"] = float(before.key in lists.compass)
        told["the_before"] = float(before.key == "the")
    elif gap == ", ":
        told["comma_before"] = 1.0


def _after(reading: Reading, gazetteer: Gazetteer, last: int, told: dict[str, float]) -> None:
    if last + 1 >= len(reading.words):
        return
    lists, after = lexicon.shipped(), reading.words[last + 1]
    gap = reading.between(last + 1)
    if gap == " ":
        head = after.key in lists.heads
        told["organisation_after"] = float(after.capital and after.key in lists.organisation_heads)
        told["head_after"] = float(head)
        plain = not head and after.key not in lists.organisation_heads
        told["capital_after"] = float(after.text[0].isupper() and plain)
        told["speech_after"] = float(after.key in lists.speech)
    elif gap in {", ", "., "} and after.capital:
        follows = gazetteer.candidates(after.key)
        containers = {PlaceKind.COUNTRY, PlaceKind.ADMIN1}
        told["parent_after"] = float(any(one.grade > 1 and one.entry.kind in containers for one in follows))
    elif gap.startswith(("’s", "'s")):
        told["possessive_after"] = 1.0
    elif ends_dateline(reading, last):
        told["dateline_after"] = 1.0


def ends_dateline(reading: Reading, last: int) -> bool:
    """Whether a name among the first words of a text is followed as the place of a dateline is: *KYIV (Reuters)*."""
    gap = reading.between(last + 1) if last + 1 < len(reading.words) and last < 4 else ""
    return gap.lstrip(")").startswith((" (", " —", " –", " - "))
