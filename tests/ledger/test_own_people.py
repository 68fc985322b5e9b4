"""Whose people speak behind what a body will do: *…, its director, Ada Lund, promised* is the body's word."""

import pytest

from foreshock.ledger.speakers.bulletin import pledger_in
from foreshock.model.prediction import ForecasterKind
from foreshock.model.vocabulary import Kind, SourceKind
from tests.ledger.conftest import ORG, forecaster

OTHER = "The Coral Sea Security Institute counted forty roadblocks in December."


@pytest.mark.parametrize(
    ("clause", "name"),
    [
        ("The National Flood Centre will deliver rice before the end of June", "National Flood Centre"),
        ("The state utility Jirama will restore supply before the end of June", "Jirama"),
        ("The harbour commission will publish the list by 31 May", "harbour commission"),
    ],
)
@pytest.mark.parametrize("kind", [Kind.COMMITMENT, Kind.FORECAST])
@pytest.mark.parametrize("read_as", [SourceKind.PERSON, SourceKind.ORGANISATION])
@pytest.mark.parametrize("brought_in", ["its director, Moses Tabai,", "its head of networks, Moses Tabai,"])
def test_it_is_the_body_that_the_clause_tells_of(
    clause: str, name: str, kind: Kind, read_as: SourceKind, brought_in: str
) -> None:
    words = f"{OTHER}\n\n{clause}, {brought_in} promised on Tuesday."
    assert forecaster(words, "Moses Tabai", kind, clause=clause, said_by=read_as) == (ORG, name)


def test_nobody_named_becomes_a_body_by_a_slip_of_the_reader() -> None:
    words = "The mine will close before the end of June, its head of networks, Moses Tabai, told this reporter."
    clause = "The mine will close before the end of June"
    kind, name = forecaster(words, "Moses Tabai", clause=clause, said_by=SourceKind.ORGANISATION)
    assert (kind, name) == (ForecasterKind.UNSCORED, "a person quoted")


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("The ministry will publish the list by 31 May", "The ministry"),
        ("In the hope that it may help, the ministry will publish it", None),
        ("The ministry may well publish what it will do", None),
    ],
)
def test_a_plan_for_may_is_no_perhaps(words: str, who: str | None) -> None:
    assert pledger_in(words) == who
