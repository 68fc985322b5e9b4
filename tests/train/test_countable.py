"""What the table learns from by which the ledger tells what nothing could settle."""

import pytest

from foreshock.ledger.outcomes.countable import Countable, read_table
from foreshock.ledger.outcomes.meaning import shipped
from train.annotated import read_rows
from train.countable import CLAUSES, MODEL, TABLE, fitted, keyed, lessons, measured


def test_clauses_are_written_once_and_labelled() -> None:
    rows = read_rows(CLAUSES)
    assert len({row["clause"].lower() for row in rows}) == len(rows) >= 1_800
    assert {row["label"] for row in rows} == {"void", "countable"}


def test_no_void_clause_is_a_chronicle_s() -> None:
    written = {one.clause.lower() for one in lessons() if one.void}
    assert not written & {one.quote.lower() for one in keyed()}


@pytest.mark.slow
def test_a_table_tells_clauses_apart_that_it_did_not_learn() -> None:
    written = [one for one in lessons() if one.void or len(one.clause) < 60]
    countable = Countable(shipped(), fitted(shipped(), written[::2]))
    others = written[1::2]
    void = [countable.chance(one.clause) for one in others if one.void]
    rest = [countable.chance(one.clause) for one in others if not one.void]
    assert sum(one > 0.5 for one in void) > 0.6 * len(void)
    assert sum(one > 0.5 for one in rest) < 0.1 * len(rest)


@pytest.mark.slow
def test_the_table_that_ships_finds_half_of_the_void_forecasts_and_no_other() -> None:
    ships = Countable(shipped(), read_table(MODEL / TABLE, shipped().version))
    assert measured(ships).endswith("void: 9 are told, and 0 others")
