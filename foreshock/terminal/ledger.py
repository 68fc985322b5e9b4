"""The ledger on the terminal: lists, one prediction in full, scores."""

import datetime
import sys
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TextIO

import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from foreshock.ledger.book import Book
from foreshock.ledger.scores import odds
from foreshock.model.countries import country_name
from foreshock.model.day import as_known
from foreshock.model.prediction import Criterion, LedgerEntry, Outcome, Prediction, Proposal, Ruling
from foreshock.telling import phrases, standings
from foreshock.telling.ledger_rows import entry_as_json, whole_as_json
from foreshock.telling.passed_on import prediction_told
from foreshock.terminal.fitting import print_table
from foreshock.terminal.screen import tell_by_region, tell_left_out, write_json
from foreshock.terminal.style import complain, shown

_STYLE = {Outcome.TRUE: "green", Outcome.FALSE: "red", Outcome.PENDING: "dim", Outcome.VOID: "yellow"}


_NARROWEST = 120
"""Columns a table takes where the output is no terminal and tells none."""


SELDOM = 10.0
"""Seconds between two lines that tell how far it is, where the screen is none."""


def table_console(out: TextIO) -> Console:
    return Console(file=out, width=None if out.isatty() else _NARROWEST)


def resolve_with_progress(book: Book) -> Counter[Outcome]:
    """Propose outcomes and show how far it is: the first time, the model is asked about every prediction."""
    with _shown_progress() as shown_as:
        book.update(progress=shown_as(_LOOKING))
        return book.resolve(shown_as("resolving"), shown_as("reading reports"))


_LOOKING = "looking at texts, the oldest first"


@contextmanager
def _shown_progress() -> Iterator[Callable[[str], Callable[[int, int], None]]]:
    """Gives, for each thing that takes long, what shows how far it is: a bar once it has begun, or a line now and then
    where the screen is none."""
    if not sys.stderr.isatty():
        yield lambda what: told_in_lines(what, sys.stderr)
        return
    columns = SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:

        def shown_as(what: str) -> Callable[[int, int], None]:
            task = bar.add_task(what, total=None, visible=False)
            return lambda done, whole: bar.update(task, completed=done, total=whole, visible=True)

        yield shown_as


