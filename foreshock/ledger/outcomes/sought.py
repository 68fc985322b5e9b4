"""What a prediction looks for in later reports: words by rarity, acts, names, place, and whose act it is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from foreshock.actors.names import key
from foreshock.ledger.conditions import unconditioned
from foreshock.ledger.horizons.horizon import EXPRESSION
from foreshock.ledger.lexicon import any_of, lexicon
from foreshock.ledger.outcomes.amounts import in_digits
from foreshock.ledger.outcomes.reports import DATELINE, Report
from foreshock.ledger.outcomes.senses import acts_of, names_of, senses_in, told_apart
from foreshock.ledger.words import countries_named, country_stems, places_and_peoples, rarity, stems
from foreshock.model.prediction import ForecasterKind, Prediction
from foreshock.read.segment import sentences

RAREST = 8.0
"""Rarity above which a stem weighs no more: names of one village must not drown the act."""
RARE = 3.0
"""Least rarity of a stem that marks a document: in fewer than about one newswire document of twenty."""
BEFORE = 2
"""Sentences before that of a prediction that are read with it: *he* may have been named in the first."""
TELLING = 2.0
"""Least rarity of a stem that can tell one thing from another: in fewer than about one newswire document of seven."""

_ATTRIBUTION = re.compile(
    r"^[^:]{3,60}:\s+(?=[a-z])|"  # I have changed my mind: a second decree is unlikely
    r"^.{0,120}?\b(?:said|warned|wrote|believes?|thought|thinks?|expects?)\b(?:\s+that)?\s|"
    r",\s+[^,]{0,60}\b(?:said|says|wrote|announced|believes)\b[^,]{0,20}$",
    re.DOTALL,
)
_LATER = re.compile(
    r"\b(?:when|once|if)\s+(?:it|they|he|she|that|this|we)\s+(?:do(?:es)?|happens?|comes?)\b|"
    r"\b(?:before|until|till|since|because|after|while|once|when|rather than|instead of)\b[^,;:]*"
)
"""What stands beside the thing foretold: *before the vote*, *since the colonies cannot supply the front*. What hangs on
a mere *when they do* goes on after it without a comma."""
_PRONOUN = re.compile(
    r"\b(?:it|its|he|his|she|her|they|their|them|these|those|this|so|one another|each other)\b", re.IGNORECASE
)
_ASIDE = re.compile(r",\s+(?:who|whom|whose|which|as)\b[^,;.]*(?:,|$)")
_DOWNWARD = re.compile(r"\b(?:less|fewer|below|under|weaker|drop|fall|shrink|cheaper|lower)\b", re.IGNORECASE)
_OWN = re.compile(r"\b(?:its|his|her|their|our|my|we)\b")
_WILL = re.compile(
    r"\b(?:will|won['’]t|would|shall|may|might|could|should|to(?!\s+(?:the|an?)))\b|['’](?:ll|d)\b", re.IGNORECASE
)
_BY_WHOM = re.compile(r"\bby\s+[^,;]{0,60}", re.IGNORECASE)
_ON_WHOM = re.compile(r"\b(?:on|against|over|upon)\s+(?:[\w’'-]+\s*){1,3}", re.IGNORECASE)
_SPEAKERS = (ForecasterKind.ORGANISATION, ForecasterKind.ROLE)
_FIGURE = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|\d+)\s+(?:chances?\s+)?(?:in|out of)"
    r"\s+(?:two|three|four|five|six|seven|eight|nine|ten|\d+)\b", re.IGNORECASE,
)  # fmt: skip
_PUT_OFF = frozenset(("postpones",))
"""The sense that takes the place of those told beside it."""
_MARKS = 12
"""Words of a document that call up reports of its story, beside those of the prediction itself."""
_ABOUT = 6
"""Words of a document that tell what a pronoun in it is about, where they are rare."""
_FEW = 3
"""Fewer stems of its own than this, and a prediction's neighbourhood is looked at for whom it is about."""


def _acting(words: str) -> str:
    """The part of a clause that names those who act: what stands before its *will*, or behind *by*; all of it where it
    has none. *Visa restrictions on Georgian politicians will follow* is no act of Georgia's."""
    words = EXPRESSION.sub(" ", words)
    ahead = _WILL.search(words)
    subject = words if ahead is None else words[: ahead.start()]
    return f"{_ON_WHOM.sub(' ', subject)} . {' . '.join(found.group(0) for found in _BY_WHOM.finditer(words))}"


