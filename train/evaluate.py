"""Measure the shipped reader and refuse one below its floors: `python -m train.evaluate [--data ../shared/data]`

Over the corpus's own test split, which anyone can run, and over gold_dev (real and hard apart) where the development
data are there. Floors and the hashes of what they were measured on are pinned in `train/floors.json`; `--lower` is
needed to write floors lower than they stand.
"""

import argparse
import datetime
import hashlib
import json
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from foreshock.line import line
from foreshock.model.day import last_day
from foreshock.model.document import Document, text_id
from foreshock.model.statement import to_json
from foreshock.model.vocabulary import Granularity
from train.annotated import CORPUS, Annotated, read_folder, split
from train.baseline import baseline_rows
from train.calibrate import Outcomes, calibration_error, outcomes, reliability
from train.plots import PICTURES, reliability_plot
from train.score import Row, Score, score

FLOORS = Path(__file__).parent / "floors.json"
MARKS = re.compile(r"(<!-- measured -->\n).*?(<!-- /measured -->)", re.DOTALL)
PLOTTED = frozenset(("corpus test", "gold_dev"))
MARGIN = 1.5
"""Points below the measured figure at which a floor is set: the figure's own wobble between retrainings."""

Figures = dict[str, float]


def fingerprint(documents: Sequence[Annotated]) -> str:
    """A hash over texts and annotations, so that a floor is never compared with other material."""
    digest = hashlib.sha256()
    for document in documents:
        digest.update(document.text.encode())
        digest.update(json.dumps(document.statements, sort_keys=True).encode())
    return digest.hexdigest()[:16]


def gold_dev(data: Path) -> dict[str, list[Annotated]]:
    """The development annotation, *real* and *hard* apart and together."""
    documents = read_folder(data / "gold_dev", ".gold.jsonl")
    hard = [document for document in documents if document.name.startswith("hard")]
    real = [document for document in documents if not document.name.startswith("hard")]
    return {"gold_dev": documents, "gold_dev real": real, "gold_dev hard": hard}


def publication_dates(data: Path | None) -> dict[str, tuple[datetime.date, Granularity]]:
    """When each annotated document was published, as far as its set says."""
    dates = {
        name: (datetime.date.fromisoformat(facts["published"]), Granularity.DAY)
        for name, facts in json.loads((CORPUS / "documents.json").read_text(encoding="utf-8")).items()
        if facts.get("published")
    }
    if data is not None:
        folder = data / "gold_dev"
        for name, facts in json.loads((folder / "index.json").read_text(encoding="utf-8")).items():
            dates[name] = (last_day(facts["month"]), Granularity.MONTH)
        for name, facts in json.loads((folder / "hard.json").read_text(encoding="utf-8")).items():
            dates[name] = (datetime.date.fromisoformat(facts["published"]), Granularity.DAY)
    return dates


def rows_of(documents: Sequence[Annotated], dates: dict[str, tuple[datetime.date, Granularity]]) -> list[Row]:
    """What the whole line reads in these documents."""
    rows = []
    for annotated in documents:
        published, granularity = dates.get(annotated.name, (None, None))
        document = Document(
            id=text_id(annotated.text),
            text=annotated.text,
            origin=annotated.name,
            capture="",
            published=published,
            published_granularity=granularity,
        )
        rows += [json.loads(to_json(statement)) for statement in line().read(document).statements]
    return rows


def table(columns: dict[str, Figures]) -> str:
    """The figures as a Markdown table."""
    names = list(next(iter(columns.values())))
    lines = ["| | " + " | ".join(columns) + " |", "|---|" + "---|" * len(columns)]
    lines += [
        f"| {name} | " + " | ".join(f"{column[name]:.1f}" for column in columns.values()) + " |" for name in names
    ]
    return "\n".join(lines)


def below(measured: dict[str, Figures], hashes: dict[str, str]) -> list[str]:
    """Every figure below its floor, and every floor that is missing or was measured on something else."""
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    problems = []
    for name, figures in measured.items():
        floor = floors.get(name)
        if floor is None:
            problems.append(f"{name}: no floor is pinned")
            continue
        if floor["hash"] != hashes[name]:
            problems.append(f"{name}: the floor was measured on other material; measure and pin it again")
            continue
        problems += [
            f"{name}: {figure} is {figures[figure]}, its floor {least}"
            for figure, least in floor["figures"].items()
            if figures[figure] < least
        ]
    return problems


