"""Likelihood phrases as code reads them, not learned: which, and what interval they give."""

from pathlib import Path

import pytest

from foreshock.model.vocabulary import Kind
from foreshock.read import likelihood
from tests.read.texts import read
from train.likelihood import percentiles


@pytest.mark.parametrize(
    ("phrase", "low", "high"),
    [
        ("will", 0.91, 1.0),
        ("may", 0.2, 0.6),
        ("might", 0.15, 0.6),
        ("Highly Unlikely", 0.05, 0.2),
        ("is very likely to", 0.8, 0.95),
        ("roughly even", 0.45, 0.55),
        ("will almost certainly", 0.95, 0.99),
        ("will not", 0.0, 0.09),
        ("may yet", 0.2, 0.6),
        ("chances of a breakthrough are slim", 0.05, 0.25),
        ("is to", 0.75, 0.95),
        ("doesn't rule out", 0.15, 0.6),
        ("50-50 chance", 0.45, 0.55),
        ("90%", 0.9, 0.9),
        ("one in ten", 0.1, 0.1),
        ("less than one in twenty", 0.0, 0.05),
        ("a 60 to 70 per cent chance", 0.6, 0.7),
        ("70-80%", 0.7, 0.8),
        ("between 60% and 70%", 0.6, 0.7),
        ("0.5 per cent", 0.005, 0.005),
        ("1.5 per cent", 0.015, 0.015),
        ("up to 30%", 0.0, 0.3),
        ("below 10%", 0.0, 0.1),
        ("fewer than 5%", 0.0, 0.05),
        ("no more than 5%", 0.0, 0.05),
        ("no less than 90%", 0.9, 1.0),
        ("is by no means certain", 0.05, 0.3),
        ("not certain", 0.05, 0.3),
        ("likely, though not certain", 0.55, 0.8),
        ("one in three", 1 / 3, 1 / 3),
        ("no certainty", 0.05, 0.3),
        ("is not inevitable", 0.05, 0.3),
        ("less likely", 0.2, 0.45),
        ("not possible", 0.0, 0.09),
        ("no possibility", 0.0, 0.09),
        ("no prospect", 0.0, 0.09),
        ("little doubt", 0.91, 1.0),
        ("without doubt", 0.91, 1.0),
        ("doubtless", 0.91, 1.0),
        ("not unlikely", 0.55, 0.8),
        ("No one in Goma will", 0.0, 0.09),
        ("will probably not", 0.2, 0.45),
        ("will probably", 0.55, 0.8),
        ("seems likely", 0.55, 0.8),
        ("will very probably", 0.8, 0.95),
        ("is very probably not", 0.05, 0.2),
        ("very improbable", 0.05, 0.2),
        ("may not", 0.4, 0.8),
        ("could not", 0.0, 0.09),
        ("does not expect", 0.05, 0.25),
        ("a one-in-three chance", 1 / 3, 1 / 3),
        ("Odds are two to one", 2 / 3, 2 / 3),
        ("odds are three to one against", 0.25, 0.25),
        ("a good chance, perhaps 60-70%", 0.6, 0.7),
        ("isn't likely", 0.2, 0.45),
        ("isn’t likely", 0.2, 0.45),
        ("is no longer likely", 0.2, 0.45),
        ("No party is likely", 0.2, 0.45),
        ("None of this is likely", 0.2, 0.45),
        ("Neither side is likely", 0.2, 0.45),
        ("nor is it likely", 0.2, 0.45),
        ("isn't very likely", 0.2, 0.45),
        ("not the most probable", 0.2, 0.45),
        ("would probably not", 0.2, 0.45),
        ("by no means unlikely", 0.55, 0.8),
        ("isn't unlikely", 0.55, 0.8),
        ("not imminent", 0.05, 0.25),
        ("no longer expected", 0.05, 0.25),
        ("not at all certain", 0.05, 0.3),
        ("not a foregone conclusion", 0.05, 0.3),
        ("far from inevitable", 0.05, 0.3),
        ("not out of the question", 0.2, 0.6),
        ("no longer possible", 0.0, 0.09),
        ("not a realistic possibility", 0.05, 0.2),
        ("don't doubt", 0.91, 1.0),
        ("shall not", 0.0, 0.09),
        ("extremely likely", 0.8, 0.95),
        ("overwhelmingly likely", 0.8, 0.95),
        ("about as likely as not", 0.45, 0.55),
        ("not even possible", 0.0, 0.09),
        ("don't even doubt", 0.91, 1.0),
        ("Neither side is so likely", 0.2, 0.45),
        ("not even likely", 0.2, 0.45),
        ("no risk", 0.0, 0.09),
        ("There is no risk of war", 0.0, 0.09),
        ("no better than one in five", 0.0, 0.2),
        ("Hardly anyone expects", 0.05, 0.25),
        ("Nobody believes", 0.2, 0.45),
        ("No diplomat thinks", 0.2, 0.45),
    ],
)
def test_likelihood_intervals(phrase: str, low: float, high: float) -> None:
    assert likelihood.interval_of(phrase) == (low, high)


