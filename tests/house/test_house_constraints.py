"""The constraints file pins everything that is installed, and nothing in it is tied to one machine."""

import importlib.metadata
import re
from collections.abc import Iterator

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.project import ROOT, pyproject, script

LINES = [
    line
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
PINS = {canonicalize_name(line.partition("==")[0]): line.partition("==")[2] for line in LINES}


NEEDS_A_DEVICE = {"gpu"}
"""Extras of use only beside hardware that the machines of the tests do not have: neither installed nor pinned."""


def declared() -> Iterator[Requirement]:
    """Yield every requirement that the project file states, extras included."""
    project = pyproject()["project"]
    yield from map(Requirement, project["dependencies"])
    for name, extra in project["optional-dependencies"].items():
        if name not in NEEDS_A_DEVICE:
            yield from map(Requirement, extra)


def needed_with(requirement: Requirement, seen: set[str]) -> set[str]:
    """Return the names of all distributions that come with a requirement on this machine, itself included."""
    name = canonicalize_name(requirement.name)
    if name in seen:
        return seen
    seen.add(name)
    extras = requirement.extras | {""}
    for line in importlib.metadata.requires(name) or []:
        inner = Requirement(line)
        if inner.marker is None or any(inner.marker.evaluate({"extra": extra}) for extra in extras):
            needed_with(inner, seen)
    return seen


def test_every_line_is_a_bare_pin() -> None:
    assert [line for line in LINES if not re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.!+]*", line)] == []


def test_every_requirement_is_pinned_within_its_range() -> None:
    wrong = [str(r) for r in declared() if not r.specifier.contains(PINS.get(canonicalize_name(r.name), "0"))]
    assert wrong == []


@pytest.mark.parametrize("requirement", list(declared()), ids=str)
def test_everything_that_comes_with_a_requirement_is_pinned(requirement: Requirement) -> None:
    assert needed_with(requirement, set()) - PINS.keys() == set()


def test_the_script_refuses_what_only_one_machine_has() -> None:
    pins = script("pin")["pins"]
    assert pins("b==2\nA==1.0\n") == ["A==1.0", "b==2"]
    for line in ("x @ fi" + "le:///here/x.whl", "-e git+https://example.org/x", "--find-" + "links here"):
        with pytest.raises(ValueError, match="not a bare pin"):
            pins(line)
