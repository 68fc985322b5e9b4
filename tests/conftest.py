"""Fixtures shared by all tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from foreshock.record.store import Record
from tests.record.samples import new_record

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
    """The file of an empty record, of which tests make copies."""
    path = tmp_path_factory.mktemp("empty") / "record.sqlite"
    new_record(path).close()
    return path


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    """An empty record on disk."""
    with new_record(tmp_path / "record.sqlite") as made:
        yield made
