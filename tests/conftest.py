"""Fixtures shared by all tests."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from foreshock.record.store import Record

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The development data beside the checkout; skips, by name, where it is absent."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("needs the development data at ../shared/data")
    return folder


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty record on disk, whose tables are made once: a thousand tests begin with a copy of it."""
    path = tmp_path_factory.mktemp("empty") / "record.sqlite"
    Record(str(path)).close()
    return path


@pytest.fixture
def record(empty: Path, tmp_path: Path) -> Iterator[Record]:
    """An empty record on disk."""
    with Record(str(shutil.copy(empty, tmp_path / "record.sqlite"))) as made:
        yield made
