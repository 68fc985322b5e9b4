"""A country has one name, wherever it is shown."""

from foreshock.exchange.code_tables import name_of
from foreshock.forecast.countries import country_name as forecast_name
from foreshock.forecast.countries import find_country, ids_by_code
from foreshock.model.countries import countries, country_name


def test_forecasts_and_exports_name_a_country_as_all_else_does() -> None:
    assert {code for code, identity in ids_by_code().items() if forecast_name(identity) != country_name(code)} == set()
    assert {code for code in countries() if name_of(code) != country_name(code)} == set()
    assert country_name("COD") == "Democratic Republic of the Congo"


def test_what_is_no_country_stands_as_its_code() -> None:
    assert country_name("QQQ") == "QQQ"


def test_a_country_is_found_by_its_name_and_by_ucdps() -> None:
    assert find_country("democratic republic of the congo") == find_country("Congo, DRC")


def test_a_state_that_is_no_more_keeps_its_own_name() -> None:
    assert forecast_name(find_country("Yugoslavia").id) == "Yugoslavia"
