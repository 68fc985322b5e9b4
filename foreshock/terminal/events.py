"""Events on the screen: a list, and one with its reports, figures, disputes and grade."""

import dataclasses
from typing import TextIO

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from foreshock.corroborate.events.stance import taken_back
from foreshock.corroborate.views.build import event_with
from foreshock.corroborate.views.lists import EventRow, Join, Wanted, count_events, count_pending, joins_of, list_events
from foreshock.errors import UsageError
from foreshock.model.event import Event, Report
from foreshock.model.statement import Statement, from_json
from foreshock.record.parts import rows
from foreshock.record.store import Record
from foreshock.record.tables import statements
from foreshock.telling import event_phrases, phrases
from foreshock.telling.passed_on import events_told
from foreshock.terminal.reading import WIDEST, marked
from foreshock.terminal.screen import tell_by_region, write_json
from foreshock.terminal.style import COLOURS, complain, shown, visible

GRADES = {1: "#3fb5a3", 2: "#6cc08b", 3: "#e0a53f", 4: "#e0803f", 5: "#e05757", 6: "#8a8f98"}
"""One colour a credibility; its digit always stands beside it."""
TO_CATCH_UP = "a run goes on, or was stopped; after one that was, foreshock watch or the next foreshock add does"
_MOST_JOINS = 12
_MOST_PARTS = 5


