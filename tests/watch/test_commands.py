"""The command line: boards checked, history replayed, alerts handled, exit codes as in the contract."""

import datetime
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from fastapi.testclient import TestClient

from foreshock.cli import main
from foreshock.desk.app import create_app
from foreshock.model.board import Coverage, Outlook, Standing, State, Where
from foreshock.record.store import Record
from foreshock.terminal.watching import show_standings
from foreshock.watch.periods import first_day_of, period_of, shown_period
from tests.watch.samples import months, record_of, report, steady, surge, war
from tests.watch.servers import hook_server


@pytest.fixture
def record(tmp_path: Path) -> str:
    """The address of a record with a year of calm and a month of mutinies."""
    entries = steady(months("2022-01", 12)) + surge(datetime.date(2023, 1, 10), ["mutinied"] * 9)
    record_of(tmp_path, entries).close()
    return str(tmp_path / "record.sqlite")


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


@pytest.mark.slow
def test_watch_then_alerts(record: str) -> None:
    done = run("watch", "--record", record, "--board", "coup")
    assert done.exit_code == 0 and "Sudan" in done.output and "not measured yet" in done.output
    listed = json.loads(run("alerts", "--record", record, "--format", "json").output)
    identity = listed[0]["alert"]["id"]
    assert run("alerts", "dismiss", identity, "--reason", "a drill", "--who", "Amal", "--record", record).exit_code == 0
    assert "dismiss by Amal" in run("alerts", "show", identity, "--record", record).output
    muted = ["--country", "sdn", "--reason", "known", "--record", record]
    assert run("alerts", "mute", *muted, "--until", "2999-12-31").exit_code == 0
    shown = run("alerts", "show", identity, "--record", record).output
    assert "Status: dismissed" in shown and "everything in SDN, until 2999-12-31: known" in shown
    told = json.loads(run("alerts", "show", identity, "--record", record, "--format", "json").output)
    assert [one["action"] for one in told["decisions"]] == ["dismiss", "mute"] and told["decision"]["why"] == "a drill"
    page = TestClient(create_app(Record(record))).get(f"/alerts/{identity}.json").json()
    assert told == {name: value for name, value in page.items() if name != "statements"}
    assert (told["board_page"] is None) != (told["no_board_page"] is None) and "ledger" in told
    first = run("alerts", "--record", record, "--limit", "1", "--format", "json")
    number = len(json.loads(run("alerts", "--record", record, "--format", "json").output))
    assert (f"1 of {number} shown" in first.stderr) == (number > 1)
    assert f"1 of {number} alert" in run("alerts", "--record", record, "--limit", "1").output
    assert json.loads(run("alerts", "--status", "new", "--record", record, "--format", "json").output) == []