def pin(measured: dict[str, Figures], hashes: dict[str, str], lower: bool) -> None:
    """Write new floors; one goes down, or is taken over for other material, only where `lower` says so."""
    floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    for name, figures in measured.items():
        old = floors.get(name, {"hash": hashes[name], "figures": {}})
        if old["hash"] != hashes[name] and not lower:
            raise SystemExit(f"{name}: the material has changed; say --lower to pin floors on it anew")
        new = {figure: round(max(value - MARGIN, 0.0), 1) for figure, value in figures.items()}
        if not lower:
            new = {figure: max(value, old["figures"].get(figure, value)) for figure, value in new.items()}
        floors[name] = {"hash": hashes[name], "figures": new}
    FLOORS.write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")


def confusions(result: Score, most: int = 10) -> str:
    """The commonest confusions of kind and type as a Markdown table, each with the trigger of one case."""
    lines = ["| field | annotated | read as | times | for example |", "|---|---|---|---|---|"]
    for key, times in result.confusions.most_common(most):
        field, wanted, got = key
        lines.append(f"| {field} | {wanted} | {got} | {times} | *{result.examples[key]}* |")
    return "\n".join(lines)


def reliability_table(found: Outcomes) -> str:
    """Per field: expected calibration error, and how often each tenth of the scale was right."""
    lines = ["| field | calibration error | mean score → share right (how many) |", "|---|---|---|"]
    for name, pairs in found.items():
        bins = ", ".join(f"{mean:.2f} → {share:.2f} ({number})" for mean, share, number in reliability(pairs))
        lines.append(f"| {name} | {100 * calibration_error(pairs):.1f} | {bins} |")
    return "\n".join(lines)


@dataclass(frozen=True)
class Measured:
    """Every set's figures with the baseline's beside them, the text of the report's other parts, and the scores."""

    columns: dict[str, Figures] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)
    scores: dict[str, Outcomes] = field(default_factory=dict)


def _measure(sets: dict[str, list[Annotated]], data: Path | None) -> Measured:
    dates = publication_dates(data)
    measured = Measured()
    for name, documents in sets.items():
        gold = [row for document in documents for row in document.statements]
        rows = rows_of(documents, dates)
        result = score(gold, rows)
        measured.columns[name] = result.figures()
        measured.columns[f"{name}, baseline"] = score(gold, baseline_rows(documents)).figures()
        measured.scores[name] = outcomes(gold, rows)
        measured.parts[f"Commonest confusions, {name}"] = confusions(result)
        measured.parts[f"Reliability of the scores, {name}"] = reliability_table(measured.scores[name])
    return measured


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="the development data")
    parser.add_argument("--report", type=Path, help="write the whole report, as Markdown, into this file's marks")
    parser.add_argument("--plots", action="store_true", help="draw the reliability of each set into docs/pictures")
    parser.add_argument("--pin", action="store_true", help="raise the floors to what was measured")
    parser.add_argument("--lower", action="store_true", help="let floors go down")
    arguments = parser.parse_args()
    sets = {"corpus test": split(read_folder(CORPUS / "documents"), "test")}
    if arguments.data is not None:
        sets |= gold_dev(arguments.data)
    found = _measure(sets, arguments.data)
    columns = found.columns
    sys.stdout.write(table(columns) + "\n")
    if arguments.plots:
        for name in PLOTTED & sets.keys():
            drawn = reliability_plot(found.scores[name], f"Reliability of the reader's scores, {name}")
            (PICTURES / f"reliability-{name.replace(' ', '-')}.svg").write_text(drawn, encoding="utf-8")
    if arguments.report:
        text = table(columns) + "".join(f"\n\n### {title}\n\n{part}" for title, part in found.parts.items()) + "\n"
        old = arguments.report.read_text(encoding="utf-8")
        new = MARKS.sub(lambda match: f"{match.group(1)}{text}{match.group(2)}", old)
        arguments.report.write_text(new, encoding="utf-8")
    measured = {name: columns[name] for name in sets}
    hashes = {name: fingerprint(documents) for name, documents in sets.items()}
    if arguments.pin:
        pin(measured, hashes, arguments.lower)
        return
    problems = below(measured, hashes)
    sys.stdout.write("".join(f"BELOW: {problem}\n" for problem in problems))
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
