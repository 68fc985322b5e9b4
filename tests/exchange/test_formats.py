"""Every format comes back as it went, as far as it can hold it, and says what it cannot."""

import csv
import datetime
import gzip
import io
import json
import re
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from sqlalchemy import select

from foreshock.cli import main
from foreshock.errors import ItemError, MalformedItem, OversizedItem, UnreadableItem, UsageError
from foreshock.exchange import acled, gdelt, polecat, ucdp
from foreshock.exchange.formats import FORMATS, reader, writer
from foreshock.exchange.names import READ, WRITTEN
from foreshock.exchange.rows import defused
from foreshock.exchange.take_in import every_import, take_in
from foreshock.gather import delimited
from foreshock.model.occurrence import Occurrence, Party, Site
from foreshock.model.statement import Count
from foreshock.model.vocabulary import EventType, Granularity, Precision
from foreshock.record.custody_tables import custody_log
from foreshock.record.store import Record
from tests.record.samples import new_record

ROW = Occurrence(
    id="00ff",
    type=EventType.ASSAULT,
    mode="x-raid",
    contexts=("military", "spillover"),
    since=datetime.date(2023, 6, 1),
    until=datetime.date(2023, 6, 2),
    granularity=Granularity.DAY,
    actors=(Party("Free Corvane Legion", "RUS", "PAR", "corvane"), Party("Second, Legion")),
    recipients=(Party("Army of Dulmere", None, "MIL"),),
    site=Site(name="Khartoum", admin1="Khartoum", country="SDN", lat=15.55, lon=32.53, precision=Precision.POINT),
    counts={"killed": Count(low=3, best=5, high=9)},
    sources=("officials",),
    outlets=("Daily Lantern",),
    published=datetime.date(2023, 6, 3),
    text='A "raid",\tit said;\nand more',
    reports=4,
    independent=2,
    credibility=2,
)
PLAIN = Occurrence(id="01ff", type=EventType.PROTEST, site=Site(country="COD", precision=Precision.COUNTRY))


def went_and_came(form: str, tmp_path: Path, rows: tuple[Occurrence, ...] = (ROW, PLAIN)) -> list[Occurrence]:
    path = tmp_path / f"out.{form}"
    with path.open("wb") as out:
        assert writer(form)(iter(rows), out) == len(rows)
    found = list(reader(form)(path))
    assert not [one for one in found if isinstance(one, ItemError)]
    return [one for one in found if isinstance(one, Occurrence)]


@pytest.mark.parametrize("form", ["jsonl", "parquet", "geojson", "geoparquet"])
def test_our_own_formats_hold_everything(form: str, tmp_path: Path) -> None:
    assert went_and_came(form, tmp_path) == [ROW, PLAIN]


def test_polecat_holds_types_actors_and_places(tmp_path: Path) -> None:
    came = went_and_came("polecat", tmp_path)[0]
    assert (came.id, came.type, came.since, came.published) == (ROW.id, ROW.type, ROW.since, ROW.published)
    assert came.site == msgspec.structs.replace(ROW.site, geonameid=None)
    assert [(one.name, one.country, one.sector) for one in came.actors] == [
        ("Free Corvane Legion", "RUS", "PAR"),
        ("Second, Legion", None, None),
    ]
    assert came.contexts == ("military",)
    assert came.mode is None, "an extension mode is no PLOVER mode"
    assert len(polecat.COLUMNS) == 40
    assert any("extension modes" in one for one in FORMATS["polecat"].not_held)


def test_acled_shape_comes_back_with_our_type(tmp_path: Path) -> None:
    came = went_and_came("acled", tmp_path)[0]
    assert (came.id, came.type, came.mode, came.since) == (ROW.id, ROW.type, ROW.mode, ROW.since)
    assert came.counts == {"killed": Count(best=5)}
    assert came.site is not None
    assert (came.site.country, came.site.lat, came.site.precision) == ("SDN", 15.55, Precision.POINT)
    assert came.text == ROW.text
    assert len(acled.COLUMNS) == 31