def test_what_stands_before_a_verb_of_alerts_holds_for_it(
    record: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was passed over: alerts of one's own record were shown, and muted, in place of the one named."""
    own = tmp_path / "own.sqlite"
    Record(str(own)).close()
    monkeypatch.setenv("FORESHOCK_RECORD", str(own))
    run("watch", "--record", record, "--board", "coup")
    identity = json.loads(run("alerts", "--record", record, "--format", "json").output)[0]["alert"]["id"]
    shown = run("alerts", "--record", record, "--format", "json", "show", identity)
    assert shown.exit_code == 0 and json.loads(shown.stdout)["alert"]["id"] == identity
    assert run("alerts", "--record", record, "--country", "sdn", "mute", "--why", "known").output == "muted\n"
    assert "everything in SDN" in run("alerts", "show", identity, "--record", record).output
    behind = run("alerts", "--record", str(own), "show", identity, "--record", record)
    assert behind.exit_code == 0 and identity in run("alerts", "--record", record, "--format", "json").output
    refused = run("alerts", "--limit", "3", "dismiss", identity, "--why", "a drill", "--record", record)
    assert refused.exit_code == 2 and "--limit is for the list of alerts" in refused.stderr


@pytest.mark.slow
def test_json_sets_wars_apart_for_prevention_as_the_text_does(tmp_path: Path) -> None:
    entries = steady(months("2022-01", 12), country="MLI") + war(months("2022-01", 12))
    record_of(tmp_path, entries).close()
    given = ["watch", "--record", str(tmp_path / "record.sqlite"), "--board", "coup", "--format", "json"]
    every, apart = json.loads(run(*given).stdout), json.loads(run(*given, "--prevention").stdout)
    assert any(one["war"] for one in every) and apart["set_apart"]
    assert apart["standings"] == [one for one in every if not one["war"]]
    assert {one["country"] for one in apart["set_apart"]} == {one["where"]["country"] for one in every if one["war"]}


def test_boards_are_checked_for_programs_too() -> None:
    [told] = json.loads(run("watch", "--check", "--board", "mass-atrocity", "--format", "json").stdout)
    assert told["board"] == "mass-atrocity" and told["tell_nothing_apart"] == ["killings"]


def test_who_decides_is_whom_the_environment_names_and_is_kept_whole(
    record: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("watch", "--record", record, "--board", "coup")
    identity = json.loads(run("alerts", "--record", record, "--format", "json").output)[0]["alert"]["id"]
    monkeypatch.setenv("FORESHOCK_ANALYST", "Amal " + "of the third desk " * 20)
    assert run("alerts", "acknowledge", identity, "--record", record).exit_code == 0
    assert "of the third desk " * 19 in " ".join(run("alerts", "show", identity, "--record", record).output.split())
    refused = run("alerts", "dismiss", identity, "--why", "x" * 2001, "--record", record)
    assert refused.exit_code == 2 and "2,000 characters" in refused.output


@pytest.mark.slow
def test_an_alert_that_may_not_have_arrived_is_named_in_every_run_and_can_be_sent_again(
    record: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOOK_KEY", "a key of the receiver's")
    given, file = ["--board", "coup", "--record", record], tmp_path / "channels.yaml"
    with hook_server(502) as hook:
        file.write_text(f"channels: [{{kind: webhook, url: '{hook.url}', secret_variable: HOOK_KEY, private: true}}]")
        assert run("watch", "--deliver", str(file), *given).exit_code == 1
        hook.answers = [200]
        again = run("watch", "--deliver", str(file), *given)
        identities = sorted({headers["Idempotency-Key"] for headers, _ in hook.requests})
        told = f"webhook: {len(identities)} alerts of earlier runs may not have arrived"
        assert again.exit_code == 1 and told in again.stderr and identities[0][:8] in again.stderr
        assert "unsure to channel" in run("alerts", "show", identities[0], "--record", record).output
        assert run("alerts", "resend", *identities, "--record", record).exit_code == 0
        assert run("watch", "--deliver", str(file), *given).exit_code == 0
    assert sorted(headers["Idempotency-Key"] for headers, _ in hook.requests) == sorted(identities * 2)
    shown = json.loads(run("alerts", "show", identities[0], "--record", record, "--format", "json").output)
    assert [(one["state"], one["attempts"]) for one in shown["deliveries"]] == [("sent", 2)]
    assert "is unsure or too old, so there is none" in run("alerts", "resend", identities[0], "--record", record).stderr


def test_what_a_stopped_run_left_uncompared_is_told_and_the_watch_catches_up(record: str) -> None:
    """Its documents were kept, and no events formed of them."""
    told = run("events", "--record", record, "--format", "json")
    left = json.loads(told.stdout)["documents_not_compared"]
    assert left > 0 and f"{left} documents not compared with the others yet" in told.stderr
    with Record(record, create=False) as kept, TestClient(create_app(kept)) as desk:
        page = desk.get("/events").text
        assert f"{left} documents not compared with the others yet: a run goes on, or was stopped" in page
        assert desk.get("/events.json").json()["documents_not_compared"] == left
        assert run("watch", "--record", record, "--board", "coup").exit_code == 0
        assert "not compared" not in desk.get("/events").text
    told = run("events", "--record", record, "--format", "json")
    found = json.loads(told.stdout)
    assert found["documents_not_compared"] == 0 and found["total"] > 0 and "not compared" not in told.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--board", "cuop"], "no board 'cuop' is known here; 'coup'?"),
        (["--rule", "foo:bar"], "no rule 'foo:bar' is known here"),
        (["--region", "Atlantis"], "no region 'Atlantis' is known here"),
        (["--region", "Khartum", "--country", "SDN"], "no region 'Khartum' is known here; 'Khartoum'?"),
        (["--country", "MLI", "--until", "2020-01-01"], "--until 2020-01-01 is over"),
    ],
)
def test_a_mute_that_nothing_could_come_under_is_refused(record: str, words: list[str], told: str) -> None:
    done = run("alerts", "mute", *words, "--reason", "known", "--record", record)
    assert done.exit_code == 2 and told in done.output


def test_a_mute_of_an_indicator_s_rule_is_refused_as_it_raises_no_alert(record: str) -> None:
    """A replay keeps how it fared, beside its scenario's."""
    assert run("watch", "--replay", "2022-07", "2023-01", "--board", "coup", "--record", record).exit_code == 0
    done = run("alerts", "mute", "--rule", "coup/refusal", "--reason", "known", "--record", record)
    assert done.exit_code == 2 and "no rule 'coup/refusal' is known here" in done.output
    assert run("alerts", "mute", "--rule", "coup:palace", "--reason", "known", "--record", record).exit_code == 0


@pytest.mark.parametrize(
    "words",
    [
        ["--board", "coup"],
        ["--rule", "change/defection"],
        ["--rule", "change/week/defection"],
        ["--region", "Khartoum"],
        ["--rule", "coup:palace"],
    ],
)
def test_what_can_raise_an_alert_can_be_muted(record: str, words: list[str]) -> None:
    assert run("alerts", "mute", *words, "--reason", "known", "--record", record).output == "muted\n"


def test_places_not_collected_for_one_reason_share_a_line() -> None:
    def dark(country: str, region: str | None, why: str) -> Standing:
        nothing = Coverage(documents=1, usual=0.0, outlets=0, silent=(), unread=0.0, enough=False, why=why)
        look = Outlook(rule="coup:x", scenario="x", name="x", state=State.NOT_COLLECTED, signs=())
        return Standing(
            board="coup", where=Where(country=country, admin1=region), every="month", before=None, war=False,
            period=datetime.date(2000, 1, 1), state=State.NOT_COLLECTED, coverage=nothing, outlooks=(look,),
        )  # fmt: skip

    few = "1 document; 5 are needed"
    standings = [
        dark("BLR", None, few), dark("BLR", "Minsk City", few), dark("RUS", "Dagestan", few),
        dark("RUS", "Bryansk Oblast", few), dark("MLI", "Kidal", few), dark("SDN", None, "no past"),
    ]  # fmt: skip
    out = io.StringIO()
    show_standings(standings, {}, False, "table", out)
    lines = [line for line in out.getvalue().splitlines() if line.startswith("not collected")]
    assert lines == [
        f"not collected: Belarus with 1 region; Kidal, Mali; 2 regions of Russia, 2000-01: {few}",
        "not collected: Sudan, 2000-01: no past",
    ]


def test_where_too_little_was_read_is_told_with_period_and_reason(record: str) -> None:
    done = run("watch", "--record", record, "--board", "coup", "--as-of", "2022-03", "--documents", "1")
    assert "coup, 2022-03: 0 places above quiet, 0 quiet, 1 not collected" in done.output
    assert (
        "not collected: Sudan, 2022-03: 12 documents, 12 usual; read of in 2 earlier months; 6 are needed"
        in done.output
    )


def test_a_replay_is_kept_and_stands_beside_the_rule(record: str, tmp_path: Path) -> None:
    known = tmp_path / "outcomes.yaml"
    known.write_text("- {kind: coup, country: SDN, name: none of it, began: 2030-01-01, source: by hand}\n")
    span = ["--replay", "2022-07", "2023-01", "--outcomes", str(known), "--record", record, "--board", "coup"]
    done = run("watch", *span)
    assert done.exit_code == 0 and "coup/refusal" in done.output and "nothing" in done.output
    found = json.loads(run("watch", *span, "--format", "json").output)
    assert next(one for one in found["records"] if one["rule"] == "coup/refusal")["nothing"] == 1
    alarm = next(one for one in found["episodes"] if one["rule"] == "coup/refusal")
    assert (alarm["first"], alarm["last"]) == ("2023-01-01", "2023-01-31")
    assert "a month [0.00–0.80] (1 in 7)" in " ".join(
        run("watch", "--record", record, "--board", "coup").output.split()
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--board", "nothing"], "neither a file nor a shipped board"),
        (["--as-of", "yesterday"], "--as-of: 'yesterday' is not a date"),
        (["--as-of", "1999-01"], "nothing was read"),
        (["--as-of", "9999-12"], "is not a date"),
        (["--as-of", "9999-12-31"], "is not a date"),
        (["--replay", "0001-01", "9999-12"], "--replay: '9999-12' is not a date"),
        (["--level", "warning"], "are for a replay"),
        (["--horizon", "9"], "are for a replay"),
        (["--replay", "1990-01", "1990-05"], "none in the time asked for"),
        (["--replay", "2022-01", "2022-05", "--as-of", "2022-05"], "goes without"),
    ],
)
def test_wrong_use_is_told_in_a_line(record: str, words: list[str], told: str) -> None:
    done = run("watch", "--record", record, *words)
    assert done.exit_code == 2 and told in done.output and done.output.count("\n") == 1


