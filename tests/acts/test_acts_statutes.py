"""Statutes change only by the procedure they themselves name (design §4)."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest

from newcourse.acts.drafting import draft_faults, question_on
from newcourse.acts.federation import Federation
from newcourse.council.fold import step
from newcourse.council.redrafting import address_of
from newcourse.errors import BadInput, Tampered
from newcourse.record.canonical import read_json
from newcourse.record.entry import seal
from newcourse.record.store import open_record
from newcourse.vote.ballot import RankedBallot
from tests.acts.assembly import LINE, NOMINATE, VOTE, counted, nominated, opened
from tests.acts.commune import START, copied
from tests.acts.forum import decided, forum, open_law, refusal

NOTICE = START + timedelta(days=14)
LATER = NOTICE + timedelta(days=1)
SETTLED = LATER + timedelta(days=8)
"""When nobody can contest the vote any more that was held from ``NOTICE`` on."""
SOON = START + timedelta(days=13)

Changes = list[dict[str, Any]]


def article(of: str, **changed: Any) -> dict[str, Any]:
    """Return an article of the law, with something changed."""
    found = deepcopy(next(a for a in open_law().to_data()["articles"] if a["number"] == of))
    return {**found, **changed}


def shorter_call(days: int = 20) -> Changes:
    cycle = {"call_days": days, "support": 2, "variants": 3, "answer_days": 30}
    return [{"change": "amend", "article": article("5", cycle=cycle, words=f"The call lasts {days} days.")}]


def easier_recall() -> Changes:
    return [{"change": "amend", "article": article("15", words="Recall as before.")}]


@pytest.fixture(scope="module")
def made() -> Iterator[Federation]:
    with open_record("sqlite://") as record:
        yield forum(record)


@pytest.fixture
def law(made: Federation) -> Iterator[Federation]:
    with open_record("sqlite://") as record:
        yield copied(made, record)


@pytest.fixture
def drafted(law: Federation) -> Federation:
    law.perform("draft_statutes", actor="eva", at=START, changes=shorter_call(), reasons="Thirty days are long.")
    return law


def test_the_statutes_of_the_founding_are_the_first_version_and_kept(law: Federation) -> None:
    (first,) = law.state.versions
    assert (first.number, first.since, first.draft) == (1, START, "")
    assert first.statutes == address_of(law.state.law)
    assert law.archive.data(first.statutes) == law.state.law.to_data()


def test_a_draft_is_checked_as_a_whole_kept_and_public(drafted: Federation) -> None:
    draft = drafted.state.drafts["S1"]
    assert (draft.by, draft.version, draft.passed) == ("eva", 1, None)
    kept = read_json(drafted.record.fetch(draft.statutes).content.decode())
    assert next(a for a in kept["articles"] if a["number"] == "5")["cycle"]["call_days"] == 20
    assert drafted.state.law.cycle.call_days == 30


def test_drafts_of_what_cannot_be_law_are_refused_with_every_fault(law: Federation) -> None:
    changes = [
        {"change": "amend", "article": article("5", cycle={"call_days": -1, "support": 0})},
        {"change": "repeal", "article": "8"},
    ]
    with pytest.raises(BadInput) as caught:
        law.perform("draft_statutes", actor="eva", at=START, changes=changes, reasons="Why not.")
    assert {"call_days-wrong", "support-wrong", "dead-end"} <= {fault.code for fault in caught.value.faults}


REFUSED: tuple[tuple[Any, str], ...] = (
    ([], "changes-missing"),
    ("all", "changes-missing"),
    (["all"], "not-an-object"),
    ([{"change": "burn", "article": "5"}], "change-unknown"),
    ([{"change": "repeal", "article": "99"}], "article-unknown"),
    ([{"change": "amend", "article": article("5", number="99")}], "article-unknown"),
    ([{"change": "add", "article": article("5")}], "article-twice"),
    ([{"change": "add", "article": {"number": "20"}}], "text-missing"),
    ([{"change": "add", "article": article("5", number="20"), "before": "77"}], "article-unknown"),
    ([{"change": "amend", "article": article("5")}], "nothing-changed"),
    (
        [{"change": "amend", "article": article("3", councils=[*article("3")["councils"],
          {"council": "mill", "name": "Mill", "place": "X", "election": "delegates"}])}],
        "place-unknown",
    ),
)  # fmt: skip


def test_each_fault_of_a_draft_is_named(law: Federation) -> None:
    for changes, code in REFUSED:
        assert refusal(law, "draft_statutes", "eva", changes=changes, reasons="Why not.") == code
    assert refusal(law, "draft_statutes", "eva", changes=shorter_call(), reasons=" ") == "reasons-missing"
    assert refusal(law, "draft_statutes", "kim", changes=shorter_call(), reasons="x") == "no-authority"


def test_a_draft_becomes_law_by_notice_vote_and_enactment(drafted: Federation) -> None:
    assert refusal(drafted, "enact_statutes", "eva", draft="S1") == "not-passed"
    decided(drafted, "statutes", NOTICE, about="S1")
    assert drafted.state.drafts["S1"].passed is True
    assert drafted.state.law.cycle.call_days == 30
    assert refusal(drafted, "enact_statutes", "eva", NOTICE + timedelta(days=7, hours=1), draft="S1") == "contest-open"
    drafted.perform("enact_statutes", actor="eva", at=SETTLED, draft="S1")
    state = drafted.state
    assert state.law.cycle.call_days == 20
    assert state.law.article_on_cycle().words == "The call lasts 20 days."
    assert [(version.number, version.draft) for version in state.versions] == [(1, ""), (2, "S1")]
    assert state.versions[-1].statutes == address_of(state.law)
    assert state.drafts["S1"].enacted_at == SETTLED
    assert refusal(drafted, "enact_statutes", "eva", SETTLED, draft="S1") == "enacted-already"
    assert drafted.verify().ok


def test_two_thirds_are_needed(drafted: Federation) -> None:
    code = decided(drafted, "statutes", NOTICE, dict.fromkeys(("ada", "ben", "cyd"), False), about="S1")
    assert drafted.state.drafts["S1"].passed is False
    assert refusal(drafted, "enact_statutes", "eva", LATER, draft="S1") == "not-passed"
    assert [fault.code for fault in draft_faults(drafted.state, "S1", LATER)] == ["decided-already"]
    assert drafted.state.drafts["S1"].vote == code


def test_the_vote_waits_until_the_draft_was_public_long_enough(drafted: Federation) -> None:
    assert refusal(drafted, "open_vote", "ada", SOON, decision="statutes", about="S1") == "notice-running"
    assert refusal(drafted, "open_vote", "ada", NOTICE, decision="statutes", about="S9") == "draft-unknown"
    drafted.perform("open_vote", actor="ada", at=NOTICE, decision="statutes", about="S1")
    assert refusal(drafted, "open_vote", "ada", NOTICE, decision="statutes", about="S1") == "vote-running"


def test_the_question_says_which_articles_change(drafted: Federation) -> None:
    assert question_on(drafted.state.drafts["S1"]) == "Draft S1 of the statutes: amend article 5"
    assert draft_faults(drafted.state, "S1", NOTICE, "statutes") == []
    assert [fault.code for fault in draft_faults(drafted.state, "S4", NOTICE)] == ["draft-unknown"]


def amended_procedure() -> Changes:
    data = article("19")
    data["amending"]["notice_days"] = 7
    return [{"change": "amend", "article": data}]


def easier_decision() -> Changes:
    data = article("19")
    data["decisions"][0]["options"]["threshold"] = "1/2"
    return [{"change": "amend", "article": data}]


def recall_forbidden() -> Changes:
    deny = {"act": "petition_recall", "roles": ["founder"], "where": "everywhere", "when": "always"}
    calm = {"number": "20", "title": "Calm", "words": "Founders rest.", "denies": [deny]}
    return [{"change": "add", "article": calm}]


@pytest.mark.parametrize("changes", [easier_recall(), amended_procedure(), easier_decision(), recall_forbidden()])
def test_what_is_entrenched_and_the_procedure_itself_need_the_entrenched_decision(
    law: Federation, changes: Changes
) -> None:
    law.perform("draft_statutes", actor="eva", at=START, changes=changes, reasons="Why not.")
    assert draft_faults(law.state, "S1", NOTICE, "entrenched") == []
    assert refusal(law, "open_vote", "ada", NOTICE, decision="statutes", about="S1") == "decision-wrong"
    law.perform("open_vote", actor="ada", at=NOTICE, decision="entrenched", about="S1")


def test_a_draft_lapses_when_another_becomes_law_first(drafted: Federation) -> None:
    drafted.perform("draft_statutes", actor="dan", at=START, changes=shorter_call(25), reasons="A little shorter.")
    decided(drafted, "statutes", NOTICE, about="S1")
    decided(drafted, "statutes", NOTICE, about="S2")
    drafted.perform("enact_statutes", actor="eva", at=SETTLED, draft="S1")
    assert refusal(drafted, "enact_statutes", "eva", SETTLED, draft="S2") == "draft-lapsed"
    assert "draft-lapsed" in [fault.code for fault in draft_faults(drafted.state, "S2", LATER)]


def test_a_contested_result_cannot_be_enacted_and_a_fallen_one_is_voted_on_again(drafted: Federation) -> None:
    code = decided(drafted, "statutes", NOTICE, about="S1")
    drafted.perform("contest_vote", actor="eva", at=LATER, vote=code, reasons="The room was locked.")
    assert refusal(drafted, "enact_statutes", "cyd", LATER, draft="S1") == "contested"
    drafted.perform("decide_contest", actor="dan", at=LATER, vote=code, upheld=True, reasons="It was.")
    assert drafted.state.drafts["S1"].passed is None
    assert refusal(drafted, "enact_statutes", "cyd", LATER, draft="S1") == "not-passed"
    decided(drafted, "statutes", LATER, about="S1")
    drafted.perform("enact_statutes", actor="cyd", at=SETTLED + timedelta(days=2), draft="S1")
    assert drafted.state.law.cycle.call_days == 20


def test_an_open_vote_keeps_what_was_frozen_for_it(law: Federation) -> None:
    data = article("10")
    data["decisions"][0] |= {"decision": "motion", "days": 3, "options": {"threshold": "2/3"}}
    changes = [{"change": "amend", "article": data}]
    law.perform("draft_statutes", actor="eva", at=START, changes=changes, reasons="Weighty motions.")
    decided(law, "statutes", NOTICE, about="S1")
    law.perform("open_vote", actor="ada", at=SETTLED, decision="motion", question="Plant trees")
    frozen = law.vote("V2").frozen
    law.perform("enact_statutes", actor="eva", at=SETTLED, draft="S1")
    assert law.vote("V2").frozen == frozen
    assert law.state.law.decisions["motion"].options["threshold"] == "2/3"
    law.perform("cast", actor="dan", at=SETTLED, vote="V2", ballot={"form": "choice", "choice": "yes"})
    assert law.verify().ok


def abolished_congress() -> Changes:
    data = open_law().to_data()
    changes: Changes = []
    for row in data["articles"]:
        text = str(row)
        if "'council': 'congress'" in text:
            for name in ("councils", "decisions"):
                for part in row.get(name, ()):
                    part["council"] = "assembly"
            changes.append({"change": "amend", "article": row})
    return changes


def test_an_election_to_a_council_that_is_abolished_meanwhile_is_counted_and_seats_nobody(law: Federation) -> None:
    law.perform("draft_statutes", actor="eva", at=START, changes=abolished_congress(), reasons="Another name.")
    decided(law, "entrenched", NOTICE, about="S1")
    vote = opened(law, nominated(law, "N", ("ada", "ben"), LATER), LATER + NOMINATE)
    law.perform("cast", actor="ada", at=LATER + NOMINATE, vote=vote, ballot=RankedBallot.of("ada"))
    law.perform("enact_statutes", actor="eva", at=LATER + NOMINATE, draft="S1")
    counted(law, vote, LATER + NOMINATE + VOTE, LINE)
    assert law.vote(vote).result is not None
    assert not law.state.mandates
    assert law.verify().ok


def test_seats_of_a_council_that_is_no_more_end(law: Federation) -> None:
    law.perform("draft_statutes", actor="eva", at=START, changes=abolished_congress(), reasons="Another name.")
    decided(law, "entrenched", NOTICE, about="S1")
    assert "congress" in law.state.seats
    law.perform("enact_statutes", actor="eva", at=SETTLED, draft="S1")
    assert not law.state.seats.get("congress")
    assert all(not mandate.held for mandate in law.state.mandates.values() if mandate.body == "congress")
    assert law.verify().ok


def test_entries_that_no_act_wrote_do_not_fold(drafted: Federation) -> None:
    state = drafted.state
    text = state.drafts["S1"].statutes
    forged: tuple[tuple[str, dict[str, Any]], ...] = (
        ("enact_statutes", {"draft": "S1", "version": 2, "statutes": text}),
        ("draft_statutes", {"draft": "S1", "changes": shorter_call(), "reasons": "x", "version": 1, "statutes": text}),
        ("draft_statutes", {"draft": "S2", "changes": shorter_call(), "reasons": "x", "version": 2, "statutes": text}),
        ("draft_statutes", {"draft": "S2", "changes": easier_recall(), "reasons": "x", "version": 1, "statutes": text}),
    )
    for act, body in forged:
        with pytest.raises(Tampered):
            step(state, seal(state.sequence + 1, LATER, "eva", act, body, state.head))