@cache
def _hedges() -> re.Pattern[str]:
    """Words of a clause for how likely it is, which tell nothing of what is foretold."""
    more = ("will", "would", "perhaps", "may", "might", "could", "I think", "I would", "chance", "chances", "that")
    return any_of((*lexicon().stated, *more))


@cache
def _thin() -> frozenset[str]:
    """The stems of words that tell no act, doer or thing apart."""
    return frozenset(stem for word in lexicon().thin for stem in stems(word))


@dataclass(frozen=True)
class Source:
    """A document that foretells: its words as `reports.story_of` weighs them, every country it speaks of, its text."""

    story: Mapping[str, float]
    countries: frozenset[str]
    text: str

    def passage(self, start: int) -> str:
        """The sentence at an offset, with the `BEFORE` before it."""
        number = next((n for n, (_, end) in enumerate(self._spans) if start < end), None)
        if number is None:
            return ""
        return " ".join(self.text[slice(*span)].strip() for span in self._spans[max(0, number - BEFORE) : number + 1])

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        return sentences(self.text)


class Sought:
    """What a prediction looks for, drawn from its criterion once; with `words`, what a condition of it does."""

    def __init__(self, prediction: Prediction, words: str | None = None, source: Source | None = None) -> None:
        """`source` is the document that foretells it."""
        self.prediction, self.story = prediction, source.story if source else {}
        self._likeness: dict[str, float] = {}
        self.about = frozenset(prediction.countries) | (source.countries if source else frozenset())
        criterion = prediction.criterion
        self._condition = prediction.condition if words is None else None
        told = words if words is not None else unconditioned(criterion.words, self._condition)
        self.hangs_on = frozenset(stems(criterion.words)) - frozenset(stems(told)) if words is None else frozenset()
        """Stems of the condition that the thing foretold does not share."""
        told = _ASIDE.sub(" ", _ATTRIBUTION.sub("", told))
        self.words = _hedges().sub(" ", _LATER.sub(" ", EXPRESSION.sub(" ", _FIGURE.sub(" ", told))))
        self._acts = () if words is not None else acts_of(criterion.type, criterion.mode)
        here = words is None and not self._only_in_condition(criterion.place or "")
        self.place, self.admin1 = (criterion.place, criterion.admin1) if here else (None, None)
        places, peoples = places_and_peoples(told)
        self._acting = places_and_peoples(_acting(told))[1]
        if len(places) == 1 and criterion.country in peoples - places:
            # *Belarus's own army will cross into Ukraine*: the reader may take whose army it is for where.
            self.place = self.admin1 = None
        self.country = criterion.country if self.place else next(iter(places), None) if len(places) == 1 else None

    def _only_in_condition(self, name: str) -> bool:
        """Whether a place or an actor is named in the condition, and not in what is foretold."""
        if not name or self._condition is None or key(name) not in key(self._condition):
            return False
        return key(name) not in key(unconditioned(self.prediction.criterion.words, self._condition))

    def likeness(self, report: Report) -> float:
        """How alike the documents are, by the words that mark them: four times their cosine, at most 1."""
        if report.document not in self._likeness:
            alike = sum(weight * report.story.get(word, 0.0) for word, weight in self.story.items())
            self._likeness[report.document] = min(1.0, 4 * alike)
        return self._likeness[report.document]

    @cached_property
    def worded(self) -> frozenset[str]:
        """The acts told by the words, but for participles that name people (*the mobilised*). What is to be put off is
        not among them: *the vote will be postponed* foretells no vote."""
        bare = self.words
        for name in self.prediction.criterion.actors:
            bare = bare.replace(name, re.sub(r"\b\w+ed\b", " ", name))
        told = told_apart(senses_in(bare), self._acts)
        return told & _PUT_OFF or told

    @cached_property
    def senses(self) -> frozenset[str]:
        """The acts told by the words; by the reader's type and mode only where the words tell none."""
        return self.worded or senses_in("", self._acts)

    @cached_property
    def ended(self) -> frozenset[str]:
        """Those of the acts whose opposite is foretold: *the sanctions will be lifted*."""
        told = (one for one in lexicon().senses if one.name in self.senses and not one.state)
        return frozenset(one.name for one in told if one.tells_undone(self.words))

    @cached_property
    def actors(self) -> tuple[str, ...]:
        """Who does it, as far as named: the criterion's actors, and for *its army* the one who speaks."""
        criterion = self.prediction.criterion
        named = tuple(name for name in criterion.actors if name[:1].isupper() and not self._only_in_condition(name))
        speaks = self.prediction.forecaster_kind in _SPEAKERS and self.prediction.forecaster != self.prediction.outlet
        if speaks and any(_OWN.search(name) for name in (*criterion.actors, *criterion.words.split()[:1])):
            named += (self.prediction.forecaster,)
        return named

    @cached_property
    def whose(self) -> frozenset[str]:
        """The countries of those who do it, as far as their names or the clause tell."""
        suffer = " . ".join(found.group(0) for found in _ON_WHOM.finditer(self.words))
        named = countries_named(" . ".join(one for one in self.actors if one not in suffer)) | self._acting
        return named - {self.country} or named

    @cached_property
    def _beside(self) -> frozenset[str]:
        """Stems of the names in the clause's sentence and the one before."""
        return names_of(DATELINE.sub("", unconditioned(self.prediction.context, self._condition)))

    @cached_property
    def _hanging(self) -> frozenset[str]:
        """Stems that stand in its condition alone."""
        around = f"{self.prediction.context} . {self.prediction.criterion.words}"
        return frozenset(stems(around)) - frozenset(stems(unconditioned(around, self._condition)))

    @cached_property
    def least(self) -> float | None:
        """The smallest figure that is foretold as one to reach: *10,000 men*, but not *fewer than 10,000*."""
        return None if _DOWNWARD.search(self.words) else min(in_digits(self.words), default=None)

    @cached_property
    def own(self) -> frozenset[str]:
        """The stems of the clause itself."""
        return frozenset(word for word in stems(self.words) if word not in _thin())

    @cached_property
    def doers(self) -> frozenset[str]:
        """The stems of the named actors that are not in the clause."""
        return frozenset(word for name in self.actors for word in stems(name)) - self.own - _thin()

    @cached_property
    def weights(self) -> dict[str, float]:
        """The stems sought, weighted by rarity: named actors half, and those only beside the clause a third."""
        own = {word: min(rarity(word), RAREST) for word in self.own}
        doers = {word: min(rarity(word), RAREST) / 2 for word in self.doers}
        around: dict[str, float] = {}
        if not self.actors and (_PRONOUN.search(self.prediction.text) or len(own) < _FEW):
            speaker = set(stems(self.prediction.forecaster))
            around = {
                word: min(rarity(word), RAREST) / 3 for word in self._beside
                if word not in own and word not in speaker
            }  # fmt: skip
        return {**around, **doers, **own}

    @cached_property
    def calls(self) -> frozenset[str]:
        """The stems by which reports are called up: those sought, and those that mark the document best."""
        return frozenset(self.weights) | frozenset(self._marks(_MARKS))

    @cached_property
    def acts_there(self) -> frozenset[tuple[str, str]]:
        """Each act sought with each country it may come in: where it is to be, else those it is about."""
        countries = {self.country} if self.country else set(self.prediction.countries)
        return frozenset((sense, country) for sense in self.senses for country in countries if country)

    @cached_property
    def acts(self) -> dict[str, frozenset[str]]:
        """For each sense sought, the stems of the clause that carry it: another word of the sense answers for them."""
        told = {one.name: one for one in lexicon().senses if one.name in self.senses}
        return {
            name: frozenset(word for found in one.words.findall(self.words) for word in stems(found))
            for name, one in told.items()
        }

    @cached_property
    def particular(self) -> frozenset[str]:
        """The stems that neither name the act nor a country: who, against what, where."""
        acts = frozenset(word for words in self.acts.values() for word in words)
        found = (self.own | self.doers) - acts - country_stems()
        return frozenset(word for word in found if rarity(word) >= TELLING)

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Stems of whom or what it is about, beside the clause: named actors, names around it, and for a mere pronoun
        the rare words that mark its document."""
        around = self._beside - frozenset(stems(self.prediction.forecaster))
        found = frozenset(word for word in self.doers | around if rarity(word) >= TELLING)
        if self.actors or not _PRONOUN.search(self.prediction.text):
            return found
        about = frozenset(word for word in self._marks(_ABOUT) if rarity(word) >= RARE)
        return found | about - self.own - self._hanging

    def _marks(self, number: int) -> list[str]:
        """The stems that mark its document best."""
        return sorted(self.story, key=lambda word: (-self.story[word], word))[:number]

    @cached_property
    def names(self) -> frozenset[str]:
        """Stems of the names in the clause and of its actors and place."""
        told = " ".join((self.words.strip()[1:], *self.actors, self.place or ""))
        return names_of(told)

    @cached_property
    def whom(self) -> frozenset[str]:
        """Of these, those of people and bodies: neither its place nor a country."""
        return self.names - frozenset(stems(f"{self.place or ''} {self.admin1 or ''}")) - country_stems()