def test_each_mistake_of_a_file_has_a_line_of_its_own(record: str, tmp_path: Path) -> None:
    board = tmp_path / "a\nb.yaml"
    board.write_text("id: a\nname: B\nindicators:\n  - id: xx\n    query: {mode: [x-mutinny]}\n")
    shown = str(board).replace("\n", " ")
    done = run("watch", "--check", "--board", str(board))
    told = done.output.splitlines()
    assert done.exit_code == 2 and len(told) > 3
    assert all(one.startswith(f"foreshock: {shown}:") for one in told)
    assert f"foreshock: {shown}:5: 'x-mutinny' is no mode; 'x-mutiny'?" in told
    known = tmp_path / "known.yaml"
    known.write_text("- {kind: coup, country: SDN, name: x, began: soon, source: y}\n- {kind: war, names: x}\n")
    refused = run("watch", "--replay", "2022-07", "2023-01", "--record", record, "--outcomes", str(known))
    assert refused.exit_code == 2
    lines = [one.removeprefix(f"foreshock: {known}:") for one in refused.output.splitlines()]
    assert lines[0].startswith("1: began: ") and "2: 'names' is no field here; 'name'?" in lines
    known.write_text("outcomes: [1,2\n")
    broken = run("watch", "--replay", "2022-07", "2023-01", "--record", record, "--outcomes", str(known))
    assert broken.output.startswith(f"foreshock: {known}:2: not YAML: ") and broken.output.count("\n") == 1


