"""One mention to what is known of it: an entry with an explained score, or only a country and a sector."""

import re

import msgspec

from foreshock.actors.chosen import Chooser, Identity, Match
from foreshock.actors.context import Context
from foreshock.actors.features import ACCEPTED, GROUPS, Candidate
from foreshock.actors.fresh import fresh, proper_run
from foreshock.actors.names import key
from foreshock.actors.parties import JOINING, is_plain, parties
from foreshock.actors.phrase import COMMON, GEOGRAPHIC, Part, Phrase, Piece
from foreshock.actors.schema import Actor, Kind, covers
from foreshock.actors.signs import signs

BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]+)[)\]]")
OWNING = frozenset("of|from|in|for|with|loyal to|belonging to|inside|within|at|called|known as|under".split("|"))
"""Prepositions after which comes whose part the head is."""


class Registry(Chooser):
    """All known actors, and the resolution of mentions to them."""

    def resolve(self, mention: str, context: Context) -> Match | None:
        """The entry that a mention means in its text, or null: for a private person, a pronoun, a crowd.

        A group that no registry has comes back as a new entry whose id begins with `new:`.
        """
        return self.identify(mention, context).match

    def identify(self, mention: str, context: Context) -> Identity:
        """The entry that a mention means, and the country and sector that the mention itself gives."""
        name = key(mention)
        if (owned := context.owned.get(name.removeprefix("the "))) is not None:
            return self.identify(owned, context)
        shouted = len(mention) > 1 and mention.isupper()
        if not name.removeprefix("the ") or (name in self.lexicon.pronouns and not shouted):
            return Identity()
        if (whole := self._whole(mention, context)) is not None:
            local = name.removeprefix("the ") in self.names.local
            return msgspec.structs.replace(self.identity_of(whole, context), bare=local)
        bracketed = BRACKETS.search(mention)
        if bracketed is not None:
            outside = BRACKETS.sub(" ", mention).strip()
            for part in filter(None, (outside, bracketed.group(1).strip())):
                found = self._parts(part, context)
                if found.match is not None and not found.match.is_new:
                    return found
            mention = outside or mention
        return self._parts(mention, context)

    def parties(self, mention: str, context: Context) -> list[str]:
        """The words for each party that a mention names, in order; *&* is an *and*, but in *Trinidad & Tobago*."""
        return parties(self.reader.phrase(mention.replace(" & ", " and "), context.acronyms))

    def _whole(self, mention: str, context: Context) -> Match | None:
        """The match of a mention that is a name as it stands.

        A common noun after *The* is none, unless the registry lists it in lower case: *The pontiff*, not *The site*.
        """
        if mention.islower():
            return None
        common = mention.removeprefix("The ").islower()
        name = key(mention).removeprefix("the ")
        words = self.lexicon
        if name in words.capitals_only and not any(word.isupper() and len(word) > 1 for word in mention.split()):
            return None
        if name in context.acronyms:
            return self.best(self.defined(name, context), context)
        if name in self.countries.names:
            return None
        found = self.bearers(name, (), 0, context)
        if common:
            found = [candidate for candidate in found if _is_listed_small(candidate.actor, name)]
        if name in words.sectors or name in words.organs or name in words.offices:
            found = [candidate for candidate in found if candidate.actor.country == context.country]
        return self.best(found, context)

    def _parts(self, mention: str, context: Context) -> Identity:
        """What a mention of several parts means."""
        phrase = self.reader.phrase(mention, context.acronyms)
        if JOINING.search(mention) and len(named := self.parties(mention, context)) > 1:
            return self._joint(named, context)
        names = [piece for piece in phrase.pieces if piece.part is Part.NAME]
        others = [piece.key for piece in names if self._is_of_others(piece, phrase, context)]
        who = self._of_phrase(self.reader.phrase(mention, context.acronyms, others) if others else phrase, context)
        local = any(piece.key in self.names.local for piece in names)
        return msgspec.structs.replace(who, bare=True) if local and not phrase.countries else who

    def _is_of_others(self, piece: Piece, phrase: Phrase, context: Context) -> bool:
        """Whether a name is borne by a body of a country whose own is in no registry: *Gabon's Republican Guard*.

        So is one of `shared` words alone to which another country is given: *Kyrgyzstan's Security Council*.
        """
        if piece.key in context.acronyms:
            return False
        bearers = self.called(piece.key, phrase.countries if piece in phrase.front else ())
        owner = phrase.owner(piece)
        if owner is not None and self.lexicon.shared.issuperset(piece.key.split()):
            return all(candidate.actor.country != owner for candidate in bearers)
        return all(candidate.out_of_place(context) for candidate in bearers)

    def _of_phrase(self, phrase: Phrase, context: Context) -> Identity:
        """What a mention of one party means."""
        noun = phrase.noun
        countries = phrase.countries
        country = countries[0] if len(countries) == 1 else None
        sector = self._sector(phrase)
        if noun is None:
            return Identity(None, country, sector)
        last = phrase.pieces[-1]
        group = noun.capital and last is not noun and last.capital and last.key in self.lexicon.proper_heads
        if noun.key in self.lexicon.private and noun.part in COMMON and not group and not _are_members(phrase, noun):
            return Identity(None, country, sector)
        thing = noun.part is Part.OTHER and not noun.capital
        if thing and (phrase.preposition or not any(piece.part is Part.NAME for piece in phrase.front)):
            return Identity(None, country, None)
        if (found := self._named(phrase, noun, sector, country, context)) is not None:
            return found
        if not any(piece.part in (Part.OTHER, Part.NAME) for piece in (*phrase.front, *phrase.back)):
            return self._common(phrase, noun, sector, countries, context)
        described = [Candidate(at, self.actors[at], "described") for at in self.described(noun.key, context)]
        if len(phrase.front) <= 2 and (match := self.best(described, context)) is not None:
            return self.identity_of(match, context)
        return self._unknown(phrase, sector, country, context)

    def _joint(self, named: list[str], context: Context) -> Identity:
        """What is known of several parties: of the only one that is no plain noun, else what all have in common."""
        telling = [one for one in named if not is_plain(self.reader.phrase(one, context.acronyms))]
        if len(telling) == 1:
            return msgspec.structs.replace(self.identify(telling[0], context), joint=True)
        found = [self.identify(one, context) for one in named]
        countries, sectors = {one.country for one in found}, {one.sector for one in found}
        return Identity(
            None,
            countries.pop() if len(countries) == 1 else None,
            sectors.pop() if len(sectors) == 1 else None,
            joint=True,
        )

    def _sector(self, phrase: Phrase) -> str | None:
        """The sector of the head noun, or of the noun before it where the head is a name."""
        for piece in reversed(phrase.front):
            if piece.part is Part.ORGAN:
                return self.lexicon.organ_entries[piece.value].sector
            if piece.part is Part.NOUN:
                return piece.value
            if piece.part is Part.OFFICE:
                return "GOV"
            if piece.part is Part.OTHER and not piece.capital:
                return None
        return next(
            (self.lexicon.sectors[p.key] for p in reversed(phrase.front) if p.key in self.lexicon.sectors), None
        )

    def _named(
        self, phrase: Phrase, noun: Piece, sector: str | None, country: str | None, context: Context
    ) -> Identity | None:
        """The identity of a mention that holds a name: *RSF fighters*, *General Burhan*, *a spokesman for the RSF*."""
        inside = [piece for piece in phrase.front if piece.part is Part.NAME]
        after = [piece for piece in phrase.back if piece.part is Part.NAME]
        if not inside and not (after and phrase.preposition in OWNING):
            return None
        name = inside[-1] if inside else after[0]
        strange = sum(piece.part is Part.OTHER and piece.capital for piece in phrase.front)
        countries = phrase.countries if inside else ()
        if name.key in context.acronyms:
            candidates = self.defined(name.key, context)
        else:
            thing = noun.part is Part.OTHER and not noun.capital
            candidates = [
                msgspec.structs.replace(candidate, thing=thing)
                for candidate in self.bearers(name.key, countries, strange, context)
            ]
        match = self.best(candidates, context)
        if match is None:
            return None
        if phrase.former and not (match.actor.kind is Kind.PERSON and noun is name):
            return Identity(None, country or match.actor.country, sector or match.actor.sector_at(context.date))
        if match.actor.kind is Kind.PERSON and noun is not name and noun.part in COMMON:
            return self._of_person(match, noun, context)
        return self.identity_of(match, context)

    def _of_person(self, match: Match, noun: Piece, context: Context) -> Identity:
        """The identity of what belongs to a person: *the Putin regime* is an organ, *Hilal's militias* are nobody's."""
        country = match.actor.country
        if noun.part is not Part.ORGAN:
            return Identity(None, country, noun.value or "GOV")
        date = context.date
        governs = any(
            tenure.sector == "GOV" and (date is None or covers(tenure.since, tenure.until, date))
            for tenure in match.actor.tenures
        )
        found = self.organ_of(country, noun.value, context) if country is not None and governs else None
        return Identity(found, country, found.actor.sector if found else self.lexicon.organ_entries[noun.value].sector)

    def _common(
        self, phrase: Phrase, noun: Piece, sector: str | None, countries: tuple[str, ...], context: Context
    ) -> Identity:
        """The identity of a mention without a name: *the Sudanese army*, *the president*, *rebels*."""
        country = countries[0] if len(countries) == 1 else None
        if phrase.former or len(countries) > 1:
            return Identity(None, country, sector)
        if noun.part in GEOGRAPHIC and not phrase.preposition:
            return self.state_of(noun, context)
        if country is None:
            found = [
                Candidate(at, self.actors[at], "described")
                for at in self.described(key(phrase.text).removeprefix("the "), context)
                or self.described(noun.key, context)
            ]
            if (match := self.best(found, context)) is not None:
                return self.identity_of(match, context)
        organs = [piece.key for piece in phrase.front if piece.part is Part.ORGAN]
        ours = noun.part is Part.OFFICE or any(organ in self.lexicon.definite for organ in organs)
        definite = _definite(phrase) and ours
        match = None
        lesser = any(piece.key in self.lexicon.lesser for piece in phrase.front)
        if noun.part is Part.OFFICE and not lesser and (country is not None or definite):
            match = self.office_holder(noun, country, context)
        whose = country or (context.country if definite else None)
        if noun.part is Part.ORGAN and whose is not None:
            match = self.organ_of(whose, noun.value, context)
        who = self.identity_of(match, context) if match is not None else Identity(None, whose, sector)
        bare = country is None and definite and not lesser
        return msgspec.structs.replace(who, bare=True) if bare else who

    def _unknown(self, phrase: Phrase, sector: str | None, country: str | None, context: Context) -> Identity:
        """The identity of a mention with words that are no known name: a slip, a surname, or somebody new."""
        run = proper_run(phrase, self.lexicon)
        if not run and not any(piece.key in context.acronyms for piece in phrase.pieces):
            return Identity(None, country, sector)
        tried = (
            self.best(self.bearers_or_near(name, phrase.countries, context), context)
            for name in (*_titled(phrase, run), *_names_of(run))
        )
        match = next((match for match in tried if match is not None), None)
        if match is not None and _is_organ_of_region(match, phrase):
            return Identity(None, country, sector)
        if match is not None:
            return (
                self.identity_of(match, context) if not phrase.former else Identity(None, match.actor.country, sector)
            )
        full = context.longer(run[-1].key) if len(run) == 1 else []
        if len(full) == 1 and full[0] in self.countries.names:
            return Identity(None, self.countries.names[full[0]], sector)  # *Republic*, cut from a country's name
        actor = None if phrase.former else fresh(phrase, sector, country, self.lexicon, context)
        if actor is None:
            return Identity(None, country, sector)
        known = None if actor.sector == "UNK" else actor.sector
        return Identity(Match(actor, ACCEPTED, {"in_no_registry": 1.0}), country, known or sector)


