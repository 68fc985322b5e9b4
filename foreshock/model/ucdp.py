"""The columns and codes of UCDP GED: one row an event of organised violence, deaths with low, best and high."""

from typing import Final

COLUMNS: Final = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity",
    "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high",
    "low", "gwnoa", "gwnob",
)  # fmt: skip
"""In the order of the releases; one candidate release came without a header."""
STATE_BASED: Final = "1"
"""The `type_of_violence` of conflicts in which a state takes part."""
VIOLENCE: Final = {STATE_BASED: "state-based", "2": "non-state", "3": "one-sided"}
