"""`foreshock forecast`: forecasts of counts a country and month, their scores, and what was said when."""

import sys
from collections.abc import Callable
from pathlib import Path

import click

from foreshock.commands import options
from foreshock.errors import UsageError

EXIT_SOME_FAILED = 1

_FILE = click.Path(dir_okay=False, path_type=Path)


def _not_misnamed(_: click.Context, parameter: click.Parameter, value: Path | None) -> Path | None:
    """Where Parquet, or a folder of it, is to be written. Raises `UsageError` for a name that promises another format,
    such as `draws.csv`."""
    if value is not None and value.suffix[1:].isalpha() and value.suffix != ".parquet" and not value.is_dir():
        raise UsageError(f"--{parameter.name}: what is written is Parquet: name it {value.with_suffix('.parquet')}")
    return value


def _parquet(columns: str) -> Callable[[options.Command], options.Command]:
    """The file that a table with these columns goes to."""
    return click.option("--out", type=_FILE, callback=_not_misnamed, required=True, help=f"Parquet with {columns}.")


def _a_folder(_: click.Context, parameter: click.Parameter, value: Path | None) -> Path | None:
    """A folder for several windows. Raises `UsageError` for the name of a file, which would hold the last one only."""
    if value is not None and value.suffix[1:].isalpha() and not value.is_dir():
        raise UsageError(f"--{parameter.name}: several windows go into a folder: name it {value.with_suffix('')}")
    return value


_history = click.option(
    "--history", type=_FILE, required=True, metavar="FILE.parquet", help="Columns country_id, month_id, deaths."
)
_column = click.option("--column", default="deaths", show_default=True, help="The column that holds the counts.")
_draws = click.option("--draws", type=click.IntRange(15, 10_000), default=1000, show_default=True)
_seed = click.option("--seed", type=click.IntRange(0, 2**31), default=20231, show_default=True)


@click.group()
def forecast() -> None:
    """Forecast deaths, or any count, a country and month; score forecasts; replay what was said when.

    Example:  foreshock forecast run --history deaths.parquet --origin 2020-10 --out draws.parquet
    """


@forecast.command()
@_history
@click.option("--origin", required=True, metavar="YYYY-MM", help="The last month that is known; nothing after is read.")
@click.option("--steps", default="3:14", show_default=True, metavar="FIRST:LAST", help="Months after the origin.")
@_draws
@_seed
@_column
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    callback=_not_misnamed,
    required=True,
    help="A .parquet file, or a folder that gets Hive partitions window=Y2018/.",
)
@click.option("--record", "record_name", metavar="URL", help="Keep the run in this record, never to be overwritten.")
@click.option("--series", help="What is counted, as kept in a record; else state-based deaths, or the --column named.")
@click.option("--news", type=_FILE, help="Counts out of a record (see `series`), used only if they have helped before.")
def run(
    history: Path,
    origin: str,
    steps: str,
    draws: int,
    seed: int,
    column: str,
    out: Path,
    record_name: str | None,
    series: str | None,
    news: Path | None,
) -> None:
    """Forecast from a history: draws of a full predictive distribution for each country and month.

    What is wrong with the history is named on standard error and repaired by rule, or its country is left out (exit
    code 1).

    Example:  foreshock forecast run --history deaths.parquet --origin 2020-10 --steps 3:14 --draws 1000 --out d.parquet
    """
    from foreshock.terminal.forecasting import Asked, counted_in, run_forecast

    asked = Asked(history, column, origin, steps, draws, seed, out, record_name, series or counted_in(column), news)
    if not run_forecast(asked):
        sys.exit(EXIT_SOME_FAILED)


@forecast.command()
@click.argument("samples", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="DRAWS ...")
@_history
@_column
@click.option("--against", type=click.Path(path_type=Path), help="Another sample of the same months to compare with.")
@options.form
def score(samples: tuple[Path, ...], history: Path, column: str, against: Path | None, form: str) -> None:
    """Score samples as the VIEWS challenge does: CRPS, IGN, MIS, and coverage, each a mean over country-months.

    Example:  foreshock forecast score draws.parquet --history deaths.parquet
    """
    from foreshock.terminal.forecast_scores import score_samples

    score_samples(samples, history, column, against, form, sys.stdout)


@forecast.command()
@_history
@_column
@click.option("--windows", default="2018:2021", show_default=True, metavar="FIRST:LAST", help="Years to forecast.")
@_draws
@_seed
@click.option("--plots", type=click.Path(file_okay=False, path_type=Path), help="A folder for the plots (SVG).")
@click.option(
    "--out", type=click.Path(path_type=Path), callback=_a_folder, help="A folder for the draws, as Hive partitions."
)
@click.option("--news", type=_FILE, help="Counts out of a record: scores the pool with them beside the pool without.")
@options.form
def backtest(
    history: Path,
    column: str,
    windows: str,
    draws: int,
    seed: int,
    plots: Path | None,
    out: Path | None,
    news: Path | None,
    form: str,
) -> None:
    """Forecast past years from what was known before them, and score that beside conflictology, last and zero.

    Example:  foreshock forecast backtest --history deaths.parquet --windows 2018:2021 --plots plots/
    """
    from foreshock.terminal.forecast_scores import run_backtest

    run_backtest(history, column, windows, draws, seed, plots, out, form, sys.stdout, news)


_as_of = click.option("--as-of", metavar="DATE", help="As it stood at the end of that day (UTC): YYYY-MM-DD.")
_which = click.option("--series", help="Only runs of this series, as named when they were kept.")


