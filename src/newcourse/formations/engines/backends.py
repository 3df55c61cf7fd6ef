"""Where the numbers of a joint state live and how channels act on them: compiled loops here, or any array module.

On this machine a local channel is one matrix product that leaves the axes turned by one place, so that n of them bring
every axis back without a copy, and a pair's channel works in place on the few numbers it touches. An array module that
keeps to the Python array API standard (2023.12: ``asarray``, ``reshape``, ``moveaxis``, ``matmul``) does the same with
dense matrices, on a GPU where that is its own: CuPy, or ``jax.numpy`` in double precision. Nothing else is asked of it,
which a test with the strictest module there is makes sure of.
"""

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from newcourse.errors import BadInput, Fault
from newcourse.formations.engines.channels import completed, sparse_channel
from newcourse.formations.engines.density_loops import apply_pair
from newcourse.formations.engines.generators import Real

Pair = tuple[int, int]

DENSE = 8
"""A pair's channel with more than one in so many of all possible entries is applied as a whole matrix."""


class Backend(Protocol):
    """Holds a state and applies channels to it."""

    def prepared(self, pair: Pair, exponential: csr_array) -> Any:
        """Return a pair's channel in the form :meth:`apply` takes."""

    def apply(self, channel: Any) -> None:
        """Apply a prepared channel of a pair."""

    def apply_local(self, channels: Real) -> None:
        """Apply one channel (d², d²) to each country."""

    def numbers(self) -> Real:
        """Return the state as it is now; it may change with the next channel."""


class Compiled:
    """The state on this machine, with as much memory again to work in."""

    def __init__(self, state: Real, countries: int) -> None:
        self._state, self._spare, self._n = state.copy(), np.empty_like(state), countries
        self._k = round(state.size ** (1 / countries))

    def prepared(self, pair: Pair, exponential: csr_array) -> tuple[Any, ...]:
        """Return shape, places, rows, columns and values for the loop; a dense channel as pair and whole matrix."""
        (i, j), k, n = pair, self._k, self._n
        if DENSE * exponential.nnz > k**4:
            return pair, completed(exponential).toarray()
        channel = sparse_channel(exponential)
        inner = k ** (n - 1 - j)
        shape = (k**i, k, k ** (j - i - 1), k, inner)
        places = (channel.touched // k) * (k ** (n - 1 - i)) + (channel.touched % k) * inner
        whole = [np.asarray(part, np.uint64) for part in (shape, places, channel.rows, channel.columns)]
        return (*whole, channel.values)

    def apply(self, channel: tuple[Any, ...]) -> None:
        """Apply a pair's channel in place."""
        if len(channel) > 2:
            apply_pair(self._state, *channel)
            return
        pair, matrix = channel
        turned = np.moveaxis(self._state.reshape((self._k,) * self._n), pair, (0, 1))
        turned[...] = np.matmul(matrix, turned.reshape(self._k**2, -1)).reshape(turned.shape)

    def apply_local(self, channels: Real) -> None:
        """Apply each country's channel to the first axis, which thereby becomes the last."""
        for channel in channels:
            np.matmul(self._state.reshape(self._k, -1).T, channel.T, out=self._spare.reshape(-1, self._k))
            self._state, self._spare = self._spare, self._state

    def numbers(self) -> Real:
        """Return the state."""
        return self._state


class OnArrays:
    """The state in arrays of another module, with dense matrices.

    Parameters
    ----------
    state
        (d²ⁿ,) real numbers, on this machine.
    countries
        n.
    module
        The array module. Its numbers must keep double precision.

    Raises
    ------
    BadInput
        When the module makes other numbers of them, as ``jax.numpy`` does unless told otherwise.
    """

    def __init__(self, state: Real, countries: int, module: Any) -> None:
        self._module, self._n = module, countries
        self._k = round(state.size ** (1 / countries))
        self._state = given(module, state)

    def prepared(self, pair: Pair, exponential: csr_array) -> tuple[Pair, Any]:
        """Return the pair and its whole matrix."""
        return pair, given(self._module, completed(exponential).toarray())

    def apply(self, channel: tuple[Pair, Any]) -> None:
        """Apply a pair's channel as one matrix product."""
        pair, matrix = channel
        k, module, whole = self._k, self._module, (self._k,) * self._n
        table = module.moveaxis(module.reshape(self._state, whole), pair, (0, 1))
        moved = module.matmul(matrix, module.reshape(table, (k * k, -1)))
        self._state = module.reshape(module.moveaxis(module.reshape(moved, whole), (0, 1), pair), (-1,))

    def apply_local(self, channels: Real) -> None:
        """Apply each country's channel to the first axis, which thereby becomes the last."""
        module = self._module
        for channel in channels:
            turned = module.moveaxis(module.reshape(self._state, (self._k, -1)), 0, 1)
            self._state = module.reshape(module.matmul(turned, given(module, channel.T)), (-1,))

    def numbers(self) -> Real:
        """Return the state, brought to this machine."""
        return fetched(self._module, self._state)


def given(module: Any, numbers: NDArray[Any]) -> Any:
    """Return numbers as an array of a module.

    Raises
    ------
    BadInput
        When it does not keep their precision.
    """
    array = module.asarray(np.ascontiguousarray(numbers))
    if str(numbers.dtype) not in str(array.dtype):
        remedy = 'ask the module for double precision: jax.config.update("jax_enable_x64", True)'
        raise BadInput(Fault("formation-arrays", "array module", str(array.dtype), str(numbers.dtype), remedy))
    return array


def fetched(module: Any, array: Any) -> NDArray[Any]:
    """Return an array of a module, brought to this machine."""
    return np.asarray(getattr(module, "asnumpy", np.asarray)(array))
