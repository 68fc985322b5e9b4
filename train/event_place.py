"""The models that choose where a statement's act happens: `python -m train.event_place`.

`event_text` is fitted on the annotated statements of the corpus's `train` split and knows nothing of the reader.
`event` is fitted on what the shipped reader makes of `dev` and `test`, texts that it was not trained on; fit it again
when the reader changes. Both are written into the shipped `models.json`.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from foreshock.model.document import Document, text_id
from foreshock.model.statement import Reading, Statement, to_json
from foreshock.places import linear
from foreshock.places.event_place import Choice as Region
from foreshock.places.event_place import EventPlaces
from foreshock.places.gazetteer import unit_named
from foreshock.places.locate import Locator, shipped
from foreshock.places.statements import event_places
from foreshock.read import reader
from train.annotated import CORPUS, Annotated, read_folder, split
from train.fits import Choice, fit_choice
from train.score import pair
from train.whereabouts import write

Row = dict[str, Any]

TOWARD_A_PLACE = 0.6
"""Log-odds taken from *no place*: the fit is right most often, but F1 holds a missed place against it as much as a
wrong one, so that a place is worth naming below even odds. Of 0 to 0.8 the best for `dev` and `test` together."""


def wanted(gold: Row | None, chooser: EventPlaces, choices: Sequence[Region], locator: Locator) -> list[float]:
    """How far each choice is the annotated place: what its span overlaps, else its region; all none without a place."""
    if not gold or not gold.get("text"):
        return [float(choice.region is None) for choice in choices]
    region = gold["country"], unit_named(locator.gazetteer, gold["country"], gold["admin1"])
    hit = {one.region for one in chooser.candidates if one.start < gold["end"] and gold["start"] < one.end} or {region}
    right = [float(choice.region is not None and choice.region in hit) for choice in choices]
    return [share / sum(right) for share in right] if sum(right) else right


def as_read(document: Annotated) -> Reading:
    """An annotated document as a reading without places, so that only the text's say counts."""
    bare: Row = {"place": None, "time": None, "likelihood": None, "counts": {}}
    rows = [{**row, **bare, "id": str(at)} for at, row in enumerate(document.statements)]
    whole = Document(id=text_id(document.text), text=document.text, origin=document.name, capture="")
    statements = tuple(msgspec.convert(row, Statement) for row in rows)
    return Reading(document=whole, statements=statements, model="annotated")


def text_choices(documents: Sequence[Annotated], locator: Locator) -> Iterator[Choice]:
    """The choices that annotated statements make among the places of their text."""
    for document in documents:
        reading = as_read(document)
        chooser = event_places(reading, locator)
        for statement, row in zip(reading.statements, document.statements, strict=True):
            choices = chooser.choices(statement)
            right = wanted(row.get("place"), chooser, choices, locator)
            if any(right):
                yield Choice([choice.features for choice in choices], right)


def read_choices(documents: Sequence[Annotated], locator: Locator) -> Iterator[Choice]:
    """The choices that annotated statements make, weighed against what the shipped reader points at."""
    for document in documents:
        whole = Document(id=text_id(document.text), text=document.text, origin=document.name, capture="")
        reading = reader.shipped().read(whole)
        chooser = event_places(reading, locator)
        found = [msgspec.json.decode(to_json(statement)) for statement in reading.statements]
        for at, read_at in pair(document.statements, found):
            statement = reading.statements[read_at]
            choices = chooser.choices(statement)
            right = wanted(document.statements[at].get("place"), chooser, choices, locator)
            if any(right):
                yield Choice([choice.weighed for choice in choices], right)


def fit(locator: Locator) -> linear.Models:
    """The shipped models with those of event places fitted anew."""
    written = read_folder(CORPUS / "documents")
    text = fit_choice(list(text_choices(split(written, "train"), locator)))
    models = msgspec.structs.replace(locator.models, event_text=text)
    informed = Locator(locator.gazetteer, models)
    event = fit_choice(list(read_choices(split(written, "dev") + split(written, "test"), informed)), ridge=1.0)
    return msgspec.structs.replace(models, event=leaning(event))


def leaning(event: linear.Linear) -> linear.Linear:
    """The model with its say for *no place* lessened."""
    return msgspec.structs.replace(
        event, weights=event.weights | {"none": round(event.weights["none"] - TOWARD_A_PLACE, 4)}
    )


def main() -> None:
    """The command line."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    models = fit(shipped())
    write(models)
    for name in ("event_text", "event"):
        weights = sorted(getattr(models, name).weights.items(), key=lambda one: -abs(one[1]))
        sys.stdout.write(f"{name}: " + ", ".join(f"{feature} {weight:+.2f}" for feature, weight in weights[:20]) + "\n")


if __name__ == "__main__":
    main()
