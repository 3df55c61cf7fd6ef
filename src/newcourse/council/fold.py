"""From the record's entries to the state: a pure fold, entry by entry (design §3, event sourcing).

>>> fold([]) == State()
True
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from newcourse.council.folds import (
    amending,
    cycle,
    discussion,
    effects,
    elections,
    founding,
    mandates,
    membership,
    recall,
    tendencies,
    votes,
)
from newcourse.council.state import State
from newcourse.errors import BadInput, Fault, Tampered
from newcourse.record.entry import Entry

Change = Callable[[State, Entry, Mapping[str, Any]], State]

FOLDS: Final[Mapping[str, Change]] = {
    change.__name__: change
    for change in (
        founding.found,
        founding.seat_delegates,
        membership.join,
        membership.leave,
        membership.transfer,
        membership.verify_member,
        membership.found_body,
        elections.open_nominations,
        elections.nominate,
        elections.accept_nomination,
        elections.withdraw_nomination,
        elections.close_nominations,
        elections.open_election,
        mandates.take_mandate,
        mandates.lay_down_mandate,
        mandates.instruct,
        recall.petition_recall,
        recall.sign_petition,
        recall.open_recall_vote,
        recall.fill_vacancy,
        cycle.open_cycle,
        cycle.file_need,
        cycle.file_proposal,
        cycle.support_proposal,
        cycle.amend_proposal,
        cycle.withdraw_proposal,
        cycle.answer_proposal,
        cycle.merge_proposals,
        tendencies.form_tendency,
        tendencies.join_tendency,
        tendencies.leave_tendency,
        tendencies.name_speaker,
        tendencies.publish_statement,
        discussion.criticise,
        discussion.reply,
        discussion.moderate,
        discussion.appeal,
        discussion.decide_appeal,
        votes.open_vote,
        votes.draw_token,
        votes.cast,
        votes.cast_secret,
        votes.enter_paper_ballots,
        votes.confirm_paper_ballots,
        votes.extend_vote,
        votes.close_vote,
        effects.count_vote,
        effects.contest_vote,
        effects.decide_contest,
        cycle.make_variants,
        cycle.adopt,
        cycle.hand_down_orders,
        cycle.end_cycle,
        amending.draft_statutes,
        amending.enact_statutes,
    )
}


def fold(entries: Iterable[Entry], state: State | None = None) -> State:
    """Return the state after these entries, beginning from none or from the state before them."""
    state = state or State()
    for entry in entries:
        state = step(state, entry)
    return state


def step(state: State, entry: Entry) -> State:
    """Return the state after one more entry.

    Raises
    ------
    BadInput
        If the entry is of an act that this version does not know.
    Tampered
        If the entry cannot follow the state: somebody wrote it past the acts.
    """
    if entry.act not in FOLDS:
        found, expected = f"the act {entry.act!r}", f"one of {', '.join(FOLDS)}"
        where = f"entry {entry.sequence}"
        raise BadInput(Fault("act-unknown", where, found, expected, "read the record with the version that wrote it"))
    body = entry.body
    try:
        changed = FOLDS[entry.act](state, entry, body)
    except (LookupError, TypeError, ValueError) as error:
        raise Tampered(_impossible(entry, str(error))) from error
    key = body.get("key")
    return replace(
        changed,
        keys=changed.keys.put((entry.actor, key), entry.sequence) if key else changed.keys,
        latest=max(state.latest, entry.at),
        sequence=entry.sequence,
        head=entry.hash,
    )


def _impossible(entry: Entry, why: str) -> Fault:
    found = f"{entry.act} by {entry.actor} that cannot follow what was before: {why}"
    remedy = "verify the record and find out who wrote the entry past the acts"
    return Fault("entry-impossible", f"entry {entry.sequence}", found, "an entry that an act wrote", remedy)