class Shower:
    """Writes events as a table for people or as JSON."""

    def __init__(self, form: str, out: TextIO) -> None:
        self.form = form
        self.out = out
        self.console = Console(file=out, highlight=False, soft_wrap=False)
        self.width = min(self.console.width, WIDEST)

    def several(self, record: Record, wanted: Wanted, limit: int) -> None:
        """The events that match, those with most independent reports first; JSON, which is made to be passed on, tells
        those of deserters by region."""
        with record.begin() as connection:
            found = list_events(connection, wanted, limit)
            told = events_told(connection, found) if self.form == "json" else found
            total = count_events(connection, wanted)
            pending = count_pending(connection)
        if pending:
            complain(f"{phrases.counted(pending, 'document')} not compared with the others yet: {TO_CATCH_UP}")
        if self.form == "json":
            listed = [dataclasses.asdict(row) for row in told]
            write_json({"total": total, "documents_not_compared": pending, "events": listed}, self.out)
            tell_by_region(sum(one != row for one, row in zip(told, found, strict=True)))
            return
        self.console.print()
        for row in found:
            self._row(row)
        closing = f"{phrases.counted(total, 'event')} in the record" + (f", {len(found):,} shown" if found else "")
        self.console.print(Padding(Text(closing, style="bold"), (0, 1, 1, 1)))

    def one(self, record: Record, identity: str, explain: bool) -> None:
        """The event that a statement is in. Raises `UsageError` where it is in none."""
        with record.begin() as connection:
            event = event_with(connection, identity)
            if event is None:
                raise UsageError(f"no event has a statement {identity!r}; `foreshock events` lists events")
            query = statements.select().with_only_columns(statements.c.body)
            said = {one.id: one for one in (
                from_json(row[0]) for row in rows(connection, query, statements.c.id, event.statements)
            )}  # fmt: skip
            joins = joins_of(connection, event) if explain else ([], [])
        if self.form == "json":
            write_json(
                {"event": event, **({"documents": joins[0], "statements": joins[1]} if explain else {})}, self.out
            )
            return
        self._heading(event)
        self._figures(event)
        for report in event.reports:
            self._report(report, event, said)
        for title, found in (("Why these texts", joins[0]), ("Why these statements", joins[1])):
            self._joins(title, found, event, said)
        self.console.print()

    def _row(self, row: EventRow) -> None:
        label = Text("▌ ", style=GRADES[row.credibility])
        label.append(phrases.act_name(row.type, row.mode).replace(" · ", "\n  "), style="bold")
        told = shown(row.title)
        facts = (
            event_phrases.where(row.place, row.admin1, row.country),
            event_phrases.days(row.time_from, row.time_to),
            event_phrases.independent(row.independent, row.reports - row.independent),
            phrases.counted(row.disputes, "dispute") if row.disputes else None,
            "dismissed" if row.dismissed else None,
        )
        told.append("\n" + visible("  ·  ".join(fact for fact in facts if fact)), style="dim")
        told.append(f"\n{row.id}", style="dim")
        self._grid(label, told, Text(str(row.credibility), style=f"bold {GRADES[row.credibility]}"))

    def _grid(self, *cells: Text) -> None:
        grid = Table.grid(padding=(0, 2, 1, 1))
        grid.add_column(width=16)
        grid.add_column(ratio=1)
        for _ in cells[2:]:
            grid.add_column(width=2, justify="right")
        grid.add_row(*cells)
        self.console.print(grid, width=self.width)

    def _heading(self, event: Event) -> None:
        self.console.print()
        self.console.print(Padding(shown(event.title, "bold"), (0, 1)), width=self.width)
        place = event.place
        facts = (
            phrases.act_name(event.type, event.mode),
            event_phrases.where(place.name or place.text, place.admin1, place.country) if place else None,
            event_phrases.days(event.from_, event.to),
            event_phrases.independent(event.independent, event.copies),
        )
        line = visible("  ·  ".join(fact for fact in facts if fact))
        self.console.print(Padding(Text(line, style="dim"), (0, 1)), width=self.width)
        grade = event.credibility
        told = Text(f"credibility {grade.digit}", style=f"bold {GRADES[grade.digit]}")
        told.append(visible(f"  {event_phrases.CREDIBILITY[grade.digit]}: {grade.why} ({grade.by})"), style="dim")
        self.console.print(Padding(told, (1, 1)), width=self.width)

    def _figures(self, event: Event) -> None:
        for name, found in event.counts.items():
            line = Text(f"{name} ", style=COLOURS_OF_FIGURES)
            line.append(event_phrases.figures(found), style="bold")
            told = ", ".join(
                f"{phrases.count_name(event_phrases.told_count(one))} ({one.speaker})" for one in found.told[:6]
            )
            line.append("  " + visible(told), style="dim")
            self.console.print(Padding(line, (0, 1)), width=self.width)
        for dispute in event.disputes:
            line = Text("disputed ", style=GRADES[4])
            line.append(visible(event_phrases.dispute(dispute)))
            self.console.print(Padding(line, (0, 1)), width=self.width)
        if event.dismissed:
            self.console.print(Padding(shown(f"dismissed by {event.dismissed}", GRADES[5]), (0, 1)), width=self.width)
        self.console.print()

    def _report(self, report: Report, event: Event, said: dict[str, Statement]) -> None:
        published = phrases.published_name(report.published, report.published_granularity, report.crawl_month)
        label = Text("▌ ", style=GRADES[6] if report.copy_of else GRADES[event.credibility.digit])
        label.append("copy" if report.copy_of else "report", style="bold")
        label.append("\n  " + visible(published), style="dim")
        told = shown(report.title or "Untitled text", "bold")
        if report.outlet:
            told.append(visible(f"  ·  {report.outlet}"), style="dim")
        for identity in report.statements:
            told.append("\n")
            told.append_text(marked(said[identity]))
            who = phrases.speaker(said[identity])
            back = "  ·  taken back by the correction" if taken_back(said[identity], report.title) else ""
            denied = "denied by " if phrases.denied(said[identity]) else ""
            told.append(visible(f"  ·  {denied}{who}{back}"), style="dim")
        self._grid(label, told)

    def _joins(self, title: str, found: list[Join], event: Event, said: dict[str, Statement]) -> None:
        if not found:
            return
        titles = {report.document: report.title or report.document[:15] for report in event.reports}
        titles |= {identity: one.text for identity, one in said.items()}
        self.console.print(Padding(Text(title, style="bold"), (1, 1, 0, 1)))
        for join in found[:_MOST_JOINS]:
            line = Text(f"{join.probability:4.0%}  ", style="bold")
            line.append(visible(f"{titles[join.first][:42]} ↔ {titles[join.second][:42]}"))
            parts = [
                f"{event_phrases.FEATURES[part.feature]} {part.contribution:+.1f}"
                + (f" ({part.found})" if part.found else "")
                for part in join.parts[:_MOST_PARTS]
            ]
            line.append("\n      " + visible(" · ".join(parts)), style="dim")
            self.console.print(Padding(line, (0, 1)), width=self.width)


COLOURS_OF_FIGURES = next(iter(COLOURS.values()))
"""Figures are reports' to give, and have their colour."""
