"""The whole way: idempotent, resumable after any death, one bad document never stopping the others."""

import concurrent.futures
import gzip
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from foreshock.corroborate.events import events
from foreshock.corroborate.views.lists import EventRow, Wanted, list_events
from foreshock.errors import ItemError, ModelError
from foreshock.gather.captures import capture_of, captures
from foreshock.gather.supplied import Supplied
from foreshock.line import Line, Summary, add, line, read_all, read_one, reread, take
from foreshock.model.capture import Medium
from foreshock.model.document import Document, text_id
from foreshock.model.statement import Reading
from foreshock.model.vocabulary import Kind
from foreshock.places.gazetteer import SHIPPED, Gazetteer
from foreshock.places.locate import Locator
from foreshock.record.reread import outdated, replace_readings
from foreshock.record.store import Record
from foreshock.record.syndication_tables import syndication_texts
from foreshock.record.verify import verify
from tests.corroborate.copies.stories import FURNITURE

REPORT = (
    "Rebels of the M23 movement attacked an army position near Goma in North Kivu on Monday, killing at least {} "
    "soldiers, the governor of the province said. The army denied that the town had fallen. Thousands of civilians "
    "fled towards the border with Rwanda, according to the United Nations. Analysts warn that "
    "the fighting could spread to South Kivu. "
    "The government must protect the camps, the bishop of Goma said on Tuesday."
)


def rows(path: Path, count: int) -> None:
    lines = (json.dumps({"id": str(n), "text": REPORT.format(n + 10), "published": "2023-06-28"}) for n in range(count))
    path.write_bytes(gzip.compress("\n".join(lines).encode()))


def contents(record: Path) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    connection = sqlite3.connect(record)
    captures = connection.execute("SELECT capture, document, verdict FROM captures ORDER BY 1").fetchall()
    statements = connection.execute("SELECT id, document, body FROM statements ORDER BY 1").fetchall()
    connection.close()
    return captures, statements


def test_the_same_command_again_adds_nothing(tmp_path: Path) -> None:
    rows(tmp_path / "a.jsonl.gz", 6)
    with Record(str(tmp_path / "record.sqlite")) as record:
        first = add([str(tmp_path / "a.jsonl.gz")], record)
        sizes = record.sizes()
        again = add([str(tmp_path / "a.jsonl.gz")], record)
        assert (first.kept, first.known) == (6, 0)
        assert first.statements > 6
        assert (again.kept, again.known, again.statements) == (0, 6, 0)
        assert record.sizes() == sizes


@pytest.mark.slow
def test_what_comes_again_is_told_from_what_was_there(tmp_path: Path) -> None:
    row, spam = {"id": "1", "text": REPORT.format(10)}, {"text": "Casino bonus slot jackpot. " * 20}
    reprint = {**row, "id": "2", "outlet": "The Reprint", "published": "2023-07-01"}
    lines = "\n".join(map(json.dumps, [row, row, reprint, spam, spam]))
    (tmp_path / "a.jsonl").write_text(lines)
    with Record(str(tmp_path / "record.sqlite")) as record:
        first = add([str(tmp_path / "a.jsonl")], record)
        again = add([str(tmp_path / "a.jsonl")], record)
        sizes = record.sizes()
    assert (first.kept, first.same_text, first.known, first.repeated) == (1, 1, 0, 2)
    assert first.skipped == {"spam": 1}
    assert first.statements == sizes["statements"]
    assert (again.kept, again.same_text, again.known, again.repeated) == (0, 0, 3, 2)
    assert not again.skipped


def test_two_runs_over_the_same_input_at_once_share_it(tmp_path: Path) -> None:
    rows(tmp_path / "a.jsonl.gz", 12)
    read_one(Document(id=text_id("x"), text="x", origin="test", capture=""))
    path = str(tmp_path / "record.sqlite")

    def run() -> Summary:
        with Record(path) as record:
            return add([str(tmp_path / "a.jsonl.gz")], record)

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        one, two = (run.result() for run in [pool.submit(run) for _ in range(2)])
    with Record(path) as record:
        assert one.kept + two.kept == record.sizes()["documents"] == 12
        assert one.statements + two.statements == record.sizes()["statements"]
    assert one.kept + one.known == two.kept + two.known == 12


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_bad_items_are_named_and_the_rest_is_kept(tmp_path: Path, workers: int) -> None:
    (tmp_path / "a.txt").write_text(REPORT.format(3))
    (tmp_path / "b.txt").write_bytes(b"\0\1\2" * 100)
    (tmp_path / "c.jsonl").write_text('{"text": \n' + json.dumps({"text": REPORT.format(4)}) + "\n")
    (tmp_path / "d.txt").write_text("Casino bonus slot jackpot. " * 20)
    with Record(str(tmp_path / "record" / "r.sqlite")) as record:
        summary = add([str(tmp_path)], record, workers)
    assert summary.kept == 2
    assert summary.skipped == {"spam": 1}
    named = " ".join(map(str, summary.errors))
    assert "b.txt" in named
    assert "c.jsonl: row 1" in named
    assert "reading process" not in named


