"""``newcourse futures``: one plan for several futures, common as long as nobody can tell which of them comes."""

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newcourse.cli.futures_tables import common_table, different_table, met_table, notice, open_plan_data
from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson, EconomyPath, Guarantees, LimitSettings, TimeLimit, Weights
from newcourse.cli.output import bullets, give, say
from newcourse.cli.progress import progress
from newcourse.cli.reading import economy_at, goal_from, limits_from

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newcourse.economy.economy import Economy
    from newcourse.plan.futures.hedged import Hedged
    from newcourse.plan.futures.hedging import Run
    from newcourse.plan.futures.open_plan import OpenPlan
    from newcourse.plan.futures.tree import Tree
    from newcourse.plan.goal import Goal
    from newcourse.plan.limits import Limits


TreePath = Annotated[
    str,
    typer.Option(
        metavar="FILE|EXAMPLE",
        help="Tree of what may come, as JSON or CSV; left out: the example's, or one assumed for any economy.",
    ),
]
Horizon = Annotated[
    int, typer.Option(min=0, help="How many periods the plan covers; 0: as many as the tree needs, at least 2.")
]
Observed = Annotated[
    str, typer.Option(metavar="NODE", help="What has become known: plan again from the state reached.")
]
Options = Annotated[
    int, typer.Option(min=0, help="How many options are asked about: whether to wait, and whether they are closed.")
]
Workers = Annotated[
    int, typer.Option(min=0, help="Also solve the futures apart, by so many processes, with progressive hedging.")
]
Gap = Annotated[float, typer.Option(min=0.0, help="Gap between plan and bound that hedging is to prove.")]


@answering
def futures(
    folder: EconomyPath,
    tree: TreePath = "",
    periods: Horizon = 0,
    weights: Weights = None,
    guarantee: Guarantees = None,
    limits: LimitSettings = None,
    observe: Observed = "",
    options: Options = 3,
    workers: Workers = 0,
    gap: Gap = 1e-3,
    time_limit: TimeLimit = None,
    as_json: AsJson = False,
) -> None:
    """Plan for several futures together: what is decided before it is known which comes is the same for all.

    Shows what is common and what differs, what it would be worth to know, whether to wait, and which options the first
    decisions close. All of it is conditional on the futures that were put in, with their weights.

    ```
    newcourse futures sweden
    newcourse futures sweden --tree my-tree.json --periods 3 --json
    newcourse futures world --observe closing
    newcourse futures world --workers 2 --gap 0.01
    ```
    """
    from newcourse.plan.futures.worth import weigh_open_plan

    economy = economy_at(folder)
    may_come = _tree(tree, folder, economy)
    goal = goal_from(economy, weights, guarantee)
    within = limits_from(periods or max(2, may_come.last_period), limits)
    made = _planned(economy, goal, within, may_come, observe, time_limit)
    with progress("Comparing") as tell:
        worth = weigh_open_plan(made, most=options, time_limit=time_limit, on_progress=tell)
    hedged = _hedged(made, workers, gap, time_limit) if workers else None
    if as_json:
        give(open_plan_data(made, worth, hedged))
        return
    say(f"{economy.about.title}: {made.tree.title}", notice(made), "", met_table(made), "")
    say(common_table(made), "", different_table(made), "")
    say("What it is worth", bullets(worth.sentences()), "")
    if hedged is not None:
        say("Solved apart, drawn together", bullets([hedged.sentence()]), "")
    say("What is proved of it", bullets(f"{proof.stage}: {proof.sentence}" for proof in made.proofs))


def _planned(
    economy: "Economy", goal: "Goal", limits: "Limits", tree: "Tree", known: str, time_limit: float | None
) -> "OpenPlan":
    from newcourse.plan.futures.observing import observe
    from newcourse.plan.futures.open_plan import make_open_plan

    if known:
        tree.node(known)
    with progress("Planning for open futures") as tell:
        made = make_open_plan(economy, goal, limits, tree=tree, time_limit=time_limit, on_progress=tell)
    if not known:
        return made
    with progress("Planning again") as tell:
        return observe(made, known, time_limit=time_limit, on_progress=tell)


def _tree(name: str, folder: Path, economy: "Economy") -> "Tree":
    """Return the tree asked for; the example's, or the usual one, if none is."""
    from newcourse.errors import BadInput
    from newcourse.plan.futures.usual import usual_tree
    from newcourse.sources.example_trees import example_tree, read_tree

    if name:
        return read_tree(name)
    try:
        return example_tree(folder.name)
    except BadInput:
        return usual_tree(economy)


def _hedged(made: "OpenPlan", workers: int, gap: float, time_limit: float | None) -> "Hedged":
    from newcourse.plan.futures.hedging import hedge

    problem, _ = made.needs_problem()
    with progress("Hedging") as tell, _pool(workers) as run:
        return hedge(problem, gap=gap, run=run, time_limit=time_limit, on_progress=tell)


@contextmanager
def _pool(workers: int) -> "Iterator[Run]":
    """Yield a ``map`` over worker processes; with one worker, the work is done here."""
    if workers == 1:
        yield map
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:

        def run(work: Any, jobs: Any) -> Any:
            return pool.map(work, jobs)

        yield run
