"""The codebook's section 10: JSON in and out, and spans that must be the text they quote."""

import json

import pytest

from foreshock.errors import MalformedItem
from foreshock.model.document import Document, text_id
from foreshock.model.span import Span
from foreshock.model.statement import Reading, Statement, from_json, statement_id, to_json
from foreshock.model.vocabulary import CONTEXTS, MECHANISMS, MODES, QUADS, EventType, Kind

TEXT = "“The scope of RVC’s future operations inside Russia will expand,” he said. 😀 Nobody fled."

SECTION_10 = {
    "document": text_id(TEXT), "id": "0123456789abcdef", "start": 1, "end": 63,
    "text": "The scope of RVC’s future operations inside Russia will expand",
    "trigger": {"start": 57, "end": 63, "text": "expand"},
    "kind": "forecast", "polarity": "positive", "type": "ASSAULT", "mode": "x-raid",
    "contexts": ["armed_resistance", "military"],
    "sources": [{"start": 66, "end": 68, "text": "he", "source_kind": "person", "name": None}],
    "cue": {"start": 69, "end": 73, "text": "said"},
    "actors": [{"start": 14, "end": 17, "text": "RVC", "id": "rus-x", "name": "Russian Volunteer Corps",
                "country": "RUS", "sector": "PAR"}],
    "recipients": [],
    "place": {"start": 45, "end": 51, "text": "Russia", "name": "Russia", "country": "RUS", "admin1": None,
              "lat": None, "lon": None, "precision": "country", "geonameid": 2017370, "members": [], "reason": None},
    "time": {"start": None, "end": None, "text": None, "from": None, "to": None, "granularity": "open"},
    "condition": None, "likelihood": {"start": 52, "end": 56, "text": "will", "low": 0.91, "high": 1.0},
    "counts": {"deserted": {"low": 24, "best": None, "high": 99}}, "loaded": [], "score": 0.93,
    "scores": {"kind": 0.97, "type": 0.71},
}  # fmt: skip


def statement(**changes: object) -> Statement:
    return from_json(json.dumps({**SECTION_10, **changes}))


def document() -> Document:
    return Document(id=text_id(TEXT), text=TEXT, origin="test", capture="")


def test_json_goes_out_exactly_as_it_came_in() -> None:
    assert json.loads(to_json(statement())) == SECTION_10
    assert list(json.loads(to_json(statement()))) == list(SECTION_10)


def test_a_reading_accepts_spans_beyond_the_basic_plane() -> None:
    start = TEXT.index("fled")
    fled = statement(
        start=start, end=start + 4, text="fled", trigger={"start": start, "end": start + 4, "text": "fled"}
    )
    assert Reading(document=document(), statements=(statement(), fled), model="m").statements[1].text == "fled"


@pytest.mark.parametrize(
    "field",
    ["trigger", "cue", "likelihood", "place"],
)
def test_a_span_that_is_not_the_text_is_refused(field: str) -> None:
    shifted = {**SECTION_10[field], "text": "other"}  # type: ignore[dict-item]
    with pytest.raises(MalformedItem, match="not 'other' in the text"):
        Reading(document=document(), statements=(statement(**{field: shifted}),), model="m")


def test_a_statement_of_another_document_is_refused() -> None:
    with pytest.raises(MalformedItem, match="not to this document"):
        Reading(document=document(), statements=(statement(document="sha256:0"),), model="m")


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "rumour"},
        {"type": "FIGHT"},
        {"mode": "strike"},
        {"contexts": ["weather"]},
        {"counts": {"sheep": {"low": 1, "best": 1, "high": 1}}},
        {"trigger": {"start": 69, "end": 73, "text": "said"}},
    ],
)
def test_what_the_codebook_does_not_know_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(MalformedItem):
        statement(**changes)


@pytest.mark.parametrize(("start", "end"), [(-1, 4), (4, 4), (5, 4), (0, 10_000)])
def test_no_empty_or_outlying_span(start: int, end: int) -> None:
    with pytest.raises(MalformedItem):
        Span.of(TEXT, start, end)


def test_an_id_depends_on_document_and_trigger_only() -> None:
    assert statement_id("sha256:a", 1, 5) == statement_id("sha256:a", 1, 5)
    assert statement_id("sha256:a", 1, 5) != statement_id("sha256:b", 1, 5)
    assert statement_id("sha256:a", 1, 5) != statement_id("sha256:a", 11, 5)


def test_the_vocabulary_is_the_codebooks() -> None:
    assert len(Kind) == 5
    assert len(EventType) == 16
    assert sorted(t for types in QUADS.values() for t in types) == sorted(EventType)
    assert set(MODES) == set(EventType)
    assert len(MECHANISMS) == 12
    assert len(CONTEXTS) == 49 == len(set(CONTEXTS))
