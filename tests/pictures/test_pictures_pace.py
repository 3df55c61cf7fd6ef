"""The picture of the pace: every point of the frontier stands in it with its pace."""

import pytest

from newcourse.pictures.pace import pace, pace_points
from newcourse.pictures.render import svg
from newcourse.plan.pace import pace_frontier
from tests.plan.test_disproportion import two_departments


def test_points_with_their_pace() -> None:
    frontier = pace_frontier(two_departments(300.0), 3)
    table = pace_points(frontier)
    assert table["which"].tolist() == ["frontier"] * 3 + ["plan"]
    assert table["today"].tolist()[:3] == pytest.approx([point.today for point in frontier.points])
    for width in (300, 880):
        drawn = svg(pace(frontier, width=width))
        assert all(f"{share:.1%}" in drawn for share in table["pace"])
        assert frontier.words().split(":")[0] in drawn
