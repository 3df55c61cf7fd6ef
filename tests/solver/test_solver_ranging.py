"""Sensitivity ranges: a textbook's table, and random problems solved again at and beyond the ends."""

import numpy as np
import pytest
from hypothesis import given, settings

from newcourse.errors import NotCertified
from newcourse.solver.corner import Corner
from newcourse.solver.door import solve
from newcourse.solver.problem import LinearProblem
from newcourse.solver.ranging import (
    column_ranges,
    cost_range,
    direction_range,
    furthest,
    row_bound_moved,
    row_ranges,
)
from newcourse.solver.solution import Solution, Stop
from tests.solver.instances import INF, bounded_problem, crowded_corner, dantzig_transport, problem, seeds


def wyndor() -> LinearProblem:
    """Hillier and Lieberman, *Introduction to Operations Research*: doors and windows of Wyndor Glass, 3 plants."""
    return problem("max", [3.0, 5.0], [[1.0, 0.0], [0.0, 2.0], [3.0, 2.0]], -INF, [4.0, 12.0, 18.0])


def corner_of(given_: LinearProblem) -> Corner:
    return Corner.of(solve(given_, method="simplex"))


def test_the_textbooks_sensitivity_table_of_wyndor_glass() -> None:
    corner = corner_of(wyndor())
    plants = row_ranges(corner, range(3))
    assert [plant.slope for plant in plants] == pytest.approx([0.0, 1.5, 1.0])
    assert [plant.more for plant in plants] == pytest.approx([INF, 6.0, 6.0])
    assert [plant.less for plant in plants] == pytest.approx([2.0, 6.0, 6.0])
    doors, windows = (cost_range(corner, j) for j in (0, 1))
    assert (doors.slope, doors.more, doors.less) == pytest.approx((2.0, 4.5, 3.0))
    assert (windows.slope, windows.more, windows.less) == pytest.approx((6.0, INF, 3.0))


def test_the_same_as_a_minimum_of_the_negative() -> None:
    corner = corner_of(wyndor().with_cost([-3.0, -5.0], "min"))
    plants = row_ranges(corner, range(3))
    assert [(p.less, p.more, p.slope) for p in plants][1:] == [pytest.approx((6, 6, -1.5)), pytest.approx((6, 6, -1))]
    assert (cost_range(corner, 0).more, cost_range(corner, 0).less) == pytest.approx((3.0, 4.5))


def best(given_: LinearProblem) -> float | None:
    found = solve(given_, method="simplex")
    assert found.certified
    return found.certificate.objective if found.stop is Stop.OPTIMAL else None


def with_bound(corner: Corner, row: int, change: float) -> LinearProblem:
    """Return the problem with the bound that ``row_ranges`` is about moved."""
    lower, upper = np.array(corner.problem.row_lower), np.array(corner.problem.row_upper)
    at, value = row_ranges(corner, [row])[0].value, corner.values[corner.problem.shape[1] + row]
    if lower[row] == upper[row]:
        lower[row] += change
        upper[row] += change
    elif at == upper[row]:
        upper[row] += change
    else:
        lower[row] += change
    assert np.isfinite(value)
    return corner.problem.with_row_bounds(lower, upper)


@pytest.mark.slow
@settings(max_examples=12)
@given(seeds)
def test_within_the_interval_the_best_value_is_a_straight_line(seed: int) -> None:
    corner = corner_of(bounded_problem(seed))
    reached = corner.certificate.objective
    for row, found in enumerate(row_ranges(corner, range(corner.problem.shape[0]))):
        if not np.isfinite(found.value):
            continue
        assert found.lower <= found.value <= found.upper
        for end in (-min(found.less, 5.0), min(found.more, 5.0)):
            for part in (0.5, 1 - 1e-9):
                again = best(with_bound(corner, row, part * end))
                assert again == pytest.approx(reached + found.slope * part * end, abs=1e-6)


@pytest.mark.slow
@settings(max_examples=6)
@given(seeds)
def test_outside_the_line_is_never_beaten_and_where_it_ends_the_slope_changes(seed: int) -> None:
    """The best value of a maximum is concave in the bound, of a minimum convex: the line bounds it."""
    corner = corner_of(bounded_problem(seed))
    sign, reached = corner.problem.sign, corner.certificate.objective
    for row, found in enumerate(row_ranges(corner, range(corner.problem.shape[0]))):
        for side in (-1.0, 1.0):
            room = found.more if side > 0 else found.less
            step = room + 1.0
            if not np.isfinite(found.value) or not np.isfinite(room):
                continue
            lower, upper = corner.problem.row_lower[row], corner.problem.row_upper[row]
            if lower < upper and not (lower < found.value + side * step or found.value == lower):
                continue
            if lower < upper and found.value == lower and found.value + side * step > upper:
                continue
            again = best(with_bound(corner, row, side * step))
            if again is not None:
                line = reached + found.slope * side * step
                assert sign * (again - line) >= -1e-6 * max(1.0, abs(line))


