"""Reads the noun phrase of a place: the names in it, and what its other words say about them."""

import re

import msgspec

from foreshock.places import lexicon
from foreshock.places.gazetteer import Gazetteer, PlaceKind
from foreshock.places.names import Word, goes_on, key
from foreshock.places.recognise import Found, Reading, ends_dateline, is_cut, is_of_language, longest

MAIN_NAME = 3
"""The grade of a candidate that bears a name as its main one."""
ARTICLES = frozenset("the a an this that these those its their his her our".split())
BORDER = re.compile(r"\b(?:border(?:s|ing|lands?)?|frontiers?)\b", re.IGNORECASE)
DISTANCE = re.compile(r"\b(\d[\d.,]*|[a-z-]+)[ -](?:kilomet\w+|km|kms|miles?|metres?|meters?)\b", re.IGNORECASE)
BESIDE = re.compile(
    r"\b(?:near|outside|close to|around|vicinity of|outskirts of|between|along)\b"
    r"|(?<!the )\b(?:north|south|east|west)\w* of\b"
)
INTRODUCED = re.compile(
    r"((?:[\w’'-]+ ){0,5}[\w’'-]+),? (?:such as|including|like|namely)(?: the)? ?$|([\w’'-]+) of(?: the)? ?$"
)
"""A common noun just before a span that says what the span names: *the region of X*, *provinces …, such as X*."""
INTRODUCING = ("such as", "including", "like", "namely", " of")
"""How the text before a span ends where `INTRODUCED` can hold."""
LOOK_BACK = 80
"""Characters before a span in which such a noun is sought."""
JOINING = frozenset("-‑–/")
"""What joins two names of equal rank without a blank: *Kenya-Somalia*."""
EXAMPLES = re.compile(r"\b(?:such as|including|like|namely|among them|especially)\b")


UNITS = frozenset({PlaceKind.ADMIN1, PlaceKind.ADMIN2})


class Phrase(msgspec.Struct, frozen=True):
    """A place's noun phrase `[start, end)` of the text.

    `names` are the names and peoples in it, in order. `heads` are the kinds that its common nouns name, `noun` the
    last of those, `compass` and `vague` say that it means a part of what it names, `plural` that it means several
    places, `equals` that a noun before it says what all its names are, `border` that it means a frontier, `line` that
    it is a road, a river, a front or the like, `offset` that it lies at a distance from or beside what it names,
    `examples` where a list of examples begins.
    """

    start: int
    end: int
    text: str
    names: tuple[Found, ...]
    heads: frozenset[PlaceKind]
    noun: str | None
    compass: bool
    vague: bool
    plural: bool
    equals: bool
    border: bool
    line: bool
    offset: bool
    possessed: bool
    examples: int | None

    @property
    def several(self) -> bool:
        """Whether it holds more than one name of a place."""
        return sum(name.demonym is None for name in self.names) > 1


def found_at(reading: Reading, gazetteer: Gazetteer, start: int, end: int) -> Found | None:
    """The span as one name or people, or null where the index holds it under no spelling.

    That it names a place is given; of the evidence only what tells how is gathered.
    """
    inside = list(reading.inside(start, end))
    name_key = key(reading.text[start:end])
    if not inside or not name_key:
        return None
    first, last = inside[0], inside[-1]
    text = reading.text[start:end]
    candidates = gazetteer.candidates(name_key)
    demonym = gazetteer.demonym(name_key)
    if demonym is not None and not any(one.entry.kind is PlaceKind.COUNTRY for one in candidates):
        return Found(start, end, text, first, last, name_key, (), demonym, {})
    if not candidates:
        return None
    told = {"dateline_after": 1.0} if ends_dateline(reading, last) else {}
    return Found(start, end, text, first, last, name_key, candidates, None, told)


