"""Fan charts of a file of draws, as SVG files."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from foreshock.errors import UsageError
from foreshock.forecast.countries import country_name, find_country
from foreshock.forecast.fan import FAN_LEGEND, PAST_MONTHS, QUANTILES, Fan, fan_chart, standalone
from foreshock.forecast.files import months_shown, origin_of, read_sample
from foreshock.forecast.history import read_history, read_observed
from foreshock.forecast.months import month_name
from foreshock.forecast.panel import Array
from foreshock.terminal.forecasting import tell
from foreshock.terminal.style import complain


def write_fans(
    draws: Path, history_path: Path, column: str, countries: Sequence[str], series: str, folder: Path
) -> None:
    """Draws the fan of each country into a folder, `SDN.svg`; what came is shown as far as the history holds it."""
    sample, observed = read_sample(draws), read_observed(history_path, column)
    origin = origin_of(draws) or sample.months[0] - 1
    if not observed.first_month <= origin <= observed.last_month:
        raise UsageError(f"{history_path} does not hold {month_name(origin)}, from which {draws} was forecast")
    history = read_history(history_path, origin, column)
    tell(history.notes)
    for asked in countries:
        country = find_country(asked)
        if country.id not in sample.countries or country.id not in history.countries:
            raise UsageError(f"{country_name(country.id)} is not in {draws} and {history_path} both")
        past = history.counts[history.countries.index(country.id), -PAST_MONTHS:]
        came = observed.of([country.id], range(origin + 1, min(sample.months[-1], observed.last_month) + 1))[0]
        fan = _fan(past, came, origin, sample.months, sample.outcome[sample.countries.index(country.id)])
        title = f"{country_name(country.id)}: {series} a month, {months_shown(sample.months)}"
        path = folder / f"{country.iso3}.svg"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text(standalone(fan_chart(fan, title), title, FAN_LEGEND), encoding="utf-8")
        except OSError as error:
            raise UsageError(f"{path} cannot be written: {error.strerror or error}") from error
        complain(f"{title}: {path}")


def _fan(past: Array, came: Array, origin: int, months: Sequence[int], outcome: Array) -> Fan:
    """The past up to the origin, the bands, and what came after it."""
    return Fan(
        first_month=origin - len(past) + 1,
        past=tuple(np.nan_to_num(past).tolist()),
        months=tuple(months),
        quantiles=tuple(tuple(row) for row in np.quantile(outcome, QUANTILES, axis=-1).T.tolist()),
        chance=tuple((outcome > 0).mean(axis=-1).tolist()),
        came=tuple(came.tolist()),
    )