@pytest.mark.parametrize(
    ("mode", "sectors", "harm", "told"),
    [
        (None, ["MIL"], False, "Armed clash"),
        (None, ["REB"], True, "Armed clash"),
        (None, [None], False, "Armed clash"),
        (None, [None], True, "Attack"),
        (None, ["CVL"], False, "Attack"),
        (None, ["MIL", "CVL"], False, "Attack"),
        ("firearms", ["UNK"], True, "Attack"),
        ("firearms", ["COP"], False, "Armed clash"),
        ("x-raid", [], True, "Attack"),
        ("x-clash", ["CVL"], True, "Armed clash"),
        ("aerial", ["CVL"], True, "Air/drone strike"),
        ("beat", [], False, "Attack"),
        ("destroy", ["MIL"], False, "Looting/property destruction"),
        ("destroy", [], True, "Attack"),
    ],
)
def test_an_assault_is_violence_against_civilians_to_acled_only_where_they_are_struck(
    mode: str | None, sectors: list[str | None], harm: bool, told: str, tmp_path: Path
) -> None:
    struck = tuple(Party("A party", sector=sector) for sector in sectors)
    contexts = ("civilian_harm",) if harm else ()
    one = Occurrence(id="1", type=EventType.ASSAULT, mode=mode, recipients=struck, contexts=contexts)
    with (tmp_path / "a.csv").open("wb") as out:
        writer("acled")(iter([one]), out)
    (row,) = csv.DictReader((tmp_path / "a.csv").read_text().splitlines())
    assert row["sub_event_type"] == told
    assert (row["event_type"] == "Violence against civilians") is (told == "Attack")


