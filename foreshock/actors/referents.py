"""Pronouns and descriptions to what they stand for in their document: *he*, *they*, *the group*, *the ministry*.

An antecedent is a mention before it that the reading holds as a source, an actor or a recipient. Each is scored by what
agrees and what stands near (`Reason`); the share of the best among all, none included, is the score.
"""

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final

import msgspec

from foreshock.actors.schema import Kind
from foreshock.model.shipped import Phrases, shipped_table
from foreshock.model.vocabulary import SourceKind
from foreshock.read.attribution import BEHIND_HEAD

SENTENCE: Final = re.compile(r"[.!?\n](?:(?<=\n)\n*|[\"”’')\]]*\s+(?=[\"“‘(]?[^\W\d_a-z]))")
"""Where a sentence ends, nearly enough to count them. Both ways begin with one set of characters: so it is fast."""
COUNTED: Final = re.compile(
    r"\b(?:[\d,.]*\d|one|two|three|four|five|six|seven|eight|nine|ten|dozens|scores|hundreds|thousands|many|most|some|several"
    r"|few|half|per cent|percent|all|none)\sof\s$"
)
"""What stands before *them* where it counts people: *fewer than 12,000 of them*."""
PLURAL: Final = re.compile(r"(?<![sui])s$")
NONE: Final = -0.8
"""The weight, in log odds, of its standing for nothing that was named."""
ACCEPTED: Final = 0.5
"""Least chance, 0 to 1, from which an antecedent is taken."""
PERSONS: Final = frozenset({Kind.PERSON, Kind.OFFICE})
"""The kinds of entry that *he* and *she* may mean."""
BODIES: Final = (SourceKind.ORGANISATION, SourceKind.DOCUMENT)
"""The kinds of sources that are no persons."""
GROUPS: Final = frozenset({Kind.ARMED_GROUP, Kind.ARMED_FORCE, Kind.PARTY, Kind.MOVEMENT, Kind.ORGANISATION})
"""Those that *they* may mean."""
MOST_KEPT: Final = 2048
"""Mentions of which it is remembered what they are: each is asked about by all that points back."""
REACH: Final = 6
"""Sentences back beyond which nothing is looked for, other than a body named by its own noun."""


class Antecedent(msgspec.Struct, frozen=True):
    """A mention `[start, end)` that something later may stand for.

    `name` is the entry's where it has one, else the words themselves; `kind` the entry's, null without one. `speaks`
    says that the text gives it as a source, `body` that the source is an organisation or a document, `bare` that it is
    an organ which its noun alone tells.
    """

    start: int
    end: int
    text: str
    name: str
    kind: Kind | None = None
    speaks: bool = False
    body: bool = False
    bare: bool = False


class Referent(msgspec.Struct, frozen=True):
    """What something stands for, and the chance that it does."""

    antecedent: Antecedent
    score: float


class _Lists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The closed lists of `data/referents.yaml` that are read as they stand there."""

    she_titles: Phrases
    he_titles: Phrases
    she_names: Phrases
    plural_heads: Phrases


class _Written(_Lists, frozen=True):
    """All of the file: pronouns by sort, nouns by the registry's kinds."""

    pronouns: dict[str, Phrases]
    nouns: dict[str, Phrases]


class Words(_Lists, frozen=True):
    """The lists, with the sort of each pronoun and the kinds that each noun fits."""

    pronouns: dict[str, str]
    nouns: dict[str, frozenset[str]]


class Asked(msgspec.Struct, frozen=True):
    """Something that points back: what sort of pronoun or which noun it is, whether it speaks and whether its people
    are counted."""

    sort: str
    noun: str
    speaks: bool
    counted: bool = False


@lru_cache(maxsize=1)
def words() -> Words:
    """The shipped lists. Raises `ModelError` where they are missing or broken."""
    found = shipped_table("data/referents.yaml", _Written)
    nouns: dict[str, set[str]] = {}
    for kind, listed in found.nouns.items():
        for noun in listed:
            nouns.setdefault(noun, set()).add(kind)
    return Words(
        **{name: getattr(found, name) for name in _Lists.__struct_fields__},
        pronouns={word: sort for sort, listed in found.pronouns.items() for word in listed},
        nouns={noun: frozenset(kinds) for noun, kinds in nouns.items()},
    )


