"""The words for a speaker: what of them is a name, an office or a body, and whom they speak for."""

import re
from collections.abc import Collection
from functools import cache

from foreshock.actors.names import key
from foreshock.ledger.lexicon import lexicon
from foreshock.ledger.speakers.wording import either, wording
from foreshock.model.letters import as_it_looks
from foreshock.read.numerals import number_of

CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'-]{0,60}[\w]"
_PARTICLE = r"(?:de|van|von|der|den|bin|ibn|ben|al|el|da|dos|du|di|ould|ag)"
NAME = rf"{CAPITAL}(?:[ \t](?:{_PARTICLE}[ \t])?{CAPITAL}){{1,4}}"
_SMALL = r"(?:(?:of|for|and|on|the|de|du|des|del|da|do|la|pour|y|et)[ \t]){0,3}"
BODY_NAME = rf"{CAPITAL}(?:[ \t]{_SMALL}{CAPITAL}){{0,11}}"
"""The name of a body, small words within it; bounded, so that a page of capitals costs no square of its length."""
PRONOUNS = {
    "he": "person", "she": "person", "i": "person", "him": "person", "her": "person",
    "it": "body", "we": "any", "they": "any", "them": "any", "who": "any",
}  # fmt: skip
_FINITE = re.compile(
    r"(?:^|\s)(?:should|would|could|will|shall|must|might|has|have|had|is|are|was|were|be|being|never|needs|does|did)$|"
    r"(?<!\bwho )(?<!\bwhich )(?<!\bthat )\b(?:has|have|had) been(?: \w+)?$|"
    r"^(?:of|in|on|at|by|for|to|than|and|but|or|as)\s|\b(?:do|does|did) not$|"
    r"^(?:(?:the|an?)\s)?(?:days?|weeks?|months?|years?|spring|summer|autumn|winter)\s"
    r"(?:ago|I|we|he|she|they|few|nobody|most|many)\b",
    re.IGNORECASE,
)
"""What no noun phrase ends or begins with: *a columnist should*, *forty-one have*, *of them*, *the spring I did not*,
*a year ago few*."""
_CLAUSE = re.compile(r"(?<!\bwho )(?<!\bwhich )(?<!\bthat )\b(?:has|have|had|is|are|was|were)\b|\bthat$|:")
"""What tells that words were cut from a clause: *ministry had twice*, *set up a commission that*; not *IS fighters*."""
_WHATEVER = re.compile(r", whatever(?: (?!happens\b|comes\b)[\w’'-]+){0,2} $")
_OF_OURS = re.compile(rf"(?i:we|us|those of us)\s(?:here\s)?(?:at|in|of)\s(?:the\s)?(?P<body>{BODY_NAME})")
_OFFICE_OF = re.compile(
    r"(?:[Tt]he\s|[Aa]n?\s)?(?:[Pp]ress\s(?:office|service|directorate|department)|[Ss]ecretariat|[Rr]ectorate)\sof\s"
    rf"(?P<whose>the\s{CAPITAL}.*)"
)
"""What speaks for the body that it is of: *the press office of the Holy See*."""
_WRITER = re.compile(
    r"(?:(?:(?:and|but|so|as|if|than|what|nor|same)\s)?(?:I(?:['’](?:d|ll|m|ve))?|we)|me|us|(?:my|our)(?:\sown)?(?:\s[\w-]+){0,3}|(?:this|a|the|your)\s(?:writer|columnist|author|correspondent|column))",
    re.IGNORECASE,
)
_DESCRIBED = re.compile(rf"(?:(?:[Tt]he|[Aa]n?|[Ii]ts)\s)?(?P<kind>(?:[\w’'-]+\s){{1,5}}?)(?P<name>{BODY_NAME})")
_OF_WHOM = frozenset("of for in at on from to with near the a an his her its their late former then".split())
"""What stands before a name that only says whose or where a body is: *the office of the governor of Balkh*."""
_PLURAL = re.compile(r"(?<![sui])s$")


@cache
def _honorific() -> re.Pattern[str]:
    return re.compile(rf"^{either(wording().honorifics)}\.?\s+")


@cache
def _rank() -> re.Pattern[str]:
    return re.compile(rf"^{either(wording().ranks)}\s")


