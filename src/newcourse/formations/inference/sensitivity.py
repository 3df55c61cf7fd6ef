"""Whether a verdict depends on how contested states are coded (design §11.3: at least three codings).

A verdict can take hours, so codings can be asked one by one, on several machines: what is put side by side is what
:meth:`newcourse.formations.inference.verdict.LadderVerdict.to_data` gives.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from newcourse.errors import BadInput, Fault
from newcourse.formations.inference.verdict import LadderVerdict
from newcourse.formations.panel import Panel

LEAST = 3
"""How many codings are asked for at least."""

ANSWER = {"better": str, "rival": str, "state": str, "power": float, "false_positives": float}
"""What is read of an answer, and its kind."""

WAYS = {"held_out_countries": "countries", "forward_in_time": "forward"}
"""The two ways of holding out, and their columns in the table."""


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """Answers to the same questions under several codings.

    Parameters
    ----------
    table
        One row a coding and question: ``coding``, ``model``, ``rival``, ``state``, the differences of log score with
        their errors (``countries``, ``countries_error``, ``forward``, ``forward_error``), ``power`` and
        ``false_positives``.
    """

    table: pd.DataFrame

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
    """Return the answers that ``ask`` gives on panels of several codings.

    Raises
    ------
    BadInput
        If there are fewer than three.
    """
    _require_enough(tuple(panels))
    return sensitivity_of({name: ask(panel).to_data() for name, panel in panels.items()})


def sensitivity_of(verdicts: Mapping[str, Any]) -> Sensitivity:
    """Return the answers of verdicts as plain data, by the name of their coding.

    Raises
    ------
    BadInput
        If there are fewer than three, one is no verdict, or they ask of other models; every fault at once.
    """
    _require_enough(tuple(verdicts))
    faults = [fault for coding, data in verdicts.items() for fault in _faults(coding, data)]
    if faults:
        raise BadInput(faults)
    rows = [_row(coding, answer) for coding, data in verdicts.items() for answer in data["answers"]]
    asked = {coding: sorted(row["model"] for row in rows if row["coding"] == coding) for coding in verdicts}
    first = next(iter(asked))
    others = [coding for coding in asked if asked[coding] != asked[first]]
    if others:
        expected = f"the same as under {first}: {', '.join(asked[first]) or 'none'}"
        remedy = "compare the same models under every coding"
        raise BadInput([_fault(coding, f"asks of {', '.join(asked[coding])}", expected, remedy) for coding in others])
    return Sensitivity(pd.DataFrame(rows))


def _require_enough(codings: Sequence[str]) -> None:
    if len(codings) < LEAST:
        found = ", ".join(codings) or "none"
        raise BadInput(Fault("ladder-codings", "codings", found, f"{LEAST} at least", "ask under more codings"))


def _faults(coding: str, data: object) -> list[Fault]:
    answers = data.get("answers") if isinstance(data, Mapping) else None
    if not isinstance(answers, Sequence) or isinstance(answers, str) or not answers:
        return [_fault(coding, "no answers", "a verdict with answers", "give what lab compare --out wrote")]
    return [
        _fault(coding, f"answer {number} without {name}", f"{name} of each answer", "give what lab compare --out wrote")
        for number, answer in enumerate(answers, 1)
        for name in _missing(answer)
    ]


def _missing(answer: object) -> list[str]:
    if not isinstance(answer, Mapping):
        return list(ANSWER)
    missing = [name for name, kind in ANSWER.items() if not isinstance(answer.get(name), (kind, int))]
    for way in WAYS:
        gap = answer.get(way)
        whole = isinstance(gap, Mapping) and all(isinstance(gap.get(x), float | int) for x in ("mean", "error"))
        missing += [] if whole else [way]
    return missing


def _row(coding: str, answer: Mapping[str, Any]) -> dict[str, Any]:
    gaps: dict[str, float] = {}
    for way, column in WAYS.items():
        gaps |= {column: answer[way]["mean"], f"{column}_error": answer[way]["error"]}
    kept = {name: answer[name] for name in ("rival", "state")}
    shares = {name: answer[name] for name in ("power", "false_positives")}
    return {"coding": coding, "model": answer["better"], **kept, **gaps, **shares}


def _fault(coding: str, found: str, expected: str, remedy: str) -> Fault:
    return Fault("ladder-codings", f"verdict under {coding}", found, expected, remedy)
