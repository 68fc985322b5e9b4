"""Reads the shipped lists of `data/places/`."""

from pathlib import Path
from typing import Any

import yaml

from foreshock.errors import ModelError

FOLDER = Path(__file__).resolve().parent.parent / "data" / "places"


def read_list(name: str) -> dict[str, Any]:
    """One of the shipped lists. Raises `ModelError` where it is missing or broken."""
    path = FOLDER / name
    try:
        found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise ModelError(f"{path}: cannot be read ({error}); reinstall Foreshock") from error
    return found
