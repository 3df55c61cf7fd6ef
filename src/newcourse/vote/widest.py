"""Strongest (widest) paths between all pairs: as strong as their weakest link, with the path itself as witness."""

from collections.abc import Sequence
from dataclasses import dataclass

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
    detours by earlier nodes come before detours by later ones, and no node is visited twice.

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
    for via in size:
        for start in size:
            first = paths[start][via]
            if start == via or not first.nodes:
                continue
            for end in size:
                second = paths[via][end]
                strength = min(first.strength, second.strength)
                if end not in (start, via) and strength > paths[start][end].strength:
                    paths[start][end] = Path(strength, first.nodes + second.nodes[1:])
    return paths
