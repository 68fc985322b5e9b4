"""What the encoder of meaning learns from, and what is measured of it."""

import json

import pytest

from foreshock.ledger.outcomes.meaning import shipped
from train.answers_chronicles import CHRONICLES, heard
from train.meaning import CARD, LEARNED, MODEL, nearest, of_files, shares, version_of


def test_the_card_is_that_of_the_encoder_that_ships() -> None:
    card = json.loads((MODEL / CARD).read_text(encoding="utf-8"))
    assert card["version"] == version_of(MODEL)
    assert card["held_out"]["forecasts"] > 400


def test_a_share_counts_those_with_a_telling_sentence_among_the_first() -> None:
    found = shares([[True, False], [False] * 5 + [True], [False] * 20])
    assert found == {"among the first 4": 33.3, "among the first 8": 66.7, "among the first 16": 66.7}


def test_half_of_the_chronicles_are_learned_from() -> None:
    every = {path.name for path in CHRONICLES.iterdir() if path.is_dir()}
    assert every > LEARNED and len(every) == 2 * len(LEARNED)


def test_what_is_marked_answers_and_what_one_could_argue_of_is_left_out() -> None:
    forecasts = {one.key: one for one in heard(CHRONICLES / "afg")}
    marks = [json.loads(line) for line in (CHRONICLES / "afg" / "marks.jsonl").read_text(encoding="utf-8").splitlines()]
    marked = next(one for one in marks if one["happened"] and one["unsure"])
    mine = forecasts[marked["id"]]
    assert len(mine.answers) == len(marked["happened"]) + len(marked["not"])
    assert not set(mine.answers) & set(mine.others)
    assert set(mine.labels.values()) <= {0, 1}


def test_held_out_files_are_not_learned_from() -> None:
    assert not any(one.key.startswith(("p05-", "p12-", "p17-", "p22-", "p23-")) for one in of_files())


@pytest.mark.slow
def test_sentences_are_ranked_by_their_nearness() -> None:
    [one] = [one for one in heard(CHRONICLES / "afg") if one.answers][:1]
    [ranked] = nearest(shipped(), [one])
    assert sum(ranked) == len(set(one.answers)) and len(ranked) == len({*one.answers, *one.others})
