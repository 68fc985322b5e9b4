"""Plain answers, that tell an outcome in the forecast's own words: the pairs they make, and that each line is valid."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

from foreshock.ledger.outcomes.answers import LABELS
from tests.train.samples import forecast
from train.answers_pairs import ANSWERS, HELD_OUT, forecast_files
from train.answers_plain import PLAIN, plain_held_out, plain_learned


def lines() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (ANSWERS / PLAIN).read_text(encoding="utf-8").splitlines()]


def report(text: str) -> dict[str, str]:
    return {"date": "2023-05-01", "before": "", "text": text, "label": "neither"}


def folder_of(path: Path, **files: list[tuple[str, str]]) -> Path:
    """Towns with their country, file by file; every forecast of a file has its plain answers."""
    plain = []
    for name, towns in files.items():
        rows = [forecast(town, country, [report(f"Shells hit {town}.")]) for town, country in towns]
        (path / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        plain += [
            {"file": name, "line": line, "happened": f"{town} fell.", "not": f"{town} did not fall."}
            for line, (town, _) in enumerate(towns, 1)
        ]
    (path / PLAIN).write_text("".join(json.dumps(row) + "\n" for row in plain), encoding="utf-8")
    return path


def test_each_sentence_goes_to_the_forecast_on_its_line(tmp_path: Path) -> None:
    learned = plain_learned(folder_of(tmp_path, p01=[("Ber", "MLI"), ("Goma", "COD")]))
    said = [(pair.question.thing, pair.question.told, LABELS[pair.label]) for pair in learned]
    assert said == [
        (f"{town} will fall by December", f"{town} {end}.", label)
        for town in ("Ber", "Goma")
        for end, label in (("fell", "happened"), ("did not fall", "not"))
    ]
    assert all(pair.question.said == f"The siege goes on. I believe that {pair.question.thing}." for pair in learned)


def test_about_half_the_sentences_stand_after_one_of_another_report(tmp_path: Path) -> None:
    towns = [(f"Town{number}", f"C{number:02d}") for number in range(40)]
    before = [pair.question.before for pair in plain_learned(folder_of(tmp_path, p01=towns))]
    assert 25 < before.count("") < 55 and len(before) == 80
    assert {text for text in before if text} <= {f"Shells hit {town}." for town, _ in towns}


def test_a_sentence_settles_nothing_for_another_forecast_on_the_country(tmp_path: Path) -> None:
    towns = [(f"Town{number}", "MLI" if number % 2 else "COD") for number in range(40)]
    country = dict(towns)
    learned = plain_learned(folder_of(tmp_path, p01=towns))
    apart = [pair for pair in learned if LABELS[pair.label] == "neither"]
    assert 10 < len(apart) < 30 and len(learned) - len(apart) == 80
    for pair in apart:
        own, other = pair.question.told.split()[0], pair.question.thing.split()[0]
        assert own != other.rstrip(".") and country[own.rstrip(".")] == country[other]


def test_what_measures_is_not_learned_from(tmp_path: Path) -> None:
    files = {name: [(f"Kati-{name}", "MLI"), (f"Kayes-{name}", "MLI")] for name in HELD_OUT}
    folder = folder_of(tmp_path, p01=[("Ber", "MLI"), ("Gao", "MLI")], **files)
    assert not any("-p" in text for pair in plain_learned(folder) for text in pair.question.pair)
    held = plain_held_out(folder)
    assert len(held) == 4 * len(HELD_OUT) and all("-p" in pair.question.thing for pair in held)
    assert plain_held_out(folder) == held and plain_learned(folder) == plain_learned(folder), "chance is fixed"


def test_every_line_names_a_forecast_once_and_tells_both_outcomes() -> None:
    rows = lines()
    length = {path.stem: len(path.read_text(encoding="utf-8").splitlines()) for path in forecast_files()}
    for row in rows:
        assert set(row) == {"file", "line", "happened", "not"}
        assert row["file"] in length and 1 <= row["line"] <= length[row["file"]]
        assert all(row[label].strip() == row[label] != "" for label in LABELS[:2]) and row["happened"] != row["not"]
    places = [(row["file"], row["line"]) for row in rows]
    assert places == sorted(set(places)), "once each, by file and line"


def test_most_lines_share_words_with_their_forecast() -> None:
    forecasts = {path.stem: path.read_text(encoding="utf-8").splitlines() for path in forecast_files()}
    shared = Counter(
        bool(words(json.loads(forecasts[row["file"]][row["line"] - 1])["forecast"]) & words(row[label]))
        for row in lines()
        for label in LABELS[:2]
    )
    assert shared[True] > 0.98 * sum(shared.values()), "a line that is numbered wrongly would not"


def words(text: str) -> set[str]:
    return {word.lower()[:5] for word in re.findall(r"\w{4,}", text)}
