r"""The paths of :mod:`newcourse.formations.engines.trajectories` on arrays of another module, of a GPU for one.

The compiled loops wait until the norm of a path falls below a bar drawn for it, and then jump. Arrays would have to
stop for every single path; here each channel is drawn for all paths at once. With :math:`\rho` the state of the
countries it acts on, operator m has the probability :math:`\mathrm{tr}(K_m^\dagger K_m\rho)`. One product gives the
sums of these up to every m, and one number drawn between 0 and 1 picks the operator. The channels and their order are
those of the loops, so the mean is the same; the paths of a seed are not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newcourse.formations.engines.backends import fetched, given
from newcourse.formations.engines.generators import Complex, Real
from newcourse.formations.engines.kraus import Sampled

TOGETHER = 512
"""The most paths that go together: for eight countries of four formations they take 0.5 GB, some times over."""


@dataclass(frozen=True)
class ArrayChannel:
    """A channel whose operators lie in arrays of a module.

    Parameters
    ----------
    place
        Numbers of the one or two countries it acts on.
    operators
        (m, s, s) Kraus operators on their s joint formations.
    sums
        (s², m): multiplied with a density matrix row by row it gives the probabilities of the first, the first two, …
    """

    place: tuple[int, ...]
    operators: Any
    sums: Any


def prepared(
    module: Any, sampled: Sequence[Sampled], places: Sequence[tuple[int, ...]], formations: int
) -> tuple[ArrayChannel, ...]:
    """Return channels as arrays of a module."""
    return tuple(_prepared(module, each, place, formations) for each, place in zip(sampled, places, strict=True))


def _prepared(module: Any, sampled: Sampled, place: tuple[int, ...], formations: int) -> ArrayChannel:
    size = formations ** len(place)
    operators = np.zeros((len(sampled.operators), size, size), complex)
    operators[0] = np.eye(size)
    rows, columns = np.ix_(sampled.touched, sampled.touched)
    operators[:, rows, columns] = sampled.operators
    effects = operators.conj().transpose(0, 2, 1) @ operators
    sums = effects.cumsum(axis=0).transpose(0, 2, 1).reshape(len(operators), -1).T
    return ArrayChannel(place, given(module, operators), given(module, sums))


class ArrayLanes:
    """Pure states of all countries, side by side.

    Parameters
    ----------
    module
        An array module that keeps to the array API standard, in double precision.
    begun
        (dⁿ, paths) states to begin with, each of norm 1.
    countries, formations
        n and d.
    chance
        Where chance comes from; it stays on this machine.
    """

    def __init__(
        self, module: Any, begun: Complex, countries: int, formations: int, chance: np.random.Generator
    ) -> None:
        self._module, self._n, self._d, self._chance = module, countries, formations, chance
        self._lanes = begun.shape[1]
        self._state = given(module, begun.T)
        self._one, self._none = given(module, np.ones((1, 1), np.int64)), given(module, np.zeros((1, 1), np.int64))

    def travel(self, order: NDArray[np.int64], channels: Sequence[ArrayChannel]) -> None:
        """Take all paths through channels one after another."""
        for number in order:
            self._through(channels[number])

    def look(self) -> Real:
        """Return probabilities (n, d, paths)."""
        module, found = self._module, []
        weights = module.real(self._state) ** 2 + module.imag(self._state) ** 2
        for i in range(self._n):
            table = module.reshape(weights, (self._lanes, self._d**i, self._d, -1))
            found.append(fetched(module, module.sum(table, axis=(1, 3))).T)
        return np.array(found)

    def _through(self, channel: ArrayChannel) -> None:
        module, lanes, size = self._module, self._lanes, channel.operators.shape[1]
        whole, near = (lanes,) + (self._d,) * self._n, tuple(i + 1 for i in channel.place)
        front = tuple(range(1, 1 + len(near)))
        turned = module.moveaxis(module.reshape(self._state, whole), near, front)
        table = module.reshape(turned, (lanes, size, -1))
        moved = module.matmul(module.take(channel.operators, self._drawn(channel, table), axis=0), table)
        norms = module.sum(module.real(moved) ** 2 + module.imag(moved) ** 2, axis=(1, 2), keepdims=True)
        back = module.moveaxis(module.reshape(moved / norms**0.5, turned.shape), front, near)
        self._state = module.reshape(back, (lanes, -1))

    def _drawn(self, channel: ArrayChannel, table: Any) -> Any:
        """Return the number of the operator that each path takes."""
        module = self._module
        density = module.matmul(table, module.conj(module.moveaxis(table, 1, 2)))
        sums = module.real(module.matmul(module.reshape(density, (self._lanes, -1)), channel.sums))
        bar = given(module, self._chance.random((self._lanes, 1))) * sums[:, -1:]
        return module.sum(module.where(sums[:, :-1] <= bar, self._one, self._none), axis=1)
