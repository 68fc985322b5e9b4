"""What the weights of acts are fitted on: judged pairs lead to statements; where little is judged a weight stays."""

import numpy as np

from foreshock.corroborate.events.rules import rules
from train.event_acts import AGAINST, HELD, labelled, names
from train.event_material import reports
from train.events import fitted_to


def test_the_judged_pairs_lead_into_texts_that_may_be_trained_on() -> None:
    found = labelled()
    assert len(found) >= 600 and {one.source for one in found} == {"muc", "reports"}
    assert min(one.of for one in found) > 0
    texts = {one.name: one.document.text for one in reports()}
    for one in found:
        if one.source == "reports":
            assert all(0 <= at < len(texts[name]) for name, at in (one.first, one.second))
    for within in (True, False):
        judged = [one.same for one in found if one.within is within]
        assert 0.25 < np.mean(judged) < 0.75


def test_every_feature_has_a_weight_of_the_sign_that_it_means() -> None:
    for within, weights in ((False, rules().acts), (True, rules().in_text)):
        assert set(weights) == {*names(within), "intercept"}
        for name in names(within):
            assert weights[name] <= 0 if name in AGAINST else weights[name] >= 0


def test_a_ridge_draws_towards_what_was_set_where_nothing_is_told() -> None:
    values = np.array([[1.0, 0.0], [0.0, 0.0], [1.0, 0.0], [0.0, 0.0]])
    labels = np.array([1.0, 0.0, 1.0, 0.0])
    weights = fitted_to(values, labels, np.ones(4), [False, True], 0.05, [0.0, -3.0])
    assert weights[0] > 0 and np.isclose(weights[1], -3.0)
    assert set(HELD) <= AGAINST
