"""Erasing: a document goes everywhere it went, its words leave the file, and it does not come back by itself."""

import dataclasses
import importlib
import pkgutil
import sqlite3
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select

import foreshock.record
from foreshock.corroborate.copies.syndication import Syndication
from foreshock.errors import UsageError
from foreshock.gather.captures import capture_of
from foreshock.model.capture import Medium
from foreshock.model.document import Verdict
from foreshock.model.entry import Entry
from foreshock.model.statement import Gap
from foreshock.record.custody_tables import custody_log
from foreshock.record.erasure import HANGING, erase
from foreshock.record.query import Filter, count_statements
from foreshock.record.reread import replace_readings
from foreshock.record.store import Kept, Record
from foreshock.record.tables import metadata
from foreshock.record.verify import verify
from tests.record.samples import USABLE, entry

LOG = {"custody_log", "custody_head", "erasures"}
"""Tables that name what was erased on purpose: by digest only."""


def test_every_table_that_names_a_document_is_in_the_list() -> None:
    for module in pkgutil.iter_modules(foreshock.record.__path__, "foreshock.record."):
        if module.name.endswith("tables"):
            importlib.import_module(module.name)
    listed = {(hanging.table.name, hanging.column) for hanging in HANGING}
    targets = {("documents", "id"), ("statements", "id"), ("captures", "capture")}
    for table in metadata.sorted_tables:
        if table.name in LOG:
            continue
        for column in table.columns:
            refers = {(key.column.table.name, key.column.name) for key in column.foreign_keys}
            names = column.name in ("document", "statement", "capture")
            if (names or refers & targets) and (table.name, column.name) != ("captures", "document"):
                assert (table.name, column.name) in listed, f"{table.name}.{column.name}: add it to erasure.HANGING"


def test_what_goes_comes_before_what_it_refers_to() -> None:
    order = [hanging.table.name for hanging in HANGING]
    for hanging in HANGING:
        for key in hanging.table.foreign_keys:
            if key.column.table.name in order:
                assert order.index(hanging.table.name) < order.index(key.column.table.name)


def test_a_persons_decision_does_not_hold_a_statement_fast() -> None:
    for hanging in HANGING:
        if not hanging.derived and hanging.of == "statement":
            assert not hanging.table.c[hanging.column].foreign_keys, (
                f"{hanging.table.name}: no foreign key, see Hanging"
            )


def test_an_erased_document_leaves_nothing_behind_and_a_tombstone(record: Record, tmp_path: Path) -> None:
    one, two = entry("Xanthippe said soldiers fled the barracks.", 0), entry("Bob says the front will hold.", 1)
    again = Entry(
        capture_of("b", b"<p>Xanthippe said soldiers fled</p>", Medium.PAGE), one.document, USABLE, one.reading
    )
    record.keep([one, two, again])
    gone = erase(record, one.document.id[:20], "a court order", "A. Moro")
    assert gone.document == one.document.id
    assert gone.scrubbed
    assert (gone.removed["captures"], gone.removed["statements"], gone.removed["originals"]) == (2, 1, 2)
    assert record.sizes() == {"captures": 1, "documents": 1, "statements": 1}
    assert count_statements(record, Filter(clause_words="barracks")) == 0
    assert count_statements(record, Filter(clause_words="fled")) == 0
    assert record.original(one.capture.sha256) is None
    assert list(verify(record)) == []
    with record.begin() as connection:
        entries = connection.execute(select(custody_log).where(custody_log.c.event == "erased")).all()
    assert {row.subject for row in entries} == {one.document.id, one.capture.sha256, again.capture.sha256}
    assert "a court order" in entries[-1].details
    assert "A. Moro" in entries[-1].details
    assert "Xanthippe" not in " ".join(row.details for row in entries)


def test_the_words_of_an_erased_document_leave_the_file(tmp_path: Path) -> None:
    path = tmp_path / "record.sqlite"
    words = "Xanthippe said the quillifers fled from Brobdingnag."
    with Record(str(path)) as record:
        record.keep([entry(words, 0), entry("Bob says the front will hold.", 1)])
        name = entry(words, 0).document.id
        sqlite3.connect(path).close()
        assert b"quillifers" in path.read_bytes() + Path(f"{path}-wal").read_bytes()
        assert erase(record, name, "test", "test").scrubbed
        left = path.read_bytes() + Path(f"{path}-wal").read_bytes()
    for word in (b"quillifers", b"Xanthippe", b"xanthippe", b"brobdingnag"):
        assert word not in left
    assert b"front" in left


