from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from geoportal.atlas.correlation import FEWEST, correlate


def test_coefficients_agree_with_scipy_even_with_ties_and_gaps():
    made = np.random.default_rng(5)
    one = [*made.integers(0, 20, 200).astype(float).tolist(), None, 3.0]
    other = [*(value * 2 + float(made.normal(0, 9)) for value in one[:200]), 1.0, None]
    found = correlate(one, other)
    assert found is not None
    assert found.count == 200
    assert found.pearson == pytest.approx(stats.pearsonr(one[:200], other[:200]).statistic)
    assert found.spearman == pytest.approx(stats.spearmanr(one[:200], other[:200]).statistic)


def test_few_pairs_and_constants_have_no_correlation():
    few = [float(n) for n in range(FEWEST - 1)]
    assert correlate(few, few) is None
    assert correlate([1.0] * 10, [float(n) for n in range(10)]) is None


def test_a_rising_curve_has_ranks_that_go_together_entirely():
    values = [float(n) for n in range(1, 20)]
    found = correlate(values, [value**3 for value in values])
    assert found is not None
    assert found.spearman == pytest.approx(1)
    assert found.pearson < 1
