"""The bundled chronicle: the key is sound, and the ledger over it never says a wrong no."""

from importlib.resources import files
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from bench.ledger import KEY, measure
from foreshock.cli import main
from foreshock.gather.captures import captures
from foreshock.gather.parse import document_of
from foreshock.line import add
from foreshock.model.capture import Capture
from foreshock.record.store import Record

EXAMPLES = Path(str(files("foreshock") / "data" / "examples"))
NOTICE = "This text was written as an example for Foreshock; the outlet and its author are invented."


def test_chronicle_is_large_enough_and_says_what_it_is() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in EXAMPLES.glob("*.md")}
    assert len(texts) >= 120
    assert all(NOTICE in text for text in texts.values())
    assert sum(len(text.split()) for text in texts.values()) <= 40_000


def test_key_quotes_the_texts_exactly() -> None:
    texts = {
        Path(found.origin).name: document_of(found).text
        for found in captures([str(EXAMPLES)])
        if isinstance(found, Capture)
    }
    keys = yaml.safe_load(KEY.read_text(encoding="utf-8"))
    assert len(keys) >= 40
    names = {key["id"] for key in keys}
    for key in keys:
        assert texts[key["document"]][key["start"] : key["end"]] == key["quote"]
        assert key["outcome"] in ("true", "false", "pending", "void")
        assert key.get("same_as") is None or key["same_as"] in names
        assert all(shown in texts for shown in key.get("shown_by", []))


@pytest.mark.slow
def test_ledger_over_the_chronicle(tmp_path: Path) -> None:
    with Record(str(tmp_path / "record.sqlite")) as record:
        add([str(EXAMPLES)], record)
        result = measure(record)
    assert result.wrong_false == ()
    assert result.right_forecaster >= 0.85 * result.keys
    assert result.right_outcomes >= 0.6 * sum(result.outcomes.values())
    shown = CliRunner().invoke(
        main,
        [
            "ledger",
            "list",
            "--forecaster",
            "Reinvald",
            "--as-of",
            "2024-06-30",
            "--record",
            str(tmp_path / "record.sqlite"),
        ],
    )
    assert shown.exit_code == 0 and "mobilisation" in shown.output
