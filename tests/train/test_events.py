"""What the weights of events are fitted on: labels as the sources give them, and weights that mean what they should."""

import datetime
from collections import Counter

import numpy as np

from foreshock.corroborate.events.score import FEATURES
from train.event_material import Told, document_of, examples, reports
from train.event_pairs import Pair, label
from train.events import AGAINST, NAMES, PRIOR, fitted, weights_of

MAY = datetime.date(1989, 5, 10)


def told(name: str, day: datetime.date, sure: set[str], loose: set[tuple[str, int | None]] | None = None) -> Told:
    document = document_of(name, None, day)
    return Told("muc", name, document, day, frozenset(sure), frozenset(loose or ()))


def test_the_invented_reports_come_in_groups_on_countries_that_are_not_measured_on() -> None:
    found = list(reports())
    groups = Counter(group for one in found for group in one.events or ())
    assert len(groups) >= 60 and len(found) >= 200
    assert min(groups.values()) >= 2
    countries = {group[:3] for group in groups}
    assert len(countries) >= 15
    assert not countries & {"SDN", "COD", "AFG"}
    assert {one.document.published is None for one in found} == {True, False}
    assert len({one.document.id for one in found}) == len(found)


def test_examples_that_copy_one_story_are_taken_once() -> None:
    events = Counter(event for one in examples() for event in one.events or ())
    assert events["wagner-mutiny-2023-06"] >= 2
    assert len({one.document.id for one in examples()}) == sum(events.values())


def test_a_pair_is_the_same_by_a_shared_incident_different_by_days_and_open_otherwise() -> None:
    day = MAY.toordinal()
    one = told("one", MAY, {"BOMBING 1 LIMA"}, {("PERU", day)})
    assert label(one, told("two", MAY, {"BOMBING 1 LIMA"}, {("PERU", day)})) is True
    assert label(one, told("two", MAY, {"BOMBING 9 LIMA"}, {("PERU", day + 8)})) is False
    assert label(one, told("two", MAY, {"BOMBING of ROE"}, {("PERU", None)})) is None
    assert label(one, told("two", MAY, {"BOMBING of ROE"}, {("CHILE", None)})) is False
    assert label(one, told("two", MAY + datetime.timedelta(20), {"BOMBING 1 LIMA"}, {("PERU", day)})) is None
    assert label(one, told("two", MAY, {"BOMBING 1 LIMA", "A", "B"}, {("PERU", day)})) is None
    assert label(one, told("two", MAY + datetime.timedelta(90), {"C"}, {("CHILE", day)})) is None


def test_weights_are_fitted_with_the_signs_that_features_mean_and_the_share_that_is_taken_for_granted() -> None:
    draw = np.random.default_rng(3)
    text = told("one", MAY, {"A"})
    found = []
    for same in (True, False):
        for _ in range(200):
            values = draw.normal(0.4 if same else 0.0, 0.5, len(FEATURES))
            found.append(Pair(text, text, tuple(values), same))
    weights = dict(zip([*NAMES, "intercept"], fitted(found), strict=True))
    assert weights["words"] > 0 and weights["date"] > 0
    assert all(weights[name] == 0 for name in AGAINST), "what speaks for an event here may not: its sign is given"
    share = weights_of(found)
    assert abs(share[:200].sum() / share.sum() - PRIOR) < 1e-9