@lru_cache(maxsize=MOST_KEPT)
def sort_of(mention: str) -> tuple[str, str] | None:
    """What sort of pronoun a mention is (`he`, `thing`…), or `noun` and the noun of a bare description; else null."""
    bare = mention.casefold().strip()
    if bare in words().pronouns:
        return words().pronouns[bare], ""
    match = re.fullmatch(r"(?:the|this|that) (\w+(?: \w+)?)", bare)
    if match and match.group(1) in words().nouns:
        return "noun", match.group(1)
    return None


class Referents:
    """The antecedents of one document, asked in any order."""

    def __init__(self, text: str, antecedents: Sequence[Antecedent]) -> None:
        self._text = text
        self._starts = [0, *(match.end() for match in SENTENCE.finditer(text))]
        self._found = sorted(antecedents, key=lambda one: (one.start, one.end))
        self._sentences = [self._sentence(one.start) for one in self._found]
        self._answers: dict[tuple[str, int, bool], Referent | None] = {}
        self._standing: dict[Asked, list[tuple[int, float]]] = {}
        counts = Counter(one.name for one in self._found)
        self._alone = [
            KNOWN * (one.kind is not None) + OFTEN * math.log(counts[one.name]) + NAMED * _is_named(one)
            for one in self._found
        ]

    def of(
        self, mention: str, start: int, speaks: bool, speaker: Antecedent | None = None, own: bool = False
    ) -> Referent | None:
        """What a mention at `start` stands for; null where it is no pronoun or description, or nothing fits.

        `speaker` is whom the statement is quoted from: *we* and *our* are theirs, and without one the author's. `own`
        says that what they say begins with the mention: *the army said it had …*.
        """
        sort = sort_of(mention)
        if sort is None:
            return None
        if sort[0] == "speaker":
            return Referent(speaker, SPEAKER) if speaker is not None else None
        if own and speaker is not None and sort[0] in ("thing", "several") and fits(Asked(*sort, speaks=True), speaker):
            return Referent(speaker, SPEAKER)
        if (mention, start, speaks) not in self._answers:
            counted = sort[0] == "several" and COUNTED.search(self._text, max(0, start - 24), start) is not None
            self._answers[mention, start, speaks] = self._answer(Asked(*sort, speaks, counted), start)
        return self._answers[mention, start, speaks]

    def _fitting(self, asked: Asked) -> list[tuple[int, float]]:
        """The positions of the antecedents that agree with what points back, each with its score wherever it stands."""
        if asked not in self._standing:
            self._standing[asked] = [
                (at, alone + _agreement(asked, one))
                for at, (one, alone) in enumerate(zip(self._found, self._alone, strict=True))
                if fits(asked, one)
            ]
        return self._standing[asked]

    def _answer(self, asked: Asked, start: int) -> Referent | None:
        scores: dict[str, tuple[float, Antecedent]] = {}
        sentence = self._sentence(start)
        before = [(at, standing) for at, standing in self._fitting(asked) if self._found[at].end <= start]
        spoken = {self._sentences[at] for at, _ in before if self._found[at].speaks} if asked.speaks else set()
        for at, standing in before:
            one = self._found[at]
            back = sentence - self._sentences[at]
            score = standing - min(REACH, back) / 2 * RECENT + (SAME_SENTENCE if back == 0 else 0.0)
            if not one.speaks and self._sentences[at] in spoken:
                score += TOLD_OF
            if back <= 1 and _speaks_too(asked, one) and asked.sort in ("he", "she") and not _may_be_body(one):
                score += LAST_SPEAKER
            if one.name not in scores or score > scores[one.name][0]:
                scores[one.name] = (score, one)
        if not scores:
            return None
        best, antecedent = max(scores.values(), key=lambda found: (found[0], found[1].start))
        total = math.exp(NONE) + sum(math.exp(score) for score, _ in scores.values())
        share = math.exp(best) / total
        return Referent(antecedent, round(share, 4)) if share >= ACCEPTED else None

    def _sentence(self, at: int) -> int:
        return bisect_right(self._starts, at)


@lru_cache(maxsize=MOST_KEPT)
def gender(text: str, name: str) -> str | None:
    """`he` or `she` where a title or a given name in what is written, or in the name, tells; null for anybody else."""
    first = [re.sub(r"\W", "", word).casefold() for word in (*text.split()[:2], *name.split()[:2])]
    if any(word in words().she_titles or word in words().she_names for word in first):
        return "she"
    return "he" if any(word in words().he_titles for word in first) else None


def is_person(one: Antecedent) -> bool:
    """Whether an antecedent may be one person: by its entry, else by its words."""
    if one.kind is not None:
        return one.kind in PERSONS
    return _may_be_person(one.text, one.speaks)


