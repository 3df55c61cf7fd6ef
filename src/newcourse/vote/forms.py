"""Every form of ballot there is, and how its plain data are read (design §8.1)."""

from collections.abc import Mapping
from typing import Final

from newcourse.errors import BadInput
from newcourse.vote.approval_ballot import ApprovalBallot, PointsBallot
from newcourse.vote.ballot import AllocationBallot, ChoiceBallot, RankedBallot, malformed

AnyBallot = RankedBallot | ApprovalBallot | PointsBallot | AllocationBallot | ChoiceBallot
BALLOTS: Final[tuple[type[AnyBallot], ...]] = (
    RankedBallot,
    ApprovalBallot,
    PointsBallot,
    AllocationBallot,
    ChoiceBallot,
)
"""Every form of ballot there is."""


def ballot_from_data(data: object) -> AnyBallot:
    """Return the ballot that a ``to_data`` wrote, whatever its form.

    Raises
    ------
    BadInput
        When the data are of no known form, or the ballot is wrong.

    Examples
    --------
    >>> ballot_from_data({"form": "choice", "choice": "yes"})
    ChoiceBallot(choice='yes')
    """
    form = data.get("form") if isinstance(data, Mapping) else None
    for kind in BALLOTS:
        if kind.form == form:
            return kind.from_data(data)
    known = [kind.form for kind in BALLOTS]
    raise BadInput(malformed("any", f"form {form!r}", f"form {', '.join(known[:-1])} or {known[-1]}"))
