"""Killed again and again in the middle of its work, `add` loses nothing and writes nothing twice.

`python -m bench.killing` kills fifty times over more rows.
"""

from pathlib import Path

import pytest

from bench.killing import Outcome, kill_often

KILLS = 14


@pytest.mark.slow
def test_kills_at_random_moments_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    *_, outcome = kill_often(tmp_path, kills=KILLS, rows=120)
    assert isinstance(outcome, Outcome)
    assert outcome.sound, (outcome.findings, outcome.lost)
    assert outcome.kills == KILLS
    assert len(set(outcome.moments)) > 3, "the kills came at different stages of the work"
