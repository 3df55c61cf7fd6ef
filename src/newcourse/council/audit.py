"""Reads a record again from the beginning and names every entry whose author had no right to it (design §3, §8.3).

A sound chain of hashes says that nothing was changed afterwards. It does not say that what was written was lawful at
that time: whoever can write to the database could have added entries past the acts. This does.
"""

from collections.abc import Callable, Iterable
from typing import Any

from newcourse.council.audit_people import PEOPLE_CHECKS
from newcourse.council.audit_seats import unlawful_seats
from newcourse.council.audit_votes import VOTE_CHECKS
from newcourse.council.authority import Refusal, authority
from newcourse.council.concerns import concerned_place
from newcourse.council.fold import step
from newcourse.council.seen import Seen
from newcourse.council.state import State
from newcourse.errors import Fault, NewCourseError
from newcourse.record.entry import Entry


def audit(entries: Iterable[Entry], data: Callable[[str], Any] | None = None) -> tuple[Fault, ...]:
    """Return one fault or several for each entry that was not lawful when it was written.

    Checked are the authority of each author; that every vote was opened as the statutes say, and its roll is who was
    there; that only those on the roll vote or draw a token, once, and in time; that published ballots are those that
    were cast, by name or by commitment, each secret one under a token that was signed; that paper ballots were read by
    two; that every vote was closed when it was over, extensions included, and every count, made again, gives the same;
    that contests came in time and nobody decided in their own matter; that only the constituency signs petitions for a
    recall, and a vacated seat went to whom the ballots name; that no seat has two mandates and nobody two seats in one
    body; that nobody vouched for too many; that only the winner was adopted. Where an entry cannot be read at all the
    audit ends with that fault.

    Parameters
    ----------
    entries
        The record from its beginning.
    data
        Reads an artefact that is plain data. Without it, ballots of secret votes, rolls and kept outcomes are not
        checked, because they are not among the entries.
    """
    faults: list[Fault] = []
    state = State()
    for entry in entries:
        try:
            seen = Seen(state, entry, entry.body, state.clock(entry.at), data)
            faults += _unlawful(seen)
            state = step(state, entry)
            faults += unlawful_seats(seen, state)
        except NewCourseError as error:
            return (*faults, *error.faults)
        except (LookupError, TypeError, ValueError) as error:
            found = f"an entry that cannot be judged: {error}"
            expected = "an entry that an act wrote"
            where = f"entry {entry.sequence}, {entry.act} by {entry.actor}"
            return (*faults, Fault("entry-impossible", where, found, expected, "find out who wrote it"))
    return tuple(faults)


def _unlawful(seen: Seen) -> list[Fault]:
    state, entry, body = seen.state, seen.entry, seen.body
    answer = authority(state, entry.actor, entry.act, concerned_place(state, entry.act, entry.actor, body))
    faults = []
    if isinstance(answer, Refusal):
        faults.append(seen.fault("no-authority", answer.reason, f"{answer.article}: {answer.expected}"))
    if "frozen" in body:
        faults += VOTE_CHECKS["open_vote"](seen)
    elif entry.act in VOTE_CHECKS and body.get("vote") in state.votes:
        faults += VOTE_CHECKS[entry.act](seen)
    if entry.act in PEOPLE_CHECKS:
        faults += PEOPLE_CHECKS[entry.act](seen)
    if entry.act == "adopt" and state.cycle is not None and body.get("variant") != state.cycle.winner:
        found, expected = f"variant {body.get('variant')}", f"the winner {state.cycle.winner or '(none)'}"
        faults.append(seen.fault("adopted-loser", found, expected))
    return faults
