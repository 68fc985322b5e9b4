"""A shipped table that lacks something stops the run with its name, and never a document in silence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

import foreshock

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
