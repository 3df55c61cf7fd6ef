"""Who may do what: every act by every role at every place and time, written out to be checked against the statutes.

The statutes are the default ones with a council in each region. Everybody lives at the mill W1 in North, but those
whose column says otherwise. A cell says at which places somebody may do the act:

``*`` everywhere; ``n`` North and beneath it; ``w`` the mill W1; ``s`` South and beneath it; ``e`` the works W3 in
South; ``-`` nowhere.
"""

from dataclasses import replace
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest

import newcourse
from newcourse.acts.registry import ACTS as DONE
from newcourse.council.articles import Permission
from newcourse.council.authority import Refusal, authority
from newcourse.council.default_statutes import default_data
from newcourse.council.elections import Candidate, Election
from newcourse.council.growing import GrowingMap
from newcourse.council.mandates import Mandate
from newcourse.council.roles import roles_of
from newcourse.council.state import Seat, State
from newcourse.council.statutes import Statutes
from newcourse.council.tree import Place, Tree
from newcourse.council.words import ACTS, ROLES
from newcourse.errors import BadInput, NotAllowed
from newcourse.record.store import open_record
from tests.acts.assembly import assembly
from tests.council.people import NOON, after_cycle, in_cycle

COLUMNS = {
    "nobody": "zoe, who is not a member",
    "beside": "a member at W3 in South",
    "member": "a member",
    "known": "a verified member",
    "first": "a founder, until the first cycle is opened",
    "later": "the same founder in the first cycle and after it",
    "congress": "a delegate of the congress",
    "region": "a delegate of the council of North, one beneath the congress",
    "south": "a delegate of the council of South, who lives at W3 there",
    "stands": "a candidate for the congress",
    "was": "a delegate of the congress until yesterday",
}
TABLE = """
                       nobody beside member known first later congress region south stands was
found                  -      -      -      -     -     -     -        -      -     -      -
found_body             -      -      -      -     *     -     *        n      s     -      -
join                   -      e      w      w     *     w     w        w      e     w      w
leave                  -      *      *      *     *     *     *        *      *     *      *
transfer               -      *      *      *     *     *     *        *      *     *      *
verify_member          -      e      w      w     w     w     w        w      e     w      w
seat_delegates         -      -      -      -     *     -     -        -      -     -      -
open_nominations       -      e      w      w     *     w     *        n      s     w      w
nominate               -      *      *      *     *     *     *        *      *     *      *
accept_nomination      -      *      *      *     *     *     *        *      *     *      *
withdraw_nomination    -      *      *      *     *     *     *        *      *     *      *
close_nominations      -      *      *      *     *     *     *        *      *     *      *
open_election          -      *      *      *     *     *     *        *      *     *      *
take_mandate           -      *      *      *     *     *     *        *      *     *      *
lay_down_mandate       -      *      *      *     *     *     *        *      *     *      *
instruct               -      *      *      *     *     *     *        *      *     *      *
petition_recall        -      *      *      *     *     *     *        *      *     *      *
sign_petition          -      *      *      *     *     *     *        *      *     *      *
open_recall_vote       -      *      *      *     *     *     *        *      *     *      *
fill_vacancy           -      *      *      *     *     *     *        *      *     *      *
open_cycle             -      -      -      -     -     -     *        n      s     -      -
file_need              -      e      w      w     w     w     *        n      s     w      w
file_proposal          -      *      *      *     *     *     *        *      *     *      *
amend_proposal         -      *      *      *     *     *     *        *      *     *      *
support_proposal       -      *      *      *     *     *     *        *      *     *      *
withdraw_proposal      -      *      *      *     *     *     *        *      *     *      *
merge_proposals        -      *      *      *     *     *     *        *      *     *      *
answer_proposal        -      -      -      -     -     -     *        n      s     -      -
form_tendency          -      *      *      *     *     *     *        *      *     *      *
join_tendency          -      *      *      *     *     *     *        *      *     *      *
leave_tendency         -      *      *      *     *     *     *        *      *     *      *
name_speaker           -      *      *      *     *     *     *        *      *     *      *
publish_statement      -      *      *      *     *     *     *        *      *     *      *
criticise              -      *      *      *     *     *     *        *      *     *      *
reply                  -      *      *      *     *     *     *        *      *     *      *
moderate               -      -      -      -     -     -     *        n      s     -      -
appeal                 -      *      *      *     *     *     *        *      *     *      *
decide_appeal          -      -      -      -     -     -     *        n      s     -      -
open_vote              -      -      -      -     -     -     *        n      s     -      -
draw_token             -      *      *      *     *     *     *        *      *     *      *
cast                   -      *      *      *     *     *     *        *      *     *      *
cast_secret            *      *      *      *     *     *     *        *      *     *      *
enter_paper_ballots    -      *      *      *     *     *     *        *      *     *      *
confirm_paper_ballots  -      *      *      *     *     *     *        *      *     *      *
extend_vote            -      -      -      -     -     -     *        n      s     -      -
close_vote             -      *      *      *     *     *     *        *      *     *      *
count_vote             -      *      *      *     *     *     *        *      *     *      *
contest_vote           -      *      *      *     *     *     *        *      *     *      *
decide_contest         -      -      -      -     -     -     *        n      s     -      -
make_variants          -      -      -      -     -     -     *        n      s     -      -
adopt                  -      -      -      -     -     -     *        n      s     -      -
hand_down_orders       -      -      -      -     -     -     *        n      s     -      -
end_cycle              -      -      -      -     -     -     *        n      s     -      -
draft_statutes         -      *      *      *     *     *     *        *      *     *      *
enact_statutes         -      *      *      *     *     *     *        *      *     *      *
"""
PLACES = ("F", "N", "S", "W1", "W3")
CELLS = {"*": "F N S W1 W3", "n": "N W1", "w": "W1", "s": "S W3", "e": "W3", "-": ""}
"""What a cell says, in places. Acts on the federation as a whole are asked for at F."""


