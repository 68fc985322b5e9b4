"""Forecasts: what the newest run of a series kept in the record says of each country, its skill always beside it.

Of several series deaths are shown, or that which an address names, and the page leads to the others: the newest run of
all would be of deaths on one day and of a record's counts on the next.
"""

import datetime
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from fastapi import APIRouter, Depends, Request, Response
from fastapi.exceptions import HTTPException
from markupsafe import Markup

from foreshock.desk.pages import OpenRecord, page
from foreshock.desk.twins import csv_twin, json_twin
from foreshock.errors import UsageError
from foreshock.exchange.rows import Cell
from foreshock.forecast.backtest import STEPS
from foreshock.forecast.countries import Country, country_name, find_country, known_countries
from foreshock.forecast.explain import likenesses, movers, told
from foreshock.forecast.fan import PAST_MONTHS, Fan, fan_chart
from foreshock.forecast.history import History
from foreshock.forecast.months import month_name
from foreshock.forecast.skill import AHEAD, DEATHS, MEANT, UNMEASURED, Skill, skill_on
from foreshock.forecast.spans import share_of_draws
from foreshock.forecast.vintages import Cell as Said
from foreshock.forecast.vintages import Vintage, before, cells_of, history_of, newest_runs, parts_of, revisions
from foreshock.model.day import known_day
from foreshock.record.store import Record
from foreshock.telling.addresses import address_of
from foreshock.telling.phrases import in_words

router = APIRouter()

COLUMNS = ("country_id", "iso3", "country", "month", "mean", "low90", "low50", "median", "high50", "high90", "chance")


@dataclass(frozen=True)
class Asked:
    """What an address asks for: the series, as it was named when it was kept, and the day, YYYY-MM-DD, as of which its
    newest run is wanted; deaths, and today, where it names none."""

    series: str | None
    day: str | None

    def address(self, path: str, series: str | None = None) -> str:
        """The address of another page that is asked the same, or for this series."""
        return address_of(path, {"series": series or self.series, "as_of": self.day})


def _asked(request: Request) -> Asked:
    return Asked(request.query_params.get("series") or None, request.query_params.get("as_of") or None)


Wanted = Annotated[Asked, Depends(_asked)]


def _runs(record: Record, asked: Asked) -> dict[str, Vintage]:
    """The newest run of every series that there was then."""
    return newest_runs(record, known_day(asked.day, "as_of") or datetime.date.max)


def _chosen(runs: dict[str, Vintage], asked: Asked) -> Vintage | None:
    """The run of the series asked for; without one of deaths, else the newest."""
    if asked.series is not None:
        return runs.get(asked.series)
    return runs.get(DEATHS) or next(iter(runs.values()), None)


def _month(number: int) -> str:
    """A month by its number, as a page writes it."""
    return in_words(month_name(number))


def _by_country(cells: list[Said]) -> list[dict[str, object]]:
    """One row a country over all its months: the highest median first, of equal ones the highest band, then chance.

    Not by the mean that is expected: in a quiet country that is the few largest of a thousand draws, and would put
    one of them before a country in which fighting is ten times as likely.
    """
    key = known_countries()
    grouped: dict[int, list[Said]] = {}
    for cell in cells:
        grouped.setdefault(cell.country_id, []).append(cell)
    rows: list[tuple[tuple[float, float, float], dict[str, object]]] = []
    for identity, own in grouped.items():
        country = key.get(identity)
        median, high, chance = (
            max(value) for value in zip(*((cell.median, cell.high90, cell.chance) for cell in own), strict=True)
        )
        row: dict[str, object] = {
            "country": country_name(identity),
            "code": country.iso3 if country else None,
            "mean": sum(cell.mean for cell in own) / len(own),
            "median": median,
            "low": min(cell.low90 for cell in own),
            "high": high,
            "chance": chance,
        }
        rows.append(((median, high, chance), row))
    return [row for _, row in sorted(rows, key=lambda pair: pair[0], reverse=True)]


def _named(series: str) -> str:
    """A series at the beginning of a sentence, with what it counts where its name does not say it."""
    return series[:1].upper() + series[1:] + (f" ({MEANT})" if series == DEATHS else "")


def _row(cell: Said) -> list[Cell]:
    country = known_countries().get(cell.country_id)
    return [
        cell.country_id, country.iso3 if country else None, country_name(cell.country_id) if country else None,
        month_name(cell.month_id), cell.mean, cell.low90, cell.low50, cell.median, cell.high50, cell.high90,
        cell.chance,
    ]  # fmt: skip


def _about(vintage: Vintage | None) -> dict[str, object]:
    """A run as the JSON twins tell of it."""
    if vintage is None:
        return {"run": None}
    skill = skill_on(vintage.series)
    return {
        "run": vintage.id, "series": vintage.series, "made_at": vintage.made_at, "origin": month_name(vintage.origin),
        "history": vintage.history, "model": vintage.model, "code": vintage.code, "seed": vintage.seed,
        "skill": _skill(skill) if skill else None,
    }  # fmt: skip


