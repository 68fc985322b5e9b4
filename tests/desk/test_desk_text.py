"""The text cut at its statements, and the words that the desk puts things in."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foreshock.desk.text import clause, numbered, paragraphs
from foreshock.model.span import Span
from foreshock.model.statement import Count, Likelihood, Participant, Statement, Time
from foreshock.model.vocabulary import EventType, Granularity, Kind
from foreshock.telling import phrases
from tests.desk.readings import RAID, raid_reading

TEXT = "One two  three.\n\nFour five\nsix. \n \n Seven eight nine ten."


@st.composite
def statements(draw: st.DrawFn) -> list[Statement]:
    """Statements anywhere in the text, nested, overlapping or over blank lines."""
    found = []
    for number in range(draw(st.integers(0, 8))):
        start, left, right, end = sorted(draw(st.lists(st.integers(0, len(TEXT)), min_size=4, max_size=4)))
        if left == right:
            continue
        trigger = Span(start=left, end=right, text=TEXT[left:right])
        words = {"start": start, "end": end, "text": TEXT[start:end]}
        found.append(Statement(document="d", id=f"{number}", trigger=trigger, kind=Kind.REPORT, **words))
    return found


@given(statements())
def test_pieces_put_together_are_the_text_and_no_statement_is_lost(found: list[Statement]) -> None:
    cut = paragraphs(TEXT, numbered(found))
    shown = ["".join(piece.text for piece in paragraph.pieces) for paragraph in cut]
    assert shown == ["One two  three.", "Four five\nsix. ", "Seven eight nine ten."]
    begun = [one.number for paragraph in cut for one in paragraph.begins]
    inside = {one.number for paragraph in cut for piece in paragraph.pieces for one in piece.inside}
    assert sorted(begun) == sorted(inside)
    for paragraph in cut:
        for piece in paragraph.pieces:
            lengths = [one.statement.end - one.statement.start for one in piece.inside]
            assert lengths == sorted(lengths), "innermost first"


def test_a_clause_marks_its_trigger_and_its_loaded_words() -> None:
    raid = raid_reading().statements[2]
    pieces = clause(raid)
    assert "".join(piece.text for piece in pieces) == raid.text
    assert [piece.text for piece in pieces if piece.trigger] == ["infiltrate"]
    assert [piece.text for piece in pieces if piece.loaded] == ["tiny"]


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("infiltrate", ["infiltrate"]),
        ("INFIL* raid", ["infiltrate"]),
        ('"to infiltrate"', ["to ", "infiltrate"]),
        ("infil", []),
        ("* ( [", []),
        ("", []),
    ],
)
def test_what_was_looked_for_is_marked(words: str, marked: list[str]) -> None:
    raid = raid_reading().statements[2]
    pieces = clause(raid, words)
    assert "".join(piece.text for piece in pieces) == raid.text
    assert [piece.text for piece in pieces if piece.sought] == marked


def test_statements_are_numbered_in_text_order() -> None:
    numbers = [one.statement.trigger.text for one in numbered(raid_reading().statements)]
    assert numbers == ["withdraw", "raids", "infiltrate", "disaster"]
    assert RAID.startswith("Officials")


@pytest.mark.parametrize(
    ("kinds", "ending"),
    [
        ({"report": 22, "judgement": 19, "forecast": 8}, "More than half of this text is not report."),
        ({"report": 1, "judgement": 1}, "Half of this text is not report."),
        ({"report": 3, "judgement": 1}, "25 % of this text is not report."),
        ({"report": 3}, "All of this text is report."),
        ({}, "No statements about the political world were found."),
    ],
)
def test_the_closing_line_says_what_the_text_is_made_of(kinds: dict[str, int], ending: str) -> None:
    assert phrases.closing_line(kinds).endswith(ending)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "end", "granularity", "words"),
    [
        ("2023-05-22", "2023-05-22", Granularity.DAY, "22 May 2023"),
        ("2023-05-22", "2023-05-28", Granularity.WEEK, "week of 22 May 2023"),
        ("2023-05-22", "2023-05-24", Granularity.WEEK, "22 May 2023 – 24 May 2023"),
        ("2023-05-01", "2023-05-31", Granularity.MONTH, "May 2023"),
        ("2023-05-01", "2023-08-31", Granularity.MONTH, "May 2023 – August 2023"),
        ("2023-01-01", "2023-12-31", Granularity.YEAR, "2023"),
        ("2023-01-01", "2025-12-31", Granularity.YEAR, "2023 – 2025"),
        ("2023-05-22", None, Granularity.OPEN, "from 22 May 2023"),
        (None, "2023-05-22", Granularity.OPEN, "until 22 May 2023"),
        (None, None, Granularity.OPEN, None),
    ],
)
def test_times_are_told_no_more_precisely_than_known(
    start: str | None, end: str | None, granularity: Granularity, words: str | None
) -> None:
    told = Time(from_=day(start) if start else None, to=day(end) if end else None, granularity=granularity)
    assert phrases.time_name(told) == words


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (Count(low=12), "at least 12"),
        (Count(high=1200), "at most 1,200"),
        (Count(low=24, high=99), "24–99"),
        (Count(low=3, best=3, high=3), "3"),
        (Count(low=10, best=12, high=20), "12 (10–20)"),
        (Count(best=12), "about 12"),
    ],
)
def test_quantities_are_told_with_their_bounds(count: Count, words: str) -> None:
    assert phrases.count_name(count) == words


def test_a_likelihood_that_is_one_number_is_told_once() -> None:
    words = {"start": 0, "end": 4, "text": "20 %"}
    assert phrases.percent_range(Likelihood(**words, low=0.2, high=0.2)) == "20 %"
    assert phrases.percent_range(Likelihood(**words, low=0.55, high=0.8)) == "55–80 %"


@pytest.mark.parametrize(
    ("actors", "recipients", "words"),
    [
        (("rebels",), ("soldiers", "a trader"), "rebels → soldiers, a trader"),
        (("they",), ("soldiers",), "to soldiers"),
        (("rebels",), (), "by rebels"),
        ((), (), None),
    ],
)
def test_who_did_it_to_whom(actors: tuple[str, ...], recipients: tuple[str, ...], words: str | None) -> None:
    def parties(names: tuple[str, ...]) -> tuple[Participant, ...]:
        return tuple(Participant(start=0, end=len(name), text=name) for name in names)

    act = Statement(
        document="d", id="1", start=0, end=1, text="x", trigger=Span(start=0, end=1, text="x"), kind=Kind.REPORT,
        type=EventType.ASSAULT, actors=parties(actors), recipients=parties(recipients),
    )  # fmt: skip
    assert phrases.who_to_whom(act) == words


def test_counts_are_told_after_their_numbers() -> None:
    assert phrases.counts_name({"killed": Count(low=72), "injured": Count(low=9, best=9, high=9)}) == (
        "at least 72 killed, 9 injured"
    )
