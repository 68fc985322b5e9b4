"""The desk's pages of forecasts: the fan with its skill, the twins, what stood on a day, and nothing unescaped."""

import csv
import datetime
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fastapi.testclient import TestClient

from foreshock.desk.app import create_app
from foreshock.forecast.history import History
from foreshock.forecast.run import forecast
from foreshock.forecast.vintages import keep_vintage
from foreshock.record.store import Record
from tests.record.samples import new_record

STEPS = (3, 4, 5)
SERIES = "deaths <b>of all kinds</b>"


@pytest.fixture(scope="module")
def desk(world: History, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    counts = world.counts.copy()
    counts[0, -2:] = 2500
    path: Path = tmp_path_factory.mktemp("desk") / "record.sqlite"
    with Record(str(path)) as record:
        for number, history in enumerate((world, replace(world, counts=counts))):
            when = datetime.datetime(2015, 2, 1 + number, tzinfo=datetime.UTC)
            keep_vintage(record, forecast(history, STEPS, 60), history, SERIES, when)
        with TestClient(create_app(record)) as client:
            yield client


@pytest.fixture(scope="module")
def desk_of_deaths(world: History, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    path: Path = tmp_path_factory.mktemp("desk") / "deaths.sqlite"
    with Record(str(path)) as record:
        keep_vintage(record, forecast(world, STEPS, 60), world, "state-based deaths")
        with TestClient(create_app(record)) as client:
            yield client


def test_runs_of_deaths_have_the_skill_that_was_measured_on_deaths(desk_of_deaths: TestClient) -> None:
    text, own = desk_of_deaths.get("/forecasts").text, desk_of_deaths.get("/forecasts/ETH").text
    own = own.replace("\N{NO-BREAK SPACE}", " ")
    assert "In 2018–2021, 3 to 14 months ahead, its error was 0.89" in text
    assert "3 to 14 months ahead, forecasts for this country were" in own and "fell inside the 90 % band" in own
    told = desk_of_deaths.get("/forecasts/ETH.json").json()
    assert told["skill"]["against"] == "conflictology" and told["skill"]["steps"] == [3, 14] and told["skill_here"]


def test_a_country_has_the_name_that_it_has_on_every_page(world: History, tmp_path: Path) -> None:
    congo = replace(world, countries=(167, *world.countries[1:]))
    with new_record(tmp_path / "record.sqlite") as record:
        keep_vintage(record, forecast(congo, STEPS, 60), congo, "state-based deaths")
        with TestClient(create_app(record)) as client:
            told = [client.get(address).text for address in ("/forecasts", "/forecasts/COD", "/forecasts/COD.json")]
            other = client.get("/forecasts/ETH")
    assert all("Democratic Republic of the Congo" in one and "DRC" not in one for one in told)
    assert other.status_code == 404


def test_of_any_other_count_no_skill_is_claimed(desk: TestClient) -> None:
    for address in ("/forecasts", "/forecasts/ETH"):
        text = desk.get(address).text
        assert "was not measured" in text and "2018–2021" not in text and "mean error" not in text
    told = desk.get("/forecasts/ETH.json").json()
    assert told["skill"] is None and told["skill_here"] is None


def test_of_several_series_deaths_are_shown_and_the_page_leads_to_the_others(world: History, tmp_path: Path) -> None:
    with new_record(tmp_path / "record.sqlite") as record:
        for number, series in enumerate(("state-based deaths", "events & acts")):
            when = datetime.datetime(2015, 2, 1 + number, tzinfo=datetime.UTC)
            keep_vintage(record, forecast(world, STEPS, 60), world, series, when)
        with TestClient(create_app(record)) as client:
            text = client.get("/forecasts").text
            meant = "people killed in fighting to which a state is a party"
            assert f'<p class="lead">State-based deaths ({meant}), March 2015' in text
            assert 'href="/forecasts/ETH"' in text
            assert 'href="/forecasts?series=events+%26+acts"' in text and "made 2 February 2015" in text
            other = client.get("/forecasts?series=events+%26+acts&as_of=2015-02-02").text
            assert '<p class="lead">Events &amp; acts, March 2015' in other
            address = "/forecasts/ETH?series=events+%26+acts&amp;as_of=2015-02-02"
            assert f'href="{address}"' in other
            assert '<p class="lead">Events &amp; acts' in client.get(address.replace("&amp;", "&")).text
            told = client.get("/forecasts.json?series=events+%26+acts").json()
            assert told["series"] == "events & acts" and set(told["series_kept"]) == {
                "state-based deaths",
                told["series"],
            }
            none = client.get("/forecasts?series=mutinies").text
            assert (
                "No forecast of mutinies has been kept" in none
                and 'href="/forecasts?series=state-based+deaths"' in none
            )
            missing = client.get("/forecasts/ETH?series=mutinies")
            assert missing.status_code == 404 and "in this record in the series mutinies." in missing.text
            # On the day before the other was kept it is not there.
            assert client.get("/forecasts.json?as_of=2015-02-01").json()["series_kept"] == ["state-based deaths"]


def test_what_all_draws_have_is_not_told_as_certain(desk_of_deaths: TestClient) -> None:
    for address in ("/forecasts", "/forecasts/ETH"):
        text = desk_of_deaths.get(address).text
        assert "over 98.33&nbsp;%" in text and "100.0&nbsp;%" not in text


def test_of_one_series_there_is_no_choice(desk_of_deaths: TestClient) -> None:
    assert 'class="facets"' not in desk_of_deaths.get("/forecasts").text


def test_the_list_leads_to_countries(desk: TestClient) -> None:
    text = desk.get("/forecasts").text
    assert text.index("Ethiopia") < text.index("Mali") if "Mali" in text else "Ethiopia" in text
    assert 'href="/forecasts/ETH"' in text
    assert "90 % bands of its months reach" in text
    assert "<b>of" not in text and "&lt;b&gt;of" in text


def test_a_country_in_which_nothing_is_likely_stands_below_one_in_which_something_is(
    world: History, tmp_path: Path
) -> None:
    made = forecast(world, STEPS, 60)
    outcome = np.zeros_like(made.outcome)
    quiet, restless = (made.countries.index(country) for country in (92, 57))
    outcome[quiet, :, 0] = 3000  # one draw of sixty: a mean of 50
    outcome[restless, :, :30] = 2
    with new_record(tmp_path / "record.sqlite") as record:
        keep_vintage(record, replace(made, outcome=outcome), world, "state-based deaths")
        with TestClient(create_app(record)) as client:
            text = client.get("/forecasts").text
    [first, second] = re.findall(r'<a href="/forecasts/(\w+)">', text)[:2]
    assert first == "ETH" and second != "ETH" and "<td>50.0</td>" in text


def test_a_country_shows_its_fan_reasons_likenesses_and_revisions(desk: TestClient) -> None:
    text = desk.get("/forecasts/ETH").text
    assert '<polygon class="band"' in text and "<b>of" not in text
    assert "Ethiopia: up from" in text
    assert "The data were revised" in text and "became 2,500" in text
    assert "What it is like" in text
    assert not re.search(r"\sstyle=|<style", text)


def test_the_twins_say_the_same_as_the_page(desk: TestClient) -> None:
    told = desk.get("/forecasts/ETH.json").json()
    rows = list(csv.DictReader(io.StringIO(desk.get("/forecasts/ETH.csv").text)))
    assert (
        [row["month"] for row in rows] == [cell["month"] for cell in told["cells"]] == ["2015-03", "2015-04", "2015-05"]
    )
    assert float(rows[0]["median"]) == told["cells"][0]["median"]
    assert len(desk.get("/forecasts.json").json()["cells"]) == 30
    assert len(desk.get("/forecasts.csv").text.splitlines()) == 31


def test_as_of_shows_what_was_said_then(desk: TestClient) -> None:
    then = desk.get("/forecasts/ETH.json?as_of=2015-02-01").json()
    now = desk.get("/forecasts/ETH.json").json()
    assert then["run"] != now["run"] and then["cells"][0]["mean"] < now["cells"][0]["mean"]
    assert "No forecast has been kept" in desk.get("/forecasts?as_of=2014-01-01").text


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/forecasts/Atlantis", 404),
        ("/forecasts/FRA", 404),
        ("/forecasts?as_of=soon", 400),
        ("/forecasts?as_of=2999-01-01", 400),
        ("/forecasts/FRA.json", 404),
    ],
)
def test_what_is_not_there_is_said(desk: TestClient, address: str, status: int) -> None:
    assert desk.get(address).status_code == status
