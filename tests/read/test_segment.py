"""Sentences as reports write them."""

import pytest

from foreshock.read.segment import LONGEST_SENTENCE, sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The army left. The town fell.", ["The army left.", "The town fell."]),
        ("Lt. Gen. Abdel Fattah al-Burhan spoke. He left.", ["Lt. Gen. Abdel Fattah al-Burhan spoke.", "He left."]),
        ("KHARTOUM (AP) — Maj. Gen. Idris said so.", ["KHARTOUM (AP) — Maj. Gen. Idris said so."]),
        ("Title of the page - Outlet\n\nFirst sentence.", ["Title of the page - Outlet", "First sentence."]),
        ("It was No. 17 of the list.\nNext line", ["It was No. 17 of the list.", "Next line"]),
        ("“We will fight.” He left.", ["“We will fight.”", "He left."]),
        ("", []),
        ("   \n \n", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_offsets_hold_beyond_the_basic_plane() -> None:
    text = "😀 First one. 😀 Second one."
    assert all(text[start:end].strip() == text[start:end] for start, end in sentences(text))
    assert cut(text)[-1].endswith("Second one.")


def test_a_text_without_any_stop_is_cut_all_the_same() -> None:
    text = "word " * 20_000
    assert max(map(len, cut(text))) <= LONGEST_SENTENCE
    assert "".join(cut(text)).replace(" ", "") == text.replace(" ", "")
