"""Sentences as reports write them."""

from textwrap import fill

import pytest

from foreshock.read.segment import LONGEST_SENTENCE, sentences, unwrapped


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


@pytest.mark.parametrize("width", [45, 60, 72, 90])
def test_a_sentence_goes_on_where_a_line_was_only_full(width: int) -> None:
    told = [
        "Gunmen killed a policeman.",
        "Two Pakistani soldiers and a policeman were killed when militants attacked a post in Bannu, an officer said.",
        "Lt. Gen. Abdel Fattah said that an envoy will leave from Pristina next month.",
        "The army left.",
    ]
    text = f"Bannu attack kills three\n\n{fill(' '.join(told), width)}\n\nThe town is quiet."
    assert [one.replace("\n", " ") for one in cut(text)] == ["Bannu attack kills three", *told, "The town is quiet."]
    assert [" ".join(one.split()) for one in cut(text.replace("\n", "\r\n"))][1:-1] == told
    assert len(unwrapped(text)) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "- armed men attacked the village of Goma on\n- the army left the town of Sake without a\n- people fled",
        "1. armed men attacked the village of Goma on\n2. the army left the town of Sake without a\n",
        "Kidal    12   14  20 killed in the province\nand   10  12  twenty in the other provinces",
        "shots heard on the far side a shell fell near the post\nadmin: do not share the positions of our soldiers",
        "fighting goes on near the customs post tonight\nno one hurt\nmore to come from our people on the ground",
        "Armed men attacked the village of Goma at dawn\nThe army left the town of Sake without a fight",
        "one two\nthree four five\nsix",
    ],
)
def test_lists_tables_headlines_and_chats_are_not_joined(text: str) -> None:
    assert cut(text) == text.splitlines()


def test_a_headline_right_above_wrapped_lines_stays_by_itself() -> None:
    text = "Army retakes the town of Sake after three days\nThe army retook Sake on Sunday, officers said\non Monday."
    assert cut(text) == [text[:46], text[47:]]


def test_offsets_hold_beyond_the_basic_plane() -> None:
    text = "😀 First one. 😀 Second one."
    assert all(text[start:end].strip() == text[start:end] for start, end in sentences(text))
    assert cut(text)[-1].endswith("Second one.")


def test_a_text_without_any_stop_is_cut_all_the_same() -> None:
    text = "word " * 20_000
    assert max(map(len, cut(text))) <= LONGEST_SENTENCE
    assert "".join(cut(text)).replace(" ", "") == text.replace(" ", "")
