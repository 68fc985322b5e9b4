"""The numbers the watch goes by, from `data/watch.yaml`."""

from functools import cache
from typing import Final

import msgspec

from foreshock.model.board import Levels
from foreshock.model.shipped import shipped_table

_FILE: Final = "data/watch.yaml"


class Guard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From almost nothing to a little is no change: usual at most `average`, latest at most `latest`."""

    average: float
    latest: int


class BaselineRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the past is looked back on: periods, dispersion and how strongly series share it, outliers, season."""

    window: int
    history: int
    dispersion: float
    weight: float
    margin: float
    outlier: float
    season: float


class CoverageRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When too little was read to say anything."""

    documents: int
    share: float
    silent: float
    outlets: int
    regular: int
    unread: float


class WarRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When a war counts as already running: in `months` of the last `of` months, in `share` of the documents."""

    months: int
    of: int
    share: float


class WatchRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file. `scenario` says how many indicators at which state or above make a scenario's state."""

    levels: Levels
    discovery: float
    guard: Guard
    baseline: BaselineRules
    coverage: CoverageRules
    background: int
    scenario: dict[str, dict[str, int]]
    war: WarRules
    sides: dict[str, tuple[str, ...]]


@cache
def rules() -> WatchRules:
    """The shipped numbers. Raises `ModelError` where the file is missing or does not fit."""
    return shipped_table(_FILE, WatchRules)