def test_what_a_new_text_parts_is_counted_apart_at_once(tmp_path: Path) -> None:
    """Two reports share what their site prints under every page; that it does is told by a third, months later."""
    rows = [
        {"title": title, "text": "\n".join([title, "", lead, *FURNITURE]), "outlet": "Daily Lantern", "published": day}
        for title, lead, day in (
            ("Gunmen raid Varnost granary", "Gunmen killed twelve people at the granary of Varnost on Tuesday.",
             "2023-05-10"),
            ("Granary of Varnost raided", "Gunmen killed twelve at the granary of Varnost on Tuesday, police said.",
             "2023-05-11"),
            ("Wheat prices fall", "Traders closed the cattle market of Tarrabad in protest on Friday.", "2023-09-12"),
        )
    ]  # fmt: skip
    with Record(str(tmp_path / "record.sqlite")) as record:
        for at, part in enumerate((rows[:2], rows[2:])):
            path = tmp_path / f"{at}.jsonl"
            path.write_text("".join(json.dumps(row) + "\n" for row in part))
            add([str(path)], record, supplied=Supplied(anyway=True))
            if at == 0:
                assert copied(record) == 2
        assert copied(record) == 1
        listed = events_listed(record)
        events.recompute(record)
        assert events_listed(record) == listed


def copied(record: Record) -> int:
    """How many texts are in the largest group of copies."""
    sizes = select(func.count()).select_from(syndication_texts).group_by(syndication_texts.c.copies_of)
    with record.begin() as connection:
        return max(connection.scalars(sizes))


def events_listed(record: Record) -> list[EventRow]:
    """All events as a list shows them."""
    with record.begin() as connection:
        return list_events(connection, Wanted())


@pytest.mark.slow
def test_several_workers_find_what_one_finds(tmp_path: Path) -> None:
    rows(tmp_path / "a.jsonl.gz", 20)
    found = []
    for workers in (1, 2):
        path = tmp_path / f"record-{workers}.sqlite"
        with Record(str(path)) as record:
            add([str(tmp_path / "a.jsonl.gz")], record, workers)
        found.append(contents(path))
    assert found[0] == found[1]


@pytest.mark.slow
def test_a_rereading_that_is_interrupted_goes_on_where_it_stopped(tmp_path: Path) -> None:
    rows(tmp_path / "a.jsonl.gz", 12)
    path = tmp_path / "record.sqlite"
    with Record(str(path)) as record:
        add([str(tmp_path / "a.jsonl.gz")], record)
        before = contents(path)
        with sqlite3.connect(path) as connection:
            connection.execute("UPDATE documents SET model = 'older'")

        def interrupt(_: int) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            reread(record, progress=interrupt)
        difference, errors = reread(record)
        assert 0 < difference.documents < 12
        assert not errors
        assert (difference.changed, difference.new, difference.gone) == (0, 0, 0)
        assert reread(record)[0].documents == 0
        assert list(verify(record)) == []
    connection.close()
    assert contents(path) == before


def test_events_that_a_killed_rereading_left_undone_are_made_by_the_next(tmp_path: Path) -> None:
    rows(tmp_path / "a.jsonl.gz", 3)
    with Record(str(tmp_path / "record.sqlite")) as record:
        add([str(tmp_path / "a.jsonl.gz")], record)
        found = list(outdated(record, "another version"))
        replace_readings(record, [read_one(document) for document in found], events.forget)
        # Here it is killed: the readings are of this version, the events are not made anew.
        assert len(events.pending(record)) == 3
        assert reread(record)[0].documents == 0
        assert events.pending(record) == []


@pytest.mark.slow
def test_killed_in_mid_run_and_started_again_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    rows(tmp_path / "a.jsonl.gz", 120)
    path = tmp_path / "record.sqlite"
    command = [sys.executable, "-m", "foreshock", "add", str(tmp_path / "a.jsonl.gz"), "--record", str(path)]
    for _ in range(3):
        process = subprocess.Popen([*command, "--workers", "2"], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                   start_new_session=True)  # fmt: skip
        before = len(contents(path)[0]) if path.exists() else 0
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and process.poll() is None and _kept(path) <= before:
            os.sched_yield()
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        captures, statements = contents(path)
        kept = {document for _, document, _ in captures if document}
        assert {document for _, document, _ in statements} <= kept
    subprocess.run(command, check=True, capture_output=True)
    whole = tmp_path / "whole.sqlite"
    with Record(str(whole)) as record:
        add([str(tmp_path / "a.jsonl.gz")], record, 2)
    assert contents(path) == contents(whole)


