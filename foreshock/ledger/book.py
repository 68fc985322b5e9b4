"""The ledger over a record: predictions taken from what was read, proposals as known on a day, people's rulings."""

import datetime
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

import msgspec
from sqlalchemy import func, select

from foreshock.corroborate.copies.furniture import without_furniture
from foreshock.errors import BusyRecord, UnwritableRecord, UsageError
from foreshock.ledger.finding import Wanted, entries_found, entries_of, entry_with, newest_found, undated_after
from foreshock.ledger.outcomes import answers, countable, meaning
from foreshock.ledger.outcomes.asking import Asking, bound_of, condition_id
from foreshock.ledger.outcomes.coverage import Seen, Watch, seen_of
from foreshock.ledger.outcomes.index import Index, by_stem
from foreshock.ledger.outcomes.meaning import Meanings
from foreshock.ledger.outcomes.reports import Page, Report, home_of, story_of
from foreshock.ledger.outcomes.resolution import Resolver
from foreshock.ledger.outcomes.searching import Search
from foreshock.ledger.outcomes.sought import Source
from foreshock.ledger.predictions import predictions_of
from foreshock.ledger.rows import (
    answers_kept,
    copies_of,
    events_told,
    keep_answers,
    keep_meanings,
    keep_proposals,
    meanings_kept,
)
from foreshock.ledger.speakers.homes import NOWHERE, Homes, homes_in
from foreshock.ledger.taking import (
    AT_A_TIME,
    Looked,
    add_unknown,
    count_unseen,
    read_documents,
    stranded_rulings,
    take,
    unseen,
)
from foreshock.model.decision import LONGEST_WORDS
from foreshock.model.prediction import (
    Criterion,
    ForecasterKind,
    LedgerEntry,
    Outcome,
    Prediction,
    Proposed,
    Ruling,
)
from foreshock.model.statement import Statement
from foreshock.record.address import IMPATIENCE
from foreshock.record.ledger_tables import prediction_rulings, predictions
from foreshock.record.store import Record
from foreshock.record.syndication_tables import syndication_furniture
from foreshock.record.tables import documents

Progress = Callable[[int, int], None]
"""Is told how many of how many are done."""

ASKED_AT_A_TIME = 25
"""Predictions after which what the models said of them is kept: the first time, the model is asked for half a minute
about so many."""


UNWRITABLE = "the record cannot be written to just now"
WAITING = "a page looks at some each time it is loaded, and foreshock ledger list looks at all of them"


@dataclass(frozen=True)
class Left:
    """How many documents were not looked at for predictions yet, and why."""

    documents: int
    why: str


@dataclass(frozen=True)
class _Ruled:
    """What a person rules: `confirm`, `overrule` or `sharpen`, with what that settles."""

    action: str
    outcome: Outcome | None = None
    criterion: Criterion | None = None
    by: datetime.date | None = None


