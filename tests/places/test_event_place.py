"""Where an act happens when the reader points at no place, or at an unlikely one."""

import pytest

from foreshock.model.document import Document, text_id
from foreshock.model.span import Span
from foreshock.model.statement import Place, Reading, Statement, statement_id
from foreshock.model.vocabulary import EventType, Kind
from foreshock.places.event_place import candidates_of
from foreshock.places.locate import shipped
from foreshock.places.statements import placed

TEXT = "Gunmen attacked the market in Kutum, North Darfur, on Friday. Eleven traders were killed, the stalls burned."


def reading(trigger: str, clause: str, pointed: str | None, sure: float, text: str = TEXT) -> Reading:
    """A reading of one statement for which the reader points at `pointed`, `sure` of it."""
    document = Document(id=text_id(text), text=text, origin="test", capture="")
    start, named = text.index(clause), text.index(trigger)
    where = text.index(pointed) if pointed else 0
    statement = Statement(
        document=document.id,
        id=statement_id(document.id, named, named + len(trigger)),
        start=start,
        end=start + len(clause),
        text=clause,
        trigger=Span(start=named, end=named + len(trigger), text=trigger),
        kind=Kind.REPORT,
        type=EventType.ASSAULT,
        place=Place(start=where, end=where + len(pointed), text=pointed) if pointed else None,
        scores={"place": sure},
    )
    return Reading(document=document, statements=(statement,), model="test")


def test_a_killing_told_after_the_attack_happens_where_the_attack_did() -> None:
    found = placed(reading("killed", "Eleven traders were killed", None, 0.1), shipped()).statements[0]
    assert found.place is not None and found.place.admin1 == "North Darfur"
    assert 0 < found.scores["place"] <= 1


def test_what_the_reader_points_at_is_kept() -> None:
    found = placed(reading("attacked", "Gunmen attacked the market in Kutum, North Darfur", "Kutum", 0.9), shipped())
    assert found.statements[0].place is not None and found.statements[0].place.name == "Kutum"
    assert found.statements[0].scores["place"] == 0.9


def test_a_place_is_never_dropped_for_none() -> None:
    doubtful = placed(reading("killed", "Eleven traders were killed", "the stalls", 0.05), shipped()).statements[0]
    assert doubtful.place is not None


@pytest.mark.parametrize(
    ("text", "trigger", "pointed", "name", "country"),
    [
        (
            "Rohingya from Rakhine in Myanmar reached Cox's Bazar on Friday.",
            "reached",
            "Bazar",
            "Cox’s Bāzār",
            "BGD",
        ),
        (
            "Gangs attacked the Villa d'Accueil in Port-au-Prince, Haiti.",
            "attacked",
            "Villa",
            "Villa d'Accueil",
            "HTI",
        ),
        ("Fighters blocked National Road 3 in Haiti.", "blocked", "National Road", "National Road 3", "HTI"),
        (
            "The Republic Standing Alone In Goma\n\nIn Bosnia, voters protested on Monday.",
            "protested",
            "Goma\n\nIn Bosnia",
            "Bosnia and Herzegovina",
            "BIH",
        ),
    ],
)
def test_a_place_is_named_in_full_and_in_one_sentence(
    text: str, trigger: str, pointed: str, name: str, country: str
) -> None:
    place = placed(reading(trigger, trigger, pointed, 0.95, text), shipped()).statements[0].place
    assert place is not None and (place.name, place.country) == (name, country)
    assert place.text == text[place.start : place.end] and "\n" not in place.text


@pytest.mark.parametrize("name", ["Port-au-Prince", "Côte d'Ivoire", "Côte d’Ivoire"])
def test_a_name_of_several_french_words_is_one_mention(name: str) -> None:
    text = f"Voters went to the polls in {name} on Sunday."
    assert [text[start:end] for start, end in shipped().named(text)] == [name]


def test_the_place_that_a_clause_names_goes_before_one_of_the_sentence_before() -> None:
    text = "The general said the army of Mali would attack Kidal. He said Goma had not fallen."
    found = placed(reading("fallen", "Goma had not fallen", "Kidal. He said Goma", 0.64, text), shipped())
    place = found.statements[0].place
    assert place is not None and (place.text, place.name, place.country) == ("Goma", "Goma", "COD")


def test_a_name_of_common_words_that_no_place_here_bears_is_nowhere() -> None:
    text = "South Sudan's army left Malakal. The Red Cross treated 312 people in Juba."
    spans = [(start := text.index(words), start + len(words)) for words in ("Malakal", "Red Cross", "Juba")]
    located = dict(zip(spans, shipped().locate(text, spans), strict=True))
    named = [candidates_of(shipped().gazetteer, located, frozenset(pointed)) for pointed in ((), spans)]
    assert [[text[one.start : one.end] for one in found] for found in named] == [
        ["Malakal", "Juba"],
        ["Malakal", "Red Cross", "Juba"],
    ]


@pytest.mark.parametrize(
    ("text", "pointed", "country", "stays"),
    [
        ("Storm Daniel killed 4,352 people in Derna, Libya.", "Storm Daniel", "LBY", False),
        ("Hurricane Florence killed 12 people in Wilmington, North Carolina.", "Florence", "USA", False),
        ("Operation Lebanon killed 12 men in Gao, Mali.", "Lebanon", "MLI", False),
        ("The storm in Beira killed 12 people, Mozambique said.", "Beira", "MOZ", True),
        ("A tornado in Storm Lake killed two people, Iowa said.", "Storm Lake", "USA", True),
    ],
)
def test_what_storms_and_operations_are_called_is_no_place(
    text: str, pointed: str, country: str, *, stays: bool
) -> None:
    place = placed(reading("killed", text[:-1], pointed, 0.9, text), shipped()).statements[0].place
    assert place is not None and (place.country, place.text == pointed) == (country, stays)


DIGEST = (
    "Niger: Gunmen attacked a village.\nBurkina Faso: Rebels shelled Djibo.\nBenin: Soldiers were killed by a mine.\n\n"
    "The bishops wept, and two nuns were hurt."
)


@pytest.mark.parametrize(
    ("trigger", "clause", "pointed", "name"),
    [
        ("killed", "Soldiers were killed by a mine", "Djibo", "Benin"),
        ("attacked", "Gunmen attacked a village", "Burkina Faso", "Niger"),
        # near it, and as they were
        ("shelled", "Rebels shelled Djibo", "Djibo", "Djibo"),
        ("hurt", "two nuns were hurt", "Djibo", "Djibo"),
    ],
)
def test_in_a_round_up_nothing_happens_in_another_country_s_entry(
    trigger: str, clause: str, pointed: str, name: str
) -> None:
    found = placed(reading(trigger, clause, pointed, 0.7, DIGEST), shipped()).statements[0]
    assert found.place is not None and found.place.name == name


def test_a_place_named_in_its_own_entry_is_kept_though_another_has_it_too() -> None:
    text = "Kenya: Police held an envoy in Goma.\nDR Congo: Rebels shelled Goma for a week."
    found = placed(reading("held", "Police held an envoy in Goma", "Goma", 0.9, text), shipped()).statements[0]
    assert found.place is not None and found.place.name == "Goma"
