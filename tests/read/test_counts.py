"""Counts as code reads them, not learned: whom a number counts, and its bounds."""

import re

import pytest

from foreshock.model.statement import Count
from foreshock.read import counts

ONE = Count(low=1, best=1, high=1)


def counted(text: str, trigger: str) -> dict[str, Count]:
    at = text.index(trigger)
    return counts.find(text, (0, len(text)), (at, at + len(trigger)))


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("Eleven people were treated in hospital", "treated", {"injured": Count(low=11, best=11, high=11)}),
        ("At least six people were taken to hospital", "taken", {"injured": Count(low=6)}),
        ("They are on hunger strike; two were taken to hospital", "taken", {}),
        ("No arrests were made among the 61,000 spectators", "arrests", {}),
        ("Troops neutralise 11 terrorists", "neutralise", {"killed": Count(low=11, best=11, high=11)}),
        ("ordering the army to neutralise 22 gangs", "neutralise", {}),
        ("Eight soldiers fell in combat", "fell in combat", {"killed": Count(low=8, best=8, high=8)}),
        ("At least 12 civilians were killed", "killed", {"killed": Count(low=12)}),
        ("12 civilians were killed", "killed", {"killed": Count(low=12, best=12, high=12)}),
        ("dozens were injured", "injured", {"injured": Count(low=24, high=99)}),
        ("killing a dozen soldiers", "killing", {"killed": Count(low=12, best=12, high=12)}),
        ("between 8,000 and 10,000 men deserted", "deserted", {"deserted": Count(low=8000, high=10000)}),
        ("hundreds of thousands of people fled", "fled", {"displaced": Count(low=200_000, high=999_999)}),
        ("two dozen peacekeepers were kidnapped", "kidnapped", {"captured": Count(low=24, best=24, high=24)}),
        ("about thirty men deserted", "deserted", {"deserted": Count(best=30)}),
        ("up to 40 died", "died", {"killed": Count(high=40)}),
        ("2.500 were killed", "killed", {"killed": Count(low=2500, best=2500, high=2500)}),
        ("the mayor was killed in 2014", "killed", {}),
        ("killed 20 km south of the town", "killed", {}),
        ("a soldier was killed", "killed", {"killed": ONE}),
        ("One soldier was killed", "killed", {"killed": ONE}),
        ("killing a young village guard", "killing", {"killed": ONE}),
        ("An attack by a soldier killed three", "killed", {"killed": Count(low=3, best=3, high=3)}),
        ("a bomb was killing trade", "killing", {}),
        ("killed soldiers on 12 June", "killed", {}),
        ("soldiers were killed on May 5", "killed", {}),
        ("The mayor, 45, was killed", "killed", {}),
        ("they kidnapped boys of fifteen", "kidnapped", {}),
        ("2.5 million people fled", "fled", {"displaced": Count(low=2_500_000, best=2_500_000, high=2_500_000)}),
        ("killed 2000 people and wounded 50", "killed", {"killed": Count(low=2000, best=2000, high=2000)}),
        ("killed 2000 people and wounded 50", "wounded", {"injured": Count(low=50, best=50, high=50)}),
        ("The raid killed 12 and 30 were injured", "killed", {"killed": Count(low=12, best=12, high=12)}),
        ("The raid killed 12 and 30 were injured", "injured", {"injured": Count(low=30, best=30, high=30)}),
        ("12 to 15 people died", "died", {"killed": Count(low=12, high=15)}),
        ("12–15 people died", "died", {"killed": Count(low=12, high=15)}),
        ("no less than 70 were killed", "killed", {"killed": Count(low=70)}),
        ("not more than 12 were killed", "killed", {"killed": Count(high=12)}),
        ("an estimated 40 died", "died", {"killed": Count(best=40)}),
        (">80 people were injured", "injured", {"injured": Count(low=80)}),
        ("<10 civilians were killed", "killed", {"killed": Count(high=10)}),
        ("the toll went 12->15 killed", "killed", {"killed": Count(low=15, best=15, high=15)}),
        ("~20 were killed", "killed", {"killed": Count(best=20)}),
        ("2k people fled", "fled", {"displaced": Count(low=2000, best=2000, high=2000)}),
        ("some 1.2k people were displaced", "displaced", {"displaced": Count(best=1200)}),
        ("10-12k people fled", "fled", {"displaced": Count(low=10_000, high=12_000)}),
        ("Peacekeepers (2,000 men) evacuate villagers", "evacuate", {}),
        ("Gunmen kill 12 traders", "kill", {"killed": Count(low=12, best=12, high=12)}),
        ("killed 5k cattle", "killed", {}),
        ("killed 20km from the town", "killed", {}),
        ("killed with a 2kg bomb", "killed", {}),
        ("discover 12 dead", "dead", {"killed": Count(low=12, best=12, high=12)}),
        ("captured seven checkpoints", "captured", {}),
        ("the party claimed 5 seats", "claimed", {}),
        ("troops abandoned Hill 410", "abandoned", {}),
        ("handed over 47 of their leaders", "handed over", {"captured": Count(low=47, best=47, high=47)}),
        ("nine soldiers and a policeman were killed", "killed", {"killed": Count(low=10, best=10, high=10)}),
        ("two soldiers and more than 70 rebels had been killed", "killed", {"killed": Count(low=72)}),
        ("six policemen and about 20 civilians died", "died", {"killed": Count(best=26)}),
        ("at least two soldiers and up to ten rebels died", "died", {"killed": Count(low=2)}),
        ("killed by two men on a motorcycle", "killed", {}),
        ("two officers fled to Lithuania", "fled", {"deserted": Count(low=2, best=2, high=2)}),
        ("more than one in four remains displaced", "displaced", {}),
        ("12 ministers met", "met", {}),
        ("Twelve gunmen on motorcycles killed a shopkeeper", "killed", {"killed": ONE}),
        ("Twelve gunmen stopped a bus, wounding a driver", "wounding", {"injured": ONE}),
        ("Twelve gunmen killed civilians", "killed", {}),
        ("Forty gunmen killed six traders", "killed", {"killed": Count(low=6, best=6, high=6)}),
        ("Twelve soldiers killed near Gao", "killed", {"killed": Count(low=12, best=12, high=12)}),
        ("recorded 2,000 displaced persons", "displaced", {"displaced": Count(low=2000, best=2000, high=2000)}),
        ("Several dozen protesters were arrested", "arrested", {"captured": Count(low=24, high=99)}),
        ("a few hundred people fled", "fled", {"displaced": Count(low=200, high=999)}),
        ("several hundred thousand people fled", "fled", {"displaced": Count(low=200_000, high=999_999)}),
        ("Not a single soldier was killed", "killed", {}),
        ("Not one of the 40 hostages was killed", "killed", {}),
        ("None of the 40 hostages was killed", "killed", {}),
        ("Not one but twelve soldiers were killed", "killed", {"killed": Count(low=12, best=12, high=12)}),
        ("At least one soldier was killed", "killed", {"killed": Count(low=1)}),
        (
            "Five soldiers, three civilians and a policeman were killed",
            "killed",
            {"killed": Count(low=9, best=9, high=9)},
        ),
        (
            "Twelve villagers, five men and seven women, were killed",
            "killed",
            {"killed": Count(low=12, best=12, high=12)},
        ),
        ("12 people, three children and a woman, were killed", "killed", {"killed": Count(low=12, best=12, high=12)}),
        ("two or three soldiers were killed", "killed", {"killed": Count(low=2, high=3)}),
        ("12 or more soldiers were killed", "killed", {"killed": Count(low=12)}),
        ("5 to 6 thousand people fled", "fled", {"displaced": Count(low=5000, high=6000)}),
        ("2.5 to 3 million people fled", "fled", {"displaced": Count(low=2_500_000, high=3_000_000)}),
        (
            "Between sixty and a hundred thousand people fled",
            "fled",
            {"displaced": Count(low=60_000, high=100_000)},
        ),
        ("900 to 2 thousand people fled", "fled", {"displaced": Count(low=900, high=2000)}),
        (
            "a quarter of a million people fled",
            "fled",
            {"displaced": Count(low=250_000, best=250_000, high=250_000)},
        ),
        ("more than seven lakh people fled", "fled", {"displaced": Count(low=700_000)}),
        ("about 1.5 lakh people fled", "fled", {"displaced": Count(best=150_000)}),
        ("about 1,50,000 people fled", "fled", {"displaced": Count(best=150_000)}),
        ("up to 2 crore people fled", "fled", {"displaced": Count(high=20_000_000)}),
        (
            "Three hundred and fifty thousand people fled",
            "fled",
            {"displaced": Count(low=350_000, best=350_000, high=350_000)},
        ),
        (
            "one thousand two hundred and six people fled",
            "fled",
            {"displaced": Count(low=1206, best=1206, high=1206)},
        ),
        ("about two and a half million people fled", "fled", {"displaced": Count(best=2_500_000)}),
        ("up to a million and a half people fled", "fled", {"displaced": Count(high=1_500_000)}),
        ("three to four hundred thousand people fled", "fled", {"displaced": Count(low=300_000, high=400_000)}),
        ("Tens of millions of people fled", "fled", {"displaced": Count(low=20_000_000, high=99_999_999)}),
        ("Several million people fled", "fled", {"displaced": Count(low=2_000_000, high=9_999_999)}),
        ("A couple of thousand soldiers deserted", "deserted", {"deserted": Count(best=2000)}),
        ("six soldiers and a couple of dozen rebels died", "died", {"killed": Count(best=30)}),
        (
            "between 1.5 and 2 million people fled",
            "fled",
            {"displaced": Count(low=1_500_000, high=2_000_000)},
        ),
        ("killed in the Boeing 737 crash", "killed", {}),
        ("the rebels captured Military Operations Command 15 near Buthidaung", "captured", {}),
        ("the rebels captured LIB 344", "captured", {}),
        ("the rebels captured General Saw and 15 soldiers", "captured", {"captured": Count(low=15, best=15, high=15)}),
        ("Some 70+ people were injured", "injured", {"injured": Count(low=70)}),
        ("70+ injured in Sittwe", "injured", {"injured": Count(low=70)}),
        ("a 70-plus crowd of prisoners was captured", "captured", {"captured": Count(low=70)}),
        ("Three of the 40 captured soldiers were killed", "killed", {"killed": Count(low=3, best=3, high=3)}),
        ("Three of the 40 captured soldiers were killed", "captured", {"captured": Count(low=40, best=40, high=40)}),
        ("One of the 40 hostages was killed", "killed", {"killed": ONE}),
        ("Dozens of people, perhaps 70, were killed", "killed", {"killed": Count(best=70)}),
        ("Dozens of people, at least 31, were killed", "killed", {"killed": Count(low=31)}),
        ("About two dozen soldiers and a couple of civilians were killed", "killed", {"killed": Count(best=26)}),
        ("A couple of soldiers were killed", "killed", {"killed": Count(best=2)}),
        ("One killed in Gao", "killed", {"killed": ONE}),
        ("of whom one died", "died", {"killed": ONE}),
        ("attack kills one, injures three", "kills", {"killed": ONE}),
        ("At least one dead, three wounded", "dead", {"killed": Count(low=1)}),
        ("One of his guards was killed, three wounded", "killed", {"killed": ONE}),
        ("a soldier killed near Gao", "killed", {"killed": ONE}),
        ("a soldier was killed when 12 gunmen attacked", "killed", {"killed": ONE}),
        ("No one killed in Gao, three wounded", "killed", {}),
        ("a strike for which nobody answers killed four patients", "killed", {"killed": Count(low=4, best=4, high=4)}),
        ("Of two bombs, one killed 12", "killed", {"killed": Count(low=12, best=12, high=12)}),
        ("one wounded several people", "wounded", {}),
        ("one soldier captured two villages", "captured", {}),
        ("one abandoned village", "abandoned", {}),
        ("A gunman killed and wounded dozens", "killed", {"casualties": Count(low=24, high=99)}),
        ("Some 52 soldiers were killed or wounded", "killed", {"casualties": Count(best=52)}),
        ("The shelling killed or wounded 40 people", "killed", {"casualties": Count(low=40, best=40, high=40)}),
        ("The army lost 52 men killed or wounded", "lost", {"casualties": Count(low=52, best=52, high=52)}),
        ("12 were killed and wounded soldiers fled", "killed", {"killed": Count(low=12, best=12, high=12)}),
        ("Nine protesters were shot and wounded", "shot", {"injured": Count(low=9, best=9, high=9)}),
        ("Two officers were shot but survived", "shot", {"injured": Count(low=2, best=2, high=2)}),
        ("Nine villagers were shot", "shot", {"casualties": Count(low=9, best=9, high=9)}),
        ("Nine villagers were shot dead", "shot dead", {"killed": Count(low=9, best=9, high=9)}),
        ("Gunmen shot two traders dead", "shot", {"killed": Count(low=2, best=2, high=2)}),
        ("Nine farmers were shot, hacked or burned to death", "shot", {"killed": Count(low=9, best=9, high=9)}),
        ("Nine farmers were shot and their bodies burned", "shot", {"killed": Count(low=9, best=9, high=9)}),
        ("Nine farmers were shot and beaten", "shot", {"casualties": Count(low=9, best=9, high=9)}),
        ("The fire has left one woman dead", "left", {"killed": ONE}),
        ("A guard shot a man dead in Odo", "shot", {"killed": ONE}),
        ("A policeman was shot and killed", "shot", {"killed": ONE}),
        ("A gunman shot and killed the mayor", "shot", {}),
        ("Some 40 rebels were killed or captured", "killed", {}),
        ("Dozens were killed, wounded or captured", "killed", {}),
        ("Twelve were killed or drowned", "killed", {"killed": Count(low=12, best=12, high=12)}),
        ("Bandits took 40 hostages", "took", {"captured": Count(low=40, best=40, high=40)}),
        ("Rebels took 1,200 soldiers prisoner", "took", {"captured": Count(low=1200, best=1200, high=1200)}),
        ("The army took 300 vehicles and five prisoners", "took", {"captured": Count(low=5, best=5, high=5)}),
        ("12 officials took part in talks on hostages", "took", {}),
        ("Nurses took 12 hostages to the clinic", "took", {}),
        ("Bandits took 12 villagers hostage to the hills", "took", {"captured": Count(low=12, best=12, high=12)}),
        ("The rebels took 40 towns", "took", {}),
        ("The death toll from the raid has risen to 52", "risen", {"killed": Count(low=52, best=52, high=52)}),
        ("Doctors put the toll at nine", "toll", {"killed": Count(low=9, best=9, high=9)}),
        ("The road toll rose to 500 francs", "rose", {}),
        ("The toll of the war has risen to 40 villages", "risen", {}),
        ("The blast claimed 16 lives", "claimed", {"killed": Count(low=16, best=16, high=16)}),
        ("The war cost hundreds of lives", "cost", {"killed": Count(low=200, high=999)}),
        ("The campaign cost 30 million francs", "cost", {}),
        ("The ministry claimed the vaccine saved 300 lives", "saved", {}),
        ("The strike cost 40 jobs and three lives", "cost", {}),
        ("About 1,200 villagers left their homes", "left", {"displaced": Count(best=1200)}),
        ("Two colonels left their posts", "left", {"deserted": Count(low=2, best=2, high=2)}),
        ("40 workers left their jobs", "left", {}),
        ("Some 3,000 teachers have left their posts", "left", {}),
        ("Some 300 men have left their posts", "left", {"deserted": Count(best=300)}),
        ("The army suffered 30 casualties", "suffered", {"casualties": Count(low=30, best=30, high=30)}),
        ("Militants slaughtered 20 villagers", "slaughtered", {"killed": Count(low=20, best=20, high=20)}),
        ("Raiders slaughtered 20 goats", "slaughtered", {}),
        ("Three of the wounded died", "died", {"killed": Count(low=3, best=3, high=3)}),
        ("40 soldiers fled or surrendered", "fled", {"deserted": Count(low=40, best=40, high=40)}),
        ("killing 12 wounded soldiers", "killing", {"killed": Count(low=12, best=12, high=12)}),
        ("A bomb exploded and 12 people died", "died", {"killed": Count(low=12, best=12, high=12)}),
        ("a midwife and two newborns perished", "perished", {"killed": Count(low=3, best=3, high=3)}),
        ("a soldier and a policeman were killed", "killed", {"killed": Count(low=2, best=2, high=2)}),
        ("a soldier, a policeman and a trader were killed", "killed", {"killed": Count(low=3, best=3, high=3)}),
        ("a policeman, a father of two, was killed", "killed", {"killed": ONE}),
        ("A few people were killed", "killed", {}),
        ("Quite a few people were killed", "killed", {}),
        ("Police shot dead the activist Ali Hassan, 22.", "dead", {}),
        ("They killed Ali Hassan, 22, and Omar Said, 25.", "killed", {}),
        ("They killed Ali Hassan, 22, and 25 others", "killed", {"killed": Count(low=25, best=25, high=25)}),
        ("A doctor said the number of dead had risen to 12", "dead", {"killed": Count(low=12, best=12, high=12)}),
        ("A hospital official put the death toll at 12", "death", {"killed": Count(low=12, best=12, high=12)}),
        ("An officer said that among the killed were 12 boys", "killed", {"killed": Count(low=12, best=12, high=12)}),
        ("A resident said a soldier was killed near Gao", "killed", {"killed": ONE}),
        ("A resident said people were killed, 12 bodies found", "killed", {"killed": Count(low=12, best=12, high=12)}),
        ("people were wounded in Gao and 12 bodies found", "wounded", {}),
        ("A man who told police of the raid was killed", "killed", {"killed": ONE}),
        ("A soldier was said to be dead", "dead", {"killed": ONE}),
        ("A gunman killed in the mosque at least 12 worshippers", "killed", {"killed": Count(low=12)}),
        ("a soldier killed in the town when 12 gunmen attacked", "killed", {"killed": ONE}),
        ("A soldier was killed along with 12 civilians", "killed", {"killed": Count(low=13, best=13, high=13)}),
        ("A soldier was killed, as well as 12 civilians", "killed", {"killed": Count(low=13, best=13, high=13)}),
        ("a guard killed with at least 12 others", "killed", {"killed": Count(low=13)}),
        ("A soldier was killed, with 12 people held", "killed", {"killed": ONE}),
        ("The raid killed one, two or three soldiers", "killed", {"killed": Count(low=2, high=3)}),
        ("Killed in Borno, 45; in South Yobe, 12", "Killed", {"killed": Count(low=45, best=45, high=45)}),
    ],
)
def test_counts(text: str, trigger: str, expected: dict[str, Count]) -> None:
    assert counted(text, trigger) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("31 soldiers killed and 54 wounded", {"killed": 31, "injured": 54}),
        ("54 wounded and 31 killed", {"killed": 31, "injured": 54}),
        ("killed 31 soldiers near the town", {"killed": 31}),
        ("31 soldiers killed and 54 captured", {"killed": 31}),
        ("One dead, three wounded in Gao attack", {"killed": 1, "injured": 3}),
        ("One killed and 12 wounded", {"killed": 1, "injured": 12}),
        ("one soldier killed, three wounded", {"killed": 1, "injured": 3}),
        ("a soldier was killed and three wounded", {"killed": 1, "injured": 3}),
        ("12 policemen were killed and three soldiers wounded", {"killed": 12, "injured": 3}),
        ("12 killed 3 injured", {"killed": 12, "injured": 3}),
    ],
)
def test_both_halves_of_killed_and_wounded_are_told(text: str, expected: dict[str, int]) -> None:
    trigger = re.search("killed|dead", text)
    assert trigger is not None
    found = counts.find_all(text, (0, len(text)), trigger.span(), ())
    assert {name: count.best for name, count in found.items()} == expected


