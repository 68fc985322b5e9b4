"""The program's own alerts and forecasts, entered in the ledger under the rules that hold for everybody.

An alert of a scenario foretells that one of the outcomes its scenario warns of begins at its place within the time that
a replay lets an alarm stand for. How likely follows from how the rule fared on history, as a 95 % interval; an alert of
a rule that was never replayed told no odds, and so do a mere warning and an alert of a region. A run of forecasts
foretells, of each country that the record speaks of, that some deaths come in its months; none before them shows it.
Its months are drawn apart, so that its odds are the interval that they leave.
Nothing is entered after its own horizon: that would be hindsight.
"""

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import select

from foreshock.forecast.countries import country_name, ids_by_code, known_countries
from foreshock.forecast.months import month_id, month_name
from foreshock.forecast.skill import DEATHS
from foreshock.forecast.spans import chance_of_any
from foreshock.forecast.vintages import Vintage, chances_of, list_vintages
from foreshock.ledger.book import Book
from foreshock.ledger.lexicon import lexicon
from foreshock.ledger.own import Said, own_prediction
from foreshock.ledger.parts import Odds
from foreshock.ledger.scores import wilson
from foreshock.model.alert import Alert, RuleRecord, alert_path
from foreshock.model.board import Board, State
from foreshock.model.day import first_day, last_day
from foreshock.model.prediction import Criterion, Prediction
from foreshock.record.store import Record
from foreshock.record.tables import statements
from foreshock.watch.boards import shipped_boards
from foreshock.watch.lateness import in_hindsight, stands_until
from foreshock.watch.store import Handled, alerts, rule_records

WATCH, FORECAST = "Foreshock’s watch", "Foreshock’s forecasts"
MOST_COUNTRIES = 400


def enter_own(record: Record, boards: Sequence[Board] = ()) -> int:
    """Enter what is not in the ledger yet; how many that were. `boards` are those beside the shipped ones."""
    rules = rule_records(record)
    known = {**{board.id: board for board in shipped_boards()}, **{board.id: board for board in boards}}
    made = [one for handled in alerts(record, limit=None) for one in _of_alert(handled, known, rules)]
    made += list(_of_forecasts(record))
    return Book(record).enter(made)


def _of_alert(handled: Handled, boards: dict[str, Board], rules: dict[str, RuleRecord]) -> Iterator[Prediction]:
    alert, raised = handled.alert, handled.raised_at.date()
    board = boards.get(alert.board or "")
    scenario = next((one for one in board.scenarios if alert.rule == f"{board.id}:{one.id}"), None) if board else None
    if board is None or scenario is None or not scenario.warns_of:
        return
    if in_hindsight(handled):
        return
    foretold = [lexicon().outcomes[kind] for kind in scenario.warns_of]
    words = " or ".join(one.words for one in foretold)
    code = alert.where.country
    where = f"{alert.where.admin1}, {_name_of(code)}" if alert.where.admin1 else _name_of(code)
    told = f"{words} in {where}"
    criterion = Criterion(
        words=told, type=foretold[0].type, mode=foretold[0].mode, place=alert.where.admin1, country=code,
        admin1=alert.where.admin1,
    )  # fmt: skip
    said = Said(alert_path(alert.id), told, WATCH, raised, f"{alert.title}: {alert.why}")
    odds = _odds_by_replay(rules.get(alert.rule), alert)
    yield own_prediction(said, criterion, scenario.warns_of[0], odds, stands_until(alert))


def _odds_by_replay(fared: RuleRecord | None, alert: Alert) -> Odds:
    """The odds that an alarm of a rule is followed by what it warns of, as the ledger asks: by something that begins
    after the alert was raised and within its horizon. An alarm in the very month of an outcome was followed by none.

    Of its alarms outside running outcomes. None where the rule was replayed under other settings than the alert was
    raised under, and for a mere warning or an alert of a region: a replay counts a rule's alarms in whole countries.
    """
    if alert.state is not State.ALARM or alert.where.admin1 is not None:
        return Odds()
    if fared is None or fared.followed is None or not fared.is_of(alert.under):
        return Odds()
    if not (judged := fared.ahead + fared.at_onset + fared.nothing):
        return Odds()
    low, high = wilson(fared.followed, judged)
    return Odds(f"{fared.followed} of {judged} alarms in replay were followed by one", round(low, 3), round(high, 3))


def _of_forecasts(record: Record) -> Iterator[Prediction]:
    with record.begin() as connection:
        query = select(statements.c.country).where(statements.c.country.is_not(None)).distinct().limit(MOST_COUNTRIES)
        spoken_of = set(connection.scalars(query))
    # Of no other series can the record's events tell whether it came: somebody was killed in fighting.
    for vintage in list_vintages(record, DEATHS):
        if last_day(month_name(vintage.last_month)) >= vintage.made_at.date():
            yield from _of_vintage(record, vintage, spoken_of)


def _of_vintage(record: Record, vintage: Vintage, spoken_of: Collection[str]) -> Iterator[Prediction]:
    """What one run of forecasts foretells of each of these countries, by ISO 3166-1 alpha-3."""
    made, by = vintage.made_at.date(), last_day(month_name(vintage.last_month))
    # Months that were over when it was kept foretell nothing: neither what came in them nor their chances count.
    begin = max(vintage.first_month, month_id(made.year, made.month))
    first = first_day(month_name(begin))
    context = f"a run of {made} for {month_name(begin)} to {month_name(vintage.last_month)}"
    for identity, chances in chances_of(record, vintage.id).items():
        country = known_countries().get(identity)
        if country is None or country.iso3 not in spoken_of:
            continue
        ahead = chances[begin - vintage.first_month :]
        low, high = (round(float(one), 3) for one in chance_of_any(ahead))
        words = f"people are killed in fighting in {country.name}"
        path = f"/forecasts/{country.iso3}#{vintage.id[:12]}"
        said = Said(path, words, FORECAST, made, context, first if first > made else None)
        criterion = Criterion(words=words, type="ASSAULT", country=country.iso3)
        odds = Odds(_months_in_words(low, high, len(ahead)), low, high)
        yield own_prediction(said, criterion, "ASSAULT", odds, by)


def _months_in_words(low: float, high: float, months: int) -> str:
    if months == 1:
        return f"{low:.1%} of the draws"
    return f"{low:.1%} in its likeliest month, {high:.1%} if its {months} months were independent"


def _name_of(code: str) -> str:
    identity = ids_by_code().get(code)
    return code if identity is None else country_name(identity)
