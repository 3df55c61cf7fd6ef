"""The futures that are assumed where a federation has filed none: a lean year, and trade closing in."""

from typing import Final

from newcourse.economy.economy import Economy
from newcourse.plan.futures.differing import Openness, Scaling
from newcourse.plan.futures.tree import Node, Tree

LEAN, CLOSED = 0.95, 0.75
"""What comes out of the same work in a lean year, and how much of the base year's trade is left."""

WEIGHTS: Final = {"usual": 0.6, "lean": 0.2, "closing": 0.2}
"""Assumed, all of them."""


def usual_tree(economy: Economy) -> Tree:
    """Return the futures that are assumed for any economy, observed at the beginning of the second period.

    Trade closing in is left out where there is none.
    """
    trades = bool(
        (economy["routes"]["base"] > 0).any() or (economy["trade"][["imports", "exports"]] > 0).any(axis=None)
    )
    weights = {name: weight for name, weight in WEIGHTS.items() if trades or name != "closing"}
    total = sum(weights.values())
    lean = Scaling("outputs", "quantity", LEAN)
    nodes = {
        "usual": Node("usual", "As before", "now", 2, weights["usual"] / total),
        "lean": Node("lean", f"A lean year: output at {LEAN:.0%}", "now", 2, weights["lean"] / total, (lean,), True),
    }
    if trades:
        title = f"Trade closes in, to {CLOSED:.0%}"
        nodes["closing"] = Node("closing", title, "now", 2, weights["closing"] / total, (Openness(CLOSED),), True)
    return Tree(
        "A usual year, a lean one" + (", or trade closing in" if trades else ""), (Node("now", "Now"), *nodes.values())
    )
