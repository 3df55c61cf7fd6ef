"""The picture that tells most about an outcome, whatever its rule."""

from newcourse.pictures.look import WIDE, Picture
from newcourse.pictures.picks import picks
from newcourse.pictures.stages import stages
from newcourse.pictures.tallies import tallies
from newcourse.pictures.vote_matrix import vote_matrix
from newcourse.pictures.weights import weights
from newcourse.vote.outcome import Allocation, Outcome, Ranking, Selection


def picture_of(outcome: Outcome, *, width: int = WIDE) -> Picture:
    """Return the flow of a transferable vote, the matrix of a ranking, the projects of a budget, shares or tallies.

    Raises
    ------
    BadInput
        If nothing of what was counted can be drawn, as where nobody voted.
    """
    result = outcome.result
    if isinstance(result, Ranking):
        return vote_matrix(outcome, width=width)
    if isinstance(result, Selection):
        return picks(outcome, width=width)
    if isinstance(result, Allocation):
        return weights(outcome, width=width)
    return stages(outcome, width=width) if "stages" in result.to_data() else tallies(outcome, width=width)
