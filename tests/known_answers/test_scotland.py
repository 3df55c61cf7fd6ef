"""Official counts by Scottish law: every stage of 115 wards of 2017, and three full stage reports (design §8.1)."""

import csv
import json
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

import pytest

from newcourse.vote.ranked import RankedVotes
from newcourse.vote.rules.scottish_stv import scottish_stv

pytestmark = pytest.mark.shared_data

MISPRINT = ("glasgow_2017_ward1", 3, "6")
"""The published 393 is a misprint for 303: with it the stage adds up to more than the valid poll."""


def counted(path):
    """Read the grouped form of the shared folder, count it, and return the result."""
    with path.open(newline="") as file:
        rows = list(csv.reader(file))
    candidates, seats = int(rows[0][0]), int(rows[0][1])
    groups = [row for row in rows[1:] if row[0].isdigit()]
    ballots = [[name for name in row[1:] if name] for row in groups]
    names = [str(number) for number in range(1, candidates + 1)]
    votes = RankedVotes.of_lists(names, ballots, [int(row[0]) for row in groups])
    return scottish_stv(votes, seats)


def agrees(value, published):
    """Return whether a value is the published one, which in some wards is rounded, and once cut, to fewer decimals."""
    exact, unit = Decimal(value), Decimal(published)
    return published in {str(exact.quantize(unit, how)) for how in (ROUND_HALF_UP, ROUND_DOWN)}


def differences(name, tally, official):
    """Return everything in which a count differs from the official one."""
    result = tally.result
    found = {
        "elected": sorted(map(int, result.elected)),
        "quota": result.quota,
        "elected_at_stage": {name: str(stage.number) for stage in result.stages for name in stage.elected},
        "excluded_at_stage": {name: str(stage.number - 1) for stage in result.stages for name in stage.excluded},
        "stages": len(result.stages),
    }
    expected = {key: official[key] for key in found} | {"stages": len(official["stages"])}
    yield from ((name, key, found[key], expected[key]) for key in found if found[key] != expected[key])
    for stage, published in zip(result.stages, official["stages"], strict=False):
        for candidate, value in stage.votes:
            where = (name, stage.number, candidate)
            if not agrees(value, published[candidate]) and where != MISPRINT:
                yield (*where, value, published[candidate])


def test_every_published_stage_of_every_ward_of_2017(shared_data):
    folder = shared_data / "votes/scotland_2017"
    wards = sorted((folder / "official").glob("*.json"))
    assert len(wards) == 115
    wrong, values, stages = [], 0, 0
    for path in wards:
        official = json.loads(path.read_text())
        tally = counted(folder / official["ballots"])
        wrong += differences(path.stem, tally, official)
        stages += len(official["stages"])
        values += sum(map(len, official["stages"]))
        assert sum(official["candidates"][name] != "" for name in tally.result.elected) == official["seats"]
        assert tally.ties == ()
    assert wrong == []
    assert (stages, values) == (818, 6705)


def test_the_one_figure_passed_over_is_a_misprint(shared_data):
    ward, stage, candidate = MISPRINT
    official = json.loads((shared_data / f"votes/scotland_2017/official/{ward}.json").read_text())
    published = official["stages"][stage - 1]
    total = sum(map(Decimal, published.values()))
    assert published[candidate] == "393"
    assert total > official["valid_poll"] >= total - 90


@pytest.mark.parametrize("ward", ["dundee22_coldside", "dundee22_maryfield", "linn07"])
def test_full_stage_reports_with_non_transferable_votes(shared_data, ward):
    folder = shared_data / "votes/scotland_stage_reports"
    official = json.loads((folder / f"{ward}_official_stages.json").read_text())
    result = counted(folder / f"{ward}_ballots.csv").result
    names = dict(zip((name for name, _ in result.stages[0].votes), official["stages"][0]["votes"], strict=True))
    assert (result.quota, len(result.elected)) == (official["quota"], official["seats"])
    assert len(result.stages) == len(official["stages"])
    for stage, published in zip(result.stages, official["stages"], strict=True):
        assert {names[name]: value for name, value in stage.votes} == {
            name: value or "0.00000" for name, value in published["votes"].items()
        }
        assert stage.non_transferable == published["non_transferable"]
        assert sorted(names[name] for name in stage.elected) == sorted(published["elected"])
        assert [names[name] for name in stage.excluded] == published["excluded"]
        assert (names[stage.surplus] if stage.surplus else None) == published["surplus"]
