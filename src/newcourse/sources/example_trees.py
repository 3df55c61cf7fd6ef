"""The trees of futures that come with the examples, and trees read from files."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from newcourse.errors import BadInput, Fault
from newcourse.plan.futures.tree import Tree
from newcourse.sources.examples import example_folder, example_names

FOLDER: Final = "futures"

NODE_COLUMNS: Final = ("name", "title", "parent", "period", "weight", "sudden")
CHANGE_COLUMNS: Final = ("kind", "table", "column", "factor", "where")


def example_tree(name: str) -> Tree:
    """Return the tree that belongs to an example.

    Raises
    ------
    BadInput
        If there is none.

    Examples
    --------
    >>> example_tree("world").leaves
    ('open', 'closing')
    """
    known = [each for each in example_names() if _example_path(each).is_file()]
    if name not in known:
        expected = f"one of {', '.join(known)}, or a file of a tree"
        raise BadInput(Fault("tree-unknown", "example tree", name, expected, "give one of these"))
    return read_tree(_example_path(name))


def read_tree(path: Path | str) -> Tree:
    """Return the tree of a JSON file, of a CSV file with one row per node or change, or of an example by its name.

    A CSV file has the columns name, title, parent, period, weight, sudden, and for changes kind (``scale`` or
    ``openness``), table, column, factor, where (``place=SE; product=A|B``). Rows with the same name are one node.

    Raises
    ------
    BadInput
        If the file cannot be read or is no tree.
    """
    if str(path) in example_names() and not Path(path).exists():
        return example_tree(str(path))
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8")
        if path.suffix.lower() == ".csv":
            return Tree.from_data({"title": path.stem, "nodes": list(_nodes(csv.DictReader(text.splitlines())))})
        return Tree.from_data(json.loads(text))
    except (OSError, ValueError, KeyError, RecursionError) as error:
        found = f"{type(error).__name__}: {error}"
        expected = "a JSON or CSV file of a tree"
        raise BadInput(Fault("tree-unreadable", str(path), found, expected, "correct the path or the file")) from None


def _example_path(name: str) -> Path:
    return example_folder(name).parent / FOLDER / f"{name}.json"


def _nodes(rows: Iterable[Mapping[str, str]]) -> Iterator[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        name = row["name"].strip()
        if name not in found:
            found[name] = {
                "name": name, "title": (row.get("title") or "").strip(), "parent": (row.get("parent") or "").strip(),
                "period": int(row.get("period") or 1), "weight": float(row.get("weight") or 1),
                "sudden": (row.get("sudden") or "").strip().lower() in {"yes", "true", "1"}, "changes": [],
            }  # fmt: skip
        if (row.get("kind") or "").strip():
            found[name]["changes"].append(_change(row))
    yield from found.values()


def _change(row: Mapping[str, str]) -> dict[str, Any]:
    change: dict[str, Any] = {"kind": row["kind"].strip(), "factor": float(row["factor"])}
    change |= {name: row[name].strip() for name in ("table", "column") if (row.get(name) or "").strip()}
    labels = [part.partition("=") for part in (row.get("where") or "").split(";") if part.strip()]
    change["where"] = {key.strip(): [each.strip() for each in values.split("|")] for key, _, values in labels}
    return change
