"""Chronicles that the model of answers learns from: what is taken of them, and that every key fits its texts."""

import json
import random
from pathlib import Path

import pytest

from foreshock.ledger.outcomes.answers import LABELS
from train.annotated import read_rows
from train.answers_chronicles import (
    CHRONICLES,
    READERS_HELD_OUT,
    TELLINGS,
    Asked,
    asked_of,
    chronicle_pairs,
    learned_of,
    of_readers,
    read_text,
    readers_held_out,
)

NOTE = "This text was written as an example for Foreshock; the outlet and its author are invented."
TOLD = "Ber fell to the rebels on Sunday after a night of shelling."


def write(folder: Path, name: str, body: str) -> None:
    folder.joinpath(name).write_text(f"---\ntitle: T\n---\n\n# Heading\n\n{body}\n\n{NOTE}\n", encoding="utf-8")


@pytest.fixture
def chronicle(tmp_path: Path) -> Path:
    write(tmp_path, "2023-01-01-a.md", "The siege goes on. The institute expects that Ber will fall by June.")
    write(tmp_path, "2023-02-01-b.md", "The garrison of Ber had visitors. The rebels say that Ber will be theirs.")
    write(tmp_path, "2023-05-01-c.md", f"Rain fell on the capital for days. {TOLD} The market was shut for a week.")
    key = {
        "id": "K1", "document": "2023-01-01-a.md", "quote": "Ber will fall by June", "condition": "",
        "by": "2023-06-30",
        "evidence": [{"document": "2023-05-01-c.md", "sentence": TOLD, "says": "happened"}],
    }  # fmt: skip
    tmp_path.joinpath("key.jsonl").write_text(json.dumps(key) + "\n", encoding="utf-8")
    return tmp_path


def asked(folder: Path) -> Asked:
    """What is asked of its one forecast, with a telling written for it and one for another."""
    told = {
        "date": "2023-06-01",
        "title": "Ferry back",
        "before": "",
        "text": "Rebels man the ferry.",
        "label": "happened",
    }
    rows = [{"id": "K1", "reports": [told]}, {"id": "K2", "reports": [told | {"text": "Ber buried its mayor."}]}]
    tellings = folder / "tellings.jsonl"
    tellings.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    [one] = asked_of(folder, tellings, random.Random(1))
    return one


def test_the_marked_sentence_answers_and_what_is_near_and_unmarked_does_not(chronicle: Path) -> None:
    pairs = [pair for pair in asked(chronicle).labelled if pair.question.title == "Heading"]
    told = {pair.question.told: LABELS[pair.label] for pair in pairs}
    assert told == {
        TOLD: "happened",
        "The garrison of Ber had visitors.": "neither",
        "The rebels say that Ber will be theirs.": "neither",
    }, "neither what stands beside the marked sentence, nor what was there before, nor the note"
    answered = [pair for pair in pairs if pair.question.told == TOLD]
    assert len(answered) == 2, "marked sentences are few, and count twice"
    assert answered[0].question.thing == "Ber will fall by June"
    assert answered[0].question.before == "Rain fell on the capital for days."


