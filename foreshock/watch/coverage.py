"""Whether enough was read of a place to say anything: documents, outlets still speaking, languages."""

from dataclasses import dataclass

import msgspec
import numpy as np

from foreshock.model.board import Coverage, Standing, State
from foreshock.watch.baselines import Counts
from foreshock.watch.rules import CoverageRules
from foreshock.watch.series import Span
from foreshock.watch.sightings import NONE, Sightings

RECENT = 6
"""Periods in which an outlet shows itself to be a usual one."""
YEAR = 12


@dataclass(frozen=True)
class Heard:
    """Which outlets (columns) were heard of in which periods (rows), and how much was in languages not read."""

    outlets: np.ndarray[tuple[int, int], np.dtype[np.bool_]]
    unread: tuple[float, ...]


def heard(seen: Sightings, span: Span) -> Heard:
    """Who published anything in each period, whatever the place."""
    table = np.zeros((span.size, len(seen.outlets)), dtype=bool)
    inside = (seen.period >= span.first) & (seen.period <= span.last) & (seen.outlet != NONE)
    table[seen.period[inside] - span.first, seen.outlet[inside]] = True
    return Heard(table, tuple(seen.unread.get(period, 0.0) for period in range(span.first, span.last + 1)))


def coverage(seen: Sightings, read: Counts, known: Heard, at: int, rules: CoverageRules) -> Coverage:
    """The coverage of the country of which `read` (reports by period) was read, in the period at column `at`."""
    documents, usual = int(read[at]), _usual(read, at)
    outlets, silent = _silent(seen, known, at, rules)
    unread = known.unread[at]
    problems = []
    if documents < rules.documents:
        ever = "" if read[: at + 1].any() else "never read of: "
        problems.append(f"{ever}{number_of(documents)}; {rules.documents} are needed")
    elif documents < rules.share * usual:
        problems.append(f"{number_of(documents)} where {usual:g} are usual")
    if silent and len(silent) >= rules.silent * (len(silent) + outlets):
        problems.append(f"{len(silent)} of {len(silent) + outlets} usual outlets fell silent: {', '.join(silent[:5])}")
    if unread >= rules.unread:
        problems.append(f"{unread:.0%} of what was taken is in languages that are not read")
    why = "; ".join(problems) or f"{number_of(documents)}, {usual:g} usual"
    return Coverage(documents=documents, usual=usual, outlets=outlets, silent=silent, unread=unread,
                    enough=not problems, why=why)  # fmt: skip


def coverage_within(country: Coverage, read: Counts, at: int, rules: CoverageRules) -> Coverage:
    """The coverage of a region of which `read` was read: what is said of its country says nothing of the region where
    the country's documents tell of its other parts."""
    documents, usual = int(read[at]), _usual(read, at)
    enough, why = country.enough, country.why
    if enough and documents < rules.share * usual:
        enough, why = (
            False,
            f"{number_of(documents)} on the region where {usual:g} {'is' if usual == 1 else 'are'} usual",
        )
    elif enough:
        why = f"{number_of(documents)} on the region, {usual:g} usual; on the country {why}"
    return msgspec.structs.replace(country, documents=documents, usual=usual, enough=enough, why=why)


def _usual(read: Counts, at: int) -> float:
    """The median of the year before a period, over the periods in which anything was read; 0 where nothing was."""
    before = read[max(0, at - YEAR) : at]
    return float(np.median(before[before > 0])) if (before > 0).any() else 0.0


def number_of(number: int) -> str:
    """So many documents, in words."""
    return f"{number} document{'' if number == 1 else 's'}"


def why_dark(one: Standing) -> str:
    """Why nothing can be said of a place that was not collected: its coverage, or else what its signs lack."""
    if not one.coverage.enough:
        return one.coverage.why
    signs = (sign for look in one.outlooks for sign in look.signs)
    lacking = dict.fromkeys(sign.why for sign in signs if sign.state is State.NOT_COLLECTED)
    return "; ".join((one.coverage.why, *lacking))


def _silent(seen: Sightings, known: Heard, at: int, rules: CoverageRules) -> tuple[int, tuple[str, ...]]:
    """How many usual outlets speak in the period, and the names of those that do not."""
    recent = known.outlets[max(0, at - RECENT) : at].sum(axis=0)
    usual = recent >= rules.regular
    silent = np.flatnonzero(usual & ~known.outlets[at])
    return int((usual & known.outlets[at]).sum()), tuple(seen.outlets[number] for number in silent)