@cache
def _article() -> re.Pattern[str]:
    same = either((*wording().in_names, *wording().the_same))
    return re.compile(
        rf"^(?:(?:the|this|that) same(?=\s{same}\b)|the|a|an|its|his|her|their|this|that|one(?! of\b))\s+",
        re.IGNORECASE,
    )


@cache
def _spoke() -> re.Pattern[str]:
    """Where a noun phrase ends that was read on into its verb: *a neighbour says of the colonel*."""
    return re.compile(rf"(?<!\bwho)(?<!\bthat)(?<!\bwhich)\s+{either(wording().spoke)}\b")


@cache
def paper() -> re.Pattern[str]:
    """A text that is called again, or told without whose it is: *under the calendar*, *an official statement*."""
    return re.compile(
        r"(?:(?:the|its|this|that|an?)\s)?(?:(?!joint\b)[a-z-]+\s)?"
        rf"(?P<noun>{either(wording().papers)})(?:\s(?:to|on|about)\s.*)?",
        re.IGNORECASE,
    )


@cache
def _speaking_for() -> tuple[re.Pattern[str], ...]:
    """What speaks for the body that is named with it as `whose`: its papers, those who are the body, its office."""
    papers, people = either(wording().papers), either(wording().people)
    return (
        re.compile(
            rf"(?:[\w’'-]+\s){{0,3}}?{papers}\s(?:(?:issued|signed|published|released|sent|put out)\s)?"
            r"(?:by|of|from)\s(?P<whose>.+)",
            re.IGNORECASE,
        ),
        re.compile(rf"(?P<whose>.+?)(?:['’]s|(?<=s)['’])\s(?:[\w-]+\s){{0,2}}?{papers}", re.IGNORECASE),
        re.compile(
            rf"(?:[Tt]he\s|[Aa]n?\s)?{people}\s(?:of|from|at)\s"
            rf"(?P<whose>(?:the\s)?{CAPITAL}.*|(?:the|an?)\s[a-z].*)"
        ),
        _OFFICE_OF,
    )


def any_word(words: Collection[str]) -> str:
    """A pattern for any of the words or phrases, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def stripped(words: str) -> str:
    """A noun phrase without its article, the title before a name, a verb of speech behind it, and punctuation."""
    bare = _honorific().sub("", _article().sub("", words.strip()))
    bare = _spoke().split(bare, maxsplit=1)[0].strip(" ,.;:")
    return re.sub(r"(?<=[a-z]{2})['’]s$", "", bare) if bare.islower() else bare


def without_honorific(name: str) -> str:
    """A person's name without the title before it: *Ada Lund* of *Dr. Ada Lund*."""
    return _honorific().sub("", name.strip())


def surname(name: str) -> str:
    """The last word of a name, without the *’s* of whose something is."""
    return re.sub(r"['’]s$", "", name.split()[-1])


def _core(words: str) -> list[str]:
    """The words of a noun phrase before *of*, *for*, *in*, *who* and the like; the last of them is its head."""
    core = re.split(r"\s+(?:of|for|in|at|on|who|that|which|from|to|with|near)\s+|,", words, maxsplit=1)[0]
    return re.sub(r"['’]s?$", "", core).split()


def ends_in(words: str, heads: frozenset[str]) -> str | None:
    """The head among `heads` of a noun phrase: its last word before *of*, *for*, *in*, *who* and the like."""
    last = _core(words.casefold())
    for width in (3, 2, 1):
        if len(last) >= width and " ".join(last[-width:]) in heads:
            return " ".join(last[-width:])
    return None


def names_nobody(words: str) -> bool:
    """Whether words stand for several, or for anybody, and name none of them: *both sides*, *nearly all*, *two
    companies*, *opposition parties*, *my committee*."""
    lists, words = lexicon(), words.strip()
    first, _, behind = words.partition(" ")
    told = lists.several.match(words)
    behind = words[told.end() :].strip() if told is not None else behind
    if (told is not None or (number_of(first) or 0) > 1) and not behind[:1].isupper():
        return True
    last = next(reversed(_core(words)), "")
    if last in lists.nobody:
        return True
    of_a_body = not last.islower() or ends_in(words, lists.bodies) is not None
    return not of_a_body and _PLURAL.search(last) is not None and last not in lists.singular


