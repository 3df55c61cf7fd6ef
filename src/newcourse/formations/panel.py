"""Countries observed year by year: what likelihoods are computed from (design §11.2, §11.3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from newcourse.errors import BadInput, Fault
from newcourse.formations.mappings import rebuilt
from newcourse.formations.panel_faults import panel_faults
from newcourse.formations.spaces import Space
from newcourse.formations.successions import Succession
from newcourse.formations.worlds import frozen


@dataclass(frozen=True)
class Panel:
    """The formation of each country in each year, with what hypotheses may look at.

    A panel checks itself when it is made; its arrays cannot be changed.

    Parameters
    ----------
    space
        Which formations there are.
    countries
        Their codes, n of them.
    years
        Consecutive years, t of them.
    observed
        (n, t) numbers of the formations; −1 where the country did not exist or its formation is not known.
    exists
        (n, t): whether the state existed on at least one day of the year.
    covariates
        (n, t) numbers each; NaN where not known. Names as in :data:`~newcourse.formations.worlds.COVARIATES`.
    weights
        (t, n, n) numbers each: row i of a year says how much country i is tied to each other country; it adds up to
        at most 1. Names as in :data:`~newcourse.formations.worlds.WEIGHTS`.
    coding
        Name of the coding of contested states.
    sources
        Where all this is from, one sentence a source.
    successions
        Which state followed which.
    titles
        Names of the countries in words; the codes themselves where none are given.

    Raises
    ------
    BadInput
        With everything that is wrong at once.
    """

    space: Space
    countries: tuple[str, ...]
    years: tuple[int, ...]
    observed: NDArray[np.int8] = field(repr=False)
    exists: NDArray[np.bool_] = field(repr=False)
    covariates: Mapping[str, NDArray[np.float64]] = field(default_factory=dict, repr=False)
    weights: Mapping[str, NDArray[np.float32]] = field(default_factory=dict, repr=False)
    coding: str = ""
    sources: tuple[str, ...] = field(default=(), repr=False)
    successions: tuple[Succession, ...] = field(default=(), repr=False)
    titles: Mapping[str, str] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self._set("countries", tuple(self.countries))
        self._set("years", tuple(int(year) for year in self.years))
        self._set("sources", tuple(self.sources))
        self._set("successions", tuple(self.successions))
        given = np.asarray(self.observed)
        unmade = panel_faults(given, self)
        if unmade:
            raise BadInput(unmade)
        self._set("observed", frozen(given, np.int8))
        self._set("exists", frozen(self.exists, np.bool_))
        for name, kind in (("covariates", np.float64), ("weights", np.float32)):
            arrays = {key: frozen(values, kind) for key, values in getattr(self, name).items()}
            self._set(name, MappingProxyType(arrays))
        self._set("titles", MappingProxyType({code: self.titles.get(code, code) for code in self.countries}))

    def __hash__(self) -> int:
        return hash((self.space, self.countries, self.years, self.coding, self.observed.tobytes()))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Panel):
            return NotImplemented
        mine, theirs = (
            (p.space, p.countries, p.years, p.coding, p.sources, p.successions, dict(p.titles)) for p in (self, other)
        )
        return mine == theirs and all(
            np.array_equal(a, b, equal_nan=a.dtype.kind == "f") for a, b in _paired(self, other)
        )

    def __reduce__(self) -> tuple[object, ...]:
        return rebuilt(self)

    def _set(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)

    @property
    def observations(self) -> int:
        """How many country-years have a known formation."""
        return int((self.observed >= 0).sum())

    def transitions(self) -> NDArray[np.int64]:
        """Return (d, d) counts of what countries were in one year and in the next, staying included.

        Only pairs of consecutive years count in which the formation is known in both.
        """
        before, after = self.observed[:, :-1], self.observed[:, 1:]
        known = (before >= 0) & (after >= 0)
        counts = np.zeros((self.space.size, self.space.size), dtype=np.int64)
        np.add.at(counts, (before[known], after[known]), 1)
        return counts

    def events(self) -> pd.DataFrame:
        """Return every change of formation: country, title, year (the first in the new one), from, to, move.

        ``move`` is what the space calls it; empty where the space has no name for it, so that no hypothesis can
        explain it.
        """
        names = {(source, target): move for move in self.space.moves for source, target in self.space.arcs(move)}
        codes = self.space.formations
        rows = []
        before, after = self.observed[:, :-1], self.observed[:, 1:]
        for i, t in np.argwhere((before >= 0) & (after >= 0) & (before != after)):
            pair = int(before[i, t]), int(after[i, t])
            country = self.countries[i]
            year = self.years[t + 1]
            rows.append((country, self.titles[country], year, *(codes[k] for k in pair), names.get(pair, "")))
        return pd.DataFrame(rows, columns=["country", "title", "year", "from", "to", "move"])

    def between(self, first: int, last: int) -> "Panel":
        """Return the years from first to last, both included.

        Raises
        ------
        BadInput
            When the panel does not have them all.
        """
        if not self.years[0] <= first <= last <= self.years[-1]:
            expected = f"years within {self.years[0]} to {self.years[-1]}, the first not after the last"
            raise BadInput(Fault("panel-years", "panel", f"{first} to {last}", expected, "choose years it has"))
        kept = slice(first - self.years[0], last - self.years[0] + 1)
        return replace(
            self,
            years=self.years[kept],
            observed=self.observed[:, kept],
            exists=self.exists[:, kept],
            covariates={name: values[:, kept] for name, values in self.covariates.items()},
            weights={name: values[kept] for name, values in self.weights.items()},
        )

    def of(self, countries: Iterable[str]) -> "Panel":
        """Return the panel of these countries only, in the order given; ties to others are left out.

        Raises
        ------
        BadInput
            When a country is not in the panel or none is given.
        """
        chosen = tuple(countries)
        self._known(chosen)
        at = np.array([self.countries.index(code) for code in chosen], dtype=np.intp)
        return replace(
            self,
            countries=chosen,
            observed=self.observed[at],
            exists=self.exists[at],
            covariates={name: values[at] for name, values in self.covariates.items()},
            weights={name: values[:, at[:, None], at] for name, values in self.weights.items()},
        )

    def without(self, countries: Iterable[str]) -> "Panel":
        """Return the panel without these countries; an unknown one is refused."""
        left_out = tuple(countries)
        self._known(left_out)
        return self.of(code for code in self.countries if code not in set(left_out))

    def summary(self) -> pd.DataFrame:
        """Return by formation: title, country-years, countries that were ever in it, entries and exits seen."""
        counts = self.transitions()
        staying = np.diag(counts)
        rows = [(self.observed == k) for k in range(self.space.size)]
        return pd.DataFrame(
            {
                "title": list(self.space.titles.values()),
                "country_years": [int(row.sum()) for row in rows],
                "countries": [int(row.any(axis=1).sum()) for row in rows],
                "entries": counts.sum(axis=0) - staying,
                "exits": counts.sum(axis=1) - staying,
            },
            index=pd.Index(self.space.formations, name="formation"),
        )

    def _known(self, codes: tuple[str, ...]) -> None:
        unknown = [code for code in codes if code not in set(self.countries)]
        if unknown:
            found = ", ".join(unknown)
            raise BadInput(Fault("panel-country", "panel", found, "codes of its countries", "see panel.countries"))


def _paired(a: Panel, b: Panel) -> Iterable[tuple[NDArray[np.generic], NDArray[np.generic]]]:
    yield a.observed, b.observed
    yield a.exists, b.exists
    for mine, theirs in ((a.covariates, b.covariates), (a.weights, b.weights)):
        for name in {*mine, *theirs}:
            empty: NDArray[np.generic] = np.zeros(0)
            yield mine.get(name, empty), theirs.get(name, empty)