@pytest.mark.parametrize("number", ["3.1 million", "3,100,000"])
def test_a_clause_that_begins_within_a_number_counts_the_whole_number(number: str) -> None:
    text = f"• {number} displaced in the country"
    trigger = (text.index("displaced"), text.index("displaced") + len("displaced"))
    begins = max(text.rfind(".", 0, trigger[0]), text.rfind(",", 0, trigger[0])) + 1
    found = counts.find_all(text, (begins, len(text)), trigger, ())
    assert found == {"displaced": Count(low=3_100_000, best=3_100_000, high=3_100_000)}


def test_the_wounded_of_a_statement_of_their_own_are_told_there_alone() -> None:
    text = "31 soldiers killed and 54 wounded"
    killed, wounded = ((text.index(word), text.index(word) + len(word)) for word in ("killed", "wounded"))
    assert counts.find_all(text, (0, len(text)), killed, (killed, wounded)) == {
        "killed": Count(low=31, best=31, high=31)
    }


@pytest.mark.parametrize(
    ("text", "first", "second", "expected"),
    [
        ("Police shot and injured five students", "shot", "injured", [{}, {"injured": 5}]),
        ("Nine people were shot and killed", "shot", "killed", [{"killed": 9}, {}]),
        ("The blast claimed 16 lives", "claimed", "lives", [{"killed": 16}, {}]),
        ("The blast claimed the lives of 14 people", "claimed", "lives", [{}, {"killed": 14}]),
        ("200 people were dead or wounded", "dead", "wounded", [{"casualties": 200}, {}]),
        ("12 were killed and 30 wounded", "killed", "wounded", [{"killed": 12}, {"injured": 30}]),
    ],
)
def test_a_number_of_two_acts_together_is_told_once(
    text: str, first: str, second: str, expected: list[dict[str, int]]
) -> None:
    triggers = [(text.index(word), text.index(word) + len(word)) for word in (first, second)]
    found = [counts.find_all(text, (0, len(text)), trigger, triggers) for trigger in triggers]
    assert [{name: count.best for name, count in one.items()} for one in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Clashes left >80 injured", {"injured": Count(low=80)}),
        ("Clashes left 80 injured", {"injured": Count(low=80, best=80, high=80)}),
        ("Clashes left a>80 injured", {"injured": Count(low=80, best=80, high=80)}),
    ],
)
def test_the_sign_before_a_clause_bounds_its_first_number(text: str, expected: dict[str, Count]) -> None:
    start, at = text.index("80"), text.index("injured")
    assert counts.find_all(text, (start, len(text)), (at, len(text)), ()) == expected
