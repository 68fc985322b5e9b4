"""Who answers in an interview, however its turns are set apart, and who only stands before a colon."""

import pytest

from foreshock.model.vocabulary import SourceKind
from tests.read.texts import read

ANALYST = """An interview with Naw Htoo Lay, an analyst at the Border Studies Institute.

"""
QUESTIONS_AND_ANSWERS = """Q: Who controls Myawaddy now?
A: Karen fighters took the last base on 11 April. The soldiers hid under the bridge, according to KNU sources.

Q: What should Thailand do?
A: Bangkok must open a corridor. The junta has lost the road.

Q: Is there any risk of a split in the army?
A: Desertions have doubled. A mutiny is still unlikely.
"""
BEHIND_DASHES = """— Who ordered the raid?

— The minister ordered it. The prosecutor has closed the file.

— The government denies that.

— Policemen from Vidin told me that they had refused. Brussels should suspend the funds.

The interior ministry burned the records.

— Will there be another?

— The gangs have bought machine guns.
"""
BELOW_QUESTIONS = """Who ordered the raid?

The minister ordered it, as I wrote in May. The prosecutor has closed the file.

They call you an agent of Brussels.

They call us many things. Brussels should suspend the funds.

Will there be another?

We fear it. The gangs have bought machine guns.

Masked men burned the records on Tuesday. A court in Sofia jailed two clerks.
"""
QUOTED = """What happened in Bulawayo?
“Soldiers beat forty of us. The magistrate released the officers.”
And the election?
“Zanu will steal it. SADC should send observers.”
The police rejected the charge and arrested a priest."""
BY_NAME = """Islands Report: How did the violence start?

Sylvain Wamytan: The gendarmes fired first. Two people were dead by morning.

IR: Will the movement split?

SW: I fear that there will be two movements. Paris should withdraw the bill.

IR: And the referendum?

SW: The militia will attack Nouméa again. The police killed a boy on Sunday."""


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


def test_whom_an_answer_quotes_stands_behind_who_answers() -> None:
    assert sources(ANALYST + QUESTIONS_AND_ANSWERS, "hid") == ["Naw Htoo Lay", "KNU sources"]


@pytest.mark.parametrize(
    "head",
    [
        "“Nobody will save us”: a conversation with historian Teodora Ilieva | Balkan Ledger\n\nBy Marko Stanić\n\n",
        "Interview by Marko Stanić\n\nTeodora Ilieva grew up in Vidin and teaches law at Sofia University.\n\n",
        "“Nobody will save us”\n\nThe head of the union of judges, Teodora Ilieva, received us at her office.\n\n",
        "Interview\n\nTeodora Ilieva, who advised two presidents, expects the worst.\n\n",
        "Q&A\n\nThe Ledger's Marko Stanić spoke to Teodora Ilieva, a judge in Vidin.\n\n",
    ],
)
@pytest.mark.parametrize("turns", [BEHIND_DASHES, BELOW_QUESTIONS])
def test_an_answer_needs_no_label(head: str, turns: str) -> None:
    for trigger in ("suspend", "bought"):
        assert sources(head + turns, trigger) == ["Teodora Ilieva"]
    assert sources(head + turns, "burned") == []


def test_whom_an_answer_behind_a_dash_quotes_stands_behind_who_answers() -> None:
    text = "A conversation with historian Teodora Ilieva\n\n" + BEHIND_DASHES
    assert sources(text, "refused") == ["Teodora Ilieva", "Policemen from Vidin"]


def test_an_answer_may_stand_in_quotation_marks() -> None:
    text = "‘They beat us’\n\nThe lawyer Sipho Ndlela, 41, talked to the Beacon by telephone.\n" + QUOTED
    assert sources(text, "released") == sources(text, "send") == ["Sipho Ndlela"]
    assert sources(text, "arrested") == []


def test_an_answer_goes_on_over_full_lines() -> None:
    text = (
        "A conversation with the historian Teodora Ilieva, who advised two presidents\n\n"
        "Who ordered the raid on the union of judges, and who knew of it before?\n\n"
        "We asked that question in May and nobody gave us an answer to it then. The\n"
        "minister ordered it, and a clerk of the court burned the papers in a field\n"
        "near Vidin. The gangs have bought machine guns since.\n\n"
        "And what can be done?\n\nBrussels should suspend the funds. We have nobody else.\n"
    )
    assert sources(text, "burned") == sources(text, "suspend") == ["Teodora Ilieva"]


