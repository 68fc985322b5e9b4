"""The models that say where a place lies that the index does not tell, fitted on the annotated corpus.

`train/places.py` calls `fit`; `python -m train.whereabouts` measures on the corpus's `dev` split what is fitted on the
rest, and changes nothing.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from foreshock.places import linear
from foreshock.places.bearers import Named
from foreshock.places.gazetteer import Gazetteer, unit_named
from foreshock.places.phrase import parse
from foreshock.places.phrase_name import core
from foreshock.places.recognise import Reading, recognise
from foreshock.places.resolution import Resolution
from foreshock.places.unheld import question
from foreshock.places.whereabouts import Question, Whereabouts
from train.annotated import CORPUS, Annotated, read_folder, split
from train.fits import Choice, fit_choice
from train.standoff import standoff_documents

STANDOFF = ("muc-", "gum-")
OWN_WEIGHT = 3.0
"""How much a place of the project's own documents counts against one of MUC's wires, which are all of one decade and of
Latin America, for the choice of countries; cross-validation over documents is level from 3 to 10."""
LEAST_UNIT = 0.6
"""The least chance, of country and unit together, at which a unit is named: F1 on `dev` and `test` is nearly level from
0.5 to 0.65, and a wrong unit misleads."""


class Case(NamedTuple):
    """One phrase that no bearer was found for: what is asked, of which text, the annotated country and unit, and how
    much it counts for the country."""

    question: Question
    whereabouts: Whereabouts
    country: str
    unit: str
    weight: float


def gold_places(document: Annotated) -> dict[tuple[int, int], dict[str, Any]]:
    """The annotated places of a document that have words, by span."""
    places = (row.get("place") for row in document.statements)
    return {(place["start"], place["end"]): place for place in places if place and place.get("text")}


def resolution_of(
    text: str, spans: Sequence[tuple[int, int]], gazetteer: Gazetteer, models: linear.Models
) -> Resolution:
    """The resolution of a text in which `spans` are places of statements."""
    reading = Reading(text)
    mentions = recognise(reading, gazetteer, models.recognise)
    phrases = [parse(reading, gazetteer, *span) for span in spans]
    return Resolution(gazetteer, models, Named(reading, mentions, phrases))


def cases(documents: Sequence[Annotated], gazetteer: Gazetteer, models: linear.Models) -> Iterator[Case]:
    """The annotated places whose phrases name nothing that the index holds."""
    for document in documents:
        golds = gold_places(document)
        weight = 1.0 if document.name.startswith(STANDOFF) else OWN_WEIGHT
        if not golds:
            continue
        resolution = resolution_of(document.text, sorted(golds), gazetteer, models)
        for phrase in resolution.phrases:
            if resolution.names_of(phrase):
                continue
            gold = golds[phrase.start, phrase.end]
            unit = unit_named(gazetteer, gold["country"], gold["admin1"])
            asked = question(document.text, phrase, core(resolution.reading, phrase))
            yield Case(asked, resolution.composer.whereabouts, gold["country"] or "", unit or "", weight)


def fit(documents: Sequence[Annotated], gazetteer: Gazetteer, models: linear.Models) -> linear.Models:
    """The given models with those of country and unit fitted; places that no choice holds are left out."""
    countries, units = [], []
    for case in cases(documents, gazetteer, models):
        choices = case.whereabouts.countries(case.question)
        if case.country in choices:
            countries.append(Choice(list(choices.values()), [case.weight * (one == case.country) for one in choices]))
        choices = case.whereabouts.units(case.question, case.country) if case.country else {}
        if case.unit in choices:
            units.append(Choice(list(choices.values()), [float(one == case.unit) for one in choices]))
    unit = msgspec.structs.replace(fit_choice(units), threshold=LEAST_UNIT)
    return msgspec.structs.replace(models, country=fit_choice(countries), unit=unit)


def teletyped(document: Annotated) -> Annotated:
    """MUC's wires in the capitals they were sent in: the archive holds them in lower case, where no name shows."""
    text = document.text.upper()
    lower = document.text == document.text.lower() and len(text) == len(document.text)
    return replace(document, text=text) if lower else document


def corpus(data: Path) -> tuple[list[Annotated], list[Annotated]]:
    """What is fitted on, and the `dev` split; the corpus's `test` split is in neither."""
    written = read_folder(CORPUS / "documents")
    return split(written, "train") + list(map(teletyped, standoff_documents(data))), split(written, "dev")


def write(models: linear.Models) -> None:
    """Write models as the shipped ones."""
    text = msgspec.json.format(msgspec.json.encode(models), indent=1)
    (linear.FOLDER / linear.FILE).write_bytes(text + b"\n")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    train, dev = corpus(parser.parse_args().data)
    gazetteer = Gazetteer()
    models = fit(train, gazetteer, linear.shipped())
    counts: Counter[str] = Counter()
    for case in cases(dev, gazetteer, models):
        answer = case.whereabouts.ask(case.question)
        counts["places"] += 1
        counts["country"] += (answer.country or "") == case.country
        counts["both"] += ((answer.country or ""), (answer.unit or "")) == (case.country, case.unit)
    sys.stdout.write(
        f"dev: {counts['places']} places, country right {100 * counts['country'] / counts['places']:.1f} %, "
        f"country and unit {100 * counts['both'] / counts['places']:.1f} %\n"
    )


if __name__ == "__main__":
    main()
