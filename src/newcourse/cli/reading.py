"""What a command line names, as values: economies, plans, goals, limits, JSON files. Every fault at once."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newcourse.errors import BadInput, Fault

if TYPE_CHECKING:  # heavy rooms are imported when they are needed, so that --help answers at once
    from newcourse.economy.economy import Economy
    from newcourse.plan.goal import Goal
    from newcourse.plan.limits import Limits


def economy_at(path: Path) -> "Economy":
    """Return the economy of a folder, or of an example where no such folder is there.

    Raises
    ------
    BadInput
        With every fault of the folder.
    """
    from newcourse.sources.folder import read_folder

    return read_folder(folder_of(path))


def folder_of(path: Path) -> Path:
    """Return the folder that a path or the name of an example means."""
    from newcourse.sources.examples import example_folder, example_names

    return example_folder(str(path)) if not path.exists() and str(path) in example_names() else path


def json_at(path: Path) -> Any:
    """Return what a JSON file says.

    Raises
    ------
    BadInput
        If it cannot be read or is no JSON.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise BadInput(
            Fault("file-unreadable", str(path), str(error), "a readable JSON file", "correct the path or the file")
        ) from None


def goal_from(economy: "Economy", weights: Iterable[str] | None, guaranteed: Iterable[str] | None) -> "Goal":
    """Return the goal that ``--weights`` and ``--guarantee`` ask for.

    Raises
    ------
    BadInput
        With every weight that cannot be read or whose group nobody needs, and shares that are more than the whole.
    """
    from newcourse.plan.goal import Goal, neutral_weights

    given, faults = _shares(weights or ())
    neutral = neutral_weights(economy)
    faults += [
        Fault("group-unknown", f"--weights {group}", repr(group), f"one of {', '.join(neutral)}", "correct the group")
        for group in given
        if group not in neutral
    ]
    if faults:
        raise BadInput(faults)
    return Goal(_completed(given, neutral) if given else {}, frozenset(guaranteed or ()))


def limits_from(periods: int, settings: Iterable[str] | None) -> "Limits":
    """Return the limits that ``--periods`` and ``--limits`` ask for.

    Raises
    ------
    BadInput
        With every setting that is unknown or cannot be read.
    """
    from newcourse.plan.limits import Limits

    readers: dict[str, Callable[[str], Any]] = {
        field.name: _rate for field in fields(Limits) if field.name != "periods"
    }
    readers |= {"terminal": str, "uptake": float, "growth": float, "beyond": float}
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    for setting in settings or ():
        name, sign, text = setting.partition("=")
        try:
            values[name] = readers[name](text) if sign else None
        except (KeyError, ValueError):
            sign = ""
        if not sign:
            expected = f"NAME=VALUE, a number, none or a word for one of {', '.join(readers)}"
            faults.append(Fault("setting-unreadable", "--limits", setting, expected, "correct the setting"))
    if faults:
        raise BadInput(faults)
    return Limits(periods=periods, **values)


def _shares(settings: Iterable[str]) -> tuple[dict[str, float], list[Fault]]:
    shares: dict[str, float] = {}
    faults: list[Fault] = []
    for setting in settings:
        group, sign, text = setting.rpartition("=")
        content: object = {group: text} if sign else json_at(Path(setting))
        if not isinstance(content, Mapping):
            faults.append(_unreadable(setting, "no mapping of groups to shares"))
            continue
        for name, value in content.items():
            try:
                shares[str(name)] = float(value)
            except (TypeError, ValueError):
                faults.append(_unreadable(setting, repr(value)))
    return shares, faults


def _unreadable(setting: str, found: str) -> Fault:
    return Fault("weight-unreadable", f"--weights {setting}", found, "GROUP=SHARE, such as Health=0.2", "correct it")


def _completed(given: Mapping[str, float], neutral: Mapping[str, float]) -> dict[str, float]:
    """Give each group left out its part of the rest, in proportion to the value of its targets."""
    others = [group for group in neutral if group not in given]
    if not others:
        return dict(given)
    total = sum(given.values())
    if not total <= 1:
        raise BadInput(Fault("weights-sum", "--weights", f"a sum of {total:.10g}", "at most 1", "give smaller shares"))
    left = sum(neutral[group] for group in others)
    return {group: given[group] if group in given else (1 - total) * neutral[group] / left for group in neutral}


def _rate(text: str) -> float | None:
    return None if text.lower() in {"none", "no"} else float(text)


def several(read: Callable[[Any], Any], items: Sequence[Any], where: str) -> tuple[Any, ...]:
    """Read each item, and raise the faults of all that cannot be read together, each with its number."""
    read_items, faults = [], []
    for number, item in enumerate(items, start=1):
        try:
            read_items.append(read(item))
        except BadInput as error:
            faults += [
                Fault(f.code, f"{where}, {number}: {f.where}", f.found, f.expected, f.remedy) for f in error.faults
            ]
    if faults:
        raise BadInput(faults)
    return tuple(read_items)
