"""Whether enough was read of a place to say anything: documents, outlets still speaking, languages."""

from dataclasses import dataclass

import msgspec
import numpy as np

from foreshock.model.board import Coverage, Standing, State
from foreshock.model.words import counted
from foreshock.watch.baselines import Counts
from foreshock.watch.columns import NONE, Flags, Numbers, Sightings
from foreshock.watch.rules import CoverageRules
from foreshock.watch.series import Span

RECENT = 6
"""Periods in which an outlet shows itself to be a usual one."""
YEAR = 12


@dataclass(frozen=True)
class Heard:
    """Which outlets (columns) published anything, whatever the place, in which periods (rows), how much was in
    languages not read, and who spoke of which country: rows of period, country (as in `seen.places`), outlet."""

    outlets: Flags
    unread: tuple[float, ...]
    speaking: Numbers

    def usual(self, at: int, rules: CoverageRules) -> dict[int, Numbers]:
        """By country the outlets that spoke of it in so many of the periods before the one at row `at` that they are
        usual ones: one that writes of other countries tells nothing of this one by its silence."""
        begin, end = np.searchsorted(self.speaking[:, 0], [at - RECENT, at])
        pairs, often = np.unique(self.speaking[begin:end, 1:], axis=0, return_counts=True)
        regular = pairs[often >= rules.regular]
        return {int(country): regular[regular[:, 0] == country, 1] for country in np.unique(regular[:, 0])}


def heard(seen: Sightings, span: Span) -> Heard:
    """Who published anything in each period, and of which countries."""
    table = np.zeros((span.size, len(seen.outlets)), dtype=bool)
    inside = (seen.period >= span.first) & (seen.period <= span.last) & (seen.outlet != NONE)
    periods, outlets = seen.period[inside] - span.first, seen.outlet[inside]
    table[periods, outlets] = True
    sizes = (span.size, len(seen.places), max(len(seen.outlets), 1))
    once = np.unique(np.ravel_multi_index((periods, seen.place[inside], outlets), sizes))
    unread = tuple(seen.unread.get(period, 0.0) for period in range(span.first, span.last + 1))
    return Heard(table, unread, np.column_stack(np.unravel_index(once, sizes)))


def coverage(
    seen: Sightings, read: Counts, known: Heard, regular: Numbers, at: int, rules: CoverageRules
) -> Coverage:  # fmt: skip
    """The coverage of the country of which `read` (reports by period) was read, in the period at column `at`;
    `regular` are its usual outlets."""
    documents, usual = int(read[at]), _usual(read, at)
    spoke = known.outlets[at, regular]
    outlets, silent = int(spoke.sum()), tuple(seen.outlets[number] for number in regular[~spoke])
    unread = known.unread[at]
    problems = []
    if documents < rules.documents:
        ever = "" if read[: at + 1].any() else "never read of: "
        problems.append(f"{ever}{counted(documents, 'document')}; {rules.documents} are needed")
    elif documents < rules.share * usual:
        problems.append(f"{counted(documents, 'document')} where {usual:g} are usual")
    if len(silent) >= max(rules.outlets, rules.silent * len(regular)):
        problems.append(f"{len(silent)} of {len(regular)} usual outlets fell silent: {', '.join(silent[:5])}")
    if unread >= rules.unread:
        problems.append(f"{unread:.0%} of what was taken is in languages that are not read")
    why = "; ".join(problems) or f"{counted(documents, 'document')}, {usual:g} usual"
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
            f"{counted(documents, 'document')} on the region where {usual:g} {'is' if usual == 1 else 'are'} usual",
        )
    elif enough:
        why = f"{counted(documents, 'document')} on the region, {usual:g} usual; on the country {why}"
    return msgspec.structs.replace(country, documents=documents, usual=usual, enough=enough, why=why)


def _usual(read: Counts, at: int) -> float:
    """The median of the year before a period, over the periods in which anything was read; 0 where nothing was."""
    before = read[max(0, at - YEAR) : at]
    return float(np.median(before[before > 0])) if (before > 0).any() else 0.0


def why_dark(one: Standing) -> str:
    """Why nothing can be said of a place that was not collected: its coverage, or else what its signs lack."""
    if not one.coverage.enough:
        return one.coverage.why
    signs = (sign for look in one.outlooks for sign in look.signs)
    lacking = dict.fromkeys(sign.why for sign in signs if sign.state is State.NOT_COLLECTED)
    return "; ".join((one.coverage.why, *lacking))