@pytest.mark.parametrize(
    ("phrase", "low", "high"),
    [
        ("not only likely but certain", 0.91, 1.0),
        ("not just likely", 0.55, 0.8),
        ("whether or not likely", 0.55, 0.8),
        ("No, it is likely", 0.55, 0.8),
        ("no question war is likely", 0.55, 0.8),
        ("no doubt it is likely", 0.91, 1.0),
        ("likely, if not certain", 0.55, 0.8),
        ("possible, if not likely", 0.2, 0.6),
        ("not far from certain", 0.8, 0.95),
        ("more likely than not", 0.55, 0.8),
        ("not before June, but likely", 0.55, 0.8),
        ("not only a matter of time", 0.91, 1.0),
        ("No 10 is likely", 0.55, 0.8),
        ("A coup has never been so likely", 0.55, 0.8),
        ("A wider war was never so likely", 0.55, 0.8),
        ("A coup has not been so likely since 2014", 0.55, 0.8),
        ("Nothing is so likely as a coup", 0.55, 0.8),
        ("not even a remote possibility", 0.01, 0.05),
        ("There isn't even a slim chance of peace", 0.05, 0.25),
    ],
)
def test_a_not_that_denies_nothing_of_the_phrase_leaves_its_interval(phrase: str, low: float, high: float) -> None:
    assert likelihood.interval_of(phrase) == (low, high)


@pytest.mark.parametrize(
    ("phrase", "low", "high"),
    [
        ("likelihood of new attacks is assessed as low", 0.05, 0.25),
        ("likelihood of new attacks is assessed as high", 0.8, 0.95),
        ("probability of a coup this year is very low", 0.05, 0.2),
        ("risk of state collapse remains low", 0.05, 0.25),
        ("risk of a massacre as high", 0.25, 0.8),
        ("chances of a coup are high", 0.8, 0.95),
        ("The odds are remote", 0.01, 0.05),
        ("high likelihood", 0.8, 0.95),
        ("moderate risk", 0.2, 0.6),
        ("chances of war are small, say one in ten", 0.1, 0.1),
        ("80%+", 0.8, 1.0),
        (">80%", 0.8, 1.0),
    ],
)
def test_a_grade_behind_its_noun_tells_what_it_tells_before_it(phrase: str, low: float, high: float) -> None:
    assert likelihood.interval_of(phrase) == (low, high)


@pytest.mark.parametrize(
    "phrase",
    [
        "the likelihood of an attack is not high",
        "the probability of high water",
        "the likelihood is a high-level matter",
        "the likelihood that it holds, as morale is low",
        "the likelihood that it holds while morale is low",
    ],
)
def test_what_is_not_graded_is_no_odds(phrase: str) -> None:
    assert likelihood.interval_of(phrase) is None


def test_who_takes_no_risk_tells_no_odds() -> None:
    text = "The army takes no risk and an attack is possible"
    span = (text.index("attack"), text.index("attack") + 6)
    found = likelihood.find(text, (0, len(text)), span, Kind.FORECAST)
    assert found is not None
    assert likelihood.rated(text, found, None) == (found, (0.15, 0.6))


def test_a_long_phrase_of_denials_is_told_by_its_beginning() -> None:
    assert likelihood.denies_itself("not unlikely " * 2_000)


def test_words_of_no_likelihood_have_no_interval() -> None:
    assert likelihood.interval_of("in the morning") is None


def test_only_forecasts_are_searched_for_likelihood() -> None:
    text = "the front may collapse by spring"
    span = (text.index("collapse"), text.index("collapse") + 8)
    found = likelihood.find(text, (0, len(text)), span, Kind.FORECAST)
    assert found is not None
    assert text[found[0] : found[1]] == "may"
    assert likelihood.find(text, (0, len(text)), span, Kind.RECOMMENDATION) is None


