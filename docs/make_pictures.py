"""Make the README's pictures anew: `python docs/make_pictures.py` (needs chromium and chromedriver).

The reading is the terminal's own output as SVG; the desk's pages are photographed in headless Chromium over a fresh
record of the bundled examples, in whatever fonts of `desk.css` are installed: Noto in those that are committed, each of
them brought to 256 colours, which takes a third of the bytes.
"""

import io
import shutil
import tempfile
import threading
from pathlib import Path

import uvicorn
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

import foreshock
from foreshock.desk.app import create_app
from foreshock.errors import ItemError
from foreshock.line import add
from foreshock.record.document_rows import list_documents
from foreshock.record.store import Record
from foreshock.terminal.reading import Printer, read_all

PICTURES = Path(__file__).parent / "pictures"
EXAMPLES = Path(foreshock.__file__).parent / "data" / "examples"
SHOWN = "2023-06-29-the-brokers-commission.md"
LINES = 46
"""Lines of the reading that the picture shows."""
NIGHT = TerminalTheme(
    (24, 24, 27), (222, 220, 214),
    [(24, 24, 27), (229, 119, 151), (63, 181, 163), (224, 165, 63), (91, 155, 213), (181, 131, 224), (63, 181, 163),
     (222, 220, 214)],
)  # fmt: skip
PORT = 8765
PATIENCE = 60
"""Seconds that the map is given to be drawn without a graphics card."""
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--window-size=1300,950",
    "--disable-background-networking", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
)  # fmt: skip


def reading() -> None:
    """`reading.svg`: the newcomer's moment."""
    console = Console(record=True, file=io.StringIO(), width=104, force_terminal=True, color_system="truecolor")
    printer = Printer("table", io.StringIO())
    printer.console, printer.width = console, 104
    for found in read_all([str(EXAMPLES / SHOWN)], None):
        if not isinstance(found, ItemError):
            printer.show(found)
    text = console.export_text(styles=True, clear=True).splitlines()
    short = Console(record=True, file=io.StringIO(), width=104, force_terminal=True, color_system="truecolor")
    short.print(Text.from_ansi("\n".join([*text[:LINES], "  …", *text[-5:]])))
    (PICTURES / "reading.svg").write_text(
        short.export_svg(title=f"foreshock read {SHOWN}", theme=NIGHT), encoding="utf-8"
    )


def pages() -> None:
    """`document.png`, `map.png`: the desk over the examples."""
    with tempfile.TemporaryDirectory() as folder, Record(str(Path(folder) / "record.sqlite")) as record:
        add([str(EXAMPLES)], record, 2)
        shown = next(row for row in list_documents(record) if row.title == "The broker's commission")
        server = uvicorn.Server(uvicorn.Config(create_app(record), port=PORT, log_level="warning", lifespan="off"))
        thread = threading.Thread(target=server.run)
        thread.start()
        try:
            _photograph({"document": f"/documents/{shown.id}", "map": "/map"})
        finally:
            server.should_exit = True
            thread.join()


def _photograph(paths: dict[str, str]) -> None:
    options = webdriver.ChromeOptions()
    for flag in FLAGS:
        options.add_argument(flag)
    options.binary_location = str(shutil.which("chromium"))
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    try:
        for name, path in paths.items():
            driver.get(f"http://127.0.0.1:{PORT}{path}")
            for drawn in driver.find_elements(By.ID, "map"):
                WebDriverWait(driver, PATIENCE).until(lambda _, drawn=drawn: drawn.get_attribute("data-drawn") == "yes")
            driver.save_screenshot(str(PICTURES / f"{name}.png"))
    finally:
        driver.quit()


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    reading()
    pages()
