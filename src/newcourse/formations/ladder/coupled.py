r"""Any model of hypotheses as a rung, countries tied to each other included: the filter in the mean of the others.

Each country has a density matrix of its own. What the others call forth in it (H5, H6) and couple it with (H7) is taken
from what the filter believes of them at the beginning of each year, so that a record in one country bears on the next
year of its neighbours; correlations within a year are left out, as in
:mod:`newcourse.formations.engines.mean_field`. A country not yet recorded, or not there, calls forth nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from newcourse.errors import BadInput, Fault
from newcourse.formations.hypotheses.hypothesis import Parameter
from newcourse.formations.inference.coordinates import Coordinates, tied
from newcourse.formations.inference.filters import LEAST, linear_filter
from newcourse.formations.inference.side_by_side import advance_entries
from newcourse.formations.ladder.felt import RealTies, YearLaw, bare, felt, pattern, used
from newcourse.formations.ladder.parameters import FreeParameter, Scale, Vector
from newcourse.formations.ladder.remembered import RememberedLaws
from newcourse.formations.ladder.rung import Array, Kind, Mask, OnPanel, Rung, drawn
from newcourse.formations.ladder.years import settings
from newcourse.formations.models import Model
from newcourse.formations.panel import Panel

FAST = 10.0
"""Largest rate a year that is looked for."""


@dataclass(frozen=True)
class ModelRung(Rung):
    """A model of hypotheses.

    Parameters
    ----------
    model
        Hypotheses and values; its space must be that of the rung.
    asked
        Names of the parameters that data are asked for; all where none is named. The others keep their values.
    """

    model: Model = field(kw_only=True)
    asked: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        names = [each.name for each in self.model.parameters]
        faults = [
            Fault("ladder-model", f"model {self.model.name!r}", name, "one of " + ", ".join(names), "rename it")
            for name in self.asked
            if name not in names
        ]
        if self.model.space != self.space:
            where = f"model {self.model.name!r}"
            faults.append(Fault("ladder-space", where, self.model.space.name, self.space.name, "use one space"))
        if faults:
            raise BadInput(faults)

    @property
    def name(self) -> str:
        """The model's name."""
        return self.model.name

    @property
    def title(self) -> str:
        """Titles of the hypotheses."""
        return "; ".join(f"{each.code} {each.title}" for each in self.model.hypotheses)

    @property
    def kind(self) -> Kind:
        """Whether one of its hypotheses brings a Hamiltonian."""
        return "quantum-like" if {"H1", "H4b", "H7"} & set(self.model.codes) else "classical"

    @property
    def own_parameters(self) -> tuple[FreeParameter, ...]:
        """The parameters asked for."""
        return tuple(
            _free(each, self.model.values[each.name])
            for each in self.model.parameters
            if not self.asked or each.name in self.asked
        )

    def on(self, panel: Panel) -> "ModelOnPanel":
        """Return the rung with the settings of a panel."""
        return ModelOnPanel(self, panel)