@pytest.mark.slow
def test_a_worker_killed_from_outside_costs_nothing(tmp_path: Path) -> None:
    rows(tmp_path / "a.jsonl.gz", 120)
    path, whole = tmp_path / "record.sqlite", tmp_path / "whole.sqlite"
    command = [sys.executable, "-m", "foreshock", "add", str(tmp_path / "a.jsonl.gz"), "--workers", "2"]
    process = subprocess.Popen([*command, "--record", str(path)], stdout=subprocess.PIPE, text=True)
    while process.poll() is None and not (path.exists() and _kept(path)):
        os.sched_yield()
    started = " ".join(told.read_text() for told in Path(f"/proc/{process.pid}/task").glob("*/children"))
    readers = [child for child in started.split() if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]
    os.kill(int(readers[0]), signal.SIGKILL)
    assert process.communicate(timeout=120) and process.returncode == 0
    with Record(str(whole)) as record:
        add([str(tmp_path / "a.jsonl.gz")], record)
    assert contents(path) == contents(whole)


@pytest.mark.slow
def test_the_bytes_as_taken_are_in_the_record_whoever_read_them(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT.format(3))
    with Record(str(tmp_path / "record.sqlite")) as record:
        add([str(tmp_path / "a.txt")], record, workers=2)
        ((capture, _, _),) = contents(tmp_path / "record.sqlite")[0]
        assert record.original(str(capture)) == REPORT.format(3).encode()


def test_a_stage_that_fails_unforeseen_leaves_a_gap_and_what_the_others_found() -> None:
    whole = Line()
    whole.registry = None  # type: ignore[assignment] # a stage that cannot work
    text = REPORT.format(12)
    reading = whole.read(Document(id=text_id(text), text=text, origin="test", capture=""))
    assert any(statement.place and statement.place.country == "COD" for statement in reading.statements)
    (gap,) = reading.gaps
    assert gap.stage == "actors"
    assert gap.reason.startswith("AttributeError: ")


def test_places_whose_index_breaks_meanwhile_stop_the_run_and_are_no_gap(tmp_path: Path) -> None:
    whole = Line()
    path = Path(shutil.copy(SHIPPED, tmp_path / "places.sqlite"))
    whole.locator = Locator(Gazetteer(path))
    texts = [REPORT.format(12), "Troops moved into Ouagadougou on Monday, the army said."]
    first, second = (Document(id=text_id(text), text=text, origin="test", capture="") for text in texts)
    assert not whole.read(first).gaps
    os.truncate(path, 1_000_000)
    with pytest.raises(ModelError, match=r"places\.sqlite: the gazetteer index cannot be read any more"):
        whole.read(second)


class NoMemory:
    """What cannot be asked for anything, as memory has run out."""

    def __getattr__(self, name: str) -> object:
        raise MemoryError


def test_a_stage_for_which_memory_runs_out_keeps_nothing_of_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line(), "registry", NoMemory())
    taken = take(capture_of("report.txt", REPORT.format(12).encode(), Medium.TEXT))
    assert str(taken).startswith("report.txt: memory ran out while it was read")


@pytest.mark.slow
def test_several_workers_read_in_order(tmp_path: Path) -> None:
    texts = [REPORT.format(n) for n in range(20)]
    for number, text in enumerate(texts):
        (tmp_path / f"{number:02}.txt").write_text("" if number == 7 else text)
    found = list(read_all(captures([str(tmp_path)]), 2))
    assert [str(tmp_path / f"{n:02}.txt") for n in range(20)] == [
        result.item if isinstance(result, ItemError) else result.document.origin for result in found
    ]
    assert all(isinstance(result, Reading) and result.statements for n, result in enumerate(found) if n != 7)


def _kept(path: Path) -> int:
    try:
        return len(contents(path)[0])
    except sqlite3.OperationalError:
        return 0


def test_what_a_reading_holds() -> None:
    text = REPORT.format(12)
    reading = read_one(Document(id=text_id(text), text=text, origin="test", capture=""))
    kinds = {statement.kind for statement in reading.statements}
    assert {Kind.REPORT, Kind.FORECAST, Kind.RECOMMENDATION} <= kinds
    attack = next(statement for statement in reading.statements if "attack" in statement.trigger.text)
    assert attack.type == "ASSAULT"
    assert [source.text for source in attack.sources] == ["the governor of the province"]
    assert attack.place is not None
    assert (attack.place.country, attack.place.admin1) == ("COD", "Nord Kivu")
    assert set(attack.scores) >= {"place", "place_resolution"}
    forecast = next(statement for statement in reading.statements if statement.kind is Kind.FORECAST)
    assert forecast.likelihood is not None
    assert forecast.likelihood.text == "could"


@pytest.mark.slow
def test_an_empty_and_an_enormous_line_are_read_without_a_crash() -> None:
    for text in ("", " \n ", "a", "word " * 30_000, "😀" * 2000, "." * 5000, "\n" * 5000):
        document = Document(id=text_id(text), text=text, origin="test", capture="")
        assert read_one(document).document is document
