"""Where an act happens when the reader points at no place, or at an unlikely one."""

from foreshock.model.document import Document, text_id
from foreshock.model.span import Span
from foreshock.model.statement import Place, Reading, Statement, statement_id
from foreshock.model.vocabulary import EventType, Kind
from foreshock.places.locate import shipped
from foreshock.places.statements import placed

TEXT = "Gunmen attacked the market in Kutum, North Darfur, on Friday. Eleven traders were killed, the stalls burned."


def reading(trigger: str, clause: str, pointed: str | None, sure: float) -> Reading:
    """A reading of one statement for which the reader points at `pointed`, `sure` of it."""
    document = Document(id=text_id(TEXT), text=TEXT, origin="test", capture="")
    start, named = TEXT.index(clause), TEXT.index(trigger)
    where = TEXT.index(pointed) if pointed else 0
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