def _skill(skill: Skill) -> dict[str, object]:
    return {
        "crps_ratio": skill.ratio, "low": skill.low, "high": skill.high, "against": "conflictology",
        "windows": [skill.first_window, skill.last_window], "steps": [STEPS[0], STEPS[-1]],
    }  # fmt: skip


@router.get("/forecasts.json")
def forecasts_json(record: OpenRecord, asked: Wanted) -> Response:
    """Every country and month of the newest run, as JSON."""
    runs = _runs(record, asked)
    vintage = _chosen(runs, asked)
    cells = cells_of(record, vintage.id) if vintage else []
    rows = [dict(zip(COLUMNS, _row(cell), strict=True)) for cell in cells]
    return json_twin({**_about(vintage), "series_kept": list(runs), "cells": rows})


@router.get("/forecasts.csv")
def forecasts_csv(record: OpenRecord, asked: Wanted) -> Response:
    """Every country and month of the newest run, as CSV."""
    vintage = _chosen(_runs(record, asked), asked)
    cells = cells_of(record, vintage.id) if vintage else []
    return csv_twin("forecasts", COLUMNS, (_row(cell) for cell in cells))


@router.get("/forecasts")
def forecasts_page(record: OpenRecord, asked: Wanted) -> Response:
    """All countries, those with the highest medians first."""
    runs = _runs(record, asked)
    vintage = _chosen(runs, asked)
    rows = _by_country(cells_of(record, vintage.id)) if vintage else []
    return page(
        "forecasts.html", vintage=vintage, rows=rows, runs=runs, asked=asked, month_name=_month,
        share_of_draws=share_of_draws,
        skill=skill_on(vintage.series) if vintage else None, ahead=AHEAD, unmeasured=UNMEASURED, named=_named,
        path="/forecasts",
    )  # fmt: skip


def _of_country(record: Record, code: str, asked: Asked) -> tuple[Vintage, Country, list[Said]]:
    try:
        country = find_country(code)
    except UsageError as error:
        raise HTTPException(404, str(error)) from error
    runs = _runs(record, asked)
    vintage = _chosen(runs, asked)
    cells = cells_of(record, vintage.id, country.id) if vintage else []
    if vintage is None or not cells:
        # Another series may well have one.
        series = asked.series or (vintage.series if vintage and len(runs) > 1 else None)
        told = f" in the series {series}" if series else ""
        raise HTTPException(404, f"No forecast of {country_name(country.id)} has been kept in this record{told}.")
    return vintage, country, cells


@router.get("/forecasts/{code}.json")
def forecast_json(code: str, record: OpenRecord, asked: Wanted) -> Response:
    """One country's forecast, as JSON."""
    vintage, country, cells = _of_country(record, code, asked)
    rows = [dict(zip(COLUMNS, _row(cell), strict=True)) for cell in cells]
    skill = skill_on(vintage.series)
    return json_twin({**_about(vintage), "skill_here": skill.told(country.id) if skill else None, "cells": rows})


@router.get("/forecasts/{code}.csv")
def forecast_csv(code: str, record: OpenRecord, asked: Wanted) -> Response:
    """One country's forecast, as CSV."""
    _, country, cells = _of_country(record, code, asked)
    return csv_twin(f"forecast-{country.iso3}", COLUMNS, (_row(cell) for cell in cells))


@router.get("/forecasts/{code}")
def forecast_page(code: str, record: OpenRecord, asked: Wanted) -> Response:
    """One country: its fan, its skill, what moved it, what past it resembles, how the data were revised."""
    vintage, country, cells = _of_country(record, code, asked)
    history = history_of(record, vintage.history)
    earlier = before(record, vintage)
    moved, changed = None, []
    if earlier is not None and (then := parts_of(record, earlier.id, country.id)):
        moved = told(country.id, movers(then, parts_of(record, vintage.id, country.id)))
        older = history_of(record, earlier.history)
        changed = [one for one in revisions(older, history) if one.country == country.id]
    steps = tuple(cell.month_id - vintage.origin for cell in cells)
    skill = skill_on(vintage.series)
    name = country_name(country.id)
    title = f"{vintage.series}, {name}, {_month(vintage.first_month)} to {_month(vintage.last_month)}"
    return page(
        "forecast.html", vintage=vintage, country=country, name=name, cells=cells, asked=asked, month_name=_month,
        share_of_draws=share_of_draws,
        chart=Markup(fan_chart(_fan(history, country.id, cells), title, _month)),
        skill=skill.told(country.id) if skill else UNMEASURED, moved=moved, earlier=earlier, revised=changed[:8],
        alike=[str(one) for one in likenesses(history, country.id, steps)], named=_named,
        path="/forecasts",
    )  # fmt: skip


def _fan(history: History, country: int, cells: list[Said]) -> Fan:
    counts = np.nan_to_num(history.counts[history.countries.index(country)])[-PAST_MONTHS:]
    return Fan(
        first_month=history.last_month - len(counts) + 1,
        past=tuple(counts.tolist()),
        months=tuple(cell.month_id for cell in cells),
        quantiles=tuple((cell.low90, cell.low50, cell.median, cell.high50, cell.high90) for cell in cells),
        chance=tuple(cell.chance for cell in cells),
    )
