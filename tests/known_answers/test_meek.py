"""Meek's method on the model election of ERS97: every value published for six of its stages.

Ballots and reference values: RunasSudo, after the model election in R. A. Newland and F. S. Britton, "How to conduct an
election by the single transferable vote", 3rd edition, Electoral Reform Society 1997.
"""

import csv
from pathlib import Path

import pytest

from newcourse.vote.meek.stages import short
from newcourse.vote.ranked import RankedVotes
from newcourse.vote.rules.meek_stv import meek_stv

pytestmark = pytest.mark.shared_data


@pytest.fixture(scope="module")
def votes(shared_data: Path) -> RankedVotes:
    text = (shared_data / "votes" / "ers97" / "ers97_model_election.blt").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    end = lines.index("0")
    names = [line.strip('"') for line in lines[end + 1 : -1]]
    rows = [[int(word) for word in line.split()] for line in lines[1:end]]
    return RankedVotes.of_lists(names, [[names[c - 1] for c in row[1:] if c] for row in rows], [row[0] for row in rows])


@pytest.fixture(scope="module")
def published(shared_data: Path) -> list[list[str]]:
    path = shared_data / "votes" / "ers97" / "ers97_meek_reference.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_every_published_value_of_the_model_election(votes, published):
    stages = meek_stv(votes, 6, "reference").result.stages
    assert len(stages) == 11
    elected, excluded, compared = set(), set(), 0
    marks = {}
    for number, stage in enumerate(stages, start=1):
        elected |= set(stage.elected)
        excluded |= {stage.excluded} - {None}
        marks[number] = {c: "EL" if c in elected else "EX" if c in excluded else "H" for c in votes.candidates}
    for column in range(1, len(published[0]), 2):
        number = int(published[0][column])
        stage = stages[number - 1]
        for row in published[2:]:
            units = {"Exhausted": stage.non_transferable, "Quota": stage.quota}.get(row[0])
            units = stage.votes[row[0]] if units is None else units
            assert float(short(units)) == float(row[column]), (number, row[0])
            compared += 1
            if row[0] in votes.candidates:
                assert marks[number][row[0]] == row[column + 1], (number, row[0])
    assert compared == 6 * 13


def test_both_variants_elect_the_same(votes):
    expected = ("Smith", "Duke", "Carpenter", "Freeman", "Prince", "Vicar")
    assert meek_stv(votes, 6, "reference").result.elected == expected
    assert meek_stv(votes, 6).result.elected == expected


def test_the_prf_rule_agrees_to_two_decimals_until_it_elects_before_the_iteration_ends(votes, published):
    stages = meek_stv(votes, 6).result.stages
    for column in range(1, len(published[0]) - 2, 2):
        stage = stages[int(published[0][column]) - 1]
        for row in published[2 : 2 + len(votes.candidates)]:
            assert float(short(stage.votes[row[0]])) == float(row[column])
