"""Compiles `foreshock/data/actors.json` from the registry's YAML files: `python -m train.actors [--partial]`.

States and their organs are made from the gazetteer's countries; everything else stands in `foreshock/data/actors/`.
"""

import argparse
import hashlib
import re
import sqlite3
import sys
from pathlib import Path

import msgspec
import yaml

from foreshock.actors import build, compiled
from foreshock.actors.compiled import Compiled, Countries
from foreshock.actors.lexicon import Lexicon, lexicon
from foreshock.actors.names import key
from foreshock.actors.schema import Actor, Kind
from foreshock.errors import ItemError
from foreshock.places import gazetteer

DATA = compiled.SHIPPED.parent
FOLDER = DATA / "actors"
WORDS = DATA / "actor-words.yaml"
COUNTRIES = DATA / "actor-countries.yaml"
PEOPLE = re.compile(r"(?:(?<!m)an|german|(?<!afghan)i|er|ene)$")
"""Adjectives to which an *s* makes the people: *Bolivians*, *Omanis*; not *Frenchmans*, and *afghanis* are money."""
DEMONYMS = DATA / "places" / "demonyms.yaml"


class Geography(msgspec.Struct, frozen=True):
    """What the gazetteer knows of countries: name by ISO code, peoples and adjectives, capitals, who lies beside."""

    countries: dict[str, str]
    demonyms: dict[str, str]
    capitals: list[tuple[str, str]]
    neighbours: dict[str, list[str]]


def geography(path: Path = gazetteer.SHIPPED) -> Geography:
    """The countries of the gazetteer."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as index:
        countries = index.execute("SELECT country, name FROM place WHERE kind = 1 AND country IS NOT NULL").fetchall()
        demonyms = index.execute(
            "SELECT d.key, p.country FROM demonym d JOIN place p ON p.id = d.place WHERE p.kind = 1"
        ).fetchall()
        capitals = index.execute("SELECT name, country FROM place WHERE capital = 1 ORDER BY name").fetchall()
        pairs = index.execute("SELECT country, neighbour FROM neighbour ORDER BY country, neighbour").fetchall()
    index.close()
    beside: dict[str, list[str]] = {}
    for country, neighbour in pairs:
        beside.setdefault(country, []).append(neighbour)
    return Geography(dict(sorted(countries)), dict(sorted(demonyms)), capitals, beside)


def countries_of(known: Geography) -> Countries:
    """The names, adjectives and seats of government of all countries, as keys."""
    own = yaml.safe_load(COUNTRIES.read_text(encoding="utf-8"))
    names = {key(name): code for code, name in known.countries.items()}
    names |= {key(name).removeprefix("the "): code for code, more in own["names"].items() for name in more}
    adjectives = {key(name): code for name, code in known.demonyms.items() if code}
    listed = yaml.safe_load(DEMONYMS.read_text(encoding="utf-8"))
    pairs = [(name, code) for code in listed if code in known.countries for name in listed[code]]
    pairs += [(name, code) for code, more in own["adjectives"].items() for name in more]
    adjectives |= {key(name): code for name, code in pairs if key(name) not in names or key(name) in ("usa", "uk")}
    peoples = {f"{name}s": code for name, code in adjectives.items() if PEOPLE.search(name) and name not in names}
    adjectives = {name: code for name, code in peoples.items() if name not in names} | adjectives
    seats = {key(name): code for name, code in known.capitals if name not in own["not_seats"]}
    seats |= {key(name): code for code, more in own["seats"].items() for name in more}
    territories = {name: code for code, more in own["territories"].items() for name in more}
    seats = {name: code for name, code in seats.items() if name not in names}
    return Countries(names, adjectives, seats, territories, known.neighbours)


def states(known: Geography, words: Lexicon, listed: list[Actor]) -> list[Actor]:
    """A state and its organs for every country.

    Left out is what a file has by its id, and what a file has by its name (*Presidency of France* is the Élysée),
    unless a file refers to it.
    """
    taken = {actor.id for actor in listed}
    called = {key(name) for actor in listed for name in (actor.name, *actor.aliases)}
    meant = {other for actor in listed for _, other in actor.references()}
    own = yaml.safe_load(COUNTRIES.read_text(encoding="utf-8"))
    found = []
    for code, name in known.countries.items():
        if code in own["without_state"]:
            continue
        state = code.lower()
        found.append(Actor(id=state, name=name, kind=Kind.STATE, sector="GOV", country=code, basis="ISO 3166-1"))
        for organ, entry in words.organ_entries.items():
            if entry.name is not None:
                found.append(
                    Actor(
                        id=f"{state}-{organ}",
                        name=f"{entry.name} {name}",
                        kind=_kind(organ),
                        sector=entry.sector,
                        country=code,
                        parent=state,
                        basis=build.GENERATED,
                    )
                )
    return [
        actor
        for actor in found
        if actor.id not in taken and (actor.kind is Kind.STATE or actor.id in meant or key(actor.name) not in called)
    ]


def _kind(organ: str) -> Kind:
    return Kind.ARMED_FORCE if organ in ("armed-forces", "police", "security-forces") else Kind.ORGAN


def source() -> str:
    """A digest of everything that the compiled file is made from, the code of the compiler aside."""
    digest = hashlib.sha256()
    for path in [*sorted(FOLDER.glob("*.yaml")), WORDS, COUNTRIES, DEMONYMS]:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    digest.update(msgspec.json.encode(geography()))
    return digest.hexdigest()


def compile_registry() -> tuple[Compiled, list[ItemError]]:
    """The registry, without what is broken, and every problem found in the files."""
    words = lexicon(yaml.safe_load(WORDS.read_text(encoding="utf-8")))
    known = geography()
    places = countries_of(known)
    entries, problems = build.read_files(sorted(FOLDER.glob("*.yaml")))
    made = states(known, words, [actor for _, actor in entries])
    problems += build.broken_references(entries, (actor.id for actor in made))
    actors = build.with_people([*(actor for _, actor in entries), *made])
    names = build.names_over(actors, words, places)
    blocks = compiled.blocks_over(names.exact)
    raw = msgspec.Raw(msgspec.json.encode(blocks))
    return Compiled(compiled.FORMAT, source(), words, places, actors, names, raw), problems


def main() -> None:
    """Compile, or name every broken entry on stderr and write nothing (with `--partial`, write the rest)."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--partial", action="store_true", help="write the registry without the broken entries")
    arguments = parser.parse_args()
    registry, problems = compile_registry()
    for problem in problems:
        sys.stderr.write(f"{problem}\n")
    if problems and not arguments.partial:
        sys.exit(f"{len(problems)} problems; nothing written")
    compiled.SHIPPED.write_bytes(msgspec.json.encode(registry, order="deterministic"))
    people = sum(actor.kind is Kind.PERSON for actor in registry.actors)
    size = compiled.SHIPPED.stat().st_size / 1e6
    sys.stdout.write(f"{len(registry.actors)} entries, {people} of them people; {size:.1f} MB\n")


if __name__ == "__main__":
    main()