def parse(reading: Reading, gazetteer: Gazetteer, start: int, end: int) -> Phrase:
    """Read the noun phrase `[start, end)`; it may hold no name at all."""
    lists = lexicon.shipped()
    inside = list(reading.inside(start, end))
    while (
        len(inside) > 1
        and reading.words[inside[0]].key in ARTICLES
        and not _has_article(reading, gazetteer, inside, start, end)
    ):
        inside = inside[1:]
    bare = reading.starts[inside[0]] if inside else start
    text = reading.text[start:end]
    whole = _whole(reading, gazetteer, bare, end) if any(reading.words[at].capital for at in inside[:2]) else None
    if whole is not None and bare > start and (whole.key in lists.common or whole.key in lists.heads):
        whole = None
    if whole is not None and whole.demonym is None and is_cut(reading, whole):
        whole = None
    border = BORDER.search(text) is not None
    line = any(reading.words[at].key in lists.lines for at in inside)
    names = (whole,) if whole is not None else tuple(_names(reading, gazetteer, inside, border or line))
    named = {at for name in names for at in range(name.first, name.last + 1)}
    rest = [reading.words[at] for at in inside if at not in named]
    nouns = [word.key for word in rest if word.key in lists.heads or word.key in lists.anaphors]
    introduced = _introduced(reading.text, start, lists) if names and not nouns else []
    examples = EXAMPLES.search(text)
    return Phrase(
        start=start,
        end=end,
        text=text,
        names=names,
        heads=frozenset(kind for noun in (*nouns, *introduced) for kind in lists.heads.get(noun, frozenset())),
        noun=nouns[-1] if nouns else None,
        compass=any(word.key in lists.compass or "-" in word.text for word in rest if _is_compass(word, lists)),
        vague=any(word.key in lists.vague for word in rest),
        plural=any(noun.endswith("s") for noun in nouns if noun not in {"barracks", "headquarters"}),
        equals=len(names) > 1 and bool(introduced),
        border=border,
        line=line,
        offset=bool(names)
        and (DISTANCE.search(text) is not None or _beside(text, bare - start, names[0].start - start)),
        possessed=any(reading.text[name.end : name.end + 2] in {"’s", "'s"} and name.end + 2 < end for name in names),
        examples=start + examples.start() if examples else None,
    )


def _whole(reading: Reading, gazetteer: Gazetteer, start: int, end: int) -> Found | None:
    """The span as one name, without the genitive that it may end in: *Peru's* is not *Perus*."""
    owning = reading.text.endswith(("’s", "'s"), start, end)
    owner = found_at(reading, gazetteer, start, end - 2) if owning else None
    return owner or found_at(reading, gazetteer, start, end)


def _has_article(reading: Reading, gazetteer: Gazetteer, inside: list[int], start: int, end: int) -> bool:
    """Whether a span is a main name that begins with its article, written so: *The Hague*, but not *The Valley*."""
    lists, first = lexicon.shipped(), inside[0]
    if not reading.words[first].capital or all(reading.keys[at] in lists.common for at in inside[1:]):
        return False
    return any(one.grade == MAIN_NAME for one in gazetteer.candidates(key(reading.text[start:end])))


def _introduced(text: str, start: int, lists: lexicon.Lexicon) -> list[str]:
    """The common noun that introduces the span beginning at `start`; empty where none does."""
    before = text[max(0, start - LOOK_BACK) : start]
    sentence = max(before.rfind(". "), before.rfind("\n")) + 1
    if not before.rstrip().removesuffix(" the").endswith(INTRODUCING):
        return []
    match = INTRODUCED.search(before[sentence:])
    words = (match.group(1) or match.group(2)).lower().split() if match else []
    return [word for word in words if word in lists.heads][-1:]


def _is_compass(word: Word, lists: lexicon.Lexicon) -> bool:
    return word.key in lists.compass or word.key.replace(" ", "") in lists.compass


def _beside(text: str, begin: int, name_start: int) -> bool:
    """Whether *near*, *outside* or *20 km south of* stands before the first name; *the south of* means a part."""
    return BESIDE.search(text[begin:name_start].lower()) is not None


