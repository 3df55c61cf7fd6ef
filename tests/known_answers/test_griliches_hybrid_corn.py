"""Adoption curves: hybrid maize in Iowa and in the Corn Belt.

Figures: Iowa, 3.1 per cent of acres in 1935 and 95 in 1941 (Iowa State College, Bulletin P38, *The Iowa corn yield
test*); the Corn Belt, 23, 39 and 62 per cent in 1938, 1939 and 1941 (US Department of Agriculture, Agricultural
Marketing Service, 17 September 1941). Z. Griliches (Econometrica 25, 1957) finds logistics with a slope of about 1 for
Iowa, the fastest, and of about one half for states that took it up last.
"""

import numpy as np
import pytest

from newcourse.errors import BadInput
from newcourse.plan.market.adoption import Logistic, fitted_logistic


def test_iowa_has_a_slope_of_about_one() -> None:
    iowa = fitted_logistic([1935, 1941], [0.031, 0.95])
    assert iowa.slope == pytest.approx(1.06, abs=0.01)  # ln(.95/.05) - ln(.031/.969) over 6 years
    assert 1935 < iowa.when(0.1) < 1937
    assert 5 < iowa.when(0.9) - iowa.when(0.1) + 1 < 6  # five years from a tenth to nine tenths


def test_the_corn_belt_as_a_whole_is_slower_than_its_first_state() -> None:
    belt = fitted_logistic([1938, 1939, 1941], [0.23, 0.39, 0.62])
    assert 0.5 < belt.slope < 0.6
    np.testing.assert_allclose(belt.at([1938, 1939, 1941]), [0.23, 0.39, 0.62], atol=0.03)


def test_a_logistic_is_found_again_from_its_own_figures() -> None:
    curve = Logistic(0.8, -4.0, 0.9)
    times = np.arange(12.0)
    found = fitted_logistic(times, curve.at(times), ceiling=0.8)
    assert (found.slope, found.constant) == pytest.approx((0.9, -4.0))
    with pytest.raises(BadInput, match="logistic"):
        fitted_logistic([1, 2], [0.0, 1.0])
    with pytest.raises(BadInput, match="logistic"):
        fitted_logistic([1, 2], [0.5, 0.4])