def law() -> Statutes:
    """The statutes of these tests, made anew."""
    return Statutes.from_data(default_data(("region",)))


def rows() -> dict[str, dict[str, str]]:
    header, *lines = (line.split() for line in TABLE.strip().splitlines())
    return {act: dict(zip(header, cells, strict=True)) for act, *cells in lines}


TREE = Tree(
    (
        Place("F", "Federation", "federation"),
        Place("N", "North", "region", "F"),
        Place("S", "South", "region", "F"),
        Place("W1", "Mill", "workplace", "N"),
        Place("W3", "Works", "workplace", "S"),
    )
)
YEAR = timedelta(days=365)
BEGINNING = State(
    statutes=law(),
    title="Test",
    tree=TREE,
    founders=("founder",),
    members=GrowingMap(
        {
            **dict.fromkeys(("member", "known", "founder", "congress", "region", "stands", "was"), "W1"),
            **dict.fromkeys(("beside", "south"), "W3"),
        }
    ),
    verified=GrowingMap({"known": ("member",)}),
    seats={
        "congress": (Seat("congress", "N", "M1"),),
        "region:N": (Seat("region", "W1", "M2"),),
        "region:S": (Seat("south", "W3", "M3"),),
    },
    elections=GrowingMap(
        {
            "E1": Election(
                "E1",
                "congress",
                "N",
                3,
                NOON,
                NOON,
                candidates=GrowingMap({"stands": Candidate("stands", "was", True)}),
            )
        }
    ),
    mandates=GrowingMap(
        {"M0": Mandate("M0", "was", "congress", "N", "V1", (), NOON - YEAR, NOON, NOON - YEAR, NOON, "laid down")}
    ),
    mandates_by_person=GrowingMap({"was": ("M0",)}),
)
TIMES = {"before": BEGINNING, "cycle": in_cycle(BEGINNING), "between": after_cycle(BEGINNING)}
CASES = [
    (time, column, {"nobody": "zoe", "first": "founder", "later": "founder"}.get(column, column))
    for time, column in product(TIMES, COLUMNS)
    if (column == "first", column == "later") in ((time == "before", False), (False, time != "before"), (False, False))
]
"""When, which column, who."""


def test_the_table_has_every_act_and_every_column() -> None:
    assert set(rows()) == set(ACTS) == set(DONE)
    assert all(tuple(row) == tuple(COLUMNS) for row in rows().values())
    assert {cell for row in rows().values() for cell in row.values()} == set(CELLS)