@pytest.mark.parametrize(
    ("text", "act", "phrase"),
    [
        ("No one will stop the march", "stop", "No one will"),
        ("the army will probably not hold the town", "hold", "will probably not"),
        ("I don't believe the elections in May will be held", "held", "don't believe"),
        ("They'll march on the ministry by Friday", "march", "'ll"),
        ("They’ll never give up the port", "give up", "’ll never"),
        ("They think he'll resign before June", "resign", "'ll"),
        ("The truce is doomed to collapse", "collapse", "doomed to"),
        ("Sooner or later the army will split", "split", "will"),
        ("There is every likelihood that the coalition breaks up", "breaks up", "every likelihood"),
        ("The odds are that the port reopens", "reopens", "The odds are that"),
        ("There is a one-in-three chance that the front will fall", "fall", "one-in-three chance"),
        ("There is one chance in five of an election before June", "election", "one chance in five"),
        ("They will go to a boat that won two chances in three races", "go", "will"),
        ("Odds are two to one that they will mutiny", "mutiny", "Odds are two to one"),
        ("Perhaps 70 soldiers will desert by June", "desert", "will"),
        ("Perhaps one in three will desert by June", "desert", "will"),
        ("A deal that isn't likely to hold", "hold", "isn't likely"),
        ("No party is likely to win", "win", "No party is likely"),
        ("Few diplomats believe that the army will retake it", "retake", "Few diplomats believe"),
        ("No one in Goma thinks that they will leave", "leave", "No one in Goma thinks"),
        ("Hardly anyone expects that it will elect him", "elect", "Hardly anyone expects"),
        ("Few in Tripoli believed that it would fall", "fall", "Few in Tripoli believed"),
        ("There is no reason to think that they will leave", "leave", "no reason to think"),
        ("A few diplomats believe that the army will retake it", "retake", "will"),
        ("The few who believe that will fight", "fight", "will"),
        ("No matter what they think the army will attack", "attack", "will"),
        ("Few soldiers are left, and analysts believe it will fall", "fall", "will"),
        ("It will not only win but change the law", "win", "will"),
        ("It will not just win but change the law", "win", "will"),
        ("It will not only just hold", "hold", "will"),
        ("The crisis will not simply go away", "go away", "will not"),
        ("It is doubtful whether that will calm the street", "calm", "doubtful"),
        ("Whether or not they leave, the town will fall", "fall", "will"),
        ("Elections in May will be held late", "held", "will"),
        ("Rebels May Attack Before Vote", "Attack", "May"),
        ("Whether or not likely, it falls", "falls", "likely"),
        ("There is less than a 20 per cent chance that the truce holds", "holds", "less than a 20 per cent chance"),
        ("The chance is no more than one in ten that it holds", "holds", "chance is no more than one in ten"),
        ("The likelihood that the junta will fall is high", "fall", "likelihood that the junta will fall is high"),
        ("There is a risk that the army will mutiny as morale is low", "mutiny", "will"),
        ("The Kremlin will blame Kyiv (80%)", "blame", "80%"),
        ("Protests will spread to Kano (about 40-50%).", "spread", "about 40-50%"),
        ("Exports will fall (70% confidence)", "fall", "70% confidence"),
        ("Turnout will drop (40%)", "drop", "will"),
        ("The party will win the north (60% of seats)", "win", "will"),
        ("The front (80% of it) will hold", "hold", "will"),
        ("Most voters will back the president (62%)", "back", "will"),
        ("The president will be re-elected (54%), a survey shows", "re-elected", "will"),
        ("The UN will cut rations (50%)", "cut", "will"),
        ("The Kremlin will most likely blame Kyiv (80%)", "blame", "80%"),
    ],
)
def test_odds_are_those_of_the_act(text: str, act: str, phrase: str) -> None:
    span = (text.index(act), text.index(act) + len(act))
    found = likelihood.find(text, (0, len(text)), span, Kind.FORECAST)
    assert found is not None
    assert text[found[0] : found[1]] == phrase


@pytest.mark.parametrize(
    ("text", "marked", "phrase"),
    [
        ("Dozens of people, perhaps 70, were killed", "perhaps", None),
        ("Perhaps the town was taken", "Perhaps", "Perhaps"),
        ("there is a good chance, perhaps 60-70%, that it falls", "good chance", "a good chance, perhaps 60-70%"),
        ("No one will stop the march", "will", "No one will"),
        ("the rebels are not at all certain to win", "certain", "not at all certain"),
        ("the rebels are not only likely to win", "likely", "likely"),
        ("who has buried nothing will bury a child", "will", "will"),
        ("An estimated 60,000 people were displaced", "estimated", None),
        ("It is estimated that the town fell", "estimated", "estimated"),
        ("They hope to return to Odo", "hope", "hope"),
        ("They have given up hope of returning to Odo", "hope", None),
        ("There is little hope that the town holds", "hope", None),
        ("It is unclear whether the army will patrol", "will", None),
        ("The question was whether Odo would march", "would", None),
        ("The passes end on 10 May", "May", None),
        ("Those elected serve to May 2025", "May", None),
        ("who will stand trial in May fled", "May", None),
        ("Theresa May flies to Odo", "May", None),
        ("May peace come to Odo", "May", "May"),
        ("Army Chief May Resign", "May", "May"),
        ("from there they may register", "may", "may"),
    ],
)
def test_the_marked_words_are_widened_or_left_out(text: str, marked: str, phrase: str | None) -> None:
    span = (text.index(marked), text.index(marked) + len(marked))
    found = likelihood.widest(text, span, (0, len(text)), Kind.FORECAST)
    assert (text[found[0] : found[1]] if found else None) == phrase


