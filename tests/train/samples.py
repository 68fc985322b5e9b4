"""Forecasts as `train/answers` holds them, about the fall of a town."""

from collections.abc import Sequence
from typing import Any


def forecast(town: str, country: str, reports: Sequence[dict[str, str]]) -> dict[str, Any]:
    """One line of a file: that `town` will fall, with later reports."""
    return {
        "country": country,
        "said": "2023-01-01",
        "by": "2023-12-31",
        "context": "The siege goes on.",
        "forecast": f"I believe that {town} will fall by December.",
        "claim": f"{town} will fall by December",
        "thing": f"{town} falls",
        "reports": list(reports),
    }
