"""Whether enough was read of a place to say anything: documents, outlets still speaking, languages."""

from dataclasses import dataclass

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
    documents = int(read[at])
    before = read[max(0, at - YEAR) : at]
    usual = float(np.median(before[before > 0])) if (before > 0).any() else 0.0
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


def number_of(number: int) -> str:
    """So many documents, in words."""
    return f"{number} document{'' if number == 1 else 's'}"


def why_dark(one: Standing) -> str:
    """Why nothing can be said of a place that was not collected: its coverage, or else what its signs lack."""
    if not one.coverage.enough:
        return one.coverage.why
    lacking = dict.fromkeys(sign.why for sign in one.highest.signs if sign.state is State.NOT_COLLECTED)
    return "; ".join((one.coverage.why, *lacking))


def _silent(seen: Sightings, known: Heard, at: int, rules: CoverageRules) -> tuple[int, tuple[str, ...]]:
    """How many usual outlets speak in the period, and the names of those that do not."""
    recent = known.outlets[max(0, at - RECENT) : at].sum(axis=0)
    usual = recent >= rules.regular
    silent = np.flatnonzero(usual & ~known.outlets[at])
    return int((usual & known.outlets[at]).sum()), tuple(seen.outlets[number] for number in silent)