@pytest.mark.parametrize("act", ACTS)
def test_the_table_is_what_authority_says(act: str) -> None:
    for (time, column, who), place in product(CASES, PLACES):
        answer = authority(TIMES[time], who, act, place)
        expected = place in CELLS[rows()[act][column]].split()
        assert answer.allowed is expected, f"{act} by {COLUMNS[column]} at {place}, {time}: {answer}"
        assert answer.article.startswith("Article ")
        if isinstance(answer, Refusal):
            (fault,) = answer.error().faults
            assert fault.expected.startswith(answer.article)
            assert ACTS[act] in fault.found
            assert fault.remedy


def test_standing_for_office_and_having_held_it_give_no_role() -> None:
    assert roles_of(BEGINNING, "stands") == roles_of(BEGINNING, "was") == roles_of(BEGINNING, "member")


@pytest.mark.parametrize("act", ACTS)
def test_without_its_grant_an_act_is_refused_to_everybody(act: str) -> None:
    """Statutes that grant an act to nobody cannot be made; were they forced, nobody could do it."""
    data = default_data(("region",))
    for article in data["articles"]:
        article["grants"] = [grant for grant in article.get("grants", ()) if grant["act"] != act]
    with pytest.raises(BadInput) as caught:
        Statutes.from_data(data)
    assert ("act-without-article", f"statutes, act {act}") in {(f.code, f.where) for f in caught.value.faults}
    silent = law()
    articles = tuple(replace(a, grants=tuple(g for g in a.grants if g.act != act)) for a in silent.articles)
    object.__setattr__(silent, "articles", articles)
    for (time, _, who), place in product(CASES, PLACES):
        answer = authority(replace(TIMES[time], statutes=silent), who, act, place)
        assert not answer.allowed
        assert answer.article.startswith("Article ")


@pytest.mark.parametrize("act", [act for act in ACTS if act not in ("found", "cast_secret")])
def test_a_prohibition_goes_before_every_permission(act: str) -> None:
    forbidding = law()
    first, *others = forbidding.articles
    deny = Permission(act, ("anyone",))
    object.__setattr__(forbidding, "articles", (*others, replace(first, denies=(*first.denies, deny))))
    for (time, column, who), place in product(CASES, PLACES):
        answer = authority(replace(TIMES[time], statutes=forbidding), who, act, place)
        assert not answer.allowed, f"{act} by {COLUMNS[column]}"
        assert isinstance(answer, Refusal)
        assert answer.error().faults[0].expected.startswith("Article ")


def test_nobody_stands_above_the_statutes() -> None:
    """There is no role of an administrator, no act and no name by which one could become one."""
    assert set(ROLES) == {"anyone", "founder", "member", "verified member", "delegate", "juror"}
    assert not [act for act in ACTS if "admin" in act]
    for name in ("administrator", "admin", "root", "system", "newcourse", "token holder", "", "*", "anyone"):
        assert roles_of(BEGINNING, name) == {"anyone"}
        may = [act for act, state in product(ACTS, TIMES.values()) if authority(state, name, act).allowed]
        assert set(may) == {"cast_secret"}
    data = default_data()
    data["articles"][0]["grants"].append({"act": "adopt", "roles": ["administrator"]})
    with pytest.raises(BadInput, match="role-unknown"):
        Statutes.from_data(data)


def test_no_code_of_decisions_knows_an_administrator() -> None:
    source = Path(newcourse.__file__).parent
    for room in ("council", "acts", "record", "tokens"):
        for path in (source / room).rglob("*.py"):
            words = path.read_text(encoding="utf-8").lower()
            assert "superuser" not in words, path
            assert "administrator" not in words, path


def test_before_the_founding_only_founding_is_lawful_and_for_anyone() -> None:
    for act in ACTS:
        assert authority(State(), "zoe", act).allowed is (act == "found")


def test_the_door_refuses_a_stranger_before_it_looks_at_anything_else() -> None:
    with open_record("sqlite://") as record:
        federation = assembly(record)
        head = federation.head
        for act in set(ACTS) - {"cast_secret"}:
            with pytest.raises(NotAllowed) as caught:
                federation.perform(act, actor="zoe", at=NOON, **dict.fromkeys(DONE[act].needs, "F"))
            (fault,) = caught.value.faults
            assert (fault.code, fault.expected.partition(" ")[0]) == ("no-authority", "Article")
        assert federation.head == head