@pytest.mark.slow
@settings(max_examples=6)
@given(seeds)
def test_costs_within_their_interval_leave_the_solution_where_it_is(seed: int) -> None:
    corner = corner_of(bounded_problem(seed))
    for column in range(corner.problem.shape[1]):
        found = cost_range(corner, column)
        for cost in (max(found.lower, found.value - 3.0), min(found.upper, found.value + 3.0)):
            changed = np.array(corner.problem.cost)
            changed[column] = cost
            again = best(corner.problem.with_cost(changed))
            assert again == pytest.approx(changed @ corner.primal, abs=1e-6)
        for beyond in (found.lower - 0.1, found.upper + 0.1):
            if np.isfinite(beyond):
                changed[column] = beyond
                again = best(corner.problem.with_cost(changed))
                assert again is not None
                assert corner.problem.sign * (again - changed @ corner.primal) <= 1e-9


@pytest.mark.slow
@settings(max_examples=6)
@given(seeds)
def test_columns_bounds_have_intervals_too(seed: int) -> None:
    corner = corner_of(bounded_problem(seed))
    p = corner.problem
    for column, found in enumerate(column_ranges(corner, range(p.shape[1]))):
        if found.slope == 0:
            continue
        at_upper = found.value == p.column_upper[column]
        for end in (-min(found.less, 2.0), min(found.more, 2.0)):
            lower, upper = np.array(p.column_lower), np.array(p.column_upper)
            (upper if at_upper else lower)[column] += end * (1 - 1e-9)
            again = best(p.with_column_bounds(lower, upper))
            assert again == pytest.approx(corner.certificate.objective + found.slope * end, abs=1e-6)


def test_a_direction_goes_as_far_as_its_nearest_end() -> None:
    corner = corner_of(wyndor())
    change = np.array([0.0, 0.0, 0.0, 1.0, 0.0])
    assert direction_range(corner, change, change) == pytest.approx((-6.0, 6.0))
    change = np.array([0.0, 0.0, 0.0, 2.0, 2.0])
    less, more = direction_range(corner, change, change)
    assert less == pytest.approx(-6.0)
    assert more == INF


def moved(given_: LinearProblem, row: int, sign: float):  # type: ignore[no-untyped-def]
    def solved(changed: LinearProblem) -> Solution | None:
        found = solve(changed, method="simplex")
        assert found.certified
        return found if found.stop is Stop.OPTIMAL else None

    return row_bound_moved(given_, row, sign, solved)


def test_the_true_end_is_found_by_tangents() -> None:
    given_ = wyndor()
    assert furthest(moved(given_, 1, 1.0), 1.5, 36.0, 100.0) == pytest.approx(6.0)
    assert furthest(moved(given_, 1, -1.0), -1.5, 36.0, 12.0) == pytest.approx(6.0)
    assert furthest(moved(given_, 2, 1.0), 1.0, 36.0, 1e6) == pytest.approx(6.0)


def test_where_too_much_meets_the_basis_promises_little_and_the_true_end_is_found() -> None:
    """Two plants with the same limit: the basis holds one way only, the valuation of both together further."""
    given_ = problem("max", [1.0, 1.0], [[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]], -INF, [2.0, 2.0, 3.0])
    corner = corner_of(given_)
    first = row_ranges(corner, [0, 1])
    assert min(one.more for one in first) == 0.0
    active = max((0, 1), key=lambda i: first[i].slope)
    assert furthest(moved(given_, active, 1.0), first[active].slope, 5.0, 10.0) == pytest.approx(0.0, abs=1e-9)
    assert furthest(moved(given_, active, -1.0), -first[active].slope, 5.0, 2.0) == pytest.approx(2.0)


def test_a_crowded_corner_and_a_published_table() -> None:
    for given_ in (crowded_corner(12), dantzig_transport()):
        corner = corner_of(given_)
        assert corner.certificate.kind == "optimal"
        assert all(r.lower <= r.value <= r.upper for r in row_ranges(corner, range(given_.shape[0])))


def test_without_a_basis_nothing_is_claimed() -> None:
    found = solve(wyndor(), method="pdlp")
    bare = Solution(
        found.problem, "interior", found.stop, found.primal, found.dual, None, None, 0.0, 0, found.certificate
    )
    with pytest.raises(NotCertified, match="no-corner"):
        Corner.of(bare)