def told_in_lines(what: str, out: TextIO, seconds: float = SELDOM) -> Callable[[int, int], None]:
    """Tells how far it is where no bar can be drawn: a line now and then, none where all is done before the first."""
    last = time.monotonic()

    def tell(done: int, whole: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= seconds and done < whole:
            last = now
            out.write(f"foreshock: {what}: {done} of {whole}\n")
            out.flush()

    return tell


def percent(interval: tuple[float, float] | None) -> str:
    """An interval of probabilities in per cent; a dash for a pledge or an unstated one."""
    if interval is None:
        return "–"
    low, high = (round(100 * bound) for bound in interval)
    return f"{low} %" if low == high else f"{low}–{high} %"


def _outcome(entry: LedgerEntry) -> str:
    ruling = entry.ruling
    if ruling is None:
        return f"{entry.outcome.value}?" if entry.outcome in (Outcome.TRUE, Outcome.FALSE, Outcome.VOID) else "pending"
    gone = "; a document that it rested on was erased since" if entry.unfounded else ""
    return f"{entry.outcome.value} ({ruling.person}{gone})"


def _told_outcome(entry: LedgerEntry, as_of: datetime.date) -> str:
    """The outcome; of a denial with what that means for who made it, and of a pending one with what it waits for."""
    meaning, waiting = standings.meaning(entry.prediction, entry.outcome), standings.waiting(entry, as_of)
    return ": ".join(filter(None, (_outcome(entry), meaning, waiting.value if waiting else None)))


def _made(prediction: Prediction) -> str:
    return f"{as_known(prediction.made, prediction.made_granularity)}{'†' if prediction.undated else ''}"


def undated_left_out(number: int) -> str:
    """What is said of predictions that are left out because their texts, without a date, were taken in later."""
    return (
        f"{number} more in texts that bear no date are left out: they count from the day on which they were taken in, "
        "which is after the day asked for."
    )


def stranded_told(number: int) -> str:
    """What is said of rulings on what the newest reading of their texts no longer finds."""
    stand = "ruling stands on a prediction" if number == 1 else "rulings stand on predictions"
    return f"{number} {stand} that a newer reading no longer finds: see foreshock ledger stranded."


def take_where_writable(book: Book) -> None:
    """Take what is new into the ledger, and say what was not looked at where the record cannot be written to."""
    with _shown_progress() as shown_as:
        left = book.update_where_writable(progress=shown_as(_LOOKING))
    if left.documents:
        documents = "1 document is" if left.documents == 1 else f"{left.documents} documents are"
        complain(f"{documents} not looked at for predictions yet: {left.why}")


@dataclass(frozen=True)
class View:
    """How the ledger is shown: odds by which yardstick, as known on which day, and in which form (`table`, `json`)
    where."""

    yardstick: str
    as_of: datetime.date
    form: str
    out: TextIO


def show_entries(
    entries: Sequence[LedgerEntry], total: int, view: View, guarded: Collection[str] = ()
) -> None:  # fmt: skip
    """A list of predictions, of `total` that answer. JSON is made to be passed on: those with the ids `guarded`, whose
    texts tell of deserters, stand there without the text's words."""
    if view.form == "json":
        told = ((one.prediction.id, entry_as_json(one, view.yardstick, view.as_of)) for one in entries)
        write_json([prediction_told(row) if name in guarded else row for name, row in told], view.out)
        tell_left_out(len(entries), total)
        tell_by_region(sum(one.prediction.id in guarded for one in entries))
        return
    table = Table(box=None, pad_edge=False)
    for name in ("id", "made", "forecaster", "what is to come", "likely", "by", "outcome"):
        table.add_column(name)
    for one in entries:
        prediction = one.sharpened
        by = prediction.by.isoformat() + ("*" if prediction.default_horizon else "")
        table.add_row(
            shown(prediction.id[:8]),
            _made(prediction),
            shown(prediction.forecaster, "" if prediction.forecaster_kind.scored else "dim"),
            _words(one),
            percent(odds(prediction, view.yardstick)),
            by,
            shown(_told_outcome(one, view.as_of), _STYLE[one.outcome]),
        )
    console = table_console(view.out)
    print_table(table, console)
    console.print(
        f"{len(entries)} of {total} predictions. * no horizon told: twelve months. ? proposed, not yet confirmed. "
        "† the text bears no date: the day on which it was taken in."
    )


def _words(entry: LedgerEntry) -> Text:
    """A prediction's words, and under those of a denial what would count, for the odds beside it are of that."""
    told = shown(" ".join(entry.sharpened.text.split()))
    contrary = standings.counts(entry)
    return told.append(f"\nwhat would count: {contrary}", style="dim") if contrary else told


def _counted(criterion: Criterion) -> str:
    """What would count beside the words: the act, its mechanisms, who, where; empty where there is none of it."""
    act = phrases.act_name(criterion.type, criterion.mode) if criterion.type else ""
    country = country_name(criterion.country) if criterion.country else None
    where = ", ".join(dict.fromkeys(filter(None, (criterion.place, criterion.admin1, country))))
    mechanisms = map(phrases.label, criterion.mechanisms)
    return "; ".join(filter(None, (act, *mechanisms, *criterion.actors, where and f"in {where}")))


def _told(ruling: Ruling) -> str:
    """What a person ruled, when, as of which day where that is another, and why."""
    outcome = f"{ruling.outcome.value}, " if ruling.outcome else ""
    day = ruling.at.date()
    view = f" as of {ruling.as_of}" if ruling.as_of not in (None, day) else ""
    return f"{outcome}{ruling.person}, {day}{view}: {ruling.reason or 'no reason given'}"


def _proposed(one: Prediction, found: Proposal) -> str:
    """What is proposed, with what it means of a denial, from what had been published by which day, and why."""
    meaning = standings.meaning(one, found.outcome)
    return f"{found.outcome.value}{f' ({meaning})' if meaning else ''}, as of {found.as_of}: {found.reason}"


def _asked_since(ruling: Ruling) -> str | None:
    """What would count from a sharpening on, and by when where that was changed; null for any other ruling."""
    if ruling.criterion is None:
        return None
    told = filter(None, (f"“{' '.join(ruling.criterion.words.split())}”", _counted(ruling.criterion)))
    return "; ".join((*told, *((f"by {ruling.by}",) if ruling.by else ())))


def show_entry(entry: LedgerEntry, line: Sequence[LedgerEntry], view: View) -> None:
    """One prediction in full, with the `line` of those of one forecaster on the same thing."""
    if view.form == "json":
        write_json(whole_as_json(entry, line, view.yardstick, view.as_of), view.out)
        return
    sheet = _Sheet(Console(file=view.out, soft_wrap=True))
    _tell_prediction(entry, view, sheet)
    sheet.say("outcome", _told_outcome(entry, view.as_of), _STYLE[entry.outcome])
    if entry.proposal:
        _tell_proposal(entry, entry.proposal, sheet)
    for ruling in entry.rulings:
        _tell_ruling(entry, ruling, sheet)
    sheet.say("says again", entry.says_again and f"{entry.says_again}, with which it counts and on which rulings stand")
    if entry.repeats:
        sheet.say("said again", f"{entry.repeats} more, counted once")
    if len(line) > 1:
        sheet.console.print(shown("over time", "bold"))
        for old in line:
            told = percent(odds(old.sharpened, view.yardstick))
            words, outcome = " ".join(old.prediction.text.split()), _told_outcome(old, view.as_of)
            sheet.say("", f"{_made(old.prediction)}  {told:>8}  {words}  → {outcome}")


@dataclass(frozen=True)
class _Sheet:
    """What is told line by line, each with its name before it."""

    console: Console

    def say(self, name: str, value: str | None, style: str = "") -> None:
        """A line; none where there is nothing to tell."""
        if value:
            self.console.print(shown(f"{name:<13}", "bold"), shown(value, style), sep="")


def _tell_prediction(entry: LedgerEntry, view: View, sheet: _Sheet) -> None:
    """What was foretold, by whom, when, how likely, and what would count."""
    one, sharp = entry.prediction, entry.sharpened
    sheet.say("prediction", one.id)
    sheet.say("words", f"“{' '.join(one.text.split())}” [{one.start}, {one.end}) of {one.document}")
    sheet.say("forecaster", f"{one.forecaster} ({one.forecaster_kind.value})")
    undated = " (the day it was taken in: the text bears no date)" if one.undated else ""
    sheet.say("made", f"{as_known(one.made, one.made_granularity)}{undated} in {one.outlet or 'outlet not known'}")
    criterion = sharp.criterion
    told = "; ".join(filter(None, (standings.counts(entry), _counted(criterion))))
    sheet.say("would count", told or "the words themselves")
    if criterion.words != one.criterion.words:
        sheet.say("in the words", f"“{' '.join(criterion.words.split())}”")
    sheet.say("sharpened by", criterion.by_person)
    first = f", counts from {sharp.first}" if sharp.first else ""
    sheet.say("by", f"{sharp.by}{' (default: none told)' if sharp.default_horizon else ''}{first}")
    sheet.say("likely", f"{percent(odds(sharp, view.yardstick))} ({sharp.likelihood or 'no odds told'})")
    sheet.say("condition", one.condition)


def _tell_proposal(entry: LedgerEntry, proposal: Proposal, sheet: _Sheet) -> None:
    """What is proposed, and the reports that bear on it."""
    sheet.say("proposed", _proposed(entry.prediction, proposal))
    if entry.lapsed:
        sheet.say("", "of what it was before it was sharpened: run foreshock ledger resolve")
    for found in proposal.evidence:
        day = phrases.published_name(found.published, found.published_granularity, found.crawl_month)
        bearing = standings.bearing(entry.sharpened, found)
        sheet.say("bears on it", f"{bearing}, fit {found.score:.2f}: {'; '.join(found.why)}")
        sheet.say("", f"{day}, {found.outlet or 'outlet not known'}: “{' '.join(found.text.split())}”")


def _tell_ruling(entry: LedgerEntry, ruling: Ruling, sheet: _Sheet) -> None:
    """What a person ruled, and what was proposed then."""
    own = ruling.prediction == entry.prediction.id
    sheet.say(ruling.action, f"{_told(ruling)}{'' if own else f' (on {ruling.prediction}, which says the same)'}")
    sheet.say("", _asked_since(ruling))
    if ruling.proposed:
        then = ruling.proposed
        gone = "; a document that this rested on was erased since" if then.erased else ""
        sheet.say("", f"proposed then: {then.outcome.value}, as of {then.as_of}: {then.reason}{gone}")


def show_stranded(found: Sequence[tuple[str, Ruling]], form: str, out: TextIO) -> None:
    """Rulings on what the newest reading of their texts no longer finds, each with the text that it is on."""
    if form == "json":
        write_json([{"document": document, **msgspec.to_builtins(one)} for document, one in found], out)
        return
    console = table_console(out)
    for document, one in found:
        console.print(shown(f"{one.prediction}  {one.action}: {_told(one)}"), soft_wrap=True)
        console.print(shown(f"  in {document}", "dim"), soft_wrap=True)
    if not found:
        console.print("Every ruling stands on a prediction that the ledger has.")


def show_counts(counts: Counter[Outcome], repeats: int, as_of: datetime.date, form: str, out: TextIO) -> None:
    """How many predictions have which proposed outcome, and how many of them are `repeats`."""
    if form == "json":
        write_json({"as_of": as_of.isoformat(), **{one.value: counts[one] for one in Outcome}, "repeats": repeats}, out)
        return
    told = ", ".join(f"{counts[one]} {one.value}" for one in Outcome)
    again = f" (of these {repeats} said again, which lists and scores count once)" if repeats else ""
    out.write(f"As of {as_of}: {told}{again}. All are proposals until a person confirms them.\n")
