"""The desk in a real headless Chromium: every page opens, filters, links, and the map draws."""

import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import uvicorn
from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select, WebDriverWait

from foreshock.desk.app import create_app
from foreshock.ledger.book import Book
from foreshock.model.document import text_id
from foreshock.model.prediction import Outcome
from foreshock.model.vocabulary import EventType, Kind, SourceKind
from foreshock.record.store import Record
from tests.desk.readings import RAID
from tests.ledger.conftest import FORECAST, Text, forecast, report

pytestmark = pytest.mark.slow

PATIENCE = 30
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --use-angle=swiftshader --enable-unsafe-swiftshader"
)
OWN_CHATTER = "GPU stall due to ReadPixels"
"""What Chromium's software WebGL says about itself; not the page's doing."""


@pytest.fixture
def address(record: Record) -> Iterator[str]:
    """The desk served on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = uvicorn.Config(create_app(record), port=port, log_level="warning", lifespan="off", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.02)
        assert thread.is_alive()
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[webdriver.Chrome]:
    """A fresh headless Chromium."""
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if chromium is None or driver is None:
        pytest.skip("needs chromium and chromedriver (Debian packages chromium, chromium-driver)")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for flag in (*FLAGS.split(), f"--user-data-dir={tmp_path / 'chromium'}", "--window-size=1300,1000"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    opened = webdriver.Chrome(options=options, service=Service(driver))
    yield opened
    opened.quit()


def complaints(browser: webdriver.Chrome) -> list[str]:
    """What the console holds against the page."""
    return [entry["message"] for entry in browser.get_log("browser") if OWN_CHATTER not in entry["message"]]


def find(browser: webdriver.Chrome, selector: str) -> WebElement:
    return browser.find_element(By.CSS_SELECTOR, selector)


def test_every_page_opens_without_complaint(browser: webdriver.Chrome, address: str) -> None:
    for path in ("/", "/statements", "/predictions", "/map", f"/documents/{text_id(RAID)}"):
        browser.get(address + path)
        assert find(browser, "h1").is_displayed()
        assert complaints(browser) == [], path
        for width in (1300, 400):
            browser.set_window_size(width, 1000)
            browser.execute_cdp_cmd(
                "Emulation.setDeviceMetricsOverride",
                {"width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": False},
            )
            assert browser.execute_script("return document.documentElement.scrollWidth") <= width, path


def test_a_word_without_end_makes_no_page_wider(browser: webdriver.Chrome, address: str, record: Record) -> None:
    longest = "Donaudampfschifffahrt" * 20
    text = Text(f"{longest} said that {FORECAST}", "2023-05-01", longest)
    text.document = msgspec.structs.replace(text.document, title=longest)
    text.say(FORECAST, "raid", Kind.FORECAST, source=(longest, SourceKind.ORGANISATION))
    record.keep([text.entry()])
    for path in ("/documents", "/statements", "/predictions", "/ledger", f"/documents/{text.document.id}"):
        for width in (1300, 400):
            browser.execute_cdp_cmd(
                "Emulation.setDeviceMetricsOverride",
                {"width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": False},
            )
            browser.get(address + path)
            assert longest[:9] in find(browser, "main").text
            assert browser.execute_script("return document.documentElement.scrollWidth") <= width, (path, width)


def test_a_name_that_is_written_to_the_left_leaves_the_date_beside_it_whole(
    browser: webdriver.Chrome, address: str, record: Record
) -> None:
    text = Text("Rain fell.", "2024-03-07", "راديو")
    text.document = msgspec.structs.replace(text.document, title="a \u202etitle")
    record.keep([text.entry()])
    browser.get(f"{address}/documents")
    [line] = [one for one in browser.find_elements(By.CSS_SELECTOR, ".byline") if "7 March 2024" in one.text]
    edges = """
        const node = [...arguments[0].childNodes].find((one) => one.textContent.includes("7 March"));
        const [from, day] = [document.createRange(), document.createRange()];
        const at = node.textContent.indexOf("7");
        from.setStart(node, at); from.setEnd(node, at + 1);
        day.setStart(node, at + 2); day.setEnd(node, at + 3);
        return [from, day].map((one) => one.getBoundingClientRect().left)
          .concat(arguments[0].querySelector("bdi").getBoundingClientRect().right);
    """
    digit, month, outlet = browser.execute_script(edges, line)
    assert outlet <= digit < month


def test_filters_work_in_place_and_the_address_follows(browser: webdriver.Chrome, address: str) -> None:
    browser.get(f"{address}/statements")
    wait = WebDriverWait(browser, PATIENCE, ignored_exceptions=[StaleElementReferenceException])
    browser.execute_script("window.same = true")
    Select(find(browser, "select[name=kind]")).select_by_value("forecast")
    wait.until(lambda _: "2 statements" in find(browser, "#results").text)
    wait.until(lambda _: browser.current_url == f"{address}/statements?kind=forecast")
    assert browser.execute_script("return window.same"), "the page was loaded anew"
    find(browser, "input[name=words]").send_keys("Kozinka")
    wait.until(lambda _: "1 statement\n" in find(browser, "#results").text)
    wait.until(lambda _: "words=Kozinka" in browser.current_url)
    twin = f"{address}/statements.json?words=Kozinka&kind=forecast"
    wait.until(lambda _: find(browser, ".twins a").get_attribute("href") == twin)
    browser.back()
    wait.until(lambda _: "2 statements" in find(browser, "#results").text)
    assert complaints(browser) == []


def test_on_a_narrow_screen_the_list_comes_before_filters_that_were_not_used(
    browser: webdriver.Chrome, address: str
) -> None:
    browser.set_window_size(500, 900)
    browser.get(f"{address}/statements")
    words = browser.find_element(By.CSS_SELECTOR, "input[name=words]")
    assert not words.is_displayed()
    browser.find_element(By.CSS_SELECTOR, ".fold > summary").click()
    assert words.is_displayed()
    browser.get(f"{address}/statements?kind=forecast")
    assert browser.find_element(By.CSS_SELECTOR, "input[name=words]").is_displayed()


def test_a_filter_that_is_refused_leaves_no_older_answer_below_it(browser: webdriver.Chrome, address: str) -> None:
    browser.get(f"{address}/statements")
    browser.execute_script("document.querySelector('input[name=source]').name = 'sauce'")
    find(browser, "input[name=sauce]").send_keys("Officials", Keys.TAB)
    wait = WebDriverWait(browser, PATIENCE, ignored_exceptions=[StaleElementReferenceException])
    wait.until(lambda _: "does not know 'sauce'" in find(browser, "main").text)
    assert not browser.find_elements(By.CSS_SELECTOR, ".hit")
    browser.back()
    wait.until(lambda _: browser.find_elements(By.CSS_SELECTOR, ".hit"))


def test_a_facet_sets_the_filter(browser: webdriver.Chrome, address: str) -> None:
    browser.get(f"{address}/statements")
    facet = find(browser, ".facets.by-mechanism a")
    name = facet.get_attribute("id")
    facet.send_keys(Keys.ENTER)
    wait = WebDriverWait(browser, PATIENCE, ignored_exceptions=[StaleElementReferenceException])
    wait.until(lambda _: "mechanism=" in browser.current_url)
    wait.until(lambda _: Select(find(browser, "select[name=mechanism]")).first_selected_option.get_attribute("value"))
    chosen = Select(find(browser, "select[name=mechanism]")).first_selected_option.get_attribute("value")
    assert browser.current_url == f"{address}/statements?mechanism={chosen}"
    wait.until(lambda _: browser.switch_to.active_element.get_attribute("id") == name)
    lead = find(browser, "#results .lead")
    wait.until(lambda _: find(browser, "#told").get_attribute("textContent") == lead.get_attribute("textContent"))


def test_text_and_statements_find_each_other(browser: webdriver.Chrome, address: str) -> None:
    browser.get(f"{address}/documents/{text_id(RAID)}")
    piece = find(browser, ".said.trigger")
    identity = (piece.get_attribute("data-in") or "").split()[0]
    piece.click()
    note = find(browser, f"#s-{identity}")
    assert "chosen" in (note.get_attribute("class") or "")
    assert browser.current_url.endswith(f"#s-{identity}")
    assert find(browser, ".said.lit").is_displayed()
    browser.get(f"{address}/statements")
    browser.get(f"{address}/documents/{text_id(RAID)}#s-{identity}")
    assert "chosen" in (find(browser, f"#s-{identity}").get_attribute("class") or "")


def test_the_map_draws(browser: webdriver.Chrome, address: str) -> None:
    browser.get(f"{address}/map")
    canvas = find(browser, "#map")
    WebDriverWait(browser, PATIENCE).until(lambda _: canvas.get_attribute("data-drawn") == "yes")
    drawn = {layer: int(canvas.get_attribute(f"data-{layer}") or 0) for layer in ("land", "points", "rings")}
    assert drawn["land"] > 20
    assert (drawn["points"], drawn["rings"]) == (1, 2)
    assert find(browser, ".badge").text == "1"
    assert colours(browser, find(browser, "#map canvas")) > 20
    find(browser, ".badge").click()
    assert "Sudan" in find(browser, ".maplibregl-popup").text
    assert "Sudan: 1 placed" in (find(browser, ".badge").get_attribute("aria-label") or "")
    browser.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert not browser.find_elements(By.CSS_SELECTOR, ".maplibregl-popup")
    assert complaints(browser) == []


def colours(browser: webdriver.Chrome, element: WebElement) -> int:
    """How many colours a picture of the element has."""
    script = """
        const [picture, done] = arguments;
        const image = new Image();
        image.onload = () => {
          const sheet = new OffscreenCanvas(image.width, image.height).getContext("2d");
          sheet.drawImage(image, 0, 0);
          const bytes = new Uint32Array(sheet.getImageData(0, 0, image.width, image.height).data.buffer);
          done(new Set(bytes).size);
        };
        image.src = "data:image/png;base64," + picture;
    """
    return int(browser.execute_async_script(script, element.screenshot_as_base64))


def test_an_outcome_is_overruled_on_its_page(browser: webdriver.Chrome, address: str, record: Record) -> None:
    book = Book(record)
    book.resolve()
    identity = book.entries()[0].prediction.id
    browser.get(f"{address}/ledger/{identity}")
    assert complaints(browser) == []
    find(browser, ".decide input[name=person]").send_keys("A. Analyst")
    find(browser, ".decide input[value=void]").click()
    reason = find(browser, ".decide input[name=reason]")
    reason.send_keys(Keys.ENTER)
    assert browser.execute_script("return document.querySelector('.decide [name=reason]:invalid') !== null")
    reason.send_keys("it was another village", Keys.ENTER)
    WebDriverWait(browser, PATIENCE).until(lambda opened: "overruled by A. Analyst" in opened.page_source)
    assert browser.current_url.endswith(f"/ledger/{identity}") and complaints(browser) == []
    assert "it was another village" in find(browser, "main").text
    ruling = Book(record).entry(identity).ruling
    assert ruling is not None and ruling.person == "A. Analyst" and ruling.outcome is Outcome.VOID
    for width in (1300, 400):
        browser.set_window_size(width, 1000)
        assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")


def _raid_on_shebekino() -> Text:
    return report(
        "2023-06-02", "First", "Armed men raided Shebekino on Thursday and left.", "raided", type_=EventType.ASSAULT,
        mode="x-raid", place="Shebekino",
    )  # fmt: skip


def test_enter_keeps_what_was_chosen_and_a_refusal_loses_nothing(
    browser: webdriver.Chrome, address: str, record: Record
) -> None:
    record.keep([text.entry() for text in (forecast(), _raid_on_shebekino())])
    book = Book(record)
    book.resolve()
    entry = next(one for one in book.entries() if one.prediction.text == FORECAST)
    assert entry.confirmable and entry.outcome is Outcome.TRUE
    browser.get(f"{address}/ledger/{entry.prediction.id}")
    find(browser, ".decide input[value=false]").click()
    find(browser, ".decide input[name=person]").send_keys("Ann")
    find(browser, ".decide input[name=reason]").send_keys("another place")
    book.overrule(entry.prediction.id, Outcome.VOID, "Bora", "a film")
    find(browser, ".decide input[name=reason]").send_keys(Keys.ENTER)
    WebDriverWait(browser, PATIENCE).until(lambda opened: "somebody ruled on this meanwhile" in opened.page_source)
    find(browser, "a.back").click()
    WebDriverWait(browser, PATIENCE).until(lambda opened: opened.find_elements(By.CSS_SELECTOR, ".decide"))
    assert find(browser, ".decide input[name=person]").get_attribute("value") == "Ann"
    assert find(browser, ".decide input[name=reason]").get_attribute("value") == "another place"
    assert find(browser, ".decide input[value=false]").is_selected()
    browser.refresh()
    find(browser, ".decide input[value=false]").click()
    find(browser, ".decide input[name=person]").clear()
    find(browser, ".decide input[name=person]").send_keys("Ann")
    find(browser, ".decide input[name=reason]").clear()
    find(browser, ".decide input[name=reason]").send_keys("another place", Keys.ENTER)
    WebDriverWait(browser, PATIENCE).until(lambda opened: "overruled by Ann" in opened.page_source)
    ruling = book.entry(entry.prediction.id).ruling
    assert ruling is not None and (ruling.person, ruling.outcome) == ("Ann", Outcome.FALSE)
