"""Strongest (widest) paths between all pairs: as strong as their weakest link, with the path itself as witness."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Strength = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Path:
    """A strongest path.

    Parameters
    ----------
    strength
        Strength of its weakest link; (0, 0) where there is no path.
    nodes
        Its nodes from first to last, none twice; empty where there is no path.
    """

    strength: Strength
    nodes: tuple[int, ...]


NO_PATH = Path((0, 0), ())


def widest_paths(links: Sequence[Sequence[Strength]]) -> list[list[Path]]:
    """Return for every ordered pair of nodes a strongest path, by Floyd's and Warshall's scheme.

    A path is replaced only by a strictly stronger one, so the direct link stands where it is as strong as any detour,
    detours by earlier nodes come before detours by later ones, and no node is visited twice. Strengths are compared by
    their place among all strengths there are, in arrays; only paths that are replaced are written out.

    Parameters
    ----------
    links
        Square; links[i][j] is the strength of the link from i to j, (0, 0) where there is none.

    Examples
    --------
    >>> weak, strong, none = (1, 0), (5, 0), (0, 0)
    >>> widest_paths([[none, strong, weak], [none, none, strong], [none, none, none]])[0][2]
    Path(strength=(5, 0), nodes=(0, 1, 2))
    """
    size = range(len(links))
    paths = [[Path(links[i][j], (i, j)) if links[i][j] > (0, 0) else NO_PATH for j in size] for i in size]
    known = sorted({path.strength for row in paths for path in row} | {NO_PATH.strength})
    place = {strength: k for k, strength in enumerate(known)}
    widest = np.array([[place[path.strength] for path in row] for row in paths])
    for via in size:
        # Neither its row nor its column changes while paths through it are tried, so all pairs are tried at once.
        detour = np.minimum.outer(widest[:, via], widest[via])
        better = detour > widest
        np.fill_diagonal(better, val=False)
        for start, end in np.argwhere(better).tolist():
            nodes = paths[start][via].nodes + paths[via][end].nodes[1:]
            paths[start][end] = Path(known[detour[start, end]], nodes)
        widest[better] = detour[better]
    return paths
