"""What becomes of the three sets of news pages: counts, the most corroborated events, deaths beside UCDP's, timing.

    foreshock add ../shared/data/news/sudan.jsonl.gz --record records/sudan.sqlite    # and so for drc, afghanistan
    python -m bench.news --data ../shared/data --records records [--top 10] [--time 60]

Deaths are those of events of ASSAULT, each counted once whatever number of statements tells of it, at the figure most
of them give, in the month in which it began or, where no time is told, of its first report. Those that began more than
two months before that, or span more than a month, are left out as recollections and sums. UCDP's deaths are state-based
ones only.
`--time N` takes N usable pages of each set through every stage anew, in one process.
"""

import argparse
import gzip
import json
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pyarrow.parquet as pq
from sqlalchemy import Connection, Table, func, select

from foreshock.actors.resolve import resolved
from foreshock.corroborate.copies.syndication import Syndication
from foreshock.corroborate.events import events as events_of
from foreshock.corroborate.views.build import views
from foreshock.corroborate.views.lists import Wanted, list_events
from foreshock.forecast.countries import ids_by_code
from foreshock.gather.captures import captures as captures_in
from foreshock.gather.parse import document_of
from foreshock.gather.verdict import verdict_on
from foreshock.line import line
from foreshock.model.capture import Capture
from foreshock.model.entry import Entry
from foreshock.model.event import Event
from foreshock.model.vocabulary import EventType
from foreshock.places.statements import placed
from foreshock.record.events_tables import event_statements, events
from foreshock.record.store import Record
from foreshock.record.syndication_tables import syndication_texts
from foreshock.record.tables import captures, documents, statements

SETS = {"sudan": "SDN", "drc": "COD", "afghanistan": "AFG"}
LONGEST_DAYS, LATEST_MONTHS = 31, 2


