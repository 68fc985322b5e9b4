"""The verdict on what is worth reading, and the time it takes."""

import time

import pytest

from foreshock.gather.verdict import prose_words, verdict_on
from foreshock.model.document import Document, text_id

REPORT = (
    "The army shelled the town on Monday, killing 3.5 times as many civilians as in the last attack, officials said. "
    "Rebels took the border post and government troops withdrew to the province capital after the fighting, he said. "
    "The president of the U.S. warned that sanctions would follow if the ceasefire was broken by the militia again. "
)


def verdict(text: str) -> str:
    return verdict_on(Document(id=text_id(text), text=text, origin="a.txt", capture="0" * 64)).label


def test_a_report_is_usable() -> None:
    assert verdict(REPORT) == "usable"
    assert verdict(REPORT.replace(". ", ".\r\n")) == "usable"


def test_words_without_a_stop_are_no_sentences() -> None:
    assert verdict(REPORT.replace(".", "").replace(",", "")) == "boilerplate"


def test_another_language_is_named_where_there_are_words_enough_to_tell() -> None:
    short = "Die Regierung hat am Montag in der Hauptstadt erklärt, dass die Truppen abgezogen werden."
    german = f"{short} Mehrere Minister widersprachen und kündigten an, dass sie dagegen vor Gericht ziehen wollen."
    assert verdict(german + " " + german) == "other_language:de"


def test_no_word_is_counted_twice_before_a_language_is_named() -> None:
    thirty = " ".join(["Die Regierung hat am Montag in der Hauptstadt erklärt, dass die Truppen abgezogen werden."] * 2)
    assert len(thirty.split()) < 45
    assert verdict(thirty) == "boilerplate"


@pytest.mark.parametrize("piece", ["a", "word ", "a.b", ".", "a! ", "…”", "attack", "a’", "-", "Ab. "])
def test_the_time_of_a_verdict_grows_with_the_text_and_not_with_its_square(piece: str) -> None:
    verdict("The first call loads the lexicon and the language model, and that is not what is timed here.")
    began = time.process_time()
    verdict(piece * (200_000 // len(piece)))
    assert time.process_time() - began < 2


@pytest.mark.parametrize("piece", ["word ", "a.b", "a! "])
def test_the_sentences_of_a_line_of_two_megabytes_are_counted_at_once(piece: str) -> None:
    began = time.process_time()
    prose_words(piece * (2_000_000 // len(piece)))
    assert time.process_time() - began < 1
