"""Whatever the law and however coarse the steps: what the splitting gives is a density matrix."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newcourse.errors import BadInput
from newcourse.formations.engines import density
from newcourse.formations.law import Coupling, Law, Spread, exchanged
from newcourse.formations.runs import Stretch, certain, superposed
from newcourse.formations.spaces import Space
from tests.formations.small_laws import TWO, tied


def any_law(chance: np.random.Generator, n: int, d: int) -> Law:
    """Return a law of dense random parts whose rates range over four powers of ten."""

    def size() -> float:
        return float(10 ** chance.uniform(-2, 2))

    space = Space("some", {f"f{k}": f"f{k}" for k in range(d)}, {}, {})
    off, others = 1 - np.eye(d), 1 - np.eye(n)
    root = chance.normal(size=(n, d, d)) + 1j * chance.normal(size=(n, d, d))
    hamiltonian = (root + root.conj().transpose(0, 2, 1)) * size()
    pair = chance.normal(size=(d * d, d * d)) + 1j * chance.normal(size=(d * d, d * d))
    operator = pair + pair.conj().T
    ties = chance.normal(size=(n, n)) * size()
    source, target = chance.permutation(d)[:2]
    called = Spread(int(source), int(target), (int(chance.integers(d)),), chance.random((n, n)) * others * size())
    return Law(
        space, tuple("ABC"[:n]), chance.exponential(size=(n, d, d)) * off * size(), hamiltonian,
        chance.exponential(size=(n, d)) * size(), (called,),
        (Coupling((operator + exchanged(operator, d)) / 2, (ties + ties.T) * others),), float(chance.random()),
    )  # fmt: skip


@settings(max_examples=15)
@given(st.integers(0, 10**6), st.integers(2, 3), st.floats(0.1, 20), st.integers(1, 30))
def test_the_plain_path_gives_density_matrices_under_any_law(seed: int, n: int, steps: float, years: int) -> None:
    chance, d = np.random.default_rng(seed), 3 if n == 2 else 2
    law = any_law(chance, n, d)
    start = superposed(chance.dirichlet(np.ones(d), n))
    found = density.states([Stretch(law, years)], start, [years], [law.countries], steps=steps, extrapolate=False)
    (matrix,) = found.matrices[law.countries]
    assert abs(np.trace(matrix) - 1) <= 1e-10
    assert np.linalg.eigvalsh(matrix)[0] >= -1e-12
    assert abs(matrix - matrix.conj().T).max() < 1e-14
    assert found.run.extras["positivity defect"][0] <= 1e-12


@pytest.mark.parametrize("countries", [(), ("A", "A")])
def test_a_law_is_for_countries_each_named_once(countries: tuple[str, ...]) -> None:
    space = Space("some", {"a": "a", "b": "b"}, {}, {})
    with pytest.raises(BadInput, match="each once"):
        Law(space, countries, np.zeros((len(countries), 2, 2)))


@pytest.mark.parametrize("tolerance", [1e-3, 1e-6, 1e-9])
def test_the_error_stated_is_within_the_tolerance_and_true(tolerance: float) -> None:
    law, start = tied(3, 2), certain(TWO, ["a", "b", "a"])
    best = density.evolve([Stretch(law, 3)], start, [1, 3], tolerance=1e-12).populations
    run = density.evolve([Stretch(law, 3)], start, [1, 3], tolerance=tolerance)
    assert run.error <= tolerance
    assert abs(run.populations - best).max() <= tolerance
