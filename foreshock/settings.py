"""Where things are: the user's record and the shipped data."""

import os
from pathlib import Path

import platformdirs

RECORD_VARIABLE = "FORESHOCK_RECORD"


def record_url(given: str | None = None) -> str:
    """The record to use: what was given, else `FORESHOCK_RECORD`, else a file in the user's data folder."""
    if given:
        return given
    if named := os.environ.get(RECORD_VARIABLE):
        return named
    return str(Path(platformdirs.user_data_dir("foreshock")) / "record.sqlite")


def workers(given: int | None = None) -> int:
    """How many processes to read with: what was given, else one a core."""
    return max(1, given if given is not None else len(os.sched_getaffinity(0)))