@pytest.mark.parametrize(
    ("kind", "phrase"),
    [(Kind.REPORT, None), (Kind.JUDGEMENT, None), (Kind.FORECAST, "will"), (Kind.COMMITMENT, "will")],
)
def test_a_will_in_a_report_tells_no_odds_of_it(kind: Kind, phrase: str | None) -> None:
    text = "An airbase that Odo will share was shelled"
    span = (text.index("will"), text.index("will") + 4)
    found = likelihood.widest(text, span, (0, len(text)), kind)
    assert (text[found[0] : found[1]] if found else None) == phrase


@pytest.mark.parametrize(
    ("kind", "marked", "told"),
    [
        (Kind.FORECAST, "can", ("can't", (0.0, 0.09))),
        (Kind.FORECAST, "could", ("could not", (0.0, 0.09))),
        (Kind.FORECAST, "cannot", ("cannot", (0.0, 0.09))),
        (Kind.REPORT, "could", None),
        (Kind.REPORT, "could not", None),
        (Kind.FORECAST, "could only", ("could only", (0.15, 0.6))),
    ],
)
def test_what_nobody_is_able_to_do_is_as_good_as_impossible(
    kind: Kind, marked: str, told: tuple[str, tuple[float, float]] | None
) -> None:
    text = "It can't be held, or it could not hold, which it cannot, and could only fall"
    span = (text.index(marked), text.index(marked) + len(marked))
    found = likelihood.widest(text, span, (0, len(text)), kind)
    rated = likelihood.rated(text, found, None) if found else None
    assert (rated and (text[slice(*rated[0])], rated[1])) == told


def test_what_cannot_be_dismissed_may_come() -> None:
    assert likelihood.interval_of("cannot be dismissed") == likelihood.interval_of("cannot be ruled out")


def test_a_disbelief_before_the_clause_is_its_likelihood() -> None:
    text = "I don't believe that elections will be held"
    clause = (text.index("elections"), len(text))
    found = likelihood.find(text, clause, (len(text) - 4, len(text)), Kind.FORECAST)
    assert found is not None
    assert text[found[0] : found[1]] == "don't believe"


@pytest.mark.parametrize(
    ("text", "phrase", "interval"),
    [
        ("The junta said that it would add 1,500 soldiers near Kidal in Mali.", "would", (0.91, 1.0)),
        ("The general said the army of Mali would not attack Kidal.", "would not", (0.0, 0.09)),
        ("Residents feared that the police would storm the camp.", "would", (0.25, 0.8)),
        ("Residents fear that the police will storm the camp.", "will", (0.25, 0.8)),
        ("Opposition leaders hoped that Brussels would impose sanctions.", "would", (0.15, 0.6)),
        ("One diplomat suspected that Moscow would send troops.", "would", (0.55, 0.85)),
        ("The ministry warned that it would close the border.", "would", (0.91, 1.0)),
        ("The army said it feared nothing and would attack Kidal.", "would", (0.91, 1.0)),
        ("An estimated 5,000 people will be displaced by the floods in Mali.", "will", (0.91, 1.0)),
    ],
)
def test_a_will_is_as_likely_as_the_source_says(text: str, phrase: str, interval: tuple[float, float]) -> None:
    told = [one.likelihood for one in read(text).statements]
    assert (phrase, *interval) in [(one.text, one.low, one.high) for one in told if one]


def test_a_statement_begins_before_the_first_digit_of_its_number() -> None:
    text = "• 3.1 million displaced nationwide in Myanmar"
    assert [one.text for one in read(text).statements] == [text.removeprefix("• ")]


def test_words_of_duty_are_no_likelihood_unless_the_reader_marks_them() -> None:
    text = "the army must withdraw by spring"
    span = (text.index("withdraw"), text.index("withdraw") + 8)
    assert likelihood.find(text, (0, len(text)), span, Kind.FORECAST) is None
    assert likelihood.interval_of("must") == (0.75, 0.95)


def test_the_survey_gives_the_intervals_that_the_data_states(shared_data: Path) -> None:
    judged = percentiles(shared_data / "likelihood" / "absolute_judgements.csv")
    for asked, phrase in (("May Happen", "may"), ("Could Happen", "could"), ("Little Chance", "little chance")):
        low, high = judged[asked]
        assert likelihood.interval_of(phrase) == (low / 100, high / 100)
