"""What the model of answers learns of sentences that only come near a forecast in meaning."""

import shutil

import pytest

from foreshock.ledger.outcomes.meaning import shipped
from train.answers_chronicles import CHRONICLES, heard, plain
from train.answers_near import BARE, NEAREST, near_in_meaning, read_bare
from train.answers_pairs import Pair


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> list[Pair]:
    """Of the first forecast of a chronicle."""
    folder = tmp_path_factory.mktemp("chronicles") / "zwe"
    folder.mkdir()
    key = (CHRONICLES / "zwe" / "key.jsonl").read_text(encoding="utf-8").splitlines()[0]
    (folder / "key.jsonl").write_text(key + "\n", encoding="utf-8")
    for path in CHRONICLES.glob("zwe/*.md"):
        shutil.copy(path, folder)
    marks = (CHRONICLES / "zwe" / "marks.jsonl").read_text(encoding="utf-8").splitlines()[0]
    (folder / "marks.jsonl").write_text(marks + "\n", encoding="utf-8")
    return near_in_meaning(shipped(), folder.parent)


@pytest.mark.slow
def test_what_comes_near_in_meaning_and_no_reader_marked_settles_nothing(pairs: list[Pair]) -> None:
    first = next(heard(CHRONICLES / "zwe"))
    assert len(pairs) == NEAREST
    assert {pair.label for pair in pairs} == {2}
    assert first.labels
    assert not {plain(pair.question.told) for pair in pairs} & first.labels.keys()


def test_some_pairs_are_learned_again_without_what_stands_around_them(pairs: list[Pair]) -> None:
    again = read_bare(pairs * 2)
    assert len(again) == 2 * len(pairs) // BARE
    assert all(
        pair.question.before == "" == pair.question.title and pair.question.said == pair.question.thing
        for pair in again
    )
    assert {pair.question.told for pair in again} <= {pair.question.told for pair in pairs}