@forecast.command(name="list")
@options.record
@_which
@options.form
def list_runs(record_name: str | None, series: str | None, form: str) -> None:
    """List the runs kept in a record, newest first: none is ever overwritten.

    Example:  foreshock forecast list --record sudan.sqlite
    """
    from foreshock.terminal.forecast_vintages import show_runs

    show_runs(record_name, series, form, sys.stdout)


@forecast.command()
@options.record
@_as_of
@_which
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    callback=_not_misnamed,
    required=True,
    help="A .parquet file or a folder.",
)
@click.option("--check", is_flag=True, help="Make the run again from its kept history and compare every draw.")
def replay(record_name: str | None, as_of: str | None, series: str | None, out: Path, check: bool) -> None:
    """Write out again what was forecast as of a day: the newest run kept by then, draw for draw.

    Example:  foreshock forecast replay --as-of 2023-06-30 --record sudan.sqlite --out draws.parquet
    """
    from foreshock.terminal.forecast_vintages import replay_run

    if not replay_run(record_name, as_of, series, out, check):
        sys.exit(EXIT_SOME_FAILED)


@forecast.command()
@click.argument("country")
@options.record
@_as_of
@_which
@options.form
def explain(country: str, record_name: str | None, as_of: str | None, series: str | None, form: str) -> None:
    """Say what moved a country's forecast since the run before, what past it resembles, and how the data were revised.

    Example:  foreshock forecast explain Ethiopia --record sudan.sqlite
    """
    from foreshock.terminal.forecast_vintages import explain_country

    explain_country(country, record_name, as_of, series, form, sys.stdout)


_counted = click.option(
    "--count", "counted", type=click.Choice(["statements", "events"]), default="statements", show_default=True
)


@forecast.command(name="series")
@options.record
@_counted
@options.mechanism
@options.kind
@click.option("--ucdp", type=_FILE, help="Count state-based deaths in a UCDP GED file (.csv, .csv.gz) instead.")
@click.option("--covered", is_flag=True, help="Only countries told of in half of the months: for use as news.")
@click.option("--regions", is_flag=True, help="By first-level region: adds the column adm_1.")
@_parquet("country_id, month_id, count")
def series_command(
    record_name: str | None,
    counted: str,
    mechanism: str | None,
    kind: str | None,
    ucdp: Path | None,
    covered: bool,
    regions: bool,
    out: Path,
) -> None:
    """Count events or statements of a record by country and the month they became known in, to forecast from.

    Example:  foreshock forecast series --mechanism defection --out defections.parquet

    Then:  foreshock forecast run --history defections.parquet --column count --origin 2023-06 --out draws.parquet
    """
    from foreshock.terminal.forecast_inputs import Counts, write_series

    write_series(Counts(ucdp, record_name, counted, mechanism, kind, covered), regions, out)


@forecast.command()
@_history
@_column
@click.option("--news", type=_FILE, multiple=True, help="Counts: see `series --covered`.")
@click.option(
    "--record", "records", multiple=True, metavar="URL", help="All that a record offers as news; several make one."
)
@_seed
@options.form
def news(history: Path, column: str, news: tuple[Path, ...], records: tuple[str, ...], seed: int, form: str) -> None:
    """Say by how much news would have helped the forecast, for onsets apart, or that there is too little to tell.

    From a record these are its events, its predictions and the statements of each mechanism, in the month they became
    known in.

    Example:  foreshock forecast news --history deaths.parquet --record sudan.sqlite
    """
    from foreshock.terminal.forecast_inputs import assess_news

    assess_news(history, column, news, records, seed, form, sys.stdout)


@forecast.command()
@click.argument("draws", type=click.Path(path_type=Path))
@click.option("--ucdp", type=_FILE, help="A UCDP GED file, .csv or .csv.gz; without it, counts of the record.")
@options.record
@_counted
@options.mechanism
@options.kind
@_seed
@_parquet("country_id, adm_1, month_id, draw, outcome")
def regions(
    draws: Path,
    ucdp: Path | None,
    record_name: str | None,
    counted: str,
    mechanism: str | None,
    kind: str | None,
    seed: int,
    out: Path,
) -> None:
    """Part a country's draws among its first-level regions, so that they add up in every draw.

    No accuracy is claimed below the country.

    Example:  foreshock forecast regions draws.parquet --ucdp GEDEvent_v23_0_10.csv.gz --out regions.parquet
    """
    from foreshock.terminal.forecast_inputs import Counts, part_regions

    part_regions(draws, Counts(ucdp, record_name, counted, mechanism, kind), seed, out)


@forecast.command()
@click.argument("draws", type=click.Path(path_type=Path))
@_history
@_column
@click.option("--country", "countries", multiple=True, required=True, help="Name, code or id; as many as you like.")
@click.option("--series", help="What is counted, for the title; else state-based deaths, or the --column named.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="A folder for the SVGs.")
def fan(draws: Path, history: Path, column: str, countries: tuple[str, ...], series: str | None, out: Path) -> None:
    """Draw a country's past, the forecast's bands, and what came if the history holds it.

    Example:  foreshock forecast fan draws.parquet --history deaths.parquet --country Sudan --country UKR --out fans/
    """
    from foreshock.terminal.forecast_fans import write_fans
    from foreshock.terminal.forecasting import counted_in

    write_fans(draws, history, column, countries, series or counted_in(column), out)
