"""A prediction: who said what would come, by when and how surely; what would count; and what became of it."""

import datetime
from enum import StrEnum
from typing import Final

import msgspec

from foreshock.model.vocabulary import Granularity

LONGEST_HORIZON = datetime.timedelta(days=18263)
"""How long after it was made a prediction can fall due at most: fifty years, leap days among them."""


class ForecasterKind(StrEnum):
    """Whom a prediction stands under. Only the first three and the program are scored."""

    ORGANISATION = "organisation"
    ROLE = "role"
    AUTHOR = "author"
    PROGRAM = "program"
    UNSCORED = "unscored"

    @property
    def scored(self) -> bool:
        """Whether scores are kept: never for a private person, who stands as a role and unnamed."""
        return self is not ForecasterKind.UNSCORED


class Outcome(StrEnum):
    """Whether what would count has happened."""

    TRUE = "true"
    FALSE = "false"
    PENDING = "pending"
    VOID = "void"


class Criterion(msgspec.Struct, frozen=True, kw_only=True):
    """What exactly would count: a type with its mode or mechanisms, who, where, and the words that say it.

    The positive occurrence, whatever side the text takes of it: for *they will not meet* it is that they meet.
    `by_person` is null where the program drew it from the text, else who sharpened it.
    """

    words: str
    type: str | None = None
    mode: str | None = None
    mechanisms: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    place: str | None = None
    country: str | None = None
    admin1: str | None = None
    by_person: str | None = None


class Prediction(msgspec.Struct, frozen=True, kw_only=True):
    """One forecast or commitment of the record, with all that is needed to hold its speaker to it.

    `low` and `high` bound the probability of the *criterion* (0–1): a denial's are turned round; null for a pledge,
    and where the text tells none. `group` is the proposition: the same one said again, or reprinted, by the same
    forecaster shares it and counts once. `line` holds one forecaster's predictions of one thing over time.
    `undated`: the text bears no date, and `made` is the day on which it was taken in. `made_granularity` says how
    exactly `made` is known, null to the day: of a month it is the last one, as what came before that may have come
    before it was said. `first` is the first day on which what would count may come; null for the day after `made`, and
    for `made` itself where that is also its last.
    """

    id: str
    statement: str
    document: str
    start: int
    end: int
    text: str
    kind: str
    forecaster_kind: ForecasterKind
    forecaster: str
    outlet: str | None
    made: datetime.date
    criterion: Criterion
    by: datetime.date
    default_horizon: bool
    negated: bool
    likelihood: str | None
    low: float | None
    high: float | None
    condition: str | None
    topic: str | None
    country: str | None
    countries: tuple[str, ...]
    group: str
    line: str
    context: str = ""
    undated: bool = False
    first: datetime.date | None = None
    made_granularity: Granularity | None = None

    @property
    def counts_after(self) -> datetime.date:
        """The day after which what would count may come: that on which it was made; the day before, where that is also
        its last (*the house votes tonight*)."""
        day = datetime.timedelta(1)
        return min(self.made, self.by - day) if self.first is None else max(self.made, self.first - day)

    @property
    def latest(self) -> datetime.date:
        """The latest day that a person can set as its horizon."""
        return self.made + min(LONGEST_HORIZON, datetime.date.max - self.made)

    def with_criterion(self, criterion: Criterion) -> "Prediction":
        """It with another criterion, and the country and topic of that: a country given takes the place of those that
        it was about before, for reports on them tell nothing of it. One taken away leaves what it is about."""
        old, country, countries, topic = self.criterion, self.country, self.countries, self.topic
        if criterion.country is not None and criterion.country != country:
            country, countries = criterion.country, (criterion.country,)
        if (set(criterion.mechanisms), criterion.type) != (set(old.mechanisms), old.type):
            topic = next(iter(criterion.mechanisms), criterion.type)
        return msgspec.structs.replace(self, criterion=criterion, country=country, countries=countries, topic=topic)

    @property
    def sides_with(self) -> bool | None:
        """Whether the forecaster leans to the criterion's happening; null at even odds and without any."""
        if self.low is None or self.high is None:
            return not self.negated if self.kind == "commitment" else None
        middle = (self.low + self.high) / 2
        return None if abs(middle - 0.5) < 0.02 else middle > 0.5


CONTRARY: Final = "the contrary of its condition"
"""What evidence first says that does not bear on what is foretold, but on what that hangs on not happening."""

