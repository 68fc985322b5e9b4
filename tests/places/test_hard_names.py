"""Sentences with hard names from the regions that the program watches; written for this test."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from foreshock.places.locate import shipped
from foreshock.places.resolution import Located

LIST = Path(__file__).with_name("hard_names.yaml")
FLOOR = 0.95
"""The share of sentences that must be right in full; lowered only on purpose."""


class Sentence(NamedTuple):
    text: str
    place: str
    country: str | None
    admin1: str | None
    precision: str


SENTENCES = [Sentence(*row) for rows in yaml.safe_load(LIST.read_text(encoding="utf-8")).values() for row in rows]


def located(sentence: Sentence) -> Located:
    start = sentence.text.index(sentence.place)
    return shipped().locate(sentence.text, [(start, start + len(sentence.place))])[0]


def wrong(sentence: Sentence) -> str | None:
    place = located(sentence).place
    wanted = (sentence.country, sentence.admin1, sentence.precision)
    got = (place.country, place.admin1, str(place.precision))
    return None if got == wanted else f"{sentence.place!r}: {got} for {wanted} in {sentence.text!r}"


def test_there_are_many_sentences_and_each_holds_its_place() -> None:
    assert len(SENTENCES) >= 150
    assert all(re.search(re.escape(sentence.place), sentence.text) for sentence in SENTENCES)


def test_hard_names_are_resolved() -> None:
    problems = [problem for sentence in SENTENCES if (problem := wrong(sentence)) is not None]
    assert len(problems) <= (1 - FLOOR) * len(SENTENCES), "\n".join(problems)


@pytest.mark.parametrize("sentence", SENTENCES[::10], ids=lambda sentence: sentence.place)
def test_no_region_or_country_is_drawn_as_a_pin(sentence: Sentence) -> None:
    place = located(sentence).place
    if place.precision in {"region", "country"}:
        assert place.lat is None and place.lon is None
