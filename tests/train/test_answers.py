"""The pairs that the model of answers learns from: what they hold and leave out, and that every line is valid."""

import datetime
import json
import random
from pathlib import Path
from typing import Any

import pytest

from foreshock.ledger.outcomes.answers import LABELS, LONGEST, Question, joined
from foreshock.read.windows import load_tokenizer
from tests.train.samples import forecast
from train.annotated import Annotated
from train.answers import CARD, MODEL, PLAIN, figures_of, version_of
from train.answers_material import NEITHER, Sentences, material, of_file
from train.answers_pairs import HELD_OUT, forecast_files, held_out, read_forecasts, written_pairs
from train.answers_plain import plain_held_out

FIELDS = {"country", "said", "by", "context", "forecast", "claim", "thing", "reports"}


def report(text: str, label: str) -> dict[str, str]:
    return {"date": "2023-05-01", "before": "It rained.", "text": text, "label": label}


def foretold(town: str, country: str) -> dict[str, Any]:
    """A forecast with one report of each label."""
    ends = zip(("fell", "held", "was bombed"), LABELS, strict=True)
    return forecast(town, country, [report(f"{town} {end}", label) for end, label in ends])


def write(folder: Path, name: str, *rows: dict[str, Any]) -> Path:
    path = folder / f"{name}.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def document(name: str, text: str, clause: str) -> Annotated:
    start = text.index(clause)
    return Annotated(name, text, ({"kind": "forecast", "start": start, "end": start + len(clause)},))


@pytest.fixture(scope="module")
def corpus() -> list[Annotated]:
    clause = "the rebels will cross the river before the rains begin"
    return [
        document(
            "mli-a", f"A convoy of forty lorries reached the camp at Ber on Tuesday. Officers think {clause}.", clause
        ),
        document(
            "mli-b", f"The ferry at Ber was burnt by rebels who had come across the river. They say {clause}.", clause
        ),
    ]


def test_a_pair_is_a_forecast_with_a_report_that_was_written_for_it(tmp_path: Path) -> None:
    pairs = written_pairs(read_forecasts(write(tmp_path, "p01", foretold("Ber", "MLI"))))
    assert [LABELS[pair.label] for pair in pairs] == list(LABELS)
    said = "The siege goes on. I believe that Ber will fall by December."
    assert pairs[1].question == Question("Ber will fall by December", said, "Ber held", "It rained.")


def test_reports_of_other_forecasts_settle_nothing(tmp_path: Path, corpus: list[Annotated]) -> None:
    rows = [foretold("Ber", "MLI"), foretold("Gao", "MLI"), foretold("Goma", "COD")]
    forecasts = read_forecasts(write(tmp_path, "p01", *rows))
    found = of_file(forecasts, Sentences(corpus), random.Random(1))
    assert len(found.written) == 9 and len(found.apart) == 18
    assert all(pair.label == NEITHER for pair in found.apart)
    own = {pair.question for pair in found.written}
    assert not own & {pair.question for pair in found.apart}
    ber = [pair.question.told for pair in found.apart if pair.question.thing.startswith("Ber")]
    assert all(told.startswith("Gao") for told in ber[:2]), "two of its own country, where there are others on it"


def test_what_is_most_alike_in_the_country_is_open(tmp_path: Path, corpus: list[Annotated]) -> None:
    rows = [foretold("Ber", "MLI"), foretold("Gao", "MLI"), foretold("Goma", "COD")]
    found = of_file(read_forecasts(write(tmp_path, "p01", *rows)), Sentences(corpus), random.Random(1))
    told = [question.told for question in found.open if question.thing.startswith("Ber")]
    assert {"Gao fell", "Gao held", "Gao was bombed"} < set(told)
    assert not any(text.startswith(("Ber", "Goma")) for text in told)


