"""Chronicles that the model of answers learns from: what is taken of them, and that every key fits its texts."""

import json
import random
from pathlib import Path

import pytest

from foreshock.ledger.answers import LABELS
from train.answers_chronicles import CHRONICLES, chronicle_pairs, pairs_of

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


def test_the_marked_sentence_answers_and_what_is_near_and_unmarked_does_not(chronicle: Path) -> None:
    pairs = pairs_of(chronicle, random.Random(1))
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


def test_every_key_of_the_shipped_chronicles_fits_its_texts() -> None:
    assert len(list(CHRONICLES.iterdir())) == 32
    labels = [LABELS[pair.label] for pair in chronicle_pairs()]
    assert labels.count("happened") > 1600 and labels.count("not") > 1300
