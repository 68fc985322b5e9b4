"""Measures the resolution of actors: `python -m bench.actors [--file MENTIONS.yaml] [--rounds N]`.

Accuracy is the share of mentions whose entry, or lack of one, is the expected; a false link is an entry of the registry
for a mention that means another or none. Each mention is resolved within its text. Wanted are an
accuracy of 90 %, at most 3 % of false links, and 5,000 mentions a second.
"""

import argparse
import datetime
import sys
import time
from collections import Counter
from pathlib import Path

import msgspec
import yaml

from foreshock.actors.context import Context, context_of
from foreshock.actors.fresh import NEW
from foreshock.actors.resolve import Registry, shipped

MENTIONS = Path(__file__).resolve().parent.parent / "tests" / "actors" / "mentions.yaml"


class Case(msgspec.Struct, frozen=True):
    """A mention in its text, the id it should get, and what makes it hard: `plain`, `slip`, `unknown`, `private`.

    An expected `new` is a group of which no registry knows: any id of a new entity is right.
    """

    mention: str
    expected: str | None
    sort: str
    country: str | None
    context: Context


class Wrong(msgspec.Struct, frozen=True):
    """A mention that got another id than it should."""

    case: Case
    got: str | None

    @property
    def false_link(self) -> bool:
        """Whether it was tied to an entry of the registry that it does not mean."""
        return self.got is not None and not self.got.startswith(NEW)


class Text(msgspec.Struct, frozen=True):
    """A text of the test file, what it is about, and its mentions as `[mention, id]` or `[mention, id, sort]`."""

    about: str | None
    date: datetime.date
    text: str
    mentions: list[list[str | None]]

    def context(self, registry: Registry) -> Context:
        """What the text knows; the country it is about stands for the places of its statements."""
        placed = [self.about] if self.about else []
        return context_of(self.text, self.date, registry.sought, placed)


def cases(path: Path, registry: Registry) -> list[Case]:
    """The mentions of a test file, each with the context of its text."""
    found = []
    for text in msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")), list[Text]):
        context = text.context(registry)
        for mention, expected, *sort in text.mentions:
            found.append(Case(mention or "", expected, (sort[0] if sort else None) or "plain", text.about, context))
    return found


def wrong(found: list[Case], registry: Registry) -> list[Wrong]:
    """The mentions that are resolved to another id than expected."""
    results = []
    for case in found:
        match = registry.resolve(case.mention, case.context)
        got = match.actor.id if match is not None else None
        if got != case.expected and not (case.expected == "new" and (got or "").startswith(NEW)):
            results.append(Wrong(case, got))
    return results


def mentions_a_second(found: list[Case], registry: Registry, rounds: int) -> float:
    """Mentions resolved in a second of one core's time, once the look-ups for slips are loaded."""
    began = time.process_time()
    for _ in range(rounds):
        registry.forget()
        for case in found:
            registry.resolve(case.mention, case.context)
    return rounds * len(found) / (time.process_time() - began)


def main() -> None:
    """Print the table, each wrong mention, and the speed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--file", type=Path, default=MENTIONS, help="mentions in the format of the tests")
    parser.add_argument("--rounds", type=int, default=5, help="times the mentions are resolved to measure speed")
    arguments = parser.parse_args()
    registry = shipped()
    found = cases(arguments.file, registry)
    mistakes = wrong(found, registry)
    totals = Counter(case.sort for case in found)
    failed = Counter(mistake.case.sort for mistake in mistakes)
    for mistake in mistakes:
        sys.stdout.write(
            f"{mistake.case.country} {mistake.case.mention!r}: {mistake.got}, not {mistake.case.expected}\n"
        )
    for sort, total in totals.items():
        sys.stdout.write(f"{sort:10}{total - failed[sort]:5} of {total}\n")
    false = sum(mistake.false_link for mistake in mistakes)
    countries = len({case.country for case in found if case.country})
    sys.stdout.write(
        f"{len(found)} mentions, {countries} countries: accuracy {1 - len(mistakes) / len(found):.1%}, "
        f"false links {false / len(found):.1%}, "
        f"{mentions_a_second(found, registry, arguments.rounds):,.0f} mentions a second\n"
    )


if __name__ == "__main__":
    main()
