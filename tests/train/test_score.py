"""The project's scorer says what the scorer of the development data says, and the baseline is beaten."""

import importlib.util
import json
from pathlib import Path

import pytest

from foreshock.model.document import text_id
from train.annotated import Annotated, read_folder
from train.baseline import baseline_rows
from train.score import score

NAMES = {
    "detection F1": "detection",
    "statement F1": "statement (detected and right kind, end to end)",
    "type micro-F1": "type micro (end to end)",
    "mechanisms F1": "mechanisms",
    "source F1": "source",
    "actors F1": "actors",
    "recipients F1": "recipients",
    "country F1": "country",
    "admin1 F1": "admin1",
    "likelihood F1": "likelihood phrase",
}


@pytest.fixture(scope="module")
def gold(shared_data: Path) -> list[Annotated]:
    return read_folder(shared_data / "gold_dev", ".gold.jsonl")


def test_both_scorers_agree(shared_data: Path, gold: list[Annotated]) -> None:
    path = shared_data.parent / "tools" / "score_reading.py"
    spec = importlib.util.spec_from_file_location("score_reading", path)
    assert spec is not None
    assert spec.loader is not None
    theirs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(theirs)
    rows = [row for document in gold for row in document.statements]
    shuffled = [{**row, "kind": "report", "type": "ASSAULT", "actors": row["recipients"]} for row in rows[::2]]
    for predicted in (rows, shuffled, baseline_rows(gold)):
        ours, other = score(rows, predicted).figures(), theirs.score(rows, json.loads(json.dumps(predicted)))
        for name, their_name in NAMES.items():
            assert ours[name] == pytest.approx(other[their_name]["f1"], abs=0.1), name
        assert ours["mechanisms macro-F1"] == pytest.approx(other["mechanisms macro-F1"], abs=0.1)
        assert ours["chain exact"] == pytest.approx(other["source chain exact"]["acc"] or 0.0, abs=0.1)


def test_a_perfect_reading_scores_100() -> None:
    text = "Ann said rebels fled."
    row = {
        "document": text_id(text), "start": 9, "end": 20, "text": "rebels fled",
        "trigger": {"start": 16, "end": 20, "text": "fled"}, "kind": "report", "type": "RETREAT", "mode": None,
        "contexts": ["defection"], "sources": [{"start": 0, "end": 3, "text": "Ann", "source_kind": "person"}],
    }  # fmt: skip
    figures = score([row], [row]).figures()
    assert figures["statement F1"] == figures["type micro-F1"] == figures["source F1"] == 100.0
    assert score([row], []).figures()["detection F1"] == 0.0


def test_a_trigger_of_seven_words_matches_nothing() -> None:
    text = "one two three four five six seven"
    row = {"document": "d", "start": 0, "end": len(text), "text": text, "kind": "report",
           "trigger": {"start": 0, "end": len(text), "text": text}}  # fmt: skip
    short = {**row, "trigger": {"start": 0, "end": 3, "text": "one"}}
    assert score([short], [row]).figures()["detection F1"] == 0.0
    assert score([row], [short]).figures()["detection F1"] == 100.0
