"""Votes written as files that other programs read."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from newcourse.errors import BadInput, Fault
from newcourse.sources.ballots.blt import write_blt
from newcourse.sources.ballots.preflib import preflib_kind, write_preflib
from newcourse.sources.ballots.reading import ReadVotes
from newcourse.vote.approval import ApprovalVotes
from newcourse.vote.approval_ballot import ApprovalBallot, PointsBallot
from newcourse.vote.ballot import RankedBallot
from newcourse.vote.profile import Profile
from newcourse.vote.ranked import RankedVotes


def written(read: ReadVotes, ending: str) -> str:
    r"""Return votes as the text of a file with this ending.

    Raises
    ------
    BadInput
        When no such files are written, or the votes do not fit into them.

    Examples
    --------
    >>> from newcourse.sources.ballots.registry import read_votes_text
    >>> print(written(read_votes_text("2,1,\n4,2,1,\n", "grouped-csv"), ".soc").splitlines()[-1])
    4: 2,1
    """
    if ending not in WRITERS:
        raise BadInput(
            Fault("form-unknown", "file to write", repr(ending), " or ".join(WRITERS), "give one of these endings")
        )
    return WRITERS[ending](read, ending)


def _blt(read: ReadVotes, _ending: str) -> str:
    return write_blt(_ranked(read), read.seats or 1, read.title)


def _preflib(read: ReadVotes, ending: str) -> str:
    votes = ApprovalVotes.of(read.votes) if read.votes.form == ApprovalBallot.form else _ranked(read)  # type: ignore[arg-type]
    fits = f".{preflib_kind(votes)}"
    if ending != fits:
        remedy = f"give it a name that ends in {fits}"
        raise BadInput(Fault("form-wrong", "file to write", f"the ending {ending}", f"{fits} for these votes", remedy))
    return write_preflib(votes, read.title)


def _profile(read: ReadVotes, _ending: str) -> str:
    votes = read.votes
    if isinstance(votes, ApprovalVotes):
        profile: Profile[Any] = _as_ballots(votes)
    else:
        profile = votes.to_profile() if isinstance(votes, RankedVotes) else votes
    return json.dumps(profile.to_data(), ensure_ascii=False, indent=1) + "\n"


def _as_ballots(votes: ApprovalVotes) -> Profile[Any]:
    rows: list[tuple[Any, int]] = []
    for row, times in enumerate(votes.times.tolist()):
        start, end = votes.given.indptr[row : row + 2].tolist()
        names = [votes.candidates[c] for c in votes.given.indices[start:end].tolist()]
        points = votes.given.data[start:end].tolist()
        approving = votes.form == ApprovalBallot.form
        ballot = ApprovalBallot(tuple(names)) if approving else PointsBallot(dict(zip(names, points, strict=True)))
        rows.append((ballot, times))
    return Profile(votes.form, votes.candidates, tuple(rows))


def _ranked(read: ReadVotes) -> RankedVotes:
    if isinstance(read.votes, RankedVotes):
        return read.votes
    if isinstance(read.votes, ApprovalVotes) or read.votes.form != RankedBallot.form:
        found = f"ballots of form {read.votes.form}"
        raise BadInput(Fault("form-wrong", "file to write", found, "ranked ballots", "give another ending"))
    return RankedVotes.of(read.votes)


WRITERS: Final[Mapping[str, Callable[[ReadVotes, str], str]]] = {
    ".blt": _blt,
    **dict.fromkeys((".soc", ".soi", ".toc", ".toi", ".cat"), _preflib),
    ".json": _profile,
}
"""Writers by ending."""