def is_phrase(words: str) -> bool:
    """Whether words can be a speaker at all: *a columnist should* and *forty-one have* are cut from clauses."""
    return _FINITE.search(words.strip()) is None


def is_pronoun_or_clause(words: str) -> bool:
    """Whether words are a mere pronoun, or were cut from a clause with its verb: then they name nobody."""
    pronoun = words.casefold() in PRONOUNS and (len(words) == 1 or not words.isupper())
    return pronoun or _CLAUSE.search(words) is not None


def is_whatever_they_do(text: str, at: int) -> bool:
    """Whether those named at a place are said to do what they will: *…, whatever restrictions Washington announces*."""
    return _WHATEVER.search(text, max(0, at - 40), at) is not None


def is_writer(words: str) -> bool:
    """Whether words stand for who writes: *I*, *my own reckoning*, *our group*, *a columnist*."""
    return _WRITER.fullmatch(re.sub(r"['’]s$", "", words.strip())) is not None


def body_of_ours(words: str) -> str | None:
    """The body that writes, where it names itself: *we at the Padma Rivers Forum*."""
    found = _OF_OURS.match(words.strip())
    return found["body"] if found else None


def is_office_of(words: str) -> bool:
    """Whether words are an office that speaks for the body that it is of: *the press office of the Holy See*."""
    return _OFFICE_OF.fullmatch(words.strip()) is not None


def speaks_for(words: str) -> str:
    """Whose words they are: *the ministry* of *a statement by the ministry*, *the festival* of *its organisers*.

    Words that speak for themselves come back as they are.
    """
    for pattern in _speaking_for():
        if (found := pattern.fullmatch(words.strip())) is not None:
            return found["whose"]
    return words


def has_foreign_head(name: str) -> bool:
    """Whether a name tells in another language that it is a body's: *Observatoire*, *Instituto*, *Fondasyon*."""
    return any(word in lexicon().foreign for word in key(name).split())


def is_called_body(name: str) -> bool:
    """Whether a name with capitals tells by a noun in it that it is a body's: *World Food Programme*."""
    words = lexicon()
    told = ends_in(name, words.bodies) or (name[:1].isupper() and ends_in(name, words.describing))
    return bool(told) or has_foreign_head(name)


def is_acronym(word: str) -> bool:
    """Whether a word is an acronym of three letters or more: *UNHCR*, *BKN-Mto*."""
    return re.fullmatch(r"[A-Z][A-Z0-9]{2,}(?:-\w+)?", word) is not None


def may_be_body(words: str) -> bool:
    """Whether capitalised words after *the* may name a body though nothing tells it: no region's or country's name."""
    parts = words.split()
    return len(parts) > 1 and parts[-1].casefold() not in wording().geographic


def is_honoured(words: str) -> bool:
    """Whether words begin with a title before a person's name: *Father Tatah*."""
    return _honorific().match(words) is not None


def is_titled(name: str) -> bool:
    """Whether a name is a person's, by the title before it: *General Lund*, *Minister Lund*."""
    return is_honoured(name) or _rank().match(name) is not None


def named_within(words: str) -> str | None:
    """The name that a describing noun goes before: *Fuerza Colquiri* of *the miners' federation Fuerza Colquiri*."""
    found = _DESCRIBED.fullmatch(words.strip())
    if found is None or is_titled(found["name"]):
        return None
    kind = found["kind"].split()
    heads = lexicon().bodies | lexicon().describing
    told = kind[-1].islower() and kind[-1] not in _OF_WHOM and ends_in(" ".join(kind), heads)
    return found["name"] if told else None


_SIGNED = re.compile(r"^(?:[Bb]y|BY)[ :]+(?=\S)")


def signed(author: str) -> str:
    """Who signs, however the byline is set: *By ADA LUND.* is *Ada Lund*, so that nobody gets a second record of
    forecasts by it."""
    name = _SIGNED.sub("", as_it_looks(author)).rstrip(" ,;:") or author
    name = name[:-1] if re.search(r"\w{3}\.$", name) else name
    return name.title() if " " in name and (name.isupper() or name.islower()) else name