def test_acleds_own_rows_are_put_into_plover(tmp_path: Path) -> None:
    row = dict.fromkeys(acled.COLUMNS, "") | {
        "event_id_cnty": "SDN1", "event_date": "02 June 2023", "sub_event_type": "Armed clash", "actor1": "A",
        "iso": "729", "fatalities": "7", "time_precision": "1", "geo_precision": "2",
    }  # fmt: skip
    text = io.StringIO()
    writing = csv.DictWriter(text, acled.COLUMNS)
    writing.writeheader()
    writing.writerow(row)
    (tmp_path / "a.csv").write_text(text.getvalue())
    (came,) = acled.read(tmp_path / "a.csv")
    assert isinstance(came, Occurrence)
    assert (came.dataset, came.type, came.mode, came.since) == (
        "acled",
        EventType.ASSAULT,
        "x-clash",
        datetime.date(2023, 6, 2),
    )


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1", "-x", "-2+3+cmd|' /C calc'!A0", "-1-1", "--1", "-1.", "-1\n", "@SUM(A1)", "\t=1", "\r=1", "\n=1"],
)
def test_a_cell_that_would_run_has_an_apostrophe_before_it(cell: str) -> None:
    assert defused(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["", "plain", "1-1", "-1", "-33.9", "'=1"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert defused(cell) == cell


def test_a_spreadsheet_runs_nothing_from_a_table(tmp_path: Path) -> None:
    with (tmp_path / "a.csv").open("wb") as out:
        writer("acled")(iter([Occurrence(id="=1+1", text="@cmd")]), out)
    assert b",=" not in (tmp_path / "a.csv").read_bytes()
    assert b"\n=" not in (tmp_path / "a.csv").read_bytes()


def test_geojson_draws_no_point_for_a_country(tmp_path: Path) -> None:
    went_and_came("geojson", tmp_path)
    features = json.loads((tmp_path / "out.geojson").read_text())["features"]
    assert features[0]["geometry"] == {"type": "Point", "coordinates": [32.53, 15.55]}
    assert features[1]["geometry"] is None


def test_geoparquet_names_its_geometry(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    went_and_came("geoparquet", tmp_path)
    file = pq.read_table(tmp_path / "out.geoparquet")
    about = json.loads(file.schema.metadata[b"geo"])
    assert about["primary_column"] == "geometry"
    assert file.column("geometry")[0].as_py()[:5] == b"\x01\x01\x00\x00\x00"
    assert file.column("geometry")[1].as_py() is None


def test_follow_the_money_names_only_what_the_registry_knows(tmp_path: Path) -> None:
    went_and_came("ftm", tmp_path)
    entities = [json.loads(line) for line in (tmp_path / "out.ftm").read_text().splitlines()]
    assert [one["schema"] for one in entities] == ["LegalEntity", "Event", "Event"]
    assert entities[1]["properties"]["organizer"] == [entities[0]["id"]]
    assert "Second, Legion" not in json.dumps(entities)


def test_follow_the_money_has_valid_ids_that_stay_and_its_own_codes_of_countries(tmp_path: Path) -> None:
    group = Party("Gumra Front / القوة", "SDN", "REB", "new:gumra-front-القوة")
    rows = (ROW, Occurrence(id="02ff", type=EventType.ASSAULT, actors=(group,), site=Site(country="NOR")))
    went_and_came("ftm", tmp_path, rows)
    first = (tmp_path / "out.ftm").read_bytes()
    found = went_and_came("ftm", tmp_path, rows)
    assert (tmp_path / "out.ftm").read_bytes() == first
    entities = {one["id"]: one for one in map(json.loads, first.splitlines())}
    assert len(entities) == 4
    # FollowTheMoney's own pattern of an entity's id.
    assert all(re.fullmatch(r"[0-9a-zA-Z]([0-9a-zA-Z.\-]*[0-9a-zA-Z])?", identity) for identity in entities)
    for one in entities.values():
        people = [*one["properties"].get("organizer", []), *one["properties"].get("involved", [])]
        assert set(people) <= set(entities)
    countries = {one["properties"]["name"][0]: one["properties"].get("country") for one in entities.values()}
    assert countries["Free Corvane Legion"] == ["ru"] and countries[group.name] == ["sd"]
    assert ["no"] in countries.values()
    assert [row.actors[0].country for row in found] == ["RUS", "SDN"]
    assert [row.site.country for row in found if row.site] == ["SDN", "NOR"]


def test_the_real_file_of_ucdp_is_read_whole(shared_data: Path) -> None:
    found = list(ucdp.read(shared_data / "ucdp" / "GEDEvent_v23_0_10.csv.gz"))
    rows = [one for one in found if isinstance(one, Occurrence)]
    assert len(rows) == len(found) == 2391
    assert len({one.site.country for one in rows if one.site}) == 48
    assert all(one.site is not None and one.site.country and one.since for one in rows)
    assert sum(one.counts["killed"].best or 0 for one in rows) > 10_000


def test_a_ucdp_release_without_a_header_is_read_by_order(shared_data: Path, tmp_path: Path) -> None:
    with gzip.open(shared_data / "ucdp" / "GEDEvent_v23_0_10.csv.gz", "rt", encoding="utf-8") as whole:
        rows = list(csv.reader(whole))
    with (tmp_path / "bare.csv").open("w", newline="") as bare:
        csv.writer(bare).writerows(rows[1:20])
    assert (
        list(ucdp.read(tmp_path / "bare.csv"))
        == list(ucdp.read(shared_data / "ucdp" / "GEDEvent_v23_0_10.csv.gz"))[:19]
    )


def test_gdelt_is_read_without_religion_or_ethnicity(tmp_path: Path) -> None:
    row = dict.fromkeys(gdelt.COLUMNS, "") | {
        "GlobalEventID": "1", "Day": "20230602", "Actor1Name": "REBELS", "Actor1CountryCode": "SDN",
        "Actor1Type1Code": "REB", "Actor1Religion1Code": "MOS", "EventCode": "190", "EventRootCode": "19",
        "NumArticles": "12", "ActionGeo_Type": "4", "ActionGeo_FullName": "Nyala, Janub Darfur, Sudan",
        "ActionGeo_CountryCode": "SU", "ActionGeo_Lat": "12.05", "ActionGeo_Long": "24.88",
        "DATEADDED": "20230603120000",
    }  # fmt: skip
    (tmp_path / "g.csv").write_text("\t".join(row.values()) + "\nshort\trow\n")
    came, wrong = gdelt.read(tmp_path / "g.csv")
    assert isinstance(came, Occurrence)
    assert isinstance(wrong, MalformedItem)
    assert (came.type, came.reports, came.actors) == (EventType.ASSAULT, 12, (Party("REBELS", "SDN", "REB"),))
    assert came.site is not None
    assert (came.site.name, came.site.admin1, came.site.country) == ("Nyala", "Janub Darfur", "SDN")
    assert b"MOS" not in msgspec.json.encode(came)
    assert len(gdelt.COLUMNS) == 61


def test_the_command_line_takes_every_format_that_there_is() -> None:
    assert {name for name, form in FORMATS.items() if form.write} == set(WRITTEN)
    assert {name for name, form in FORMATS.items() if form.read} == set(READ)


@pytest.mark.parametrize(
    ("form", "content"), [("ucdp", b"a,b\n1,2\n"), ("jsonl", b""), ("parquet", b"PAR1"), ("geojson", b"{}")]
)
def test_what_is_no_such_file_is_named(form: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(content)
    if form == "jsonl":
        assert list(reader(form)(tmp_path / "x")) == []
        return
    with pytest.raises((MalformedItem, UnreadableItem)):
        list(reader(form)(tmp_path / "x"))
    with pytest.raises(UsageError, match="one of"):
        writer("ucdp")


def test_an_import_again_replaces_and_a_deletion_leaves_a_tombstone(tmp_path: Path) -> None:
    one = Occurrence(id="SDN1", dataset="acled", text="first")
    with new_record(tmp_path / "record.sqlite") as record:
        take_in(record, [one], "a", "acled")
        take_in(record, [msgspec.structs.replace(one, text="second")], "b", "acled")
        assert [row.text for row in every_import(record, "acled", None)] == ["second"]
        (tmp_path / "deleted.csv").write_text("event_id_cnty,deleted_timestamp\nSDN1,1\n")
        done = take_in(record, acled.read(tmp_path / "deleted.csv"), "c", "acled")
        assert done.deleted == 1
        assert list(every_import(record, "acled", None)) == []


@pytest.mark.parametrize("content", ["event,deaths\nSDN1,4\n", "SDN1,1700000000\n"])
def test_a_table_of_two_columns_deletes_nothing(content: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(content)
    with new_record(tmp_path / "record.sqlite") as record:
        take_in(record, [Occurrence(id="SDN1", dataset="acled", text="stands")], "a", "acled")
        done = take_in(record, acled.read(tmp_path / "a.csv"), "b", "acled")
        assert done.deleted == 0
        assert ["not a table of this kind: it lacks event_id_cnty" in str(error) for error in done.errors] == [True]
        assert [row.text for row in every_import(record, "acled", None)] == ["stands"]


def test_a_table_whose_first_line_is_too_long_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a" * 1_000_001 + ",b\n1,2\n")
    for form in ("acled", "ucdp", "gdelt", "polecat"):
        with pytest.raises(MalformedItem, match="cannot be read as a table") as caught:
            list(reader(form)(path))
        assert caught.value.item == str(path)


@pytest.mark.parametrize("row", ["a" * 200_000, '"a\n",' * 50_000, '"' + "a\n" * 90_000], ids=["line", "lines", "cell"])
def test_a_row_without_end_is_not_held(row: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "LONGEST_ROW", 100_000)
    path = tmp_path / "a.csv.gz"
    head = ",".join(ucdp.COLUMNS)
    good = ",".join({**dict.fromkeys(ucdp.COLUMNS, ""), "id": "1"}.values())
    path.write_bytes(gzip.compress("\n".join([head, good, good, row]).encode()))
    found = reader("ucdp")(path)
    assert [type(next(found)) for _ in range(2)] == [Occurrence, Occurrence]
    with pytest.raises(OversizedItem, match="a row of it is longer than"):
        next(found)


@pytest.mark.parametrize("form", ["jsonl", "ftm"])
def test_a_packed_file_that_unpacks_without_end_is_given_up(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delimited, "LARGEST", 1_000_000)
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(b"\n" * 3_000_000))
    with pytest.raises(OversizedItem, match="unpacks to more than"):
        list(reader(form)(path))


def test_a_table_without_a_header_is_read_row_by_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = "\t".join({**dict.fromkeys(gdelt.COLUMNS, ""), "GlobalEventID": "1"}.values()) + "\n"
    (tmp_path / "a.csv").write_text(row * 50_000)
    monkeypatch.setattr(delimited, "LARGEST", 1_000_000)
    assert isinstance(next(gdelt.read(tmp_path / "a.csv")), Occurrence), "the first is had before the last is read"


@pytest.mark.parametrize(
    ("form", "content"),
    [
        ("geojson", b'{"type": "FeatureCollection", "features": [{"properties": {"id": "caf\xe9"}}]}'),
        (
            "geojson",
            b'{"type": "FeatureCollection", "features": [{"properties": {"id": "1", "x": %s' % (b"[" * 100_000),
        ),
        ("jsonl", b'{"id": "1", "x": ' + b"[" * 100_000),
        ("ftm", b'{"id": "1", "x": ' + b"[" * 100_000),
    ],
)
def test_what_no_json_reader_can_take_is_named(form: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(content)
    record = str(tmp_path / "record.sqlite")
    result = CliRunner().invoke(main, ["import", str(tmp_path / "a"), "--format", form, "--record", record])
    assert result.exit_code == 1
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "not an " in result.stderr or "not a collection" in result.stderr


def test_an_entity_may_be_dated_by_its_year_or_month(tmp_path: Path) -> None:
    path = tmp_path / "a.ftm"
    told = {"name": ["Clash"], "startDate": ["2023-05"], "endDate": ["2023"], "date": ["2023-06"]}
    moments = {"name": ["Clash"], "startDate": ["2023-05-02T10:00:00"], "date": ["2023-06-01"]}
    entities = ({"id": str(at), "schema": "Event", "properties": one} for at, one in enumerate((told, moments)))
    path.write_text("".join(json.dumps(one) + "\n" for one in entities))
    wide, exact = reader("ftm")(path)
    assert isinstance(wide, Occurrence) and isinstance(exact, Occurrence)
    assert (wide.since, wide.until) == (datetime.date(2023, 5, 1), datetime.date(2023, 12, 31))
    assert (wide.published, wide.published_granularity) == (datetime.date(2023, 6, 30), Granularity.MONTH)
    assert (exact.since, exact.published) == (datetime.date(2023, 5, 2), datetime.date(2023, 6, 1))


def test_a_cell_with_a_bare_return_is_one_cell(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as out:
        acled.write([msgspec.structs.replace(ROW, text="Rebels\rattacked\nGoma"), ROW], out)
    first, second = acled.read(path)
    assert isinstance(first, Occurrence) and isinstance(second, Occurrence)
    assert first.text == "Rebels\rattacked\nGoma"
    assert path.read_bytes().count(b"\r\n") == 3, "rows end as RFC 4180 has them"


def test_a_feature_of_gdelt_is_no_geonames_id(tmp_path: Path) -> None:
    row = dict.fromkeys(gdelt.COLUMNS, "")
    row |= {"GlobalEventID": "1", "ActionGeo_Type": "3", "ActionGeo_FullName": "Goma, Texas, United States",
            "ActionGeo_FeatureID": "1381957"}  # fmt: skip
    (tmp_path / "a.csv").write_text("\t".join(row.values()) + "\n")
    (came,) = gdelt.read(tmp_path / "a.csv")
    assert isinstance(came, Occurrence) and came.site is not None
    assert came.site.geonameid is None
    assert came.own["ActionGeo_FeatureID"] == "1381957"


def test_an_entity_with_an_empty_list_is_named_and_the_next_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "a.ftm"
    entities = [
        {"id": "p", "schema": "LegalEntity", "properties": {"name": ["Army"], "country": []}},
        {"id": "e", "schema": "Event", "properties": {"name": [], "date": ["2023-06-01"]}},
        {"id": "f", "schema": "Event", "properties": {"name": ["Clash"]}},
    ]
    path.write_text("".join(json.dumps(one) + "\n" for one in entities))
    party, event, good = reader("ftm")(path)
    assert str(party) == f"{path}: row 1: not an entity (its country is an empty list; leave it out or give it a value)"
    assert "row 2: not an entity (its name is an empty list" in str(event)
    assert isinstance(good, Occurrence)
    assert good.title == "Clash"


def test_a_file_that_breaks_off_stops_no_other_and_what_was_taken_is_logged(tmp_path: Path) -> None:
    rows = b"".join(msgspec.json.encode(Occurrence(id=f"{at:06}", dataset="a")) + b"\n" for at in range(3000))
    packed = gzip.compress(rows)
    (tmp_path / "cut.jsonl.gz").write_bytes(packed[: len(packed) * 9 // 10])
    (tmp_path / "damaged.jsonl.gz").write_bytes(packed[:1000] + bytes(2000) + packed[3000:])
    (tmp_path / "good.jsonl").write_bytes(msgspec.json.encode(Occurrence(id="1", dataset="b")) + b"\n")
    names = [str(tmp_path / name) for name in ("cut.jsonl.gz", "damaged.jsonl.gz", "none.jsonl", "good.jsonl")]
    path = str(tmp_path / "record.sqlite")
    result = CliRunner().invoke(main, ["import", *names, "--format", "jsonl", "--record", path])
    assert result.exit_code == 1
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert [name in result.stderr for name in names] == [True, True, True, False]
    assert f"{names[3]}: rows taken in: 1 of b; taken back: 0; failed: 0" in result.stdout
    assert result.stdout.endswith("`foreshock serve` lists them under /imported, and nothing counts them.\n")
    with Record(path) as record, record.begin() as connection:
        notes = connection.scalars(select(custody_log.c.details).where(custody_log.c.event == "imported")).all()
        assert len(notes) == 4
        assert json.loads(notes[0])["rows"]["a"] > 1000
        assert len(list(every_import(record, "a", None))) > 1000


@pytest.mark.parametrize("form", ["jsonl", "parquet", "geojson", "geoparquet", "ftm"])
def test_a_month_of_publication_comes_back_as_a_month(form: str, tmp_path: Path) -> None:
    month = {"published": datetime.date(2023, 5, 31), "published_granularity": Granularity.MONTH}
    [back] = went_and_came(form, tmp_path, (msgspec.structs.replace(ROW, **month),))
    assert {name: getattr(back, name) for name in month} == month
    assert form != "ftm" or "2023-05-31" not in (tmp_path / "out.ftm").read_text()


def test_a_day_that_nobody_tells_is_told_as_none(tmp_path: Path) -> None:
    """A table that holds days alone has none of publication, and of the act says that the month is known."""
    told = {"since": None, "until": None, "published": datetime.date(2023, 5, 31)}
    row = msgspec.structs.replace(ROW, **told, published_granularity=Granularity.MONTH)
    [back] = went_and_came("polecat", tmp_path, (row,))
    assert back.published is None
    went_and_came("acled", tmp_path, (row,))
    [line] = csv.DictReader(io.StringIO((tmp_path / "out.acled").read_text()))
    assert (line["event_date"], line["time_precision"]) == ("2023-05-31", "3")


@pytest.mark.parametrize("form", ["jsonl", "ftm"])
@pytest.mark.parametrize("content", ["", "\n\n"])
def test_a_file_without_rows_is_told(tmp_path: Path, form: str, content: str) -> None:
    (tmp_path / "empty.jsonl").write_text(content)
    record = str(tmp_path / "r.sqlite")
    command = ["import", str(tmp_path / "empty.jsonl"), "--format", form, "--record", record]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 1 and "empty.jsonl: it holds no rows" in result.stderr