@pytest.mark.parametrize("words", [["alerts"], ["alerts", "mute", "--reason", "known"]])
def test_a_country_that_is_none_is_refused(record: str, words: list[str]) -> None:
    done = run(*words, "--country", "xx", "--record", record)
    assert done.exit_code == 2 and "not an ISO 3166-1 alpha-3 code" in done.output and done.output.count("\n") == 1


def test_a_replay_to_the_end_of_the_calendar_goes_through(record: str) -> None:
    assert run("watch", "--record", record, "--board", "coup", "--replay", "0001-01", "9999-11").exit_code == 0


def test_a_board_is_checked_with_line_numbers(tmp_path: Path) -> None:
    assert run("watch", "--check").exit_code == 0
    wrong = tmp_path / "mine.yaml"
    wrong.write_text("id: mine\nname: Mine\nabout: x\nindicators: []\nscenarios: []\n")
    done = run("watch", "--check", "--board", str(wrong))
    assert done.exit_code == 2 and "mine.yaml:4:" in done.output


@pytest.mark.parametrize("later", ["2023-02-01", "2099-06-01"])
def test_a_month_is_told_of_though_a_later_one_has_begun(tmp_path: Path, later: str) -> None:
    day = datetime.date(2023, 1, 10)
    entries = steady(months("2022-01", 12)) + surge(day, ["mutinied"] * 9)
    record_of(tmp_path, [*entries, report(datetime.date.fromisoformat(later), 900)]).close()
    url = str(tmp_path / "record.sqlite")
    done = run("watch", "--record", url, "--board", "coup")
    assert ("1 report dated later than today" in done.output) is (later > "2050")
    listed = json.loads(run("alerts", "--record", url, "--format", "json").output)
    assert {one["alert"]["period"] for one in listed} == {"2023-01-01"}


@pytest.mark.parametrize("back", [0, 1, 3])
def test_that_nothing_was_read_of_the_months_since_is_told(tmp_path: Path, back: int) -> None:
    newest = period_of(datetime.date.today().isoformat(), "month") - back
    record_of(tmp_path, steady(first_day_of(newest - before, "month") for before in range(7))).close()
    last = shown_period(newest, "month")
    watched = ["watch", "--record", str(tmp_path / "record.sqlite"), "--board", "coup"]
    done = run(*watched)
    old = f"nothing on any country was read since {last}; over since: {back - 1} whole months."
    assert (old in done.output, "not collected; old: 2 whole months are over since" in done.output) == (back > 1,) * 2
    assert "old" not in run(*watched, "--as-of", last).output


def board_of(path: Path, least: int) -> Path:
    """A board of one's own with one sign, in alarm from so many reports on."""
    path.write_text(
        "id: mine\nname: Mine\nabout: x\nindicators:\n- {id: plain, name: P, why: w, source: [s], query: "
        f"{{mode: [x-mutiny]}}, levels: {{warning: {{least: 2}}, alarm: {{least: {least}}}}}}}\n"
        "scenarios:\n- {id: sc, name: S, about: x, indicators: [plain], warns_of: [mutiny]}\n"
    )
    return path


