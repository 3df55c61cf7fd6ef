"""Every public thing says what it is."""

import ast

import pytest

from tests.house.project import modules, public_definitions

OVERLOADS = {"overload", "setter", "deleter"}


def is_described_elsewhere(node: ast.AST) -> bool:
    """Whether the definition is an overload, a setter or a declared override: its twin carries the docstring."""
    names = {
        getattr(decorator, "attr", getattr(decorator, "id", "")) for decorator in getattr(node, "decorator_list", [])
    }
    return bool(names & (OVERLOADS | {"override"}))


@pytest.mark.parametrize("path", modules())
def test_every_public_thing_has_a_docstring(path: str) -> None:
    tree = modules()[path]
    silent = [] if ast.get_docstring(tree) else ["the module itself"]
    for name, node in public_definitions(tree):
        if not ast.get_docstring(node) and not is_described_elsewhere(node):
            silent.append(f"{name}, line {node.lineno}")
    assert silent == []
