"""The inbox: alerts, why each fired, the words behind it, and what people made of it."""

import datetime
from functools import partial

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse

from foreshock.desk.filters import in_written_case
from foreshock.desk.forms import TOKEN, form_of
from foreshock.desk.pages import OpenRecord, page
from foreshock.desk.twins import csv_twin, json_twin
from foreshock.desk.watch import bars, level_of, rate_sentence_told, rate_told
from foreshock.desk.watch_places import state_class, war_told
from foreshock.errors import UsageError
from foreshock.model.alert import Action, Decision, Scope, alert_path
from foreshock.model.countries import country_name
from foreshock.model.day import asked_day
from foreshock.record.query import hits_with
from foreshock.record.store import Record
from foreshock.telling.addresses import address_of
from foreshock.telling.alert_evidence import signs_told
from foreshock.telling.alert_links import (
    board_address,
    entries_of_alerts,
    held,
    links_as_json,
    why_no_board,
    with_meanings,
)
from foreshock.telling.phrases import day_name
from foreshock.telling.statement_rows import hit_as_json
from foreshock.watch.chances import chance_in_words
from foreshock.watch.decided import Seen, decide
from foreshock.watch.deliveries import deliveries_of
from foreshock.watch.feed import atom
from foreshock.watch.lateness import days_late, in_hindsight, stands_until
from foreshock.watch.messages import decided_as_json, fared_as_json, raised_in_words, scope_name, timing
from foreshock.watch.muting import check_until
from foreshock.watch.periods import now_utc
from foreshock.watch.rates import rate_beside, rate_of
from foreshock.watch.store import Handled, alert_with, alerts, count_alerts, rule_records

router = APIRouter()

STATUSES = ("new", "acknowledged", "dismissed", "muted")
COLUMNS = (
    "id", "rule", "title", "country", "region", "period", "known_until", "state", "seen", "usual", "expected",
    "chance", "discovery", "reports", "outlets", "war_running", "why", "statements", "false_alarm_rate", "status",
    "decided_by", "reason", "raised_at", "days_late", "in_hindsight", "escalates", "escalated_by", "board", "ledger",
    "stands_until", "war_last_known",
)  # fmt: skip
FEED_LENGTH = 100
MOST_UNPARTED = 25
"""Statements shown of an alert that does not know which counts for which of its signs."""


def _asked(request: Request) -> tuple[str | None, str | None]:
    given = in_written_case(request.query_params)
    status, country = given.get("status") or None, given.get("country") or None
    if status is not None and status not in STATUSES:
        raise UsageError(f"status: {status[:40]!r} is none of {', '.join(STATUSES)}")
    return status, country


@router.get("/alerts")
def alerts_page(request: Request, record: OpenRecord) -> Response:
    """Alerts, newest first, with the counts of each status."""
    status, country = _asked(request)
    counts = _counts(record, country)
    return page(
        "alerts.html",
        path="/alerts",
        handled=alerts(record, status, country),
        counts=counts,
        wanted=status,
        country=country,
        address=address_of,
        hindsight=in_hindsight,
        late=days_late,
        total=sum(counts.values()),
        fared=rule_records(record),
        war_in_words=war_told,
        state_class=state_class,
        rate_beside=rate_beside,
        rate_in_words=rate_told,
        chance=chance_in_words,
    )


@router.get("/alerts.json")
def alerts_json(request: Request, record: OpenRecord) -> Response:
    """The alerts with their status, and how many are of each."""
    status, country = _asked(request)
    counts = _counts(record, country)
    entered, fared = entries_of_alerts(record), rule_records(record)
    told = [
        {**_as_json(one), **fared_as_json(fared.get(one.alert.rule), one.alert),
         "ledger": entered.get(one.alert.id)}
        for one in alerts(record, status, country, limit=None)
    ]  # fmt: skip
    return json_twin({"alerts": told, "counts": counts, "total": sum(counts.values())})


def _counts(record: Record, country: str | None) -> dict[str, int]:
    found = count_alerts(record, country)
    return {name: found.get(name, 0) for name in STATUSES}


def _as_json(one: Handled) -> dict[str, object]:
    return {
        "alert": with_meanings(one.alert), "status": one.status, **timing(one), **decided_as_json(one),
    }  # fmt: skip


@router.get("/alerts.csv")
def alerts_csv(request: Request, record: OpenRecord) -> Response:
    """The alerts, a row each."""
    return _csv(record, alerts(record, *_asked(request), limit=None))


def _csv(record: Record, handled: list[Handled]) -> Response:
    fared, entered = rule_records(record), entries_of_alerts(record)
    rows = []
    for one in handled:
        alert, decided = one.alert, one.decision or one.mute
        rows.append([
            alert.id, alert.rule, alert.title, alert.where.country, alert.where.admin1, alert.period.isoformat(),
            alert.known.isoformat(), alert.state.value, alert.seen, alert.usual, alert.expected, alert.chance,
            alert.discovery, alert.reports, alert.outlets, int(alert.war), alert.why, "; ".join(alert.statements),
            rate_of(fared.get(alert.rule), alert.under, alert.where.admin1), one.status,
            decided.who if decided else None, decided.why if decided else None, one.raised_at.isoformat(),
            days_late(one), int(in_hindsight(one)), alert.escalates, one.escalated_by, alert.board,
            entered.get(alert.id), stands_until(alert).isoformat(),
            alert.war_last_known.isoformat() if alert.war_last_known else None,
        ])  # fmt: skip
    return csv_twin("alerts", COLUMNS, rows)