def test_a_reader_s_marks_go_before_the_plainest_ones(chronicle: Path) -> None:
    name = "2023-05-01-c.md"
    _, rain, fell, market = (f"{name}@{start}" for start in read_text(chronicle / name).starts)
    row = {"id": "K1", "happened": [fell], "not": [], "unsure": [market], "near": [rain]}
    chronicle.joinpath("marks.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    found = asked(chronicle)
    told = {pair.question.told: LABELS[pair.label] for pair in found.labelled}
    assert told[TOLD] == "happened" and told["Rain fell on the capital for days."] == "neither"
    assert "The market was shut for a week." in {question.told for question in found.open}, "one could argue"


def test_a_mark_has_to_be_where_a_sentence_begins(chronicle: Path) -> None:
    row = {"id": "K1", "happened": ["2023-05-01-c.md@45"], "not": [], "unsure": [], "near": []}
    chronicle.joinpath("marks.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"K1 marks 2023-05-01-c\.md@45, where no sentence begins"):
        asked(chronicle)


def test_what_was_written_for_a_forecast_answers_it_and_what_was_for_another_is_open(chronicle: Path) -> None:
    found = asked(chronicle)
    [own] = [pair for pair in found.labelled if pair.question.title == "Ferry back"]
    assert LABELS[own.label] == "happened" and own.question.told == "Rebels man the ferry."
    told = {question.told for question in found.open}
    assert "Ber buried its mayor." in told
    assert "The market was shut for a week." in told, "what stands beside the marked sentence may tell the same"


def test_a_forecast_is_read_with_what_stands_before_it(chronicle: Path) -> None:
    said = {pair.question.said for pair in asked(chronicle).labelled}
    assert said == {"Heading The siege goes on. The institute expects that Ber will fall by June."}


def test_a_forecast_that_a_reader_thought_of_is_learned_with_its_marks_and_stands_in_no_text(chronicle: Path) -> None:
    name = "2023-05-01-c.md"
    _, rain, fell, market = (f"{name}@{start}" for start in read_text(chronicle / name).starts)
    row = {
        "id": "F1", "document": "2023-01-01-a.md", "context": "The siege goes on.", "by": "2023-06-30",
        "forecast": "By summer nobody will be left to hold the town, an officer said.",
        "claim": "nobody will be left to hold the town",
        "happened": [], "not": [fell], "unsure": [market], "near": [rain],
    }  # fmt: skip
    chronicle.joinpath("foretold.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    [of_key, own] = asked_of(chronicle, chronicle / "tellings.jsonl", random.Random(1))
    assert {pair.question.thing for pair in of_key.labelled} == {"Ber will fall by June"}
    assert {pair.question.said for pair in own.labelled} == {f"The siege goes on. {row['forecast']}"}
    told = {pair.question.told: LABELS[pair.label] for pair in own.labelled}
    assert told[TOLD] == "not" and told["Rain fell on the capital for days."] == "neither"
    assert "The market was shut for a week." not in told, "one could argue"


@pytest.mark.slow
def test_what_readers_thought_of_for_the_chronicles_that_are_held_out_only_measures() -> None:
    held = {pair.question.said for pair in readers_held_out()}
    learned = {pair.question.said for pair in chronicle_pairs().labelled}
    assert held and not held & learned
    for name in READERS_HELD_OUT:
        assert not any(one.thought_of for one in learned_of(CHRONICLES / name)), "its key is learned from"
        assert any(one.thought_of for one in of_readers(CHRONICLES / name))


@pytest.mark.slow
def test_every_key_of_the_shipped_chronicles_fits_its_texts() -> None:
    assert len(list(CHRONICLES.iterdir())) == len(list(CHRONICLES.glob("*/marks.jsonl"))) == 32
    found = chronicle_pairs()
    labels = [LABELS[pair.label] for pair in found.labelled]
    assert labels.count("happened") > 8700 and labels.count("not") > 7700
    assert len(found.open) > 80_000


@pytest.mark.parametrize("path", sorted(CHRONICLES.glob("*/foretold.jsonl")), ids=lambda path: path.parent.name)
def test_every_forecast_that_a_reader_thought_of_is_marked_by_later_texts(path: Path) -> None:
    rows = read_rows(path)
    assert len({row["claim"] for row in rows}) == len(rows) >= 100
    for row in rows:
        assert row["claim"] in row["forecast"]
        marks = [*row["happened"], *row["not"], *row["unsure"], *row["near"]]
        assert len(marks) == len(set(marks)) >= 3
        assert all(mark[:10] > row["document"][:10] for mark in marks)
    assert len(list(of_readers(path.parent))) == len(rows), "every mark is where a sentence begins"


@pytest.mark.parametrize("path", sorted(CHRONICLES.glob("*/marks.jsonl")), ids=lambda path: path.parent.name)
def test_every_forecast_is_marked_once_and_by_later_texts(path: Path) -> None:
    rows, keys = read_rows(path), read_rows(path.with_name("key.jsonl"))
    assert [row["id"] for row in rows] == [key["id"] for key in keys]
    for row, key in zip(rows, keys, strict=True):
        marks = [*row["happened"], *row["not"], *row["unsure"], *row["near"]]
        assert len(marks) == len(set(marks)), "a sentence says one thing"
        assert all(mark[:10] > key["document"][:10] for mark in marks)


@pytest.mark.parametrize("path", sorted(TELLINGS.glob("*.jsonl")), ids=lambda path: path.stem)
def test_every_telling_is_valid(path: Path) -> None:
    rows, keys = read_rows(path), read_rows(CHRONICLES / path.stem / "key.jsonl")
    assert [row["id"] for row in rows] == [key["id"] for key in keys]
    for row in rows:
        assert sorted(one["label"] for one in row["reports"]) == ["happened", "happened", "neither", "not", "not"]
        assert all(set(one) == {"date", "title", "before", "text", "label"} and one["text"] for one in row["reports"])