def _names(reading: Reading, gazetteer: Gazetteer, inside: list[int], has_ends: bool) -> list[Found]:
    """The names within a phrase: capitalised, and not a bare compass word or common noun beside another name.

    `has_ends` says that the phrase is of what lies between two places, a border or a road.
    """
    lists = lexicon.shipped()
    found: list[Found] = []
    position = 0
    while position < len(inside):
        at = inside[position]
        best = longest(reading, gazetteer, at, inside[-1]) if reading.words[at].capital else None
        if best is None:
            position += 1
            continue
        last, _ = best
        name = found_at(reading, gazetteer, reading.starts[at], reading.ends[last])
        position = inside.index(last) + 1
        if name is not None and name.demonym is None and is_cut(reading, name):
            position += 2 if name.key in lists.beginnings else 1  # *Barchi* of *Dasht-e Barchi* is no name either
        elif name is not None and not is_of_language(reading, name):
            found.append(name)
    weak = lists.compass, lists.common, lists.heads, lists.vague
    nations = {at for one in found if _is_nation(one) for at in (one.first, one.last)}
    paired = {at for one in found for at in (one.first, one.last)} if has_ends else nations
    strong = {
        name.first
        for name in found
        if (not any(name.key in words for words in weak) or _is_paired(reading, name, nations))
        and not _is_part(reading, name, found, inside, paired)
    }
    units = _are_units(reading, inside)
    return [
        name
        for name in found
        if name.first in strong or (units and name.key in lists.compass and _is_listed(reading, name, strong))
    ]


def _are_units(reading: Reading, inside: list[int]) -> bool:
    """Whether a phrase ends in the plural of a noun for units: *the West, Artibonite and Centre departments*."""
    last = reading.keys[inside[-1]] if inside else ""
    return last.endswith("s") and bool(UNITS & lexicon.shipped().heads.get(last, frozenset()))


def _is_listed(reading: Reading, name: Found, strong: set[int]) -> bool:
    """Whether a bare compass word with a capital is an item of a list in which another name stands."""
    before, after = reading.between(name.first), reading.between(name.last + 1)
    joined = ", " in (before, after) or "and" in (reading.keys[name.first - 1], reading.keys[name.last + 1])
    return bool(strong) and name.first == name.last and joined


def _is_nation(name: Found) -> bool:
    """Whether a name is a country's or a people's."""
    return name.demonym is not None or any(one.entry.kind is PlaceKind.COUNTRY for one in name.candidates)


def _is_paired(reading: Reading, name: Found, paired: set[int]) -> bool:
    """Whether a name and another, their words `paired`, are joined by a hyphen, dash or slash: *US-Mexico*."""
    beside = ((name.first - 1, name.first), (name.last + 1, name.last + 1))
    return name.first in paired and any(at in paired and reading.between(gap) in JOINING for at, gap in beside)


def _is_part(reading: Reading, name: Found, found: list[Found], inside: list[int], paired: set[int]) -> bool:
    """Whether a name is only a piece of a longer one that the index does not hold: *Mae* of *Mae Khee*.

    So it is where another capitalised word that is no compass or common noun stands right beside it; but a hyphen
    between two names whose words are `paired` makes no longer one: *the Kenya-Somalia border*.
    """
    if _is_paired(reading, name, paired):
        return False
    lists = lexicon.shipped()
    own = {at for one in found if one.demonym is not None for at in range(one.first, one.last + 1)}
    for at, gap_at in ((name.first - 1, name.first), (name.last + 1, name.last + 1)):
        if at not in inside or at in own or reading.between(gap_at) not in {" ", "-", "‑"}:
            continue
        word = reading.words[at]
        weak = lists.compass, lists.heads, lists.vague, ARTICLES, lists.locative
        plain = any(word.key in words for words in weak)
        if goes_on(word) and not plain:
            return True
    return False
