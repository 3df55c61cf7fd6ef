"""What to look at while an engine runs: a number computed from the state of some countries."""

from collections.abc import Callable
from dataclasses import dataclass

from newcourse.errors import BadInput, Fault
from newcourse.formations.engines.generators import Complex
from newcourse.formations.law import Law


@dataclass(frozen=True)
class Watch:
    """A number computed from the density matrix of a few countries at every time asked for.

    Parameters
    ----------
    countries
        Their codes; the matrix counts the first one's formation as the highest digit.
    value
        From the (dᵐ, dᵐ) density matrix to a number, such as
        :func:`newcourse.formations.observables.negativity.negativity`.
    """

    countries: tuple[str, ...]
    value: Callable[[Complex], float]


def cluster_numbers(law: Law, countries: tuple[str, ...]) -> tuple[int, ...]:
    """Return the numbers of countries, each named once."""
    unknown = [code for code in countries if code not in law.countries]
    if unknown or not countries or len(set(countries)) != len(countries):
        found, known = ", ".join(countries) or "no country", ", ".join(law.countries)
        remedy = "name each country to look at once"
        raise BadInput(Fault("formation-watch", "countries", found, f"each once, of {known}", remedy))
    return tuple(law.countries.index(code) for code in countries)
