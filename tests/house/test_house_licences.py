"""Whatever is needed at run time is under a permissive licence or the LGPL."""

import importlib.metadata
import re

import pytest
from packaging.requirements import Requirement

from tests.house.project import pyproject
from tests.house.test_house_constraints import needed_with

ALLOWED = re.compile(
    r"\b(MIT|BSD|0BSD|ISC|Apache|Zlib|PSF|Python Software Foundation|Unlicense|CC0|HPND|LGPL|Lesser General Public|MPL|"
    r"Mozilla Public)",
    re.IGNORECASE,
)
FORBIDDEN = re.compile(r"(?<!L)GPL|(?<!Lesser )General Public License|Proprietary|Commercial", re.IGNORECASE)
# In the public domain but for an editor's mode file, which alone is under the GPL and is not installed.
READ_BY_A_PERSON = {"docutils"}
MIT_WORDS = "Permission is hereby granted, free of charge, to any person obtaining a copy of this software"


def runtime_names() -> list[str]:
    """Return what a plain installation brings, transitively, apart from the project itself."""
    seen: set[str] = set()
    for line in pyproject()["project"]["dependencies"]:
        needed_with(Requirement(line), seen)
    return sorted(seen)


def licence(name: str) -> str:
    """Return what a distribution's own metadata says of its licence, the most exact statement first."""
    metadata = importlib.metadata.metadata(name)
    classifiers = [line for line in metadata.get_all("Classifier") or [] if line.startswith("License ::")]
    stated = metadata.get("License-Expression") or "; ".join(classifiers) or metadata.get("License") or ""
    return stated.strip() or by_its_text(name)


def by_its_text(name: str) -> str:
    """Return the licence that a distribution brings along, recognised by its words, where it states none."""
    files = importlib.metadata.files(name) or []
    texts = [" ".join(file.read_text().split()) for file in files if "LICEN" in file.name.upper()]
    return "MIT (by its text)" if any(MIT_WORDS in text for text in texts) else ""


@pytest.mark.parametrize("name", [name for name in runtime_names() if name not in READ_BY_A_PERSON])
def test_licence_is_permissive_or_lgpl(name: str) -> None:
    stated = licence(name)[:500]
    assert ALLOWED.search(stated), f"{name} says of its licence: {stated or 'nothing'}"
    assert not FORBIDDEN.search(stated), f"{name} says of its licence: {stated}"


@pytest.mark.parametrize("stated", ["GPL-3.0-only", "AGPL-3.0", "GNU General Public License v3 (GPLv3)", "Proprietary"])
def test_what_is_not_allowed_is_recognised(stated: str) -> None:
    assert FORBIDDEN.search(stated)


@pytest.mark.parametrize("stated", ["LGPL-3.0-or-later", "GNU Lesser General Public License v3 (LGPLv3)", "MIT"])
def test_what_is_allowed_is_recognised(stated: str) -> None:
    assert ALLOWED.search(stated)
    assert not FORBIDDEN.search(stated)
