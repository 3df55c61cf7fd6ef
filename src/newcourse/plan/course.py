"""What a plan with a receding horizon is asked for, period by period, and what came of it."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from newcourse.economy.economy import Economy
from newcourse.errors import BadInput, Fault
from newcourse.plan.stage import Proof


@dataclass(frozen=True, eq=False)
class Course:
    """What each period asks for and what keeps from one to the next.

    Parameters
    ----------
    targets
        Periods × needs: delivered in full in each period.
    exports
        Periods × rows of the table ``trade``: sold abroad in each period, no more and no less.
    kept
        Part of a good's surplus that is still there in the next period, by good, between 0 and 1.

    Raises
    ------
    BadInput
        If a figure is negative, or the periods differ.
    """

    targets: np.ndarray
    exports: np.ndarray
    kept: np.ndarray

    def __post_init__(self) -> None:
        for name in ("targets", "exports", "kept"):
            array = np.array(getattr(self, name), dtype=float)
            array.setflags(write=False)
            object.__setattr__(self, name, array)
            if not ((array >= 0) & (array < np.inf)).all():
                raise BadInput(Fault("figure", f"course, {name}", "a figure below 0", "at least 0", "correct it"))
        if len(self.targets) != len(self.exports):
            found = f"{len(self.targets)} of targets, {len(self.exports)} of exports"
            raise BadInput(Fault("periods", "course", found, "as many periods of each", "give both for each period"))


@dataclass(frozen=True, eq=False)
class RecedingPlan:
    """What was carried out, period by period.

    Parameters
    ----------
    economy, course
        What it was made from.
    tables
        ``activity``, ``imports``, ``surplus``, ``work`` and ``balance`` (what exports earned more than imports cost,
        from the beginning), tidy, each with the column ``period``.
    proofs
        One for each round.
    """

    economy: Economy
    course: Course
    tables: dict[str, pd.DataFrame]
    proofs: tuple[Proof, ...]

    def __getitem__(self, table: str) -> pd.DataFrame:
        return self.tables[table].copy(deep=False)

    def words(self) -> str:
        """Say what it took."""
        work, balance = self["work"]["quantity"], self["balance"]["quantity"]
        return (
            f"{len(work)} periods carried out in {len(self.proofs)} rounds: {work.sum():.6g} of work in all; "
            f"exports earned {balance.iloc[-1]:.6g} more than imports cost."
        )

    def to_data(self) -> dict[str, Any]:
        """Return it as plain data, without its economy, which is named by its fingerprint."""
        return {
            "economy": self.economy.fingerprint,
            "words": self.words(),
            "tables": {name: table.to_dict(orient="list") for name, table in self.tables.items()},
            "proofs": [proof.to_data() for proof in self.proofs],
        }
