"""Files and functions stay small enough to be read at once: at most 300 lines, and 50 beside the docstring.

What says what a function is for does not make it harder to read, so it is not counted.
"""

import ast
from pathlib import Path

from tests.house.project import ROOT, SOURCE, modules

MOST_LINES_OF_A_FILE = 300
MOST_LINES_OF_A_FUNCTION = 50


def length(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def documented(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """How many lines the docstring has."""
    first = node.body[0]
    return (first.end_lineno or 0) - first.lineno + 1 if ast.get_docstring(node) else 0


def test_no_file_is_longer_than_can_be_read_at_once() -> None:
    kinds = {".py", ".html", ".css", ".js"}
    found = {str(path.relative_to(ROOT)): length(path) for path in SOURCE.rglob("*") if path.suffix in kinds}
    assert found
    assert {path: lines for path, lines in found.items() if lines > MOST_LINES_OF_A_FILE} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    long = {}
    for path, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1 - documented(node)
                if lines > MOST_LINES_OF_A_FUNCTION:
                    long[f"{path}:{node.lineno} {node.name}"] = lines
    assert long == {}
