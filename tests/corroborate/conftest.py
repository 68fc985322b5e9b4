"""A record for tests of corroboration to fill."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from foreshock.record.store import Record


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    """An empty record."""
    with Record(str(tmp_path / "record.sqlite")) as made:
        yield made
