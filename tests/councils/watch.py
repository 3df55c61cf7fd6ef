"""What must hold of councils whatever was done: after every act, and at the end (design §8.2, §8.3)."""

from newcourse.acts.federation import Federation
from newcourse.council.fold import fold
from newcourse.council.state import State
from newcourse.council.voting import Vote
from newcourse.record.entry import Entry


def watch_step(before: State, after: State, entry: Entry) -> None:
    """Check what one act may change: nobody else's mandate and seat by a recall or countback, quotas by an election."""
    vote = after.votes.get(str(entry.body.get("vote")))
    if entry.act == "count_vote" and vote is not None and vote.frozen.subject == "recall":
        mandate = after.petitions[vote.frozen.about].mandate
        assert held(before) - held(after) <= {mandate}
        assert held(after) <= held(before)
        assert seated(before) - seated(after) <= {mandate}
    elif entry.act == "count_vote" and vote is not None and vote.frozen.subject == "election":
        require_quotas(after, vote)
    elif entry.act == "fill_vacancy":
        assert held(after) - held(before) == {entry.body["given"]}
        assert held(before) <= held(after)
        assert seats(before) == seats(after), "a countback moves nobody who sits"
        require_proportion(after, str(entry.body["given"]))
    elif entry.act == "take_mandate":
        taken = str(entry.body["mandate"])
        assert seated(after) - seated(before) == {taken}
        gone = seated(before) - seated(after)
        assert {before.mandates[code].person for code in gone} <= {after.mandates[taken].replaces}
    elif entry.act not in {"lay_down_mandate", "leave", "transfer", "decide_contest", "enact_statutes"}:
        assert seats(before) == seats(after), f"{entry.act} changed seats"
    untouched(before, after)


def untouched(before: State, after: State) -> None:
    """Check that what was fixed stays fixed: nothing that an earlier act wrote down is gone or different."""
    for code, vote in before.votes.items():
        now = after.votes[code]
        assert now.frozen == vote.frozen, f"what was frozen for {code} changed"
        assert now.sealed == vote.sealed == now.frozen.hash
        assert now.closes_at >= vote.closes_at
        assert dict(vote.ballots).items() <= dict(now.ballots).items()
        assert dict(vote.spent).items() <= dict(now.spent).items()
        assert vote.open or (now.published, now.closed_at) == (vote.published, vote.closed_at)
    for kept in ("mandates", "elections", "petitions", "tendencies", "comments", "drafts", "members"):
        if kept != "members":
            assert set(getattr(before, kept)) <= set(getattr(after, kept))
    assert before.versions == after.versions[: len(before.versions)]


def watch_state(state: State) -> None:
    """Check seats and votes as they are."""
    for body, sitting in state.seats.items():
        people = [seat.person for seat in sitting]
        assert len(people) == len(set(people)), f"a seat held twice in {body}"
        council = state.law.councils[body.partition(":")[0]]
        for place in {seat.place for seat in sitting}:
            assert sum(seat.place == place for seat in sitting) <= council.seats, f"too many seats of {place}"
    active = {m.mandate: (m.body, m.person, m.constituency) for m in state.mandates.values() if m.active}
    assert active == {s.mandate: (body, s.person, s.place) for body, row in state.seats.items() for s in row}
    for person in {person for _, person, _ in active.values()}:
        assert person in state.members, f"{person} sits and is no member"
    for vote in state.votes.values():
        _watch_vote(vote)


def _watch_vote(vote: Vote) -> None:
    roll = set(vote.frozen.electorate)
    assert vote.cast <= len(roll)
    assert set(vote.ballots) <= roll
    assert set(vote.drawn) <= roll
    assert len(vote.spent) <= len(vote.drawn)
    assert vote.frozen.ballot == "open" or not vote.ballots
    assert vote.result is None or vote.result.ballots == vote.cast
    assert vote.result is None or not vote.open
    assert len({spent.entry for spent in vote.spent.values()}) == len(vote.spent)


def watch_all(federation: Federation) -> None:
    """Check the whole: the chain, the tree, that each act was lawful, and that memory is what the record says."""
    assert federation.verify().faults == ()
    state = federation.state
    assert fold(federation.entries()) == state
    casts = [(e.body["vote"], e.actor) for e in federation.entries() if e.act in ("cast", "draw_token")]
    assert len(casts) == len(set(casts))


def require_quotas(state: State, vote: Vote) -> None:
    """Check that a decided election kept its quotas: those that were frozen, and for a whole term the statutes' own."""
    if vote.result is None or not vote.result.decided:
        return
    elected = list(vote.result.data["elected"])
    for group in vote.frozen.options["groups"].values():
        number = len(set(elected) & set(group["members"]))
        assert number >= group["least"], (vote.vote, group, elected)
        assert group["most"] is None or number <= group["most"], (vote.vote, group, elected)
    election = state.elections[vote.frozen.about]
    if election.ends is None:
        workers = sum("worker" in election.candidates[person].groups for person in elected)
        assert workers * 2 >= len(elected)


def require_proportion(state: State, given: str) -> None:
    """Check that a countback that made a council whole again kept its quota, and drew from the original ballots."""
    mandate = state.mandates[given]
    election = state.elections[state.votes[mandate.vote].frozen.about]
    assert mandate.person in state.votes[mandate.vote].frozen.candidates
    whole = [m for m in state.mandates.values() if m.held and m.vote == mandate.vote]
    elected = state.votes[mandate.vote].result
    assert elected is not None
    assert len(whole) <= len(elected.data["elected"])
    if len(whole) == len(elected.data["elected"]) and election.ends is None:
        assert sum("worker" in m.groups for m in whole) * 2 >= len(whole)


def held(state: State) -> set[str]:
    """Return the mandates that have not ended."""
    return {mandate.mandate for mandate in state.mandates.values() if mandate.held}


def seated(state: State) -> set[str]:
    """Return the mandates by which somebody sits."""
    return {seat.mandate for sitting in state.seats.values() for seat in sitting}


def seats(state: State) -> set[tuple[str, str, str, str]]:
    """Return every seat: body, who, from where, by which mandate."""
    return {(body, seat.person, seat.place, seat.mandate) for body, row in state.seats.items() for seat in row}
