"""What a document says about its own names: acronyms, people in full, actors named, the country it is about."""

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

import msgspec

from foreshock.actors.acronyms import SMALL, WORD, own_acronyms
from foreshock.actors.compiled import Names
from foreshock.actors.headlines import Headlines
from foreshock.actors.names import key
from foreshock.actors.namesakes import introduced
from foreshock.actors.namings import DATELINE_WEIGHT, Naming, sent_from
from foreshock.actors.sought import Sought

DIVIDING = frozenset("of the for and in on".split())
GLUING = frozenset("in on and".split())
"""Small words that as often stand between a surname and another name: *Lukashenko in Minsk*, *Burhan and Hemedti*."""
OWNING = ("'s", "’s")
JOINTS = frozenset(" \n-")
"""What may stand between two words of a run."""
WORDS_KEPT = 32_768
"""Words whose keys are remembered."""
LONGEST = 6
"""Words of a name that are looked for in a running text."""
LONGEST_FOR = 10
"""The same where the name says what a body is for: *Patriotic Front for the Salvation of the East*."""
NO_HEADLINES = Headlines("")
NAMELIKE = r"[^\W\d_a-z][\w’']*(?: (?:[^\W\d_a-z][\w’']*|of|the|and|for)){1,5}"
OWNED_BEHIND = re.compile(rf" {NAMELIKE}")
"""What may hold the name of a body behind its country: *Kyrgyzstan's Security Council*."""
OWNED_BEFORE = re.compile(rf"(?P<name>{NAMELIKE}) of (?:the )?$")
"""What may hold one before its country: *the Security Council of Kyrgyzstan*."""
OWNED_REACH = 60
"""Characters before a country within which such a name begins."""
WRAPPED = 50
"""Characters of a line from which its end may only be where the text was wrapped; a shorter one is a headline."""


class Context(msgspec.Struct, frozen=True):
    """What a mention's document knows.

    `named` holds the positions of registry entries that the text names by a name that only they bear in any country,
    `surnamed` those of people whom it names by one word alone, `strangers` those of people whose name somebody else
    bears in it. `countries` are the ISO codes of the countries it names. `acronyms` maps an acronym's key to what the
    text writes out for it, `people` a word's key to the longer names in the text that it is a part of. `country` is
    the ISO code of the country the text is about, `date` its date.
    `owned` maps the key of a name that many bodies have to the words by which the text gives it to one country.
    `namings` are the countries named, in order, but for those of go-betweens; `names` is where names of two words and
    more stand that the registry has, `[start, end)` in order; `headlines` are where its capitals tell no name.
    """

    named: frozenset[int] = frozenset()
    surnamed: frozenset[int] = frozenset()
    strangers: frozenset[int] = frozenset()
    countries: frozenset[str] = frozenset()
    acronyms: Mapping[str, str] = {}
    people: Mapping[str, tuple[str, ...]] = {}
    country: str | None = None
    date: datetime.date | None = None
    owned: Mapping[str, str] = {}
    namings: tuple[Naming, ...] = ()
    names: tuple[tuple[int, int], ...] = ()
    headlines: Headlines = NO_HEADLINES

    def of(self, country: str | None) -> "Context":
        """The same context, but about another country."""
        return self if country == self.country else msgspec.structs.replace(self, country=country)

    def longer(self, name: str) -> list[str]:
        """The longer names in the text that hold all words of a name, in order; names are keys."""
        found = self.people.get(name.rsplit(" ", 1)[-1], ())
        whole = " " in name
        return [
            full
            for full in found
            if f" {name} " in f" {full} " and full != name and not (whole and name in full.split(" and "))
        ]


def context_of(
    text: str,
    date: datetime.date | None,
    known: Sought,
    placed: Iterable[str] = (),
    towns: Callable[[], frozenset[str]] = frozenset,
) -> Context:
    """The context of a document. `placed` are the ISO codes of the places of its statements, as often as they come;
    `towns` gives the keys of the words for them, and is asked only where a person is named by one word."""
    found: Counter[str] = Counter()
    for code in placed:
        found[code] += 2
    headlines = Headlines(text)
    named, people, namings, names = _looked_through(text, headlines, known, found)
    citizens = {name: known.homelands[at] for at, name in named.items() if at in known.persons & known.homelands.keys()}
    if (home := sent_from(text, namings, citizens)) is not None:
        found[home] += DATELINE_WEIGHT
    surnamed = {
        at
        for at, name in named.items()
        if at in known.persons and " " not in name and not _in_full(at, name, people, known.names)
    }
    strangers = _strangers(text, named, known)
    for at in strangers | {at for at in surnamed if named[at] in towns()}:
        del named[at]
    return Context(
        named=frozenset(
            at
            for at, name in named.items()
            if name not in known.names.local and not _is_of_another(at, name, people, known.names)
        ),
        surnamed=frozenset(surnamed),
        strangers=strangers,
        countries=frozenset(found),
        acronyms=own_acronyms(text, known),
        people={part: tuple(sorted(full)) for part, full in people.items()},
        country=max(found, key=lambda code: found[code]) if found else None,
        date=date,
        owned=_owned(text, namings, named, known),
        namings=tuple(namings),
        names=tuple(names),
        headlines=headlines,
    )