def say(*words: object) -> None:
    """One line on standard output."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def became(pages: int, record: Record) -> Iterator[str]:
    """How many pages became how many of each thing."""
    with record.begin() as connection:
        labels = connection.execute(
            select(captures.c.verdict, func.count()).group_by(captures.c.verdict).order_by(func.count().desc())
        ).all()
        own = syndication_texts.c
        read = select(documents.c.id)
        groups = connection.scalar(select(func.count(own.copies_of.distinct())).where(own.document.in_(read)))
        typed = connection.scalar(
            select(func.count()).select_from(statements).where(statements.c.kind == "report", statements.c.type != "")
        )
        told = connection.execute(
            select(events.c.independent, func.count()).group_by(events.c.independent).order_by(events.c.independent)
        ).all()
        verdicts = ", ".join(f"{name} {number}" for name, number in labels)
        yield f"pages {pages}, different ones {_count(connection, captures)}: {verdicts}"
        yield f"reports {_count(connection, documents)}, independent ones {groups}"
        yield f"statements {_count(connection, statements)}, typed reports {typed}"
    several = sum(number for independent, number in told if independent > 1)
    yield f"events {sum(number for _, number in told)}, told by two independent reports or more {several}"
    yield "events by independent reports: " + ", ".join(f"{independent}: {number}" for independent, number in told)


def _count(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


def all_events(record: Record) -> Iterator[Event]:
    """Every event of the record, as it is shown."""
    own = event_statements.c
    with record.begin() as connection:
        groups: dict[str, list[str]] = defaultdict(list)
        for event, statement in connection.execute(select(own.event, own.statement).order_by(own.event)):
            groups[event].append(statement)
        ordered = [sorted(group) for group in groups.values()]
        for at in range(0, len(ordered), 200):
            yield from views(connection, ordered[at : at + 200])


def killed_in(found: Iterable[Event], country: str, least: int) -> Counter[tuple[int, int]]:
    """Deaths by year and month in events of the country that so many independent reports tell of."""
    total: Counter[tuple[int, int]] = Counter()
    for event in found:
        killed = event.counts.get("killed")
        if killed is None or event.place is None or event.place.country != country or event.independent < least:
            continue
        reported = _first_month(event)
        if event.type != EventType.ASSAULT or reported is None:
            continue
        begun = reported
        if event.from_ is not None and event.to is not None:
            begun = 12 * event.from_.year + event.from_.month - 1
            if (event.to - event.from_).days > LONGEST_DAYS or not 0 <= reported - begun <= LATEST_MONTHS:
                continue
        total[begun // 12, begun % 12 + 1] += killed.best
    return total


def _first_month(event: Event) -> int | None:
    """The month of the first report, counted from year 0: of publication, else of the crawl."""
    if event.first_report is not None:
        return 12 * event.first_report.year + event.first_report.month - 1
    crawled = [report.crawl_month for report in event.reports if report.crawl_month]
    return 12 * int(min(crawled)[:4]) + int(min(crawled)[5:7]) - 1 if crawled else None


def beside_ucdp(found: Sequence[Event], record: Record, country: str, data: Path) -> Iterator[str]:
    """A line a month: deaths in the record and in UCDP; then how the two go together."""
    table = pq.read_table(data / "forecasting" / "country_month.parquet").to_pydict()
    wanted = ids_by_code()[country]
    theirs = {
        (year, month): deaths
        for identity, year, month, deaths in zip(
            table["country_id"], table["year"], table["month"], table["deaths"], strict=True
        )
        if identity == wanted
    }
    with record.begin() as connection:
        crawled = connection.execute(
            select(documents.c.crawl_month, func.count()).group_by(documents.c.crawl_month)
        ).all()
    pages = {(int(month[:4]), int(month[5:7])): number for month, number in crawled if month}
    ours, twice = killed_in(found, country, 1), killed_in(found, country, 2)
    months = sorted(month for month in pages if month in theirs)
    yield f"month    reports  killed in the record  told twice  UCDP, state-based ({len(months)} months)"
    for month in months:
        yield f"{month[0]}-{month[1]:02}  {pages[month]:7}  {ours[month]:20}  {twice[month]:10}  {theirs[month]:6}"
    if len(months) > 2:
        right = np.array([theirs[month] for month in months], float)
        for name, counted in (("record", ours), ("told twice", twice)):
            left = np.array([counted[month] for month in months], float)
            logarithms = _pearson(np.log1p(left), np.log1p(right))
            yield f"correlation, {name}: {_pearson(left, right):.2f}; of logarithms {logarithms:.2f}"


def _pearson(left: np.ndarray, right: np.ndarray) -> float:
    return float(np.corrcoef(left, right)[0, 1]) if left.std() and right.std() else float("nan")


def top(record: Record, number: int) -> Iterator[str]:
    """The most corroborated events, to be read and judged."""
    with record.begin() as connection:
        for at, row in enumerate(list_events(connection, Wanted(), number), 1):
            day = f"{row.time_from}..{row.time_to}" if row.time_from else "no day"
            yield (f"{at:2} {row.id} {row.type} {row.place or '-'} {row.country or '-'} {day} independent "
                   f"{row.independent}, reports {row.reports}, statements {row.statements}: {row.title}")  # fmt: skip


def stages(path: Path, number: int) -> dict[str, float]:
    """Milliseconds of processor time a usable page at each stage, over `number` pages spread over the set."""
    spent: dict[str, float] = defaultdict(float)

    def timed(stage: str, work: Any) -> Any:  # noqa: ANN401 - whatever the stage makes
        began = time.process_time()
        made = work()
        spent[stage] += time.process_time() - began
        return made

    found = [item for item in timed("gather", lambda: list(captures_in([str(path)]))) if isinstance(item, Capture)]
    spent["gather"] *= number / max(1, len(found))
    stage, entries = line(), list[Entry]()
    for capture in found[:: max(1, len(found) // (2 * number))]:
        document = timed("gather", lambda capture=capture: document_of(capture))
        verdict = timed("gather", lambda document=document: verdict_on(document))
        if not verdict.usable or len(entries) == number:
            continue
        reading = timed("read", lambda document=document: stage.reader.read(document))
        reading = timed("places", lambda reading=reading: placed(reading, stage.locator))
        reading = timed("actors", lambda reading=reading: resolved(reading, stage.registry))
        entries.append(Entry(capture, document, verdict, msgspec.structs.replace(reading, document=document)))
    with tempfile.TemporaryDirectory() as folder, Record(str(Path(folder) / "record.sqlite")) as record:
        syndication = Syndication()

        def group(connection: Any, kept: Any) -> None:  # noqa: ANN401 - as `keep` hands them over
            timed("syndication", lambda: syndication.take(connection, kept))

        timed("record", lambda: record.keep(entries, then=group))
        spent["record"] -= spent["syndication"]
        timed("events", lambda: events_of.update(record, [entry.document.id for entry in entries]))
    return {name: 1000 * seconds / max(1, len(entries)) for name, seconds in spent.items()}


def main() -> None:
    """Tell of each set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--records", type=Path, required=True, help="the folder of the three records")
    parser.add_argument("--top", type=int, default=0, help="list so many of the most corroborated events")
    parser.add_argument("--time", type=int, default=0, help="take so many pages through every stage, and time them")
    given = parser.parse_args()
    for name, country in SETS.items():
        path = given.data / "news" / f"{name}.jsonl.gz"
        with gzip.open(path, "rt", encoding="utf-8") as rows:
            pages = sum(1 for row in rows if json.loads(row))
        say(f"\n{name}")
        with Record(str(given.records / f"{name}.sqlite"), create=False) as record:
            for told in became(pages, record):
                say(told)
            for told in beside_ucdp(list(all_events(record)), record, country, given.data):
                say(told)
            for told in top(record, given.top) if given.top else ():
                say(told)
        if given.time:
            times = stages(path, given.time)
            say("milliseconds a page: " + ", ".join(f"{stage} {spent:.1f}" for stage, spent in times.items()))


if __name__ == "__main__":
    main()
