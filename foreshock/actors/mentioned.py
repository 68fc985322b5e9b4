"""What a text names, looked through word by word: actors, people in full, countries, and where their names stand."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import lru_cache

import msgspec

from foreshock.actors.acronyms import SMALL, WORD
from foreshock.actors.headlines import Headlines
from foreshock.actors.names import key
from foreshock.actors.namings import Naming
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
WRAPPED = 50
"""Characters of a line from which its end may only be where the text was wrapped; a shorter one is a headline."""


class Mentioned(msgspec.Struct, frozen=True):
    """What a text names.

    `named` are the positions of the registry's entries, each with the name; `people` maps each word to the longer names
    in the text that it is a part of; `shared` are the keys of groups' acronyms that others bear too; `countries` says
    how much each country counts for what the text is about; `namings` is where it names them, but for go-betweens;
    `spans` is where names of two words and more stand that the registry has, `[start, end)` in order.
    """

    named: dict[int, str]
    people: dict[str, set[str]]
    shared: set[str]
    countries: Counter[str]
    namings: list[Naming]
    spans: list[tuple[int, int]]


def mentioned(text: str, headlines: Headlines, known: Sought) -> Mentioned:
    """What a text names of what it is looked through for."""
    found: Counter[str] = Counter()
    named: dict[int, str] = {}
    people: dict[str, set[str]] = defaultdict(set)
    shared: set[str] = set()
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
        if done == 1 and word.isupper() and run[0] in known.acronyms and len(known.names.exact[run[0]]) > 1:
            shared.add(run[0])
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
    return Mentioned(named, people, shared, found, namings, names)


def _note(one: Naming, text: str, found: Counter[str], namings: list[Naming]) -> None:
    """Count a country that a text names, unless it is a go-between's."""
    if one.is_go_between(text):
        found[one.country] += 0
        return
    found[one.country] += one.weight(text)
    namings.append(one)


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
