"""Thresholds: which lists take part in the division of seats at all.

Sources: electoral laws, such as the Austrian Nationalrats-Wahlordnung 1992, article 107 (4 per cent of the valid votes
or a basic mandate), and the Dutch Kieswet (one whole quota). On the shares that let lists in or keep them out where no
law says anything: A. Lijphart and R. W. Gibberd, "Thresholds and payoffs in list systems of proportional
representation", European Journal of Political Research 5 (1977) 219-244.
"""

from dataclasses import dataclass
from fractions import Fraction

from newcourse.errors import BadInput, Fault
from newcourse.vote.lists.margin import Votes
from newcourse.vote.outcome import Step
from newcourse.vote.plain import percent


@dataclass(frozen=True, slots=True)
class Threshold:
    """What a list needs to take part.

    Parameters
    ----------
    share
        Share of all valid votes, from 0 to below 1.
    strictly
        Whether the share must be exceeded; otherwise it is enough to reach it.
    whole_quota
        Whether a list also needs as many votes as there are votes for each seat.
    exempt
        Lists that take part in any case: those with a basic mandate won in a district, or of a national minority.

    Raises
    ------
    BadInput
        When the share is none, or a list is exempted twice.
    """

    share: Fraction = Fraction(0)
    strictly: bool = False
    whole_quota: bool = False
    exempt: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        where = "threshold"
        if not 0 <= self.share < 1:
            expected = "a share from 0 to below 1, such as 1/20"
            raise BadInput(Fault("threshold-wrong", where, str(self.share), expected, "write such a share"))
        if len(set(self.exempt)) != len(self.exempt):
            found = ", ".join(self.exempt)
            raise BadInput(Fault("exempt-twice", where, found, "each list once", "remove one of the two"))

    def admits(self, name: str, given: Fraction, total: Fraction, seats: int) -> bool:
        """Return whether a list with so many votes takes part."""
        if given == 0:
            return False
        enough = given > self.share * total if self.strictly else given >= self.share * total
        return name in self.exempt or (enough and (not self.whole_quota or given * seats >= total))


def admit(votes: Votes, seats: int, threshold: Threshold) -> tuple[dict[str, Fraction], Step]:
    """Return the lists that take part, with their votes, and the step that says so."""
    total = sum(votes.values(), Fraction(0))
    admitted = {name: given for name, given in votes.items() if threshold.admits(name, given, total, seats)}
    left_out = {name: given for name, given in votes.items() if given and name not in admitted}
    sentence = f"{_count(len(admitted))} in the division of {seats} seats{_needed(threshold)}."
    if left_out:
        sentence += " Not: " + ", ".join(f"{name} with {percent(v / total)}" for name, v in left_out.items()) + "."
    facts: dict[str, object] = {
        "valid": total,
        "share": threshold.share,
        "strictly": threshold.strictly,
        "whole_quota": threshold.whole_quota,
        "exempt": threshold.exempt,
        "admitted": admitted,
        "left_out": left_out,
    }
    return admitted, Step("threshold", sentence, facts)


def _count(lists: int) -> str:
    return {0: "No list takes part", 1: "One list takes part"}.get(lists, f"{lists} lists take part")


def _needed(threshold: Threshold) -> str:
    needs = []
    if threshold.share:
        needs.append(f"{'more than' if threshold.strictly else 'at least'} {percent(threshold.share)} of valid votes")
    if threshold.whole_quota:
        needs.append("one whole quota")
    if not needs:
        return ""
    exempt = f", except {', '.join(threshold.exempt)}" if threshold.exempt else ""
    return f"; needed are {' and '.join(needs)}{exempt}"


def natural_thresholds(method: str, seats: int, lists: int) -> tuple[Fraction, Fraction]:
    """Return the share without which no list can win a seat, and the share with which none can be kept from one.

    Up to ties. Known for ``dhondt``, ``sainte-lague`` and ``hare``, with at most one list more than seats.

    Examples
    --------
    >>> natural_thresholds("dhondt", 5, 4)
    (Fraction(1, 8), Fraction(1, 6))
    """
    known: dict[str, tuple[Fraction, Fraction]] = {}
    if 2 <= lists <= seats + 1:
        known = {
            "dhondt": (Fraction(1, seats + lists - 1), Fraction(1, seats + 1)),
            "sainte-lague": (Fraction(1, 2 * seats + lists - 2), Fraction(1, 2 * seats - lists + 2)),
            "hare": (Fraction(1, lists * seats), Fraction(lists - 1, lists * seats)),
        }
    if method in known:
        return known[method]
    found = f"{method}, {seats} seats, {lists} lists"
    expected = "dhondt, sainte-lague or hare, from two lists to one more than seats"
    raise BadInput(Fault("threshold-unknown", "natural thresholds", found, expected, "find it by trying"))
