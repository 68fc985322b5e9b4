"""The gate: a shipped model below its floors is refused, and a floor never goes down by accident."""

import json
from pathlib import Path

import numpy as np
import pytest

from foreshock.read.calibration import Curves
from train import evaluate
from train.annotated import CORPUS, Annotated, read_folder, split
from train.calibrate import calibration_error, fitted
from train.score import score


def _figures(documents: list[Annotated], data: Path | None) -> evaluate.Figures:
    gold = [row for document in documents for row in document.statements]
    return score(gold, evaluate.rows_of(documents, evaluate.publication_dates(data))).figures()


@pytest.mark.slow
def test_the_shipped_model_stands_above_its_floors_on_the_corpus() -> None:
    documents = split(read_folder(CORPUS / "documents"), "test")
    figures = {"corpus test": _figures(documents, None)}
    assert evaluate.below(figures, {"corpus test": evaluate.fingerprint(documents)}) == []


@pytest.mark.slow
def test_the_shipped_model_stands_above_its_floors_on_gold_dev(shared_data: Path) -> None:
    sets = evaluate.gold_dev(shared_data)
    figures = {name: _figures(documents, shared_data) for name, documents in sets.items()}
    hashes = {name: evaluate.fingerprint(documents) for name, documents in sets.items()}
    assert evaluate.below(figures, hashes) == []


def test_lower_figures_and_other_material_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    floors = tmp_path / "floors.json"
    floors.write_text(json.dumps({"a": {"hash": "1", "figures": {"detection F1": 70.0}}}))
    monkeypatch.setattr(evaluate, "FLOORS", floors)
    assert evaluate.below({"a": {"detection F1": 70.0}}, {"a": "1"}) == []
    (problem,) = evaluate.below({"a": {"detection F1": 69.9}}, {"a": "1"})
    assert "detection F1 is 69.9, its floor 70.0" in problem
    (problem,) = evaluate.below({"a": {"detection F1": 99.0}}, {"a": "2"})
    assert "other material" in problem
    (problem,) = evaluate.below({"b": {"detection F1": 99.0}}, {"b": "1"})
    assert "no floor" in problem


def test_a_floor_goes_down_only_where_one_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    floors = tmp_path / "floors.json"
    monkeypatch.setattr(evaluate, "FLOORS", floors)

    def floor() -> float:
        value: float = json.loads(floors.read_text())["a"]["figures"]["detection F1"]
        return value

    evaluate.pin({"a": {"detection F1": 80.0}}, {"a": "1"}, lower=False)
    assert floor() == 80.0 - evaluate.MARGIN
    evaluate.pin({"a": {"detection F1": 70.0}}, {"a": "1"}, lower=False)
    assert floor() == 80.0 - evaluate.MARGIN
    with pytest.raises(SystemExit, match="material has changed"):
        evaluate.pin({"a": {"detection F1": 90.0}}, {"a": "2"}, lower=False)
    evaluate.pin({"a": {"detection F1": 70.0}}, {"a": "1"}, lower=True)
    assert floor() == 70.0 - evaluate.MARGIN


def test_splits_hold_every_document_once() -> None:
    parts = json.loads((CORPUS / "splits.json").read_text())
    names = [name for members in parts.values() for name in members]
    assert sorted(names) == sorted(path.stem for path in (CORPUS / "documents").glob("*.txt"))


@pytest.mark.parametrize("document", read_folder(CORPUS / "documents"), ids=lambda document: document.name)
def test_every_annotated_span_is_the_text(document: Annotated) -> None:
    def check(value: object) -> None:
        if isinstance(value, dict):
            if value.get("start") is not None:
                assert document.text[value["start"] : value["end"]] == value["text"]
            for part in value.values():
                check(part)
        elif isinstance(value, list):
            for part in value:
                check(part)

    for statement in document.statements:
        check(statement)
        trigger = statement["trigger"]
        assert statement["start"] <= trigger["start"] < trigger["end"] <= statement["end"]


def test_a_fitted_curve_makes_overconfidence_honest() -> None:
    overconfident = [(0.95, number % 10 < 7) for number in range(400)]
    overconfident += [(0.6, number % 2 == 0) for number in range(400)]
    slope, shift = fitted(overconfident)
    told = np.array([[p] for p, _ in overconfident])
    full = np.zeros(told.shape, dtype=np.bool_)
    probable = Curves(["x"], {"x": (slope, shift)}).calibrated(told, full)[:, 0].tolist()
    honest = [(p, right) for p, (_, right) in zip(probable, overconfident, strict=True)]
    assert calibration_error(overconfident) > 0.1
    assert calibration_error(honest) < 0.03


def test_what_was_left_empty_has_a_curve_of_its_own_where_one_was_fitted() -> None:
    told, empty = np.array([[0.8, 0.8], [0.8, 0.8]]), np.array([[False, False], [True, True]])
    curves = {"source": (1.0, 1.0), "no source": (1.0, -1.0), "type": (1.0, 1.0)}
    (found, typed), (none, untyped) = Curves(["source", "type"], curves).calibrated(told, empty).tolist()
    assert found > 0.8 > none
    assert typed == untyped == found
    assert Curves(["kind", "polarity"], curves).calibrated(told, empty).tolist() == told.tolist()