@lru_cache(maxsize=MOST_KEPT)
def _may_be_person(text: str, speaks: bool) -> bool:
    """Whether words may mean one person; `speaks` says that they are given as a source."""
    last = text.split()[-1]
    if is_plural(text) and not last.endswith("ss"):
        return False
    last = last.casefold()
    return speaks or "person" in words().nouns.get(last, frozenset()) or bool(re.match(r"[A-Z]\w+ [A-Z]", text))


def is_several(one: Antecedent) -> bool:
    """Whether an antecedent may be meant by *they*."""
    return one.kind in GROUPS or " and " in one.text or is_plural(one.text)


@lru_cache(maxsize=MOST_KEPT)
def is_plural(text: str) -> bool:
    """Whether some words end in a plural, or do before a preposition (*doctors in Goma*): a listed one, or a lower-case
    word in *-s*."""
    last, head = text.split()[-1], BEHIND_HEAD.split(text, maxsplit=1)[0].split()[-1]
    if last.casefold() in words().plural_heads or (last.endswith("s") and last.islower()):
        return True
    return head.casefold() in words().plural_heads or (PLURAL.search(head) is not None and head.islower())


def fits(asked: Asked, one: Antecedent) -> bool:
    """Whether an antecedent agrees at all with what points back: a bare organ (*the army*) only with a pronoun, and
    where both speak."""
    if one.bare and (asked.noun or not asked.speaks):
        return False
    if asked.sort in ("he", "she"):
        return is_person(one) and gender(one.text, one.name) in (None, asked.sort)
    if asked.sort == "thing":
        return one.kind not in PERSONS and not (one.kind is None and one.speaks and not one.body and is_person(one))
    if asked.sort == "several":
        return is_several(one) and not (asked.counted and one.kind is Kind.ORGANISATION)
    kinds = words().nouns[asked.noun]
    own = one.text.casefold().split()
    return asked.noun.split()[-1] in own or (one.kind is not None and one.kind.value in kinds)


def _is_named(one: Antecedent) -> bool:
    return one.name[:1].isupper() and not one.name.startswith(("The ", "A "))


def _may_be_body(one: Antecedent) -> bool:
    """Whether an antecedent is something known by no name and no noun for a person: *the ruling faction*."""
    first, last = one.text.casefold().split()[0], one.text.casefold().split()[-1]
    return one.kind is None and first == "the" and "person" not in words().nouns.get(last, frozenset())


def _speaks_too(asked: Asked, one: Antecedent) -> bool:
    return asked.speaks and one.speaks


def _same_gender(asked: Asked, one: Antecedent) -> bool:
    return asked.sort in ("he", "she") and gender(one.text, one.name) == asked.sort


def _same_noun(asked: Asked, one: Antecedent) -> bool:
    return bool(asked.noun) and asked.noun.split()[-1] in one.text.casefold().split()


def _plural(asked: Asked, one: Antecedent) -> bool:
    return asked.sort == "several" and is_plural(one.text)


def _agreement(asked: Asked, one: Antecedent) -> float:
    """How much of what agrees speaks for an antecedent, in log odds."""
    return sum([weight for reason, weight in REASONS if reason(asked, one)])


Reason = Callable[[Asked, Antecedent], bool]
REASONS: Final[tuple[tuple[Reason, float], ...]] = (
    (_speaks_too, 1.5),
    (_same_gender, 1.5),
    (_same_noun, 2.5),
    (_plural, 1.0),
)
"""What in asking and antecedent agrees, and how much it speaks for it, in log odds; these and the next weights were set
by hand on one set of passages and measured on another."""
KNOWN: Final = 0.8
"""For an entry of the registry."""
OFTEN: Final = 0.5
"""For the logarithm of how often the document has its name."""
NAMED: Final = 1.2
"""For a name, and no description."""
RECENT: Final = 1.0
"""What two sentences further back cost, in log odds."""
SAME_SENTENCE: Final = -0.3
LAST_SPEAKER: Final = 2.0
"""For the source of the sentence before that of *he said*, or of its own: *a lawmaker said that rebels had fled. "They
ran," he said* is not the president named before."""
TOLD_OF: Final = -3.0
"""For one who is only told of in a sentence of which somebody else is the source, where what points back speaks:
*villagers said that the rebels had come. They said …*."""
SPEAKER: Final = 0.8
"""The score, 0 to 1, of whoever is quoted for *we*, or for *it* and *they* right behind *said*."""
