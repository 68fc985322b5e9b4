"""What the formats are called, apart from what they do: the command line lists them and loads none."""

from typing import Final

WRITTEN: Final = ("jsonl", "parquet", "polecat", "acled", "geojson", "geoparquet", "ftm")
READ: Final = (*WRITTEN, "ucdp", "gdelt")