def test_a_skipped_capture_of_an_erased_text_goes_with_it(record: Record) -> None:
    one = entry("Xanthippe said soldiers fled the barracks.")
    named = msgspec.structs.replace(one.document, author="Xanthippe Moro")
    skipped = Entry(
        capture_of("b", b"<p>the same</p>", Medium.PAGE), named, Verdict(label="undated", reason="test"), None
    )
    record.keep([skipped], then=Syndication().take)
    record.keep([one], then=Syndication().take)
    assert set(erase(record, one.document.id, "test", "test").captures) == {
        one.capture.sha256, skipped.capture.sha256,
    }  # fmt: skip
    assert record.sizes()["captures"] == 0
    assert list(verify(record)) == []


def test_words_that_a_newer_reading_dropped_leave_the_file(tmp_path: Path) -> None:
    path = tmp_path / "record.sqlite"
    one = entry("Ann said soldiers fled the barracks.")
    assert one.reading is not None
    reason = "quillifers " * 500
    older = msgspec.structs.replace(one.reading, gaps=(Gap(stage="read", reason=reason),))
    with Record(str(path)) as record:
        record.keep([dataclasses.replace(one, reading=older)])
        replace_readings(record, [one.reading])
        assert erase(record, one.document.id, "test", "test").scrubbed
        left = path.read_bytes() + Path(f"{path}-wal").read_bytes()
    assert b"quillifers" not in left


def test_what_was_erased_is_not_taken_in_again_unless_asked(record: Record) -> None:
    one = entry("Ann said soldiers fled the barracks.")
    reprint = Entry(capture_of("b", b"another page", Medium.PAGE), one.document, USABLE, one.reading)
    record.keep([one])
    erase(record, one.document.id, "test", "test")
    assert record.keep([one, reprint]) == Kept(erased=[one, reprint])
    assert record.erased_captures([one.capture.sha256, "0" * 64]) == {one.capture.sha256}
    assert record.keep([one], take_erased=True) == Kept(documents=[one])
    assert record.keep([one, reprint]) == Kept(known=[one], same_text=[reprint])
    assert list(verify(record)) == []
    erase(record, one.document.id, "again", "test")
    assert list(verify(record)) == []
    assert record.keep([reprint]) == Kept(erased=[reprint])


def test_a_text_that_is_skipped_stays_erased(record: Record) -> None:
    one = entry("Ann said soldiers fled the barracks.")
    reprint = Entry(capture_of("b", b"another page", Medium.PAGE), one.document, USABLE, one.reading)
    record.keep([one])
    erase(record, one.document.id, "test", "test")
    undated = Entry(one.capture, one.document, Verdict(label="undated", reason="test"), None)
    assert record.keep([undated], take_erased=True) == Kept(skipped=[undated])
    assert list(verify(record)) == []
    assert record.keep([reprint]) == Kept(erased=[reprint])
    assert record.keep([one, reprint], take_erased=True) == Kept(documents=[one], same_text=[reprint])
    assert list(verify(record)) == []


def test_a_capture_that_was_skipped_can_be_erased_by_its_hash(record: Record) -> None:
    spam = entry("Casino bonus.", verdict=Verdict(label="spam", reason="test"))
    record.keep([spam])
    assert erase(record, spam.capture.sha256, "test", "test").document is None
    assert record.sizes()["captures"] == 0
    assert list(verify(record)) == []
    assert record.keep([spam]) == Kept(erased=[spam])


@pytest.mark.parametrize(
    ("name", "reason", "problem"),
    [
        ("sha256:" + "0" * 64, "x", "no document of this id"),
        ("12", "x", "not a document's id"),
        ("' OR 1=1 --", "x", "not a document's id"),
        ("0" * 12, " ", "needs a reason"),
    ],
)
def test_a_name_that_names_nothing(record: Record, name: str, reason: str, problem: str) -> None:
    record.keep([entry("Ann said soldiers fled the barracks.")])
    with pytest.raises(UsageError, match=problem):
        erase(record, name, reason, "test")
    assert record.sizes()["documents"] == 1
