"""Have the plan variants calculated: from the voted weights, the filed needs and the supported proposals."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from newcourse.acts.act import Act, Deed, Tools, refused
from newcourse.acts.artefacts import economy_artefact, plan_artefact
from newcourse.acts.ask import Ask
from newcourse.acts.calling import cycle_asked
from newcourse.acts.contested import require_uncontested
from newcourse.council.cycle import Cycle, Proposal
from newcourse.council.needs import with_needs
from newcourse.council.state import State
from newcourse.errors import BadInput
from newcourse.plan.changes.registry import change_from_data
from newcourse.plan.goal import Goal
from newcourse.plan.limits import Limits
from newcourse.plan.variants import Variant, make_variants


def check(state: State, ask: Ask) -> None:
    """Refuse variants before the weights are voted, while these are contested, and once the variants are there."""
    cycle = cycle_asked(state, ask)
    article = state.law.article_on_cycle()
    if not cycle.weights:
        expected = "variants after the vote on weights, which they obey"
        raise refused(ask, article, "no-weights", "no voted weights", expected, "hold that vote first")
    if cycle.variants:
        found = f"variants {', '.join(variant.variant for variant in cycle.variants)}"
        raise refused(ask, article, "variants-already", found, "variants once in a cycle", "vote on them")
    require_uncontested(state, ask, article, lambda v: v.cycle == cycle.number and v.frozen.subject == "weights")


def prepare(state: State, ask: Ask, tools: Tools) -> tuple[Variant, ...]:
    """Return the variants: as many as the statutes ask for, or fewer where no more are really different."""
    cycle = cycle_asked(state, ask)
    economy = with_needs(tools.archive.economy(cycle.economy), cycle.needs.values())
    changes = {p.proposal: tuple(map(change_from_data, p.changes)) for p in carried(state, cycle)}
    limits, goal = Limits.from_data(cycle.limits), voted_goal(cycle)
    for count in range(state.law.cycle.variants, 1, -1):
        try:
            return make_variants(economy, goal, limits, changes, count, on_progress=tools.tell)
        except BadInput as error:
            if {fault.code for fault in error.faults} != {"variants-alike"}:
                raise
    return make_variants(economy, goal, limits, changes, 1, on_progress=tools.tell)


def basis(state: State, ask: Ask) -> object:
    """Return what the variants follow from."""
    cycle = cycle_asked(state, ask)
    proposals = [proposal.proposal for proposal in carried(state, cycle)]
    return cycle.economy, dict(cycle.needs), dict(cycle.weights), dict(cycle.limits), proposals


def do(state: State, ask: Ask, variants: Sequence[Variant]) -> Deed:
    """Write which plans there are to choose from; each is kept with the economy it was made from."""
    rows, kept = [], []
    for variant in variants:
        economy = economy_artefact(variant.plan.economy)
        plan = plan_artefact(variant.plan, economy)
        kept += [economy, plan]
        rows.append(
            {
                "variant": variant.name,
                "title": variant.title,
                "description": variant.description,
                "proposals": list(variant.proposals),
                "economy": economy.address,
                "plan": plan.address,
            }
        )
    return Deed({"cycle": cycle_asked(state, ask).number, "variants": rows}, tuple(kept))


def carried(state: State, cycle: Cycle) -> tuple[Proposal, ...]:
    """Return the proposals that stand and that enough members stand behind, best supported first, then the earlier.

    How they were answered does not count: members decide on them by their votes.
    """
    of_cycle = [p for p in state.proposals.values() if p.cycle == cycle.number and p.stands]
    backed = [proposal for proposal in of_cycle if len(proposal.supporters) >= state.law.cycle.support]
    return tuple(sorted(backed, key=lambda proposal: -len(proposal.supporters)))


def voted_goal(cycle: Cycle) -> Goal:
    """Return the goal that the vote on weights and the promised minima make."""
    weights = {group: float(Fraction(share)) for group, share in cycle.weights.items()}
    return Goal(weights, frozenset(cycle.guaranteed))


ACT: Final = Act("make_variants", check, do, prepare=prepare, basis=basis)
