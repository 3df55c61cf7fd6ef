"""What the tests of the house look at: the files of this checkout and its modules as syntax trees."""

import ast
import runpy
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "newcourse"
MADE = {"__pycache__", "_build", "api", "build", "dist"}
TEXT = {
    ".cfg",
    ".css",
    ".csv",
    ".html",
    ".ini",
    ".js",
    ".json",
    ".mako",
    ".md",
    ".py",
    ".svg",
    ".toml",
    ".txt",
    ".typed",
}

type_of_definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def text_files() -> Iterator[Path]:
    """Yield every text file that a person wrote or a script made for the project, whether tracked yet or not."""
    yield from (path for path in ROOT.iterdir() if path.is_file() and path.suffix in TEXT | {""})
    for folder in (".ci", "benchmarks", "docs", "examples", "scripts", "src", "tests"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and not MADE & set(path.parts) and path.suffix in TEXT | {""}:
                yield path


@cache
def modules() -> dict[str, ast.Module]:
    """Return the syntax tree of every module of the package, by its path in the checkout."""
    paths = sorted(path for path in SOURCE.rglob("*.py") if not MADE & set(path.relative_to(SOURCE).parts))
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def public_definitions(tree: ast.Module | ast.ClassDef, prefix: str = "") -> Iterator[tuple[str, type_of_definition]]:
    """Yield the public classes, functions and methods of a module with their dotted names."""
    for node in tree.body:
        if isinstance(node, type_of_definition) and not node.name.startswith("_"):
            yield prefix + node.name, node
            if isinstance(node, ast.ClassDef):
                yield from public_definitions(node, f"{prefix}{node.name}.")


@cache
def pyproject() -> dict[str, Any]:
    """Return the project file."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def script(name: str) -> dict[str, Any]:
    """Return the names that a script of ``scripts/`` defines, without running its main part."""
    return runpy.run_path(str(ROOT / "scripts" / f"{name}.py"))