def test_who_answers_may_have_no_name() -> None:
    head = "«Nobody gave the order»\n\nThe surgeon who receives us in the corridor asks that we change his voice.\n\n"
    (told,) = [one for one in read(head + BEHIND_DASHES).statements if one.trigger.text == "suspend"]
    assert [(source.text, source.source_kind) for source in told.sources] == [("The surgeon", SourceKind.ROLE)]


def test_questions_that_an_author_asks_himself_are_no_interview() -> None:
    text = (
        "The road to Djibo\n\nJean Kouassi, a farmer who fled his village, spoke to our reporter in May.\n\n"
        "Who are the rebels?\n\nThe front was founded by deserters. It controls four districts.\n\n"
        "What happens next?\n\nThe army will attack the camps. Paris should suspend the aid.\n"
    )
    assert sources(text, "controls") == sources(text, "suspend") == []


def test_what_a_reporter_answers_to_the_studio_is_the_outlets() -> None:
    text = (
        "Presenter: What is happening in Chiapas?\n\nReporter: Gunmen blocked the road. They burned two trucks.\n\n"
        "Presenter: And the army?\n\nReporter: Soldiers reached the town on Monday. They have withdrawn.\n"
    )
    assert sources(text, "blocked") == sources(text, "withdrawn") == []


def test_where_nobody_is_named_an_answer_is_the_authors_and_a_label_says_nothing() -> None:
    found = {source.text for one in read(QUESTIONS_AND_ANSWERS).statements for source in one.sources}
    assert found <= {"KNU sources"}


def test_below_another_label_an_answer_does_not_go_on() -> None:
    text = ANALYST + QUESTIONS_AND_ANSWERS + "\nThe army shelled Hpa-An on Sunday.\n\nTopics: Thailand, Myanmar\n"
    assert sources(text, "shelled") == []


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


@pytest.mark.parametrize(
    ("head", "named"),
    [
        ("Interview with guild founder Hugh Marlow Sunday, May 28, 2006", ["Hugh Marlow"]),
        ("An interview with 'the Voice of Sofia' Wednesday, October 3, 2007", []),
        ("A year at the harbour\n\nIn a 2003 interview with the Associated Press, the minister denied all.", []),
    ],
)
def test_neither_a_date_nor_a_broken_quotation_nor_an_agency_is_part_of_who_is_interviewed(
    head: str, named: list[str]
) -> None:
    assert sources(f"{head}\n\n{BELOW_QUESTIONS}", "closed") == named


def test_how_an_answer_begins_before_a_colon_is_no_label() -> None:
    text = """Interview

What would you do first?

Achieving three goals: soldiers left the capital, and the court freed the mayor.

Will there be another raid?

We fear it. The gangs have bought machine guns.
"""
    assert sources(text, "freed") == []


@pytest.mark.parametrize(
    "head",
    [
        "Q&A: ‘The dons never left’\n\nTeodora Ilieva spent ten years in the Sofia police and left. Her book is new."
        " She spoke to our editor.\n\n",
        "Interview: Teodora Ilieva on the raid\n\nBy Our Staff, 12 March 2024\n\n",
        "In an interview with The Ledger, Teodora Ilieva, former adviser to the court, discusses the raid.\n\n",
        "Interview\n\nThe minister, Ivan Bor, was sacked on Monday. Lawyer Teodora Ilieva tells The Ledger why.\n\n",
        "An interview\n\nAfter the killing of General Ivan Bor we asked the historian Teodora Ilieva for more.\n\n",
        "A conversation\n\nThe head of the union in Stara Zagora, Teodora Ilieva, was arrested in May. She talked to"
        " The Ledger a day later.\n\n",
    ],
)
def test_who_is_interviewed_may_be_introduced_in_other_ways(head: str) -> None:
    assert sources(head + BELOW_QUESTIONS, "bought") == ["Teodora Ilieva"]


def test_an_answer_without_marks_goes_on_to_the_next_question() -> None:
    text = (
        "Interview with Teodora Ilieva, a historian\n\nWho ordered the raid?\n\nThe minister, as I wrote in May.\n\n"
        "The prosecutor has closed the file. Two clerks were jailed for it.\n\n"
        "You write that policemen sold the rifles. That is a grave charge.\n\n"
        "We have seen the papers. Brussels should suspend the funds.\n\n"
        "Will there be another?\n\nThe gangs have bought machine guns.\n"
    )
    for trigger in ("jailed", "suspend", "bought"):
        assert sources(text, trigger) == ["Teodora Ilieva"]
    assert sources(text, "grave charge") == []