def _looked_through(
    text: str, headlines: Headlines, known: Sought, found: Counter[str]
) -> tuple[dict[int, str], dict[str, set[str]], list[Naming], list[tuple[int, int]]]:
    """The entries that a text names, each with the name, by each of their words the longer names in it, where it names
    countries, and where it names entries by several words.

    The countries it names are counted in `found`.
    """
    named: dict[int, str] = {}
    people: dict[str, set[str]] = defaultdict(set)
    namings: list[Naming] = []
    names: list[tuple[int, int]] = []
    spans = [match.span() for match in WORD.finditer(text)]
    words = [text[start:end] for start, end in spans]
    after = 0
    before: tuple[int, str] | None = None  # the word up to which a country was named last, and its code
    for at, word in enumerate(words):
        if at < after or word[0].islower() or word[0].isdigit():
            continue
        if word.lower() in known.capitals_only and not word.isupper():
            continue
        if _alone(words, at) and _joint(word) not in known.openings:
            continue
        run = _run(text, spans, words, at, known.openings)
        done, country = _take(run, known, named, before[1] if before is not None and before[0] == at else None)
        if country is not None:
            before = at + done, country
            start, end = spans[at][0], spans[at + done - 1][1]
            _note(Naming(start, end, country, " ".join(run[:done]) in known.countries.seats), text, found, namings)
        elif done > 1 and all(part[0].isupper() or part in SMALL for part in words[at : at + done]):
            end = spans[at + done - 1][1]
            names.append((spans[at][0], end - len("'s") if words[at + done - 1].endswith(OWNING) else end))
            if (own := _homeland(run[:done], known)) is not None:
                _note(Naming(spans[at][0], spans[at + own[0] - 1][1], own[1]), text, found, namings)
        full = [] if _are_members(run, known) else _capitalised(run, words[at : at + len(run)], known.leads)
        if done > 1 and full[done : done + 1] == ["of"]:
            full = full[:done]  # *The Rassemblement National of Marine Le Pen*: another name begins
        if len(full) > 1 and (" ".join(full) in known.names.exact or not headlines.hold(spans[at][0])):
            for name in _names_in(full):
                for part in _standing_for(name):
                    people[part].add(" ".join(name))
        led = done == 1 and country is None and word.lower() in known.leads  # *The African Union*: its name comes next
        after = at + (1 if led else max(done, len(full)))
    return named, people, namings, names


def _note(one: Naming, text: str, found: Counter[str], namings: list[Naming]) -> None:
    """Count a country that a text names, unless it is a go-between's."""
    if one.is_go_between(text):
        found[one.country] += 0
        return
    found[one.country] += one.weight(text)
    namings.append(one)


def _owned(text: str, namings: Iterable[Naming], named: Mapping[int, str], known: Sought) -> dict[str, str]:
    """By its key each name of shared words that a text gives to one country alone, with the words for both.

    None by which it may mean a body that it names otherwise, or whose parent it names, as the UN is.
    """
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for one in namings:
        country = text[one.start : one.end]
        if behind := OWNED_BEHIND.match(text, one.end):
            words = behind.group().split()
            for name in (" ".join(words[:end]) for end in range(2, len(words) + 1)):
                found[key(name)].setdefault(one.country, f"{country} {name}")
        if before := OWNED_BEFORE.search(text, max(0, one.start - OWNED_REACH), one.start):
            words = before["name"].split()
            for name in (" ".join(words[start:]) for start in range(len(words) - 1)):
                found[key(name)].setdefault(one.country, f"{name} of {country}")
    return {
        name: told.popitem()[1]
        for name, told in found.items()
        if len(told) == 1
        and name in known.names.exact
        and known.shared.issuperset(name.split())
        and not any(named.get(at, name) != name or known.parents.get(at) in named for at in known.names.exact[name])
    }


@lru_cache(maxsize=WORDS_KEPT)
def _joint(word: str) -> str:
    """The key of a word, in one piece."""
    return key(word).replace(" ", "")


def _alone(words: list[str], at: int) -> bool:
    """Whether no word that may go on with a name comes next: one with a capital, or a small one."""
    if at + 1 == len(words):
        return True
    after = words[at + 1]
    return not after[0].isupper() and after not in SMALL


def _run(text: str, spans: list[tuple[int, int]], words: list[str], at: int, openings: Mapping[str, int]) -> list[str]:
    """The keys of the words from `at` on that only a space or a hyphen joins, up to the longest name.

    It ends before a lower-case word where no name that begins so is as long.
    """
    run = [_joint(words[at])]
    longest = openings.get(run[0], 1)
    end = spans[at][1]
    for position in range(at + 1, min(at + LONGEST_FOR, len(words))):
        if len(run) == LONGEST and "for" not in run:
            break
        start, stop = spans[position]
        word = words[position]
        between = text[end:start]
        if (
            between not in JOINTS
            or (between == "\n" and _is_short_line(text, end))
            or (len(run) >= longest and not word[0].isupper() and word not in SMALL)
        ):
            break
        run.append(_joint(word))
        end = stop
    return run


