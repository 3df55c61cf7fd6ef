"""One stage of a plan and what was proved of it (design §6.5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from newcourse.solver.solution import Solution


@dataclass(frozen=True, eq=False)
class Stage:
    """A stage and its certified solution.

    Parameters
    ----------
    name
        ``minima``, ``needs`` or ``effort``.
    solution
        What the solver answered, certified outside it.
    """

    name: str
    solution: Solution

    def proof(self) -> "Proof":
        """Return what is kept of the stage with the plan."""
        return Proof(
            self.name,
            self.solution.method,
            self.solution.certificate.as_dict(),
            self.solution.verdict,
        )


@dataclass(frozen=True)
class Proof:
    """What is kept of a stage: how it was solved, and its certificate; nothing that differs from run to run.

    Parameters
    ----------
    stage
        Name of the stage.
    method
        Which method answered.
    certificate
        Objective, bound, gap, shortage and violations, from plain arithmetic apart from the solver.
    sentence
        The same in words.
    """

    stage: str
    method: str
    certificate: Mapping[str, Any]
    sentence: str

    def to_data(self) -> dict[str, Any]:
        """Return the proof as plain data."""
        return {
            "stage": self.stage,
            "method": self.method,
            "certificate": dict(self.certificate),
            "sentence": self.sentence,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Proof":
        """Make a proof of what :meth:`to_data` gave."""
        return cls(data["stage"], data["method"], data["certificate"], data["sentence"])
