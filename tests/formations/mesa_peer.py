"""Mesa's own example of Epstein's model (Apache-2.0), loaded without its other examples, which need more libraries."""

import importlib
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newcourse.formations.agents.civil_violence import CivilViolence


def mesa_model() -> Any:
    """Return the class of Mesa's model."""
    import mesa

    name = "mesa.examples"
    if name not in sys.modules:
        package = ModuleType(name)
        package.__path__ = [str(Path(mesa.__file__).parent / "examples")]
        sys.modules[name] = package
    return importlib.import_module(f"{name}.advanced.epstein_civil_violence.model").EpsteinCivilViolence


def mesa_made(model: CivilViolence, seed: int) -> Any:
    """Return Mesa's society with the settings of ours; it rounds, looks in a diamond and acts before it moves.

    Its collecting of data on every person, which nobody reads here, is switched off.
    """
    assert (model.ratio, model.sight, model.acts_first) == ("rounded", "diamond", True)
    peer = mesa_model()(
        width=model.width, height=model.height, citizen_density=model.citizens, cop_density=model.cops,
        citizen_vision=model.vision, cop_vision=model.cop_vision, legitimacy=model.legitimacy,
        max_jail_term=model.longest_jail, active_threshold=model.threshold, arrest_prob_constant=model.certainty,
        seed=seed,
    )  # fmt: skip
    peer.datacollector.collect = lambda _: None
    return peer


def mesa_run(model: CivilViolence, steps: int, seed: int) -> NDArray[np.int64]:
    """Return quiet, active and jailed citizens (steps + 1, 3), as our run does."""
    peer = mesa_made(model, seed)
    rows = [(peer.QUIET, peer.ACTIVE, peer.ARRESTED)]
    for _ in range(steps):
        peer.step()
        rows.append((peer.QUIET, peer.ACTIVE, peer.ARRESTED))
    return np.array(rows)