class ModelOnPanel(OnPanel):
    """A model with a panel."""

    rung: ModelRung

    def __init__(self, rung: ModelRung, panel: Panel) -> None:
        super().__init__(rung, panel)
        self.settings = settings(panel)
        self.ties = RealTies()
        self.remembered = RememberedLaws(rung.space, rung.model.hypotheses, self.settings)

    def cells(self, vector: Vector, rows: Mask | None = None) -> Array:
        """Return log probabilities (n, T); ties need all countries, so ``rows`` only says which are kept."""
        cells = self._run(vector, None)[0]
        return cells if rows is None else np.where(rows[:, None], cells, np.nan)

    def populations(self, vector: Vector) -> Array:
        """Return beliefs (n, T, d)."""
        return np.asarray(self._run(vector, None)[1])

    def sample(self, vector: Vector, rng: np.random.Generator) -> Panel:
        """Return the panel with records drawn from the model year by year."""
        return replace(self.panel, observed=self._run(vector, rng.random(self.records.shape))[2])

    def laws(self, values: Mapping[str, float]) -> list[YearLaw]:
        """Return the law of each year."""
        model = self.rung.model
        return self.remembered.laws({name: values.get(name, value) for name, value in model.values.items()})

    def _run(self, vector: Vector, uniforms: Array | None) -> tuple[Array, Array, np.ndarray]:
        values = self.values(vector)
        laws = self.laws(values)
        different = {id(law): law for law in laws}.values()
        where = Coordinates(self.panel.space.size, tied(np.concatenate([pattern(law) for law in different])))
        reading = self.reading(values)
        looks = where.looks(reading)
        starts = np.zeros((looks.shape[0], where.size))
        starts[:, : where.formations] = reading.T / reading.sum(axis=0)[:, None]
        if uniforms is None and not any(law.spread or law.couplings for law in laws):
            packed = np.stack([where.pack(law.jumps, law.dephasing, law.hamiltonian) for law in laws], axis=1)
            cells, states = linear_filter(
                where.generators(packed), self.records, self.alive, looks, where.trace, starts,
                fading=where.fading(laws[0].observed),
            )  # fmt: skip
            return cells, states[..., : where.formations], self.records
        return self._walk(laws, where, looks, starts, uniforms)

    def _walk(
        self, laws: Sequence[YearLaw], where: Coordinates, looks: Array, starts: Array, uniforms: Array | None
    ) -> tuple[Array, Array, np.ndarray]:
        """Go through the years with all countries side by side."""
        records, trace = self.records.copy(), where.trace
        n, years = records.shape
        cells, beliefs = np.full((n, years), np.nan), np.full((n, years, where.formations), np.nan)
        states, known = np.zeros((n, where.size)), np.zeros(n, dtype=bool)
        moving, reads = _Moving(laws, where, self.ties), (trace * looks).T
        for t in range(years):
            known &= self.alive[:, t]
            if t:
                states = moving.year(t - 1, states, known)
            seen, first = self.scored[:, t], self.opening[:, t]
            chances = np.maximum(states[seen] @ reads, 0)
            if uniforms is not None:
                records[seen, t] = drawn(chances, uniforms[seen, t])
            x = records[seen, t]
            worth = np.maximum(chances[np.arange(x.size), x], LEAST)
            cells[seen, t] = np.log(worth)
            states[seen] *= looks[x] / worth[:, None]
            states[first] = starts[records[first, t]]
            known |= first
            beliefs[known, t] = states[known, : where.formations]
        return cells, beliefs, records


class _Moving:
    """What moves all countries through the years: prepared once for equal laws."""

    def __init__(self, laws: Sequence[YearLaw], where: Coordinates, ties: RealTies) -> None:
        self.laws, self.where, self.ties = laws, where, ties
        different = {id(law): law for law in laws}
        ties.only(different.values())
        self.alone = {key: bare(law, where) for key, law in different.items()}
        ever = np.any([used(law, where, self.alone[key]) for key, law in different.items()], axis=0)
        self.rows, self.columns, makers = where.entries(ever)
        self.ever = np.flatnonzero(ever)
        self.makers = np.ascontiguousarray(makers[:, self.ever])

    def year(self, t: int, states: Array, staying: Mask) -> Array:
        """Return states (n, m) a year later; of who does not stay (n,) nothing is left."""
        law, at = self.laws[t], np.flatnonzero(staying)
        packed = felt(law, self.where, states, ties=self.ties, alone=self.alone[id(law)])[np.ix_(at, self.ever)]
        turned = np.ascontiguousarray(states[at].T)
        moved = advance_entries(self.rows, self.columns, self.makers @ packed.T, turned, True)
        found = np.zeros_like(states)
        found[at] = moved.T * self.where.fading(law.observed)
        return found


def _free(each: Parameter, start: float) -> FreeParameter:
    """Return a hypothesis' parameter as one to estimate, its range narrowed to what yearly data could show."""
    low, high = max(each.low, -FAST), min(each.high, max(FAST, start))
    scale: Scale = "root" if low == 0 else "linear"
    return FreeParameter(each.name, each.symbol, each.unit, start, low, high, scale, each.null, each.meaning)
