"""Who answers in an interview, and who only stands before a colon."""

import pytest

from foreshock.model.document import Document, text_id
from foreshock.model.statement import Reading
from foreshock.read.reader import shipped

ANALYST = """An interview with Naw Htoo Lay, an analyst at the Border Studies Institute.

"""
QUESTIONS_AND_ANSWERS = """Q: Who controls Myawaddy now?
A: Karen fighters took the last base on 11 April. The soldiers hid under the bridge, according to KNU sources.

Q: What should Thailand do?
A: Bangkok must open a corridor. The junta has lost the road.

Q: Is there any risk of a split in the army?
A: Desertions have doubled. A mutiny is still unlikely.
"""
BY_NAME = """Islands Report: How did the violence start?

Sylvain Wamytan: The gendarmes fired first. Two people were dead by morning.

IR: Will the movement split?

SW: I fear that there will be two movements. Paris should withdraw the bill.

IR: And the referendum?

SW: The militia will attack Nouméa again. The police killed a boy on Sunday."""


def read(text: str) -> Reading:
    return shipped().read(Document(id=text_id(text), text=text, origin="a.txt", capture="0" * 64))


def sources(text: str, trigger: str) -> list[str]:
    """The chain of the statement with this trigger."""
    (told,) = [one for one in read(text).statements if one.trigger.text == trigger]
    return [source.text for source in told.sources]


@pytest.mark.parametrize("trigger", ["took", "open", "lost", "mutiny"])
def test_an_answer_is_said_by_the_person_who_is_interviewed(trigger: str) -> None:
    assert sources(ANALYST + QUESTIONS_AND_ANSWERS, trigger) == ["Naw Htoo Lay"]


def test_who_is_interviewed_has_a_name_behind_the_rank() -> None:
    above = "Colonel (ret.) Bernard Taupa ran the branch until 2021. He talked to our reporter at his home.\n\n"
    assert sources(above + QUESTIONS_AND_ANSWERS, "lost") == ["Bernard Taupa"]


def test_an_answer_that_has_a_source_of_its_own_keeps_it() -> None:
    assert sources(ANALYST + QUESTIONS_AND_ANSWERS, "hid") == ["KNU sources"]


def test_where_nobody_is_named_an_answer_is_the_authors_and_a_label_says_nothing() -> None:
    found = {source.text for one in read(QUESTIONS_AND_ANSWERS).statements for source in one.sources}
    assert found <= {"KNU sources"}


@pytest.mark.parametrize("trigger", ["fired", "withdraw", "attack", "killed"])
def test_initials_stand_for_the_full_label(trigger: str) -> None:
    assert sources(BY_NAME, trigger) == ["Sylvain Wamytan"]


def test_a_list_by_country_in_which_nobody_asks_is_no_interview() -> None:
    text = (
        "Niger: Gunmen attacked a village near Tera.\n\nMali: Rebels shelled Gao.\n\n"
        "Niger: The army left Tera on Monday.\n\nMali: The police arrested a colonel."
    )
    statements = read(text).statements
    assert len(statements) >= 4
    assert not any(one.sources for one in statements)


def test_what_stands_below_the_last_answer_is_not_laid_to_who_answers() -> None:
    text = ANALYST + QUESTIONS_AND_ANSWERS + "\nThe army shelled Hpa-An on Sunday."
    assert sources(text, "shelled") == []
