"""Three people can found a federation with the default statutes and elect: no dead end for the small (design §4)."""

from datetime import timedelta

from newcourse.acts.federation import Federation
from newcourse.council.freeze import commitment_to
from newcourse.record.store import open_record
from newcourse.vote.ballot import RankedBallot
from tests.acts.commune import SECRET, START
from tests.acts.forum import goods

CLOSED = START + timedelta(days=15)
OVER = CLOSED + timedelta(days=15)


def test_three_people_elect_on_paper() -> None:
    with open_record("sqlite://") as record:
        federation = Federation(record)
        do = federation.perform
        members = {"ada": "N", "ben": "N", "cyd": "S"}
        do("found", actor="ada", at=START, title="Tiny", economy=goods(), members=members)
        do("open_nominations", actor="ada", at=START, body="congress", place="N")
        do("nominate", actor="ben", at=START, election="E1", person="ada")
        do("accept_nomination", actor="ada", at=START, election="E1")
        do("close_nominations", actor="ben", at=CLOSED, election="E1")
        do("open_election", actor="ben", at=CLOSED, election="E1", commitment=commitment_to(SECRET))
        assert federation.vote("V1").frozen.ballot == "paper"
        ballots = [RankedBallot.of("ada").to_data()] * 2
        do("enter_paper_ballots", actor="ada", at=OVER, vote="V1", ballots=ballots)
        do("confirm_paper_ballots", actor="ben", at=OVER, vote="V1")
        do("close_vote", actor="ben", at=OVER, vote="V1", secret=SECRET)
        do("count_vote", actor="cyd", at=OVER, vote="V1")
        do("take_mandate", actor="ada", at=OVER, mandate="M1")
        assert [seat.person for seat in federation.state.seats["congress"]] == ["ada"]
        assert federation.may("ada", "open_cycle").allowed
        assert federation.verify().ok
