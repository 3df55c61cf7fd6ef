"""What a comparison says in words, and when it must say that it cannot (design §11.3)."""

from dataclasses import dataclass
from typing import Literal

from newcourse.errors import BadInput, Fault
from newcourse.formations.inference.power import Comparison, Rules, Trials

State = Literal["better", "not better", "cannot answer", "not to be trusted"]


@dataclass(frozen=True)
class LadderAnswer:
    """Whether a richer model predicts better than its rival, as far as these data can tell.

    Parameters
    ----------
    comparison
        How the two fare on the data.
    power, false_positives
        How often the comparison finds the richer model where it holds, and where the rival holds.
    rules
        How they were compared.

    Raises
    ------
    BadInput
        When power was not simulated from the richer model, or false positives not from its rival.
    """

    comparison: Comparison
    power: Trials
    false_positives: Trials
    rules: Rules

    def __post_init__(self) -> None:
        truths, expected = (
            (self.power.truth, self.false_positives.truth),
            (self.comparison.better, self.comparison.rival),
        )
        if truths != expected:
            found, meant = (f"power from {one}, false positives from {other}" for one, other in (truths, expected))
            raise BadInput(Fault("ladder-truth", "simulated panels", found, meant, "simulate from the right models"))

    @property
    def state(self) -> State:
        """What can be said."""
        if self.power.share < self.rules.enough:
            return "cannot answer"
        if self.false_positives.share > self.rules.bearable:
            return "not to be trusted"
        return "better" if self.comparison.found else "not better"

    @property
    def sentence(self) -> str:
        """The answer in words, with its power and false positives."""
        one, other = self.comparison.better, self.comparison.rival
        if self.state == "cannot answer":
            return (
                f"This data set cannot answer whether {one} predicts better than {other}: where {one} holds as "
                f"fitted, the comparison finds it in {self.power.told} simulated panels, less than "
                f"{self.rules.enough:.0%}."
            )
        if self.state == "not to be trusted":
            return (
                f"No answer whether {one} predicts better than {other}: the comparison finds {one} in "
                f"{self.false_positives.told} panels simulated from {other}, where it is not."
            )
        verb = "predicts better than" if self.state == "better" else "does not predict better than"
        return (
            f"{one} {verb} {other}: {_told(self.comparison)}. Where it holds the comparison finds it in "
            f"{self.power.told} simulated panels, where {other} holds in {self.false_positives.told}."
        )

    def to_data(self) -> dict[str, object]:
        """Return the answer as plain data."""
        ways = {"held_out_countries": self.comparison.countries, "forward_in_time": self.comparison.forward}
        return {
            "better": self.comparison.better,
            "rival": self.comparison.rival,
            "state": self.state,
            "sentence": self.sentence,
            "power": self.power.share,
            "false_positives": self.false_positives.share,
            "simulations": len(self.power.outcomes),
            **{
                name: {"mean": each.mean, "error": each.error, "countries": each.countries}
                for name, each in ways.items()
            },
        }


def _told(comparison: Comparison) -> str:
    one, other = comparison.countries, comparison.forward
    return (
        f"{one.mean:+.4f} ± {one.error:.4f} in log score for each of {one.countries} countries held out, "
        f"{other.mean:+.4f} ± {other.error:.4f} forward in time"
    )