def test_a_forecast_of_the_corpus_is_open_and_its_own_document_does_not_answer_it(
    tmp_path: Path, corpus: list[Annotated]
) -> None:
    sentences = Sentences(corpus)
    assert [one.source for one in sentences.forecasts] == ["mli-a", "mli-b"]
    wanted = sentences.forecasts[0].stems
    assert sentences.most_alike(sentences.all, wanted, 4)[-1].text.startswith("A convoy")
    asked = material(corpus, tmp_path).open
    first = [one for one in asked if one.said.startswith("A convoy")]
    assert "The ferry at Ber was burnt by rebels who had come across the river." in {one.told for one in first[:2]}
    assert first[0].told != "A convoy of forty lorries reached the camp at Ber on Tuesday."


def test_nothing_of_the_files_that_measure_is_learned_from(tmp_path: Path, corpus: list[Annotated]) -> None:
    write(tmp_path, "p01", foretold("Ber", "MLI"), foretold("Gao", "MLI"))
    for name in HELD_OUT:
        write(tmp_path, name, foretold(f"Kati-{name}", "MLI"), foretold(f"Kayes-{name}", "MLI"))
    learned = material(corpus, tmp_path)
    questions = [pair.question for pair in learned.labelled] + learned.open
    assert not any(f"-{name}" in text for one in questions for text in one.pair for name in HELD_OUT)
    assert {name: len(pairs) for name, pairs in held_out(tmp_path).items()} == dict.fromkeys(HELD_OUT, 6)
    assert material(corpus, tmp_path) == learned, "chance is fixed"


def test_a_long_pair_is_cut_and_keeps_its_beginnings() -> None:
    tokenizer = load_tokenizer(MODEL / "tokenizer.json")
    short = Question("Ber will fall", "", "Ber fell", "")
    long = Question("Ber will fall " * 9, "so they say " * 60, "Ber fell " * 60, "and then " * 30)
    assert len(joined(tokenizer, short)) < 20
    pieces, sep = joined(tokenizer, long), tokenizer.token_to_id("[SEP]")
    assert len(pieces) == LONGEST
    middle = pieces.index(sep)
    assert pieces[middle + 1] == sep and pieces[-1] == sep and pieces.count(sep) == 3
    assert abs(middle - (len(pieces) - middle - 1)) <= 2, "the longer side gives way"


@pytest.mark.parametrize("path", forecast_files(), ids=lambda path: path.stem)
def test_every_line_is_valid(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        assert set(row) == FIELDS
        assert row["claim"] and row["claim"] in row["forecast"]
        assert row["thing"] and len(row["country"]) == 3 and row["country"].isupper()
        assert datetime.date.fromisoformat(row["said"]) <= datetime.date.fromisoformat(row["by"])
        assert {one["label"] for one in row["reports"]} == set(LABELS) and len(row["reports"]) >= 8
        for one in row["reports"]:
            assert set(one) - {"title"} == {"date", "before", "text", "label"} and one["text"]
            datetime.date.fromisoformat(one["date"])


@pytest.mark.slow
def test_the_files_that_measure_hold_no_forecast_of_those_that_are_learned_from() -> None:
    held = {pair.question.said for pairs in held_out().values() for pair in pairs}
    learned = [read_forecasts(path) for path in forecast_files() if path.stem not in HELD_OUT]
    assert len(learned) == 35 and len(held) == 500
    assert not held & {pair.question.said for forecasts in learned for pair in written_pairs(forecasts)}


def test_figures_count_what_is_said_and_what_is_so() -> None:
    figures = figures_of([0, 0, 0, 1, 2, 2, 2, 2], [0, 0, 2, 1, 1, 2, 2, 0])
    assert figures == {
        "pairs": 8,
        "accuracy": 62.5,
        "happened precision": 66.7,
        "happened recall": 66.7,
        "not precision": 100.0,
        "not recall": 50.0,
    }
    assert figures_of([2], [2])["not precision"] == 0.0


def test_the_card_is_of_the_model_that_ships_and_counts_what_was_held_out() -> None:
    card = json.loads((MODEL / CARD).read_text(encoding="utf-8"))
    assert card["version"] == version_of(MODEL)
    pairs = {name: len(found) for name, found in held_out().items()}
    assert {name: row["pairs"] for name, row in card["held_out"].items()} == {"all": sum(pairs.values()), **pairs}
    assert card[PLAIN]["pairs"] == len(plain_held_out())