def _is_organ_of_region(match: Match, phrase: Phrase) -> bool:
    """Whether a match by one word of a group's name is of an organ that the group has not: *Papua police* are not the
    *West Papua National Liberation Army*."""
    noun = phrase.noun
    if "written_out" not in match.features or noun is None or noun.part is not Part.ORGAN:
        return False
    return match.actor.kind in GROUPS and (noun.value not in signs().group_organs or noun.key in signs().region_nouns)


def _is_listed_small(actor: Actor, name: str) -> bool:
    """Whether an entry has a name, given as a key, written in lower case throughout."""
    return any(
        alias.islower() and key(alias).removeprefix("the ") == name
        for alias in (actor.name, *actor.aliases, *actor.generic)
    )


def _titled(phrase: Phrase, run: list[Piece]) -> list[str]:
    """A run with the title before it, which is a part of some names: *Sheikh Hasina*."""
    at = phrase.pieces.index(run[0]) if run else 0
    before = phrase.pieces[at - 1] if at > 0 else None
    if before is None or before.part is not Part.TITLE or not before.capital:
        return []
    return [" ".join(piece.key for piece in (before, *run))]


def _names_of(run: list[Piece]) -> list[str]:
    """What a run of capitalised words may name: all of it, what follows its last title or noun, and what follows its
    last known name (*Ukrainian President …*); *Russia's Security Council* is the *Security Council of Russia*."""
    names = []
    for parts in ((), (Part.TITLE, *COMMON), (Part.TITLE, Part.NAME, *COMMON)):
        last = max((at for at, piece in enumerate(run[:-1]) if piece.part in parts), default=-1)
        names.append(" ".join(piece.key for piece in run[last + 1 :]))
    if len(run) == 2 and run[0].part is Part.STATE:
        names.append(f"{run[1].key} of {run[0].key}")
    return [name for name in dict.fromkeys(names) if name]


def _are_members(phrase: Phrase, noun: Piece) -> bool:
    """Whether *men* are those of a group named right before them: *Wagner men*, not *men from Goma*."""
    at = phrase.front.index(noun)
    before = phrase.front[at - 1] if at > 0 else None
    return noun.key == "men" and before is not None and before.part is Part.NAME and before.capital


def _definite(phrase: Phrase) -> bool:
    """Whether a mention is definite or bare: *the army*, *government troops*, not *an army* or *five soldiers*."""
    first = phrase.pieces[0]
    return (
        first.key in ("the", "this", "national", "state", "federal", "ruling", "military")
        or first.part is not Part.FILLER
    )
