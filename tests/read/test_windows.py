"""Word pieces kept by word are those that the tokenizer makes of the whole sentence."""

import itertools

import numpy as np
import pytest

from foreshock.read import reader
from foreshock.read.encoder import trigger_spans
from foreshock.read.windows import PARAGRAPH, SENTENCE, pieces_of

TEXTS = (
    "Rebels attacked Goma on Monday, the army said. “Soldiers fled,” he added.\nThe U.N. condemned it.",
    "  double  spaces,\ttabs and\u00a0hard spaces\u2003wide ones \u200bnone at all\ufeff\x00\x1c here ",
    "N’Djamena’s façade cafe\u0301 naïve ÅNGSTRÖM İstanbul ﬁre ﬂed ẞ straße 北京 emoji 👩🏽‍🚀 done",
    "[CLS] tokens [SEP]in text[MASK] and [PAD] stay as the tokenizer has them, [unk] too",
    "x" * 130 + " " + "é" * 101 + " 1,234.5 3-4 a_b don't O'Neil's 50% $5bn #tag @who http://a.b/c?d=e",
)


@pytest.mark.parametrize("text", TEXTS)
def test_pieces_by_word_are_those_of_the_sentence(text: str) -> None:
    tokenizer = reader.shipped().tokenizer
    for _ in range(2):  # made, then remembered
        pieces = pieces_of(text, tokenizer)
        whole = [tokenizer.encode(text[start:end], add_special_tokens=False) for start, end in pieces.sentences]
        assert pieces.ids.tolist() == list(itertools.chain.from_iterable(one.ids for one in whole))
        spans = [
            (base + start, base + end)
            for (base, _), one in zip(pieces.sentences, whole, strict=True)
            for start, end in one.offsets
        ]
        assert list(zip(pieces.starts.tolist(), pieces.ends.tolist(), strict=True)) == spans


def test_every_sentence_and_paragraph_is_marked_where_it_begins() -> None:
    text = "One came. Two fled.\nThree stayed."
    pieces = pieces_of(text, reader.shipped().tokenizer)
    marked = {text[pieces.starts[at] :][:5]: int(pieces.boundary[at]) for at in np.flatnonzero(pieces.boundary)}
    assert marked == {"One c": PARAGRAPH, "Two f": SENTENCE, "Three": PARAGRAPH}


def test_nothing_has_no_pieces() -> None:
    assert len(pieces_of(" \n ", reader.shipped().tokenizer)) == 0


def test_triggers_run_on_inside_a_sentence_only() -> None:
    labels = [2, 2, 0, 1, 1, 2, 2, 0, 2]  # outside, begin, inside
    logits = np.eye(3, dtype=np.float32)[labels] * 5
    boundary = np.array([2, 0, 0, 0, 0, 0, 1, 0, 0])
    found = [(first, last) for first, last, _ in trigger_spans(logits, boundary, 0.0)]
    assert found == [(0, 1), (3, 3), (4, 5), (6, 6), (8, 8)]