@pytest.mark.slow
def test_a_rate_stands_beside_the_rule_that_it_was_measured_on_alone(record: str, tmp_path: Path) -> None:
    mine = board_of(tmp_path / "mine.yaml", 8)

    def watched(*more: str) -> str:
        """What the board's own table says, without the inbox below it."""
        done = run("watch", "--board", str(mine), "--record", record, *more)
        return " ".join(done.output.split("mine, 2023-01:")[0].split())

    def replayed(*more: str) -> str:
        return run("watch", "--board", str(mine), "--record", record, "--replay", "2022-07", "2022-12", *more).output

    assert "not kept beside the rules" not in replayed()
    assert "0.00 a month [0.00–1.23] (0 in 3)" in watched() and "other settings" not in watched()
    assert "measured under other settings" in watched("--documents", "6")
    board_of(mine, 9)
    assert "measured under other settings" in watched() and "0.00" not in watched()
    listed = json.loads(run("alerts", "--record", record, "--format", "json").output)
    old = next(one for one in listed if one["alert"]["rule"] == "mine:sc")
    assert old["rate"] == 0.0 and old["rule"]["under"] == old["alert"]["under"] != ""
    assert "theirs are of alarms, for 6 months" in replayed("--horizon", "12")
    assert "measured under other settings" in watched()
    replayed()
    assert "0.00 a month [0.00–1.23] (0 in 3)" in watched()
    [told] = [one for one in json.loads(run("alerts", "--record", record, "--format", "json").output)
              if one["alert"]["rule"] == "mine:sc"]  # fmt: skip
    assert told["rate"] is None and "measured under other settings (2022-07 to 2022-12)" in told["rate_in_words"]
    shown = run("alerts", "show", told["alert"]["id"], "--record", record).output
    assert "foreshock watch --replay FROM TO measures again" in shown


def test_a_rate_measured_in_countries_is_not_told_as_a_region_s(tmp_path: Path) -> None:
    """Khartoum's soldiers mutiny and seize power; a replay judges Sudan alone."""
    now, known = datetime.date(2023, 1, 10), tmp_path / "outcomes.yaml"
    told = [report(now, at, "mutinied" if at < 16 else "seized power", admin1="Khartoum") for at in range(32)]
    record_of(tmp_path, steady(months("2022-01", 12)) + told).close()
    known.write_text("- {kind: coup, country: SDN, name: none of it, began: 2030-01-01, source: by hand}\n")
    watched = ["watch", "--board", "coming-apart", "--record", str(tmp_path / "record.sqlite")]
    run(*watched, "--replay", "2022-07", "2022-12", "--outcomes", str(known))
    standing = run(*watched).output
    listed = json.loads(run("alerts", "--record", str(tmp_path / "record.sqlite"), "--format", "json").output)
    elsewhere = "not measured in regions; in whole countries"
    rates = {
        (one["alert"]["where"]["admin1"], one["rate"], one["rate_in_words"].partition(" 0 in ")[0])
        for one in listed if one["alert"]["rule"] == "coming-apart:centre"
    }  # fmt: skip
    assert rates == {
        (None, 0.0, "false alarms of this rule, at the state alarm:"),
        ("Khartoum", None, f"false alarms of this rule: {elsewhere}, at the state alarm:"),
    }
    beside = [line for line in standing.splitlines() if line.startswith(("Sudan ", "Khartoum, "))]
    assert [elsewhere in line for line in beside] == [False, True]


@pytest.mark.slow
def test_places_set_apart_for_prevention_are_named(tmp_path: Path) -> None:
    record_of(tmp_path, war(months("2022-01", 13)) + steady(months("2022-01", 13), country="TCD", start=500)).close()
    told = ["watch", "--record", str(tmp_path / "record.sqlite"), "--board", "coup"]
    assert "1 set apart as wars already running: Sudan" in run(*told, "--prevention").output
    assert "set apart" not in run(*told).output


def test_a_replay_says_which_rules_go_in_part_by_what_stands_today(record: str, tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text(
        "id: mine\nname: Mine\nabout: x\nindicators:\n"
        "- {id: believed, name: B, why: w, source: [s], query: {credibility: 2}}\n"
        "- {id: plain, name: P, why: w, source: [s], query: {mode: [x-mutiny]}}\n"
        "scenarios:\n- {id: sc, name: S, about: x, indicators: [believed, plain]}\n"
    )
    told = "groups of reports on one event: mine/believed"
    replayed = ["--record", record, "--replay", "2022-07", "2023-01"]
    done = run("watch", "--board", str(mine), *replayed)
    assert told in done.output and "mine/plain" not in done.output.split(told)[1].splitlines()[0]
    found = json.loads(run("watch", "--board", str(mine), *replayed, "--format", "json").output)
    assert found["by_todays_grades"] == ["mine/believed"]
    assert told in run("watch", "--board", str(mine), "--record", record, "--as-of", "2022-12").output
    assert told not in run("watch", "--board", "coup", *replayed).output