@router.get("/alerts.atom")
def alerts_atom(request: Request, record: OpenRecord) -> Response:
    """The newest alerts that nobody dismissed or muted, as an Atom feed."""
    found = alerts(record, ("new", "acknowledged"), limit=FEED_LENGTH)
    content = atom(found, rule_records(record), str(request.base_url).rstrip("/"))
    return Response(content, media_type="application/atom+xml; charset=utf-8")


def _known(record: Record, identity: str) -> Handled:
    try:
        found = alert_with(record, identity)
    except UsageError:
        found = None
    if found is None:
        raise HTTPException(404, "The record holds no alert of this name.")
    return found


@router.get("/alerts/{identity}.json")
def alert_json(identity: str, record: OpenRecord) -> Response:
    """One alert, how its rule fared, the statements that are still in the record, and what was decided."""
    one = _known(record, identity)
    told = {
        **fared_as_json(rule_records(record).get(one.alert.rule), one.alert),
        **links_as_json(record, one),
        "statements": [hit_as_json(hit) for hit in hits_with(record, one.alert.statements)],
        "deliveries": deliveries_of(record, one.alert.id),
    }
    return json_twin({**_as_json(one), **told})


@router.get("/alerts/{identity}.csv")
def alert_csv(identity: str, record: OpenRecord) -> Response:
    """One alert as CSV."""
    return _csv(record, [_known(record, identity)])


@router.get("/alerts/{identity}")
def alert_page(identity: str, record: OpenRecord) -> Response:
    """One alert: signs against their baselines and why they matter, the statements, the rule's false alarms, what holds
    it to account, what to do with it."""
    one = _known(record, identity)
    fared = rule_records(record)
    return page(
        "alert.html",
        path="/alerts",
        one=one,
        token=TOKEN,
        scope_name=partial(scope_name, alert=one.alert, country=country_name),
        alert=one.alert,
        meanings={meaning.indicator: meaning for meaning in with_meanings(one.alert).meanings},
        board=board_address(record, one.alert),
        no_board=why_no_board(one.alert),
        account=held(record, one),
        raised=raised_in_words(one, day_name),
        hindsight=in_hindsight(one),
        signs_told=signs_told(record, one.alert),
        hits=hits_with(record, one.alert.statements[:MOST_UNPARTED]) if not one.alert.behind else [],
        deliveries=deliveries_of(record, one.alert.id),
        fared=fared.get(one.alert.rule),
        war=war_told(one.alert),
        rules=fared,
        state_class=state_class,
        bars=bars,
        level_of=level_of,
        rate_beside=rate_beside,
        rate_in_words=rate_told,
        rate_sentence=rate_sentence_told,
        chance=chance_in_words,
    )


@router.post("/alerts/{identity}")
async def decide_page(identity: str, request: Request, record: OpenRecord) -> Response:
    """Acknowledge, dismiss or mute, then back to the alert. Only forms of the desk itself are obeyed."""
    given = await form_of(request)
    await run_in_threadpool(_decided, record, identity, given)
    return RedirectResponse(alert_path(identity), status_code=303)


def _decided(record: Record, identity: str, given: dict[str, str]) -> None:
    """Keep what the form says. Raises `UsageError` where it says nothing, or shows what has changed since."""
    one = _known(record, identity)
    who, why, action = given.get("who", ""), given.get("why", ""), given.get("action", "")
    newest = given.get("newest", "")
    if not (newest.isascii() and newest.isdigit() and len(newest) < 19):
        raise UsageError("the form does not say which decisions its page showed; load the page again")
    seen = Seen(one.alert, int(newest))
    if action != Action.MUTE and given.get("until"):
        raise UsageError("the form gives a day until which to mute, and does not choose to mute: choose one of them")
    if action in (Action.ACKNOWLEDGE, Action.DISMISS):
        decide(record, Action(action), who, why, alert=one.alert.id, seen=seen)
    elif action == Action.MUTE:
        scope, until = _scope_asked(one, given), _until_asked(given)
        decide(record, Action.MUTE, who, why, scope=scope, until=until, seen=seen)
    elif action == Action.UNMUTE:
        decide(record, Action.UNMUTE, who, why, scope=_mute_asked(one, given).scope, seen=seen)
    else:
        raise UsageError("the form says neither what to do nor with what")


def _scope_asked(one: Handled, given: dict[str, str]) -> Scope:
    alert = one.alert
    scopes = {
        "rule": Scope(rule=alert.rule, country=alert.where.country, admin1=alert.where.admin1),
        "place": Scope(country=alert.where.country, admin1=alert.where.admin1),
        "everywhere": Scope(rule=alert.rule),
    }
    if given.get("scope") not in scopes:
        raise UsageError("the form does not say what to mute")
    return scopes[given["scope"]]


def _until_asked(given: dict[str, str]) -> datetime.date | None:
    until = asked_day(given.get("until") or None, "until")
    check_until(until, now_utc().date(), "until")
    return until


def _mute_asked(one: Handled, given: dict[str, str]) -> Decision:
    """The mute that is to be lifted, by its number: each has its own form."""
    found = next((mute for mute in one.mutes if str(mute.number) == given.get("mute")), None)
    if found is None:
        raise UsageError("this mute does not hold any more; load the page again and look")
    return found