class Book:
    """The ledger of one record. Everything it shows is as known on `as_of`, today unless said otherwise.

    What a person rules belongs to that day, whenever it is ruled, and counts in views as of that day or later: who
    looks at old texts as of an old day rules as of it, and who rules today changes no view of yesterday.
    """

    def __init__(self, record: Record, as_of: datetime.date | None = None) -> None:
        self.record = record
        self.as_of = as_of or datetime.datetime.now(datetime.UTC).date()

    def update(self, most: int | None = None, progress: Progress | None = None) -> int:
        """Take the predictions of documents not looked at yet, or read anew since, of `most` documents where that is
        given; how many are new. `progress` is told how many of how many were looked at.

        The oldest come first. They are looked for beside whatever else writes to the record; it is written to in parts,
        and not at all where nothing is new. Raises `UnwritableRecord` where it cannot be written to: what was taken
        until then is kept.
        """
        with self.record.begin() as connection:
            pending = unseen(connection)[:most]
            homes = homes_in(connection) if pending else NOWHERE
        new = 0
        for at in range(0, len(pending), AT_A_TIME):
            new += self._take(pending[at : at + AT_A_TIME], homes)
            if progress:
                progress(min(at + AT_A_TIME, len(pending)), len(pending))
        return new

    def _take(self, wanted: Sequence[str], homes: Homes) -> int:
        """Take the predictions of these documents; how many are new."""
        with self.record.begin() as connection:
            read = list(read_documents(connection, wanted))
        looked = [Looked(one.id, model, predictions_of(one, told, taken, homes)) for one, model, taken, told in read]
        with self.record.begin(writing=True) as connection:
            return take(connection, looked)

    def update_where_writable(self, most: int | None = None, progress: Progress | None = None) -> Left:
        """`update`; how many documents are still not looked at: more than `most` were new, or the record is being
        written to by another program, or lies where nobody may write. What the ledger has can be seen all the same."""
        why = WAITING
        try:
            self.update(most, progress)
        except UnwritableRecord:
            why = UNWRITABLE
        if most is None and why is WAITING:
            return Left(0, why)
        with self.record.begin() as connection:
            return Left(count_unseen(connection), why)

    def enter(self, own: Sequence[Prediction]) -> int:
        """Enter the program's own forecasts and alerts, under the same rules as everybody's; how many are new.

        Raises `UsageError` for one that stands under another than the program.
        """
        if any(one.forecaster_kind is not ForecasterKind.PROGRAM for one in own):
            raise UsageError("only the program's own forecasts are entered; others are taken from what was read")
        with self.record.begin(writing=True) as connection:
            return add_unknown(connection, own)

    def resolve(self, progress: Progress | None = None, reading: Progress | None = None) -> Counter[Outcome]:
        """Propose outcomes for every prediction made by `as_of`, from what had been published by then.

        `reading` is told of how many of how many documents the reports are read, and then `progress` how many of how
        many predictions are done. What is erased meanwhile is left out. What the model said is
        kept as it goes on, so that a run that was stopped asks nothing twice; what is proposed is written at the end.
        Raises `UnwritableRecord` at once where nobody may write to the record.
        """
        resolver = self.resolver(reading)
        looked_at = self.entries(Wanted(repeats=True))
        stands_in = {one.prediction.id: one.prediction.document for one in looked_at}
        stands_in |= {condition_id(name): document for name, document in stands_in.items()}
        proposals = []
        self._keep_if_free(resolver, stands_in)  # nothing yet: where nobody may write, that is told before the work
        for number, one in enumerate(looked_at, start=1):
            proposal = resolver.propose(one.sharpened)
            proposals.append(msgspec.structs.replace(proposal, sharpening=one.sharpening))
            if number % ASKED_AT_A_TIME == 0 and _has_asked(resolver):
                self._keep_if_free(resolver, stands_in)
            if progress:
                progress(number, len(looked_at))
        if _has_asked(resolver):
            self._keep_asked(resolver, stands_in)
        with self.record.begin(writing=True) as connection:
            proposals = keep_proposals(connection, proposals, stands_in, self.as_of)
        return Counter(one.outcome for one in proposals)

    def _keep_if_free(self, resolver: Resolver, stands_in: Mapping[str, str]) -> None:
        """`_keep_asked`; where another program writes, it is kept the next time, or at the end."""
        with suppress(BusyRecord):
            self._keep_asked(resolver, stands_in, patience=IMPATIENCE)

    def _keep_asked(self, resolver: Resolver, stands_in: Mapping[str, str], patience: float | None = None) -> None:
        """Keep what the models said that is not kept yet: it holds whatever becomes of this run."""
        asking, meanings = resolver.asking, resolver.search.meanings
        with self.record.begin(writing=True, patience=patience) as connection:
            keep_answers(connection, asking.new, stands_in)
            keep_meanings(connection, meanings.version, meanings.new)
        asking.new.clear()
        meanings.new.clear()

    def repeats(self) -> int:
        """How many of the predictions made by `as_of` say again what another says; a list counts them with it."""
        every = func.count() - func.count(predictions.c.group.distinct())
        with self.record.begin() as connection:
            return connection.scalar(select(every).where(predictions.c.made <= self.as_of)) or 0

    def resolver(self, reading: Progress | None = None) -> Resolver:
        """The record's reports as of this day, ready to be held against predictions; takes what is new first.

        `reading` is told of how many of how many documents they are read.
        """
        self.update()
        reports: list[Report] = []
        figures: list[Report] = []
        bounds = (bound_of(one.sharpened) for one in self.entries(Wanted(repeats=True)))
        subjects = frozenset(word for bound in bounds if bound is not None for word in bound.subject)
        seen: list[Seen] = []
        sources: dict[str, Source] = {}
        with self.record.begin() as connection:
            copies, events = copies_of(connection), events_told(connection)
            asking = Asking(answers.shipped(), answers_kept(connection))
            encoder = meaning.shipped()
            meanings = Meanings(encoder, meanings_kept(connection, encoder.version))
            foretelling = set(connection.scalars(select(predictions.c.document)))
            furniture = frozenset(connection.scalars(select(syndication_furniture.c.paragraph)))
            whole = connection.scalar(select(func.count()).select_from(documents)) or 0
            for number, (read, _, _, found) in enumerate(read_documents(connection), start=1):
                if reading:
                    reading(number, whole)
                reference = read.reference_date
                if reference is None or reference[0] > self.as_of:
                    continue
                # What a site prints under every report would make all of them look alike.
                document = msgspec.structs.replace(read, text=without_furniture(read.text, furniture))
                told = [one for one in found if not document.text[one.start : one.end].isspace()]
                if document.id in foretelling:
                    sources[document.id] = Source(story_of(document), home_of(told, share=0.0), document.text)
                page = Page(document, reference, told)
                reports += page.reports(events)
                figures += page.figures(subjects)
                seen += [one] if (one := seen_of(document, told)) else []
        search = Search(Index(reports), by_stem(figures), copies, sources, meanings, self.as_of)
        return Resolver(search, Watch(seen, copies), asking, countable.shipped(encoder))

    def entries(self, wanted: Wanted | None = None) -> list[LedgerEntry]:
        """The predictions asked for, newest first; repeats are folded into the first of them unless asked for."""
        with self.record.begin() as connection:
            return entries_found(connection, wanted or Wanted(), self.as_of)[::-1]

    def newest(self, wanted: Wanted, most: int) -> tuple[list[LedgerEntry], int]:
        """The first `most` of `entries`, and how many there are."""
        with self.record.begin() as connection:
            return newest_found(connection, wanted, self.as_of, most)

    def entries_of(self, told: Sequence[Statement]) -> dict[str, LedgerEntry]:
        """The entry that stands for each of the statements `told`, by the statement's id; without those that have none.

        What is said again shares the entry of the first that says it.
        """
        with self.record.begin() as connection:
            return entries_of(connection, told, self.as_of)

    def entry(self, identity: str) -> LedgerEntry:
        """The prediction with this id, or that begins so. Raises `UsageError` where none or several do."""
        with self.record.begin() as connection:
            return entry_with(connection, identity, self.as_of)

    def undated_later(self) -> int:
        """How many predictions are left out only because their text bears no date and was taken in after this day."""
        with self.record.begin() as connection:
            return undated_after(connection, self.as_of)

    def stranded(self) -> list[tuple[str, Ruling]]:
        """The rulings known on this day that stand on what the newest reading of their text no longer finds, each after
        the id of that text."""
        with self.record.begin() as connection:
            return stranded_rulings(connection, self.as_of)

    def line(self, line: str) -> list[LedgerEntry]:
        """One forecaster's predictions of one thing, oldest first: a change of mind shows here."""
        return self.entries(Wanted(line=line))[::-1]

    def head(self, identity: str) -> LedgerEntry:
        """The prediction on which rulings on this one stand: itself, or where it says again what another says, the
        first that says it, for they count once."""
        entry = self.entry(identity)
        return self.entry(entry.says_again) if entry.says_again else entry

    def sharpen(
        self, identity: str, criterion: Criterion, by: datetime.date | None, person: str, reason: str
    ) -> LedgerEntry:
        """Say more exactly what would count, and by when; the text's own words stay beside it.

        What was proposed and ruled before answers another question: it is kept and no longer counts. Raises
        `UsageError` where nothing would change, and for a horizon before the prediction was made or the first day that
        it speaks of, or more than fifty years after.
        """
        entry = self.head(identity)
        before = entry.sharpened
        made, first, latest = entry.prediction.made, entry.prediction.first, entry.prediction.latest
        if by is not None and by < made:
            raise UsageError(f"a horizon of {by} lies before the prediction was made ({made})")
        if by is not None and first is not None and by < first:
            raise UsageError(f"a horizon of {by} lies before the first day that the prediction speaks of ({first})")
        if by is not None and by > latest:
            raise UsageError(
                f"a horizon of {by} lies more than fifty years after the prediction was made ({made}); "
                f"the latest is {latest}"
            )
        same = msgspec.structs.replace(criterion, by_person=before.criterion.by_person) == before.criterion
        if same and (by is None or (by == before.by and not before.default_horizon)):
            raise UsageError("nothing would change: say what would count, or by when, otherwise than it stands")
        sharper = msgspec.structs.replace(criterion, by_person=person)
        return self._rule(entry, _Ruled("sharpen", criterion=sharper, by=by), person, reason)

    def confirm(self, identity: str, person: str, reason: str = "") -> LedgerEntry:
        """Agree with what is proposed.

        Raises `UsageError` where nothing has been proposed as of this day, or nothing since the prediction was
        sharpened; where it is pending, which a person would settle for good; and where this one says again what
        another says, of which something else is proposed.
        """
        entry, seen = self.head(identity), self.entry(identity)
        name = entry.prediction.id
        if entry.proposal is None:
            raise UsageError(f"nothing is proposed for {name} as of {self.as_of}; run foreshock ledger resolve")
        if entry.lapsed:
            raise UsageError(f"{name} was sharpened since this was proposed; run foreshock ledger resolve, then look")
        if not entry.confirmable:
            raise UsageError(f"{name} is proposed as pending, which settles nothing: wait, or overrule it")
        if seen.proposal is None or seen.proposal.outcome is not entry.proposal.outcome:
            proposed = entry.proposal.outcome.value
            raise UsageError(
                f"{seen.prediction.id} says again what {name} says, of which {proposed} is proposed: see that"
            )
        return self._rule(entry, _Ruled("confirm", entry.proposal.outcome), person, reason)

    def overrule(self, identity: str, outcome: Outcome, person: str, reason: str) -> LedgerEntry:
        """Decide otherwise; the proposal stays beside it. Raises `UsageError` without a reason."""
        if not reason.strip():
            raise UsageError("say why: an overruling needs a reason")
        return self._rule(self.head(identity), _Ruled("overrule", outcome), person, reason)

    def _rule(self, entry: LedgerEntry, ruled: _Ruled, person: str, reason: str) -> LedgerEntry:
        """Keep what a person rules, with the day of this view and what is proposed in it; the entry as it is then.

        What was ruled later than this day says, or in a view of a later day, is not known in this view. A day yet to
        come is today's: nobody rules on what is not known yet.
        """
        if not person.strip():
            raise UsageError("say who decides")
        for name, told in (("the name", person), ("the reason", reason)):
            if len(told) > LONGEST_WORDS:
                raise UsageError(f"{name} has {len(told)} characters; {LONGEST_WORDS} are the most")
        criterion = ruled.criterion
        _keepable(person, reason, *((criterion.words, criterion.place, *criterion.actors) if criterion else ()))
        proposal, now = entry.proposal, datetime.datetime.now(datetime.UTC)
        proposed = proposal and Proposed(outcome=proposal.outcome, reason=proposal.reason, as_of=proposal.as_of)
        with self.record.begin(writing=True) as connection:
            connection.execute(
                prediction_rulings.insert().values(
                    prediction=entry.prediction.id,
                    document=entry.prediction.document,
                    action=ruled.action,
                    outcome=ruled.outcome.value if ruled.outcome else None,
                    criterion=msgspec.json.encode(criterion).decode() if criterion else None,
                    by=ruled.by,
                    person=person,
                    reason=reason,
                    at=now,
                    as_of=min(self.as_of, now.date()),
                    proposed=msgspec.json.encode(proposed).decode() if proposed else None,
                )
            )
        return self.entry(entry.prediction.id)


def _has_asked(resolver: Resolver) -> bool:
    """Whether the models said anything that is not kept yet."""
    return bool(resolver.asking.new or resolver.search.meanings.new)


def _keepable(*told: str | None) -> None:
    """Raises `UsageError` where a text holds what no text can: bytes that were none of it, or a NUL."""
    for one in told:
        if one and any(sign == "\0" or "\ud800" <= sign <= "\udfff" for sign in one):
            raise UsageError(f"{one[:40]!a} holds characters that are no text; write it anew")
