"""Why quotas of groups kept or stopped a candidate, added to the steps of a count (design §8.1)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from newcourse.vote.groups import GroupGuard
from newcourse.vote.outcome import Step


def explained(guard: GroupGuard, steps: Sequence[Step]) -> tuple[Step, ...]:
    """Return the steps with the reason added wherever the guard kept or stopped somebody.

    Parameters
    ----------
    guard
        The guard of the count.
    steps
        Its steps; those of stages have the facts ``what``, ``elected``, ``excluded`` and ``kept``.

    Returns
    -------
    tuple of Step
        A kept candidate's reason is a smallest set of quotas that no committee could meet without the candidate; one
        who was excluded as ``doomed``, the same with the candidate elected.
    """
    position = {name: c for c, name in enumerate(guard.candidates)}
    elected: frozenset[int] = frozenset()
    continuing = frozenset(position.values())
    told = []
    for step in steps:
        if "excluded" not in step.facts:
            told.append(step)
            continue
        told.append(_told(guard, step, elected, continuing))
        won, lost = (frozenset(position[name] for name in _names(step.facts[key])) for key in ("elected", "excluded"))
        elected, continuing = elected | won, continuing - won - lost
    return tuple(told)


def _told(guard: GroupGuard, step: Step, elected: frozenset[int], continuing: frozenset[int]) -> Step:
    reasons = {}
    for name in _names(step.facts["kept"]):
        without = continuing - {guard.candidates.index(name)}
        reasons[name] = _reason(f"Without {name}", guard, elected, without)
    if step.facts["what"] == "doomed":
        for name in _names(step.facts["excluded"]):
            one = frozenset([guard.candidates.index(name)])
            reasons[name] = _reason(f"With {name} elected", guard, elected | one, continuing - one)
    if not reasons:
        return step
    facts: Mapping[str, object] = {**step.facts, "reasons": reasons}
    return replace(step, sentence=" ".join([step.sentence, *reasons.values()]), facts=facts)


def _reason(start: str, guard: GroupGuard, elected: frozenset[int], continuing: frozenset[int]) -> str:
    left = guard.seats - len(elected)
    seats = "1 seat would be left" if left == 1 else f"{left} seats would be left"
    return f"{start}, {seats}, but {'; and '.join(guard.conflict(elected, continuing))}."


def _names(value: object) -> Iterable[str]:
    return value if isinstance(value, tuple) else ()
