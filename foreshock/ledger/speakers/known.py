"""The registry's name for a forecaster that a text names, as far as nothing in the text speaks against it."""

from collections.abc import Collection, Set

from foreshock.actors.names import key
from foreshock.actors.resolve import shipped
from foreshock.actors.schema import Actor, Kind
from foreshock.ledger.parts import Forecaster
from foreshock.ledger.speakers.phrases import is_acronym
from foreshock.model.prediction import ForecasterKind

_ORGANISED = frozenset(Kind) - {Kind.PERSON, Kind.OFFICE}


def registered(words: str, countries: Set[str] = frozenset()) -> Forecaster | None:
    """The registry's actor that is called so: a person or an office as a role, anything else as a body.

    Of several that bear a name it is one of the `countries` (ISO 3166-1 alpha-3) that the text names; where the text
    names some, an acronym is no body of another: *MNLA* is one in Mali and another in Myanmar. Nor is a mere
    title (*defence secretary*), nor a common name
    that the registry knows in several, or tells apart: *State Security Service*, *Civil Protection (North Kosovo)*.
    """
    actors = [one.actor for one in shipped().called(key(words))]
    near = [one for one in actors if one.country is None or one.country in countries]
    common = len({one.country for one in actors}) > 1 or any(one.name.endswith(")") for one in actors)
    if words.islower() or (countries and (common or is_acronym(words.removeprefix("the ")))):
        actors = near
    actor = next(iter(near or actors), None)
    return None if actor is None else _forecaster(actor)


def organised(identity: str | None) -> Forecaster | None:
    """The registry's state or body of that id; null for a person, an office and an unknown one."""
    actor = shipped().by_id.get(identity or "")
    return None if actor is None or actor.kind not in _ORGANISED else _forecaster(actor)


def _forecaster(actor: Actor) -> Forecaster:
    kind = ForecasterKind.ORGANISATION if actor.kind in _ORGANISED else ForecasterKind.ROLE
    return Forecaster(kind, actor.name)


def registry_name(name: str | None, countries: Set[str] = frozenset()) -> str | None:
    """The registry's name of the body that is called so; null where it knows none."""
    known = registered(name, countries) if name else None
    return known.name if known is not None and known.kind is ForecasterKind.ORGANISATION else None


def country_of(name: str) -> str | None:
    """The country of the registry's actor of that name, by ISO 3166-1 alpha-3; null for none and for several."""
    countries = {one.actor.country for one in shipped().called(key(name))}
    return next(iter(countries)) if len(countries) == 1 else None


def is_listed(name: str) -> bool:
    """Whether the registry has anybody by that name."""
    return bool(shipped().called(key(name)))


def is_person(name: str) -> bool:
    """Whether the registry has a person by that name, and nothing else."""
    found = shipped().called(key(name))
    return bool(found) and all(one.actor.kind is Kind.PERSON for one in found)


def office_title(title: str, countries: Collection[str]) -> str | None:
    """An office's title with its state's name, given ISO codes of which one may be it; null where none is a state's."""
    state = next((one.name for one in shipped().actors if one.kind is Kind.STATE and one.country in countries), None)
    return None if state is None else f"{title[:1].upper()}{title[1:]} of {state}"