def _is_short_line(text: str, end: int) -> bool:
    """Whether the line that ends at `end` was not broken for want of room: what follows is no part of its last name."""
    return end - text.rfind("\n", 0, end) < WRAPPED


def _are_members(run: list[str], known: Sought) -> bool:
    """Whether a run begins with the members of what it names: *Fighters of the Patriotic Front*."""
    return run[0] in known.members and run[1:2] == ["of"]


def _capitalised(run: list[str], words: list[str], leads: frozenset[str]) -> list[str]:
    """The keys at the head of a run that belong to words with a capital, small words between them included.

    `words` are the run's as written; `leads` are words that may stand before a name with a capital and belong to none.
    Nothing is joined to a single word by *in*, *on* or *and*, nor a lead to anything by *and*: another name begins.
    """
    full: list[str] = []
    small: list[str] = []
    for word, word_key in zip(words, run, strict=True):
        if word in SMALL and full:
            if len(full) == 1 and word in GLUING:
                break
            small.append(word_key)
        elif not word[0].isupper() or (word.lower() in leads and small and small[-1] == "and"):
            break
        elif word.lower() not in leads or full:
            full += [*small, word_key]
            small = []
            if word.endswith(OWNING):
                break
    return full


def _names_in(run: list[str]) -> list[list[str]]:
    """The names of two words and more in a capitalised run: all of it, and what stands between its *of* and *and*."""
    found = [run]
    part: list[str] = []
    for word in [*run, "and"]:
        if word in DIVIDING:
            found.append(part)
            part = []
        else:
            part = [*part, word]
    return [list(name) for name in dict.fromkeys(map(tuple, found)) if len(name) >= 2]


def _standing_for(name: list[str]) -> list[str]:
    """The words that may stand for a whole name: not what is alone behind an *of*, as *Putin* in *All of Putin*."""
    if not DIVIDING & set(name):
        return name
    groups: list[list[str]] = [[]]
    for word in name:
        if word in DIVIDING:
            groups.append([])
        else:
            groups[-1].append(word)
    return groups[0] + [word for group in groups[1:] if len(group) > 1 for word in group]


def _strangers(text: str, named: Mapping[int, str], known: Sought) -> frozenset[int]:
    """The holders of an office among those named whose full name the text gives to a private person. Whoever is known
    for something else, as an activist is, may be a student or a farmer."""
    people = {at: frozenset(name.split()) for at, name in named.items() if at in known.holders and " " in name}
    if not people:
        return frozenset()
    private = introduced(text, known.trades, known.offices)
    return frozenset(at for at, name in people.items() if any(name <= one for one in private))


def _is_of_another(at: int, name: str, people: Mapping[str, set[str]], names: Names) -> bool:
    """Whether the one word that an entry was named by belongs to somebody else whom the text names in full."""
    return bool(people.get(name)) and not _in_full(at, name, people, names)


def _in_full(at: int, name: str, people: Mapping[str, set[str]], names: Names) -> bool:
    """Whether the text also gives a longer name of the entry that it names by one word: *President Omar al-Bashir*."""
    return any(at in names.exact.get(full, ()) for full in people.get(name, ()))


def _homeland(name: list[str], known: Sought) -> tuple[int, str] | None:
    """How many words at the head of an entry's name are its own country's, and its code: *Tunisian President*."""
    bearers = known.names.exact.get(" ".join(name), ())
    for length in range(len(name) - 1, 0, -1):
        text = " ".join(name[:length])
        code = known.countries.names.get(text) or known.countries.adjectives.get(text)
        if code is not None:
            return (length, code) if any(known.homelands.get(at) == code for at in bearers) else None
    return None


def _take(run: list[str], known: Sought, named: dict[int, str], of: str | None) -> tuple[int, str | None]:
    """Note the longest name at the head of a run; returns how many words of the text are done with, and the country
    that they name. `of` is the country named right before it: *Russia's OMON* is a name that only one body bears."""
    countries, names = known.countries, known.names
    for length in range(min(len(run), known.openings.get(run[0], 0)), 0, -1):
        text = " ".join(run[:length])
        code = countries.names.get(text) or countries.adjectives.get(text) or countries.seats.get(text)
        if code is not None:
            return length, code
        if text in names.exact:
            own = [at for at in names.exact[text] if of is not None and known.homes.get(at) == of]
            bearers = own or names.exact[text]
            if len(bearers) == 1:
                full = f"{of} {text}" if own else text
                named[bearers[0]] = max(full, named.get(bearers[0], ""), key=len)
            return length, None
    return 1, None
