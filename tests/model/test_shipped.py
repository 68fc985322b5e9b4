"""A shipped table that lacks something stops the run with its name, and never a document in silence."""

import os
import re
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
import yaml

import foreshock
from foreshock.errors import ModelError
from foreshock.model.shipped import Expression, Phrases, Words, read_table

PACKAGE = Path(foreshock.__file__).parent


def with_table(folder: Path, table: str, content: object) -> Path:
    """A folder from which Foreshock is imported with another `table`, all else as it is."""
    made = folder / "foreshock"
    for name in PACKAGE.rglob("*"):
        beside = made / name.relative_to(PACKAGE)
        if name.is_dir():
            beside.mkdir(parents=True, exist_ok=True)
        elif name.relative_to(PACKAGE) != Path(table):
            beside.parent.mkdir(parents=True, exist_ok=True)
            beside.symlink_to(name)
    (made / table).write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return folder


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "table", "lacking"),
    [
        ("read", "data/referents.yaml", "pronouns"),
        ("read", "data/places/lexicon.yaml", "titles"),
        ("add", "data/verdicts.yaml", "thresholds"),
    ],
)
def test_a_table_that_lacks_a_list_stops_the_run(command: str, table: str, lacking: str, tmp_path: Path) -> None:
    content = yaml.safe_load((PACKAGE / table).read_text(encoding="utf-8"))
    del content[lacking]
    article = tmp_path / "article.txt"
    article.write_text("Wagner fighters killed five soldiers in Rostov on Monday, officials said.", encoding="utf-8")
    home = with_table(tmp_path / "other", table, content)
    ran = subprocess.run(
        [sys.executable, "-m", "foreshock", command, str(article), "--published", "2023-06-26"],
        cwd=home,
        env={**os.environ, "PYTHONPATH": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1
    assert f"foreshock/{table}" in ran.stderr
    assert lacking in ran.stderr


def test_a_list_that_nobody_reads_is_told(tmp_path: Path) -> None:
    content = yaml.safe_load((PACKAGE / "data/ledger.yaml").read_text(encoding="utf-8"))
    home = with_table(tmp_path, "data/ledger.yaml", {**content, "several_more": ["a lot of"]})
    ran = subprocess.run(
        [sys.executable, "-c", "from foreshock.ledger.lexicon import lexicon; lexicon()"],
        cwd=home,
        env={**os.environ, "PYTHONPATH": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "ModelError: foreshock/data/ledger.yaml" in ran.stderr
    assert "several_more" in ran.stderr


class Lists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of each sort of list."""

    near: Words
    kin: Phrases
    heads: dict[str, Words]
    told: tuple[re.Pattern[str], ...] = ()
    parts: tuple[Expression, ...] = ()


WRITTEN = """\
near: by at
  beside
kin: air force, army,
  navy
heads:
  town: city town
told:
  - 'dead|dying'
  - 'shot'
parts: [officers?, 'wom[ae]n']
"""


def test_one_record_says_how_a_table_is_written_and_is_what_is_read() -> None:
    lists = read_table(WRITTEN.encode(), "data/lists.yaml", Lists)
    assert lists.near == {"by", "at", "beside"}
    assert lists.kin == {"air force", "army", "navy"}
    assert lists.heads == {"town": {"city", "town"}}
    assert lists.told[0].fullmatch("dying")
    assert lists.parts == ("officers?", "wom[ae]n")


@pytest.mark.parametrize(
    ("written", "mistaken", "told"),
    [
        ("beside", "beside: at", "lists.yaml:2: cannot be used"),
        ("kin: air force, army,\n  navy", "kin: 7", "lists.yaml:3: cannot be used (Expected words in one line, got 7"),
        ("'shot'", "'sho(t'", "lists.yaml:9: cannot be used ('sho(t' is no pattern"),
        ("officers?", "'officers?)'", "lists.yaml:10: cannot be used ('officers?)' is no pattern"),
        ("told:", "tolds:", "lists.yaml:7: cannot be used (Object contains unknown field `tolds`"),
        ("town: city town", "town: [city]", "lists.yaml:5: cannot be used (Expected words in one line, got ['city']"),
    ],
)
def test_what_is_wrong_with_a_table_is_told_with_its_line(written: str, mistaken: str, told: str) -> None:
    with pytest.raises(ModelError, match="mend it there, or reinstall Foreshock") as raised:
        read_table(WRITTEN.replace(written, mistaken).encode(), "data/lists.yaml", Lists)
    assert told in str(raised.value)
