"""Readers of ballots under anything: votes or BadInput, never another error, and no ballot lost."""

from contextlib import suppress
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from newcourse.errors import BadInput
from newcourse.sources.ballots.blt import write_blt
from newcourse.sources.ballots.papers import clear_ranks
from newcourse.sources.ballots.preflib import write_preflib
from newcourse.sources.ballots.reading import ReadVotes, clean_names
from newcourse.sources.ballots.registry import FORMS, read_votes, read_votes_text
from newcourse.vote.ranked import RankedVotes

HEADS = {
    "grouped-csv": "4,2,\n",
    "blt": "4 2\n",
    "preflib": "# NUMBER ALTERNATIVES: 4\n",
    "pabulib": "META\nkey;value\nbudget;9\nvote_type;cumulative\nPROJECTS\nproject_id;cost\n1;5\n2;3\n"
    "VOTES\nvoter_id;vote;points\n",
    "profile": '{"form": "ranked", "candidates": ["1"], "ballots": ',
}
SIGNS = st.text(alphabet="0123456789,;:{}=-# \n\r\t\"'()[]null.xé²", max_size=60)
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def whole_or_refused(read: ReadVotes) -> None:
    assert read.votes.total >= 0
    assert read.rejected >= 0
    assert len(set(read.candidates)) == len(read.candidates)
    assert all(isinstance(amount, Fraction) for amount in read.costs.values())
    assert all(problem.counted and problem.reason and str(problem) for problem in read.problems)


@pytest.mark.parametrize("form", [form.name for form in FORMS])
@FEW
@given(content=st.one_of(st.text(max_size=80), SIGNS), headed=st.booleans())
def test_any_text_is_read_or_refused(form: str, content: str, headed: bool) -> None:
    text = HEADS[form] + content + ("\n0\n" if form == "blt" else "") if headed else content
    with suppress(BadInput):
        whole_or_refused(read_votes_text(text, form))


@pytest.mark.parametrize("ending", ["", ".gz", ".blt", ".cat", ".pb", ".json"])
@FEW
@given(content=st.one_of(st.binary(max_size=80), SIGNS.map(str.encode)), encoding=st.sampled_from(["utf-8", "utf-16"]))
def test_any_bytes_are_read_or_refused(tmp_path: Path, ending: str, content: bytes, encoding: str) -> None:
    file = tmp_path / f"file{ending}"
    file.write_bytes(content)
    with suppress(BadInput):
        whole_or_refused(read_votes(file, encoding=encoding))


MARKS = st.sampled_from(["1", "2", "3", "4", "5", "", "x"])
LINES = st.lists(st.tuples(st.integers(1, 10**6), st.lists(MARKS, max_size=6)), min_size=1, max_size=12)


@settings(max_examples=150, deadline=None)
@given(lines=LINES, form=st.sampled_from(["grouped-csv", "blt", "preflib"]))
def test_no_ballot_is_lost_and_arrays_read_as_one_by_one(lines: list[tuple[int, list[str]]], form: str) -> None:
    if form == "blt":
        lines = [(times, [mark or "-" for mark in marks]) for times, marks in lines]
        body = "".join(f"{' '.join([str(times), *marks])} 0\n" for times, marks in lines) + "0\n"
    elif form == "preflib":
        body = "".join(f"{times}: {','.join(marks)}\n" for times, marks in lines)
    else:
        body = "".join(f"{','.join([str(times), *marks])},\n" for times, marks in lines)
    read = read_votes_text(HEADS[form] + body, form)
    assert read.votes.total + read.rejected == sum(times for times, _ in lines)
    wanted: dict[tuple[tuple[str, ...], ...], int] = {}
    for times, marks in lines:
        clear, unclear = clear_ranks([[mark] for mark in marks], 4)
        if clear or not unclear:
            key = tuple(tuple(str(c + 1) for c in rank) for rank in clear)
            wanted[key] = wanted.get(key, 0) + times
    assert {ballot.ranks: times for ballot, times in read.votes.to_profile().ballots} == wanted


NAMES = st.text(min_size=1, max_size=12)


@settings(max_examples=100, deadline=None)
@given(names=st.lists(NAMES, min_size=1, max_size=4), data=st.data())
def test_what_is_written_is_read_again(names: list[str], data: st.DataObject) -> None:
    clean = clean_names(len(names), dict(enumerate(names, start=1)))
    assume(all(name.isprintable() for name in clean))
    orders = data.draw(st.lists(st.permutations(clean).map(lambda p: p[: 1 + len(p) // 2]), min_size=1, max_size=4))
    votes = RankedVotes.of_lists(clean, orders, list(range(1, len(orders) + 1)))
    for text, form in ((write_blt(votes, 1, "T"), "blt"), (write_preflib(votes, "T"), "preflib")):
        read = read_votes_text(text, form)
        assert (read.candidates, read.title, read.problems) == (tuple(clean), "T", ())
        assert read.votes.to_profile() == votes.to_profile()
