"""What pronouns and descriptions stand for, on passages written for this test."""

import re
from pathlib import Path

import pytest
import yaml

from foreshock.actors.referents import Antecedent, Referents, sort_of
from foreshock.actors.schema import Kind

FOLDER = Path(__file__).parent
MARK = re.compile(r"\[([^\]|]+)\|([^\]|]+)(?:\|(s?))?(?:\|(\w+))?\]|\{(s:)?([^={}]+)=([^{}]+)\}")
LEAST_ACCURATE, MOST_FALSE = 0.88, 0.08


def read(passage: str) -> tuple[str, list[Antecedent], list[tuple[int, str, bool, str | None]]]:
    """A passage's text, its antecedents, and what points back: start, words, whether a source, the name expected."""
    text, antecedents, asked, at = "", [], [], 0
    for mark in MARK.finditer(passage):
        text += passage[at : mark.start()]
        words, name, speaks, kind, source, back, expected = mark.groups()
        start = len(text)
        text += words or back
        if words:
            found = Antecedent(start, len(text), words, name, Kind(kind) if kind else None, bool(speaks))
            antecedents.append(found)
        else:
            asked.append((start, back, bool(source), None if expected == "-" else expected))
        at = mark.end()
    return text + passage[at:], antecedents, asked


def answers(name: str) -> list[tuple[str, str | None, str | None]]:
    """Every word that points back, with what it should and does stand for."""
    found = []
    for passage in yaml.safe_load((FOLDER / name).read_text(encoding="utf-8")):
        text, antecedents, asked = read(passage)
        referents = Referents(text, antecedents)
        for start, words, speaks, expected in asked:
            answer = referents.of(words, start, speaks)
            found.append((f"{words} at {start} in {text[:30]!r}", expected, answer.antecedent.name if answer else None))
    return found


@pytest.mark.parametrize("name", ["referents.yaml", "referents-second.yaml"])
def test_most_pronouns_and_descriptions_find_whom_they_mean(name: str) -> None:
    found = answers(name)
    wrong = [one for one in found if one[1] != one[2]]
    assert len(found) >= 30
    assert 1 - len(wrong) / len(found) >= LEAST_ACCURATE, "\n".join(map(str, wrong))
    false = [one for one in wrong if one[2] is not None]
    assert len(false) / len(found) <= MOST_FALSE, "\n".join(map(str, false))


@pytest.mark.parametrize("mention", ["Wagner", "a group", "the river", "soldiers", "the Kremlin"])
def test_a_name_and_a_new_thing_point_to_nothing(mention: str) -> None:
    assert sort_of(mention) is None


def test_we_is_whoever_is_quoted_and_nobody_without_a_quotation() -> None:
    speaker = Antecedent(0, 9, "Ruth Abba", "Ruth Abba", None, True)
    referents = Referents("Ruth Abba spoke. We will not leave.", [speaker])
    answer = referents.of("we", 20, False, speaker)
    assert answer is not None and answer.antecedent is speaker
    assert referents.of("we", 20, False) is None


def test_men_who_are_counted_are_no_organisation() -> None:
    text = "The African Union spoke of the 270,000 men. The Union said that fewer than 12,000 of them were disarmed."
    union = Antecedent(0, 17, "The African Union", "African Union", Kind.ORGANISATION, True)
    answer = Referents(text, [union]).of("them", text.index("them"), False)
    assert answer is None


def test_the_army_is_no_armed_group() -> None:
    text = "Fano took Lalibela. The army fled."
    fano = Antecedent(0, 4, "Fano", "Fano", Kind.ARMED_GROUP)
    assert Referents(text, [fano]).of("The army", text.index("The army"), True) is None
