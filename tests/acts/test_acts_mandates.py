"""Mandates: taken up, laid down, instructed; kept and broken in open votes (design §8.2)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from newcourse.acts.federation import Federation
from newcourse.council.keeping import kept_and_broken
from newcourse.record.store import open_record
from newcourse.vote.ballot import ChoiceBallot
from tests.acts.assembly import CANDIDATES, NORTH, THREE_SEATS, assembly, counted, elected, refusal, sitting

DAY = timedelta(days=1)
MOTION = "More bread"


@pytest.fixture
def seated() -> Iterator[tuple[Federation, datetime]]:
    """A federation whose North has elected n1, n2 and n5."""
    with open_record("sqlite://") as record:
        federation = assembly(record)
        yield federation, elected(federation, THREE_SEATS, CANDIDATES)


def instructed(federation: Federation, about: str, choice: str, at: datetime, voices: str = "yes") -> datetime:
    """Have North instruct its delegates; when it has decided."""
    entry = federation.perform("instruct", actor="n4", at=at, about=about, choice=choice)
    vote = str(entry.body["frozen"]["vote"])
    for person in NORTH:
        federation.perform("cast", actor=person, at=at, vote=vote, ballot=ChoiceBallot(voices))  # type: ignore[arg-type]
    counted(federation, vote, at)
    return at


def motion(federation: Federation, at: datetime) -> str:
    entry = federation.perform("open_vote", actor="n1", at=at, decision="motion", question=MOTION)
    return str(entry.body["frozen"]["vote"])


def voices(federation: Federation, vote: str, at: datetime, **choices: str) -> None:
    for person, choice in choices.items():
        federation.perform("cast", actor=person, at=at, vote=vote, ballot=ChoiceBallot(choice))  # type: ignore[arg-type]


def test_instructions_are_kept_and_broken_in_the_open(seated: tuple[Federation, datetime]) -> None:
    federation, at = seated
    vote = motion(federation, at)
    instructed(federation, vote, "for", at)
    voices(federation, vote, at, n1="yes", n2="no")
    verdicts = {}
    for code in ("M1", "M2", "M3"):
        (kept,) = kept_and_broken(federation.state, federation.state.mandates[code])
        verdicts[kept.verdict] = kept.words
    assert verdicts == {
        "kept": "place N told its delegates: for, in vote V2 on More bread. n1 did so.",
        "broken": "place N told its delegates: for, in vote V2 on More bread. n2 voted otherwise: against.",
        "waiting": "place N told its delegates: for, in vote V2 on More bread. n5 has not voted.",
    }
    counted(federation, vote, at + 7 * DAY)
    (kept,) = kept_and_broken(federation.state, federation.state.mandates["M3"])
    assert (kept.verdict, kept.words[-16:]) == ("not voted", "n5 did not vote.")
    assert federation.verify().ok


def test_an_instruction_after_the_ballot_says_nothing_about_it(seated: tuple[Federation, datetime]) -> None:
    federation, at = seated
    vote = motion(federation, at)
    voices(federation, vote, at, n1="no")
    instructed(federation, vote, "yes", at)
    assert federation.state.mandates["M1"].instructions[0].late_for == (vote,)
    assert kept_and_broken(federation.state, federation.state.mandates["M1"]) == ()
    assert len(kept_and_broken(federation.state, federation.state.mandates["M2"])) == 1


def test_an_instruction_on_a_kind_of_decision_holds_for_votes_to_come_until_another(
    seated: tuple[Federation, datetime],
) -> None:
    federation, at = seated
    instructed(federation, "motion", "against", at)
    first = motion(federation, at)
    voices(federation, first, at, n1="no", n2="no", n5="no")
    counted(federation, first, at)
    instructed(federation, "motion", "for", at)
    second = motion(federation, at)
    voices(federation, second, at, n1="no")
    kept = kept_and_broken(federation.state, federation.state.mandates["M1"])
    assert [(row.vote, row.instruction.choice, row.verdict) for row in kept] == [
        (first, "against", "kept"),
        (second, "for", "broken"),
    ]


def test_an_instruction_that_is_voted_down_instructs_nobody(seated: tuple[Federation, datetime]) -> None:
    federation, at = seated
    instructed(federation, "motion", "for", at, voices="no")
    assert federation.state.mandates["M1"].instructions == ()


def test_an_instruction_whose_vote_falls_falls_too(seated: tuple[Federation, datetime]) -> None:
    federation, at = seated
    instructed(federation, "motion", "for", at)
    assert federation.state.mandates["M1"].instructions
    federation.perform("contest_vote", actor="n9", at=at, vote="V2", reasons="Too loud.")
    federation.perform("decide_contest", actor="n2", at=at, vote="V2", upheld=True, reasons="It was.")
    assert federation.state.mandates["M1"].instructions == ()


def test_refusals_of_instructions(seated: tuple[Federation, datetime]) -> None:
    federation, at = seated
    assert refusal(federation, "instruct", "n4", at, about="soup", choice="for").code == "about-unknown"
    fault = refusal(federation, "instruct", "n4", at, about="motion", choice="maybe")
    assert (fault.code, fault.expected) == ("choice-wrong", "for or against")
    fault = refusal(federation, "instruct", "fay", at, about="motion", choice="for")
    assert fault.code == "no-delegates"
    assert fault.found == "place F, which sends nobody to Congress of delegates"
    fault = refusal(federation, "instruct", "s1", at, about="motion", choice="for", place="N")
    assert fault.code == "constituency-other"
    assert fault.expected == "Article 14, Mandates and instructions: one of the members at place N and beneath it"
    vote = motion(federation, at)
    voices(federation, vote, at, n1="no", n2="no", n5="no")
    counted(federation, vote, at)
    assert refusal(federation, "instruct", "n4", at, about=vote, choice="for").code == "vote-closed"


def test_a_mandate_is_laid_down_by_its_holder_alone(seated: tuple[Federation, datetime]) -> None:
    federation, at = seated
    assert refusal(federation, "lay_down_mandate", "n2", at, mandate="M1").code == "mandate-other"
    federation.perform("lay_down_mandate", actor="n1", at=at, mandate="M1", reason="I am tired.")
    assert sitting(federation) == {"n2", "n5"}
    mandate = federation.state.mandates["M1"]
    assert (mandate.ended_by, mandate.ended_at) == ("laid down", at)
    assert refusal(federation, "take_mandate", "n1", at, mandate="M1").code == "mandate-ended"


def test_refusals_of_taking_up(seated: tuple[Federation, datetime]) -> None:
    federation, at = seated
    assert refusal(federation, "take_mandate", "n1", at, mandate="M1").code == "taken-already"
    assert refusal(federation, "take_mandate", "n1", at, mandate="M2").code == "mandate-other"
    fault = refusal(federation, "take_mandate", "n1", at, mandate="M7")
    assert (fault.code, fault.expected) == ("mandate-unknown", "M1, M2, M3")
    assert refusal(federation, "take_mandate", "kim", at, mandate="M1").code == "no-authority"


def test_a_mandate_is_held_after_its_term_until_successors_are_seated(seated: tuple[Federation, datetime]) -> None:
    federation, at = seated
    late = at + 400 * DAY
    assert federation.state.mandates["M1"].ends < late
    federation.perform("open_vote", actor="n1", at=late, decision="motion", question=MOTION)
