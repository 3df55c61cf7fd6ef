"""Whether a verdict depends on how contested states are coded (design §11.3: at least three codings)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from newcourse.errors import BadInput, Fault
from newcourse.formations.inference.verdict import LadderVerdict
from newcourse.formations.panel import Panel

LEAST = 3
"""How many codings are asked for at least."""


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """Verdicts on the same question under several codings.

    Parameters
    ----------
    verdicts
        By the name of the coding.
    """

    verdicts: Mapping[str, LadderVerdict]

    @property
    def table(self) -> pd.DataFrame:
        """One row a coding and question: state, differences, power, false positives."""
        rows = []
        for coding, verdict in self.verdicts.items():
            for answer in verdict.answers:
                comparison = answer.comparison
                rows.append(
                    {
                        "coding": coding,
                        "model": comparison.better,
                        "rival": comparison.rival,
                        "state": answer.state,
                        "countries": comparison.countries.mean,
                        "countries_error": comparison.countries.error,
                        "forward": comparison.forward.mean,
                        "forward_error": comparison.forward.error,
                        "power": answer.power.share,
                        "false_positives": answer.false_positives.share,
                    }
                )
        return pd.DataFrame(rows)

    @property
    def sentences(self) -> tuple[str, ...]:
        """For each model in question, whether the answer is the same under all codings."""
        found = []
        for model, rows in self.table.groupby("model", sort=False):
            states = rows.groupby("state", sort=False)["coding"].agg(", ".join)
            if len(states) == 1:
                found.append(f"{model}: under all {len(rows)} codings the answer is the same: {states.index[0]}.")
            else:
                parts = "; ".join(f"{state} under {codings}" for state, codings in states.items())
                found.append(f"{model}: the verdict depends on the coding: {parts}.")
        return tuple(found)

    def to_data(self) -> dict[str, object]:
        """Return it as plain data."""
        return {"table": self.table.to_dict("records"), "sentences": list(self.sentences)}


def sensitivity(panels: Mapping[str, Panel], ask: Callable[[Panel], LadderVerdict]) -> Sensitivity:
    """Return the verdicts that ``ask`` gives on panels of several codings.

    Raises
    ------
    BadInput
        If there are fewer than three.
    """
    if len(panels) < LEAST:
        found = ", ".join(panels) or "none"
        raise BadInput(Fault("ladder-codings", "codings", found, f"{LEAST} at least", "read more codings"))
    return Sensitivity({name: ask(panel) for name, panel in panels.items()})
