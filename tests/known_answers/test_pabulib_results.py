"""Official results of participatory budgets, from Pabulib (arXiv:2012.06539): every selection, project by project."""

import json

import pytest

from newcourse.sources.ballots.pabulib import read_pabulib, write_pabulib
from newcourse.vote.outcome import Selection
from newcourse.vote.rule import count

pytestmark = pytest.mark.shared_data

FOLDER = "votes/pabulib"
FILES = (
    "Poland_Swiecie_2023",
    "Poland_Lodz_2022",
    "Poland_Krakow_2024",
    "France_Toulouse_2024",
    "Poland_Krakow_2025_Zwierzyniec",
    "Poland_Czestochowa_2024_Stradom",
    "Poland_Warszawa_2017_Wars",
    "Poland_Warszawa_2019_Targowek",
    "Poland_Wroclaw_2018_Rejon_nr_2_250",
    "Poland_Gdynia_2022_Orlowo__large",
    "Poland_Katowice_2023_Srodmiescie",
    "Poland_Warszawa_2024_Wesola",
)
BY_LAW = {"Poland_Swiecie_2023": {"share": "1/3", "comparison": "projects"}}
"""What the local law adds to the file: in Świecie a project needs a third of its part of the budget in votes, and the
outcome is compared with the one by votes (equalshares.net, Świecie 2023)."""


@pytest.fixture
def index(shared_data):
    rows = json.loads((shared_data / FOLDER / "index.json").read_text())
    return {row["file"].removesuffix(".pb.gz"): row for row in rows}


def test_every_file_is_here(index):
    assert set(index) == set(FILES)


@pytest.mark.parametrize("name", [pytest.param(n, marks=pytest.mark.slow) if "2024" in n else n for n in FILES])
def test_the_official_selection_is_reproduced(shared_data, index, name):
    vote, known = read_pabulib(shared_data / FOLDER / f"{name}.pb.gz"), index[name]
    assert vote.faults == ()
    assert (vote.rule, vote.vote_type, str(vote.budget)) == (known["rule"], known["vote_type"], _plain(known["budget"]))
    assert (len(vote.names), vote.votes.total) == (known["projects"], known["votes"])
    rule, options = vote.official()
    outcome = count(rule, options | BY_LAW.get(name, {}), vote.votes)
    selected = outcome.expect(Selection).selected
    if not known["official_selected"]:
        assert vote.selected == ()  # Toulouse published no selection in this file.
        assert selected
        return
    assert set(selected) == set(known["official_selected"])
    if rule.startswith("budget-greedy"):
        assert selected == tuple(known["official_selected"])
    assert set(vote.selected) == set(selected)


@pytest.mark.parametrize("name", ["Poland_Swiecie_2023", "Poland_Katowice_2023_Srodmiescie"])
def test_a_file_written_again_is_equal(shared_data, name):
    vote = read_pabulib(shared_data / FOLDER / f"{name}.pb.gz")
    assert read_pabulib(write_pabulib(vote)) == vote


def test_votes_and_scores_told_in_the_files_are_those_counted(shared_data):
    for name in FILES[4:]:
        vote = read_pabulib(shared_data / FOLDER / f"{name}.pb.gz")
        key = "score" if "score" in vote.projects[0] else "votes"
        assert [int(row[key]) for row in vote.projects] == vote.votes.totals().tolist()
        assert [int(row["votes"]) for row in vote.projects] == vote.approvals.totals().tolist()


def test_in_swiecie_one_project_was_out_and_the_count_began_with_whole_money_or_not(shared_data):
    vote = read_pabulib(shared_data / FOLDER / "Poland_Swiecie_2023.pb.gz")
    rule, options = vote.official()
    for start in ("exact", "whole"):
        for until in ("full", "overspent"):
            outcome = count(rule, options | {"share": "1/3", "start": start, "until": until}, vote.votes)
            assert set(outcome.expect(Selection).selected) == set(vote.selected)
            assert [step.facts["project"] for step in outcome.steps if step.code == "out"] == ["c22"]


@pytest.mark.slow
def test_a_city_is_counted_with_raised_money(shared_data):
    # 44 projects after 58 raises; pabutools finds the same (benchmarks/budgets.py).
    vote = read_pabulib(shared_data / FOLDER / "Poland_Lodz_2022.pb.gz")
    outcome = count("budget-equal-shares", vote.options() | {"completion": "add1"}, vote.votes)
    result = outcome.expect(Selection)
    assert (len(result.selected), result.cost) == (44, 5985880)
    assert result.selected[:5] == ("L010", "L126", "L025", "L142", "L133")


def _plain(amount):
    return amount if "." not in amount else f"{amount.replace('.', '')}/100"