TOO_LATE: Final = "it came only after the horizon"
"""What evidence first says that speaks against a prediction by showing the thing, and too late."""


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """A later statement that bears on a prediction, how well it fits (0–1), which way it points, and why.

    `event` is the merged event that the statement belongs to now, null for none. Of a document without a day of
    publication `published` is null, and `crawl_month` the month in which it was found, where that is known.
    """

    statement: str
    document: str
    title: str | None
    outlet: str | None
    published: datetime.date | None
    published_granularity: Granularity | None = None
    crawl_month: str | None = None
    text: str
    score: float
    shows: bool
    why: tuple[str, ...]
    event: str | None = None

    @property
    def of_condition(self) -> bool:
        """Whether it bears not on what is foretold, but tells the contrary of what that hangs on."""
        return CONTRARY in self.why

    @property
    def late(self) -> bool:
        """Whether it shows the thing, and only after the horizon."""
        return TOO_LATE in self.why


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """How closely the record watched: months of the horizon, those covered, documents, outlets, those on subject."""

    months: int
    covered: int
    documents: int
    outlets: int
    on_subject: int
    sufficient: bool
    why: str


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """What the program proposes: never more than that until a person confirms it.

    `sharpening` is the number of the ruling that sharpened what it answers, null where it answers the text's own.
    """

    prediction: str
    outcome: Outcome
    reason: str
    as_of: datetime.date
    evidence: tuple[Evidence, ...] = ()
    coverage: Coverage | None = None
    sharpening: int | None = None


class Proposed(msgspec.Struct, frozen=True, kw_only=True):
    """What was proposed when a person ruled: kept with the ruling, for a later proposal takes its place.

    `erased`: a document that it rested on was erased since.
    """

    outcome: Outcome
    reason: str
    as_of: datetime.date
    erased: bool = False


class Ruling(msgspec.Struct, frozen=True, kw_only=True):
    """What a person said of a prediction: `confirm`, `overrule` or `sharpen`; the newest holds, all are kept.

    It belongs to `as_of`, the day of the view in which it was made, or the day on which it was made where that is
    earlier, and is known in views of that day or later. Null: made before this was kept; known in every view.
    """

    number: int
    prediction: str
    action: str
    outcome: Outcome | None
    criterion: Criterion | None
    by: datetime.date | None
    person: str
    reason: str
    at: datetime.datetime
    as_of: datetime.date | None = None
    proposed: Proposed | None = None


class LedgerEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A prediction as the ledger shows it: the text's, the person's sharper form, proposal, rulings, outcome.

    Whoever sharpens it asks another question: what was proposed or ruled before is kept and no longer counts.
    `rulings` are those on any that says the same: it counts once. `says_again` is the id of the prediction that this
    one repeats, on which people rule; null where it repeats none, and in lists.
    """

    prediction: Prediction
    proposal: Proposal | None
    rulings: tuple[Ruling, ...] = ()
    repeats: int = 0
    says_again: str | None = None

    @property
    def sharpened(self) -> Prediction:
        """The prediction as it is resolved: with the newest sharper criterion and horizon, if a person gave one."""
        found = self.prediction
        for ruling in self.rulings:
            if ruling.action == "sharpen":
                found = msgspec.structs.replace(
                    found if ruling.criterion is None else found.with_criterion(ruling.criterion),
                    # Horizons of any length were once taken; none of those may run off the calendar.
                    by=min(ruling.by, self.prediction.latest) if ruling.by else found.by,
                    default_horizon=found.default_horizon and ruling.by is None,
                )
        return found

    @property
    def sharpening(self) -> int | None:
        """The number of the newest ruling that sharpened it; null where none did."""
        return next((one.number for one in reversed(self.rulings) if one.action == "sharpen"), None)

    @property
    def ruling(self) -> Ruling | None:
        """The newest confirmation or overruling, where it counts."""
        newest = self.rulings[-1] if self.rulings else None
        if newest is None or newest.action == "sharpen":
            return None
        # Such were once taken; they settle nothing, so that a later proposal is not kept out by them.
        return None if newest.action == "confirm" and newest.outcome is Outcome.PENDING else newest

    @property
    def unfounded(self) -> bool:
        """Whether a person confirmed what rested on a document that was erased since: it stays theirs."""
        ruling = self.ruling
        agreed_with = ruling.proposed if ruling is not None and ruling.action == "confirm" else None
        return agreed_with is not None and agreed_with.erased

    @property
    def lapsed(self) -> bool:
        """Whether what is proposed answers what it was before it was last sharpened."""
        return self.proposal is not None and self.proposal.sharpening != self.sharpening

    @property
    def confirmable(self) -> bool:
        """Whether there is a proposal that a person can agree with: one of an outcome, for what is asked now."""
        return self.proposal is not None and not self.lapsed and self.proposal.outcome is not Outcome.PENDING

    @property
    def outcome(self) -> Outcome:
        """The person's outcome where there is one, else the proposed one."""
        ruling = self.ruling
        if ruling is not None and ruling.outcome is not None:
            return ruling.outcome
        return self.proposal.outcome if self.proposal and not self.lapsed else Outcome.PENDING
