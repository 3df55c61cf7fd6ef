"""Acts around offices and opinions, in any order: elections, mandates, recall, instructions, tendencies, statutes."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from newcourse.acts.registry import ACTS
from newcourse.council.mandates import Mandate
from tests.councils.machine import Voting, actors, chosen, commitment, some
from tests.councils.town import BODIES, DRAFTS, PEOPLE, change

places = st.sampled_from(("F", "N", "S", "W1", "W2", "W3", "X"))
seats_of = st.sampled_from([(body, place) for body, row in BODIES.items() for place in row])
CALCULATING = ("open_cycle", "make_variants", "file_proposal", "amend_proposal", "found")
"""Acts that plan; sequences with them are in ``tests/acts/test_acts_sequences.py``."""

NUMBERED = {
    "vote": "V", "election": "E", "mandate": "M", "petition": "R", "tendency": "T", "comment": "C", "draft": "S",
    "proposal": "P", "into": "P",
}  # fmt: skip
ANYTHING: dict[str, tuple[Any, ...]] = {
    "place": ("F", "N", "S", "W1", "W3", "X", "W9"),
    "parent": ("N", "W1", "X"),
    "person": (*list(PEOPLE)[:4], "zoe", " "),
    "body": (*BODIES, "region:X", "senate"),
    "council": ("congress", "region"),
    "seats": ({"N": ["a1"]}, {"S": ["c1", "c1"]}, {}),
    "about": ("V6", "M1", "motion", "article 15", "region:N", "S1", "nothing"),
    "decision": ("motion", "region-motion", "statutes", "entrenched", "weights", "recall"),
    "choice": ("for", "against", "a1"),
    "ballot": ({"form": "choice", "choice": "yes"}, {"form": "ranked", "ranks": [["a1"]]}, {}, "yes"),
    "ballots": ([], [{"form": "choice", "choice": "no"}] * 9, "none"),
    "blinded": ("00" * 256, "ff" * 256, "zz"),
    "token": ("00" * 64, "0"),
    "signature": ("00" * 256, "?"),
    "salt": ("00" * 16, "00"),
    "commitment": ("0" * 64, "none"),
    "upheld": (True, False, "yes"),
    "days": (1, 0, -3, 99, True),
    "groups": ([], ["worker"], ["T1"], ["king"], "worker"),
    "changes": ([], [change(0)], [{"change": "repeal", "article": "15"}], "all"),
    "minimum": (0.0,),
    "target": (1.0,),
}
WORDS = ("For this reason.", "", "x" * 30_000, 7)


class Offices(Voting):
    """Elections, mandates and recall."""

    @rule(data=st.data(), seat=seats_of, actor=actors, stand=some, workers=some, go=st.booleans())
    def elect(self, data: st.DataObject, seat: tuple[str, str], actor: str, stand: int, workers: int, go: bool) -> None:
        body, place = seat
        state = self.state
        there = sorted(p for p, own in state.members.items() if state.tree.contains(place, own))
        self.do("open_nominations", there[0] if there and go else actor, body=body, place=place)
        running = [e for e in self.state.elections.values() if (e.body, e.constituency) == seat and not e.vote]
        if not running:
            return
        election = running[-1]
        for number, person in enumerate(there[:stand]):
            self.do("nominate", person, election=election.election, person=person)
            groups = ["worker"] if number < workers else []
            self.do("accept_nomination", person, election=election.election, groups=groups)
        if go:
            self.wait_until(election.nominations_end)
            self.do("close_nominations", there[0] if there else actor, election=election.election)
            opened = self.do("open_election", there[-1], election=election.election, commitment=commitment())
            if workers > 2:
                self.whole(data, opened)

    @precondition(lambda self: self.state.elections)
    @rule(data=st.data(), actor=actors, act=st.sampled_from(("withdraw_nomination", "close_nominations", "nominate")))
    def meddle_with_nominations(self, data: st.DataObject, actor: str, act: str) -> None:
        election = data.draw(st.sampled_from(list(self.state.elections)))
        more = {"person": data.draw(actors)} if act == "nominate" else {}
        self.do(act, actor, election=election, **more)

    @precondition(lambda self: self.state.mandates)
    @rule(data=st.data(), actor=actors, own=st.booleans())
    def take_mandates(self, data: st.DataObject, actor: str, own: bool) -> None:
        for mandate in self.state.mandates.values():
            if mandate.held and mandate.taken_at is None and data.draw(st.sampled_from((True, True, False))):
                self.do("take_mandate", mandate.person if own else actor, mandate=mandate.mandate)

    @precondition(lambda self: self.state.mandates)
    @rule(data=st.data(), actor=actors, own=st.booleans())
    def lay_down(self, data: st.DataObject, actor: str, own: bool) -> None:
        mandate = data.draw(st.sampled_from(list(self.state.mandates.values())))
        self.do("lay_down_mandate", mandate.person if own else actor, mandate=mandate.mandate)

    @precondition(lambda self: self.state.mandates)
    @rule(data=st.data(), actor=actors, signers=some, go=st.booleans())
    def petition(self, data: st.DataObject, actor: str, signers: int, go: bool) -> None:
        mandate = data.draw(st.sampled_from(list(self.state.mandates.values())[-6:]))
        constituents = self._electing(mandate) or [actor]
        self.do("petition_recall", constituents[0] if go else actor, mandate=mandate.mandate, reasons="Promises.")
        petition = chosen(data, (p for p in self.state.petitions.values() if not p.vote))
        if petition is None:
            return
        for person in [*self._electing(self.state.mandates[petition.mandate])[:signers], actor]:
            self.do("sign_petition", person, petition=petition.petition)
        opened = self.do("open_recall_vote", constituents[0] if go else actor, petition=petition.petition)
        if go and signers > 1:
            self.whole(data, opened)
            self.do("fill_vacancy", constituents[0], mandate=petition.mandate)

    def _electing(self, mandate: Mandate) -> list[str]:
        if mandate.body == "congress":
            return sorted(seat.person for seat in self.state.seats.get(f"region:{mandate.constituency}", ()))
        return sorted(p for p, own in self.state.members.items() if own == mandate.constituency)

    @precondition(lambda self: any(not m.held for m in self.state.mandates.values()))
    @rule(data=st.data(), actor=actors)
    def refill(self, data: st.DataObject, actor: str) -> None:
        ended = [m.mandate for m in self.state.mandates.values() if not m.held]
        mandate = data.draw(st.sampled_from(ended))
        filled = self.do("fill_vacancy", actor, mandate=mandate)
        if filled is not None:
            assert self.do("fill_vacancy", actor, mandate=mandate) is None, "a seat is refilled once"
            self.do("take_mandate", filled.body["person"], mandate=filled.body["given"])

    @rule(data=st.data(), actor=actors, place=places, about=st.sampled_from(("motion", "region-motion", "statutes")))
    def instruct(self, data: st.DataObject, actor: str, place: str, about: str) -> None:
        known = [vote.vote for vote in self.running()]
        about = data.draw(st.sampled_from([about, *known]))
        choice = data.draw(st.sampled_from(("for", "against")))
        for who in (actor, *(person for person, own in self.state.members.items() if own == place)):
            opened = self.do("instruct", who, about=about, choice=choice, place=place)
            if opened is not None:
                return self.whole(data, opened)
        return None


class Everything(Offices):
    """All that members do besides, and what nobody should."""

    @rule(actor=actors, person=actors, place=places, how=st.sampled_from(("join", "leave", "transfer", "verify")))
    def membership(self, actor: str, person: str, place: str, how: str) -> None:
        if how == "verify":
            self.do("verify_member", actor, person=person, evidence="We work together.")
        elif how == "leave":
            self.do("leave", actor)
        else:
            self.do(how, actor, person=person, place=place)

    @rule(data=st.data(), actor=actors, number=st.integers(0, len(DRAFTS) - 1), go=st.booleans())
    def change_the_statutes(self, data: st.DataObject, actor: str, number: int, go: bool) -> None:
        self.do("draft_statutes", actor, changes=[change(number)], reasons="It is better so.")
        draft = chosen(data, iter(self.state.drafts.values()))
        if draft is None:
            return
        if go:
            self.now += timedelta(days=2)
        sitting = [seat.person for seat in self.state.seats.get("congress", ())]
        article = draft.changes[0]["article"]
        kind = "entrenched" if article == "15" or article["number"] == "15" else "statutes"
        for opener in [*sitting[:1], actor]:
            opened = self.do("open_vote", opener, decision=kind, about=draft.draft)
            if go:
                self.whole(data, opened)
        self.do("enact_statutes", actor, draft=draft.draft)

    @precondition(lambda self: self.state.drafts)
    @rule(data=st.data(), actor=actors)
    def enact(self, data: st.DataObject, actor: str) -> None:
        self.do("enact_statutes", actor, draft=data.draw(st.sampled_from(list(self.state.drafts))))

    @rule(data=st.data(), actor=actors, name=st.sampled_from(("Left", "Right")), other=actors)
    def tendencies(self, data: st.DataObject, actor: str, name: str, other: str) -> None:
        self.do("form_tendency", actor, name=name, platform="We are for it.")
        tendency = chosen(data, iter(self.state.tendencies)) or "T1"
        act = data.draw(st.sampled_from(("join_tendency", "leave_tendency", "name_speaker", "publish_statement")))
        statement = {"statement": "Vote for us.", "about": "congress"}
        more = {"publish_statement": statement, "name_speaker": {"person": actor}}.get(act, {})
        self.do(act, other, tendency=tendency, **more)

    @rule(data=st.data(), actor=actors, moderator=actors, upheld=st.booleans())
    def discussion(self, data: st.DataObject, actor: str, moderator: str, upheld: bool) -> None:
        about = data.draw(st.sampled_from(("M1", "article 7", "congress", "V1", "nothing", "T1")))
        entry = self.do("criticise", actor, about=about, words="This was wrong.")
        comment = entry.body["comment"] if entry else "C1"
        self.do("reply", moderator, comment=comment, words="It was not.")
        sitting = [seat.person for seat in self.state.seats.get("congress", ())]
        for person in (moderator, *sitting):
            self.do("moderate", person, comment=comment, reason="Rude.")
        self.do("appeal", actor, comment=comment, reason="True.")
        for person in (moderator, *sitting):
            self.do("decide_appeal", person, comment=comment, upheld=upheld, reason="So it is.")

    @rule(data=st.data(), act=st.sampled_from([name for name in ACTS if name not in CALCULATING]), actor=actors)
    def anything(self, data: st.DataObject, act: str, actor: str) -> None:
        kind = ACTS[act]
        named = [*kind.needs, *(name for name in kind.takes if data.draw(st.booleans()))]
        what = {name: data.draw(_value(name)) for name in named}
        if data.draw(st.integers(0, 9)) == 0:
            what["as_administrator"] = True
        self.do(act, actor, **what)


def _value(name: str) -> st.SearchStrategy[Any]:
    if name in NUMBERED:
        return st.integers(1, 9).map(lambda number: f"{NUMBERED[name]}{number}")
    return st.sampled_from(ANYTHING.get(name, WORDS))
