"""Killed again and again in the middle of its work, `add` loses nothing and writes nothing twice."""

from pathlib import Path

import pytest

from bench.killing import Outcome, kill_often


@pytest.mark.slow
def test_fifty_kills_at_random_moments_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    *_, outcome = kill_often(tmp_path, kills=50, rows=200)
    assert isinstance(outcome, Outcome)
    assert outcome.sound, (outcome.findings, outcome.lost)
    assert outcome.kills == 50
    assert len(set(outcome.moments)) > 5, "the kills came at different stages of the work"
