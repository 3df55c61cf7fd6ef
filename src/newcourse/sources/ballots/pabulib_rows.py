"""The rows of a Pabulib file, section by section: what is read, and every fault with its line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from newcourse.errors import Fault
from newcourse.vote.plain import fraction

SECTIONS: Final = ("META", "PROJECTS", "VOTES")
VOTE_TYPES: Final = ("approval", "choose-1", "ordinal", "cumulative", "scoring")
MOST_POINTS: Final = 10**9


class Row(NamedTuple):
    """One row: its first line, from one, its cells without blanks around, and whether a cell runs over lines."""

    line: int
    cells: list[str]
    broken: bool


@dataclass
class Reading:
    """What has been read so far."""

    meta: dict[str, str] = field(default_factory=dict)
    projects: list[dict[str, str]] = field(default_factory=list)
    ballots: list[tuple[str, ...]] = field(default_factory=list)
    points: list[tuple[int, ...]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    fatal: list[Fault] = field(default_factory=list)

    def note(self, code: str, line: int, found: str, expected: str, remedy: str) -> None:
        """Note something malformed that does not keep the file from being counted."""
        shown = found if len(found) <= 80 else found[:77] + "..."
        self.faults.append(Fault(code, f"line {line}", shown, expected, remedy))

    def refuse(self, code: str, where: str, found: str, expected: str, remedy: str) -> None:
        """Note something without which nothing can be counted."""
        shown = found if len(found) <= 80 else found[:77] + "..."
        self.fatal.append(Fault(code, where, shown, expected, remedy))


def read_rows(rows: Iterable[Row]) -> Reading:
    """Return what the rows of a file say."""
    reading = Reading()
    sections = _sections(rows, reading)
    for name in SECTIONS:
        if not sections.get(name):
            reading.refuse("section-missing", "file", f"no section {name}", "META, PROJECTS and VOTES", "add it")
    if not reading.fatal:
        _read_meta(sections["META"], reading)
        _read_projects(sections["PROJECTS"], reading)
        _read_votes(sections["VOTES"], reading)
        _check_counts(reading)
    return reading


def _sections(rows: Iterable[Row], reading: Reading) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    now = ""
    for row in rows:
        if not any(row.cells):
            continue
        if row.cells[0] in SECTIONS and not any(row.cells[1:]):
            now = row.cells[0]
            if now in found:
                expected = "each section once"
                reading.refuse("section-twice", f"line {row.line}", f"{now} again", expected, "remove one of the two")
        elif not now:
            reading.note(
                "row-stray", row.line, ";".join(row.cells), "META as the first row", "remove it; it is not read"
            )
            continue
        else:
            found.setdefault(now, []).append(row)
        if row.broken:
            remedy = "close the quotation mark where it should end"
            reading.note("row-broken", row.line, "a cell of several lines", "cells of one line", remedy)
    return found


def _read_meta(rows: Sequence[Row], reading: Reading) -> None:
    for row in rows[1:]:
        key, *parts = row.cells
        while len(parts) > 1 and not parts[-1]:
            parts.pop()
        value = ";".join(parts)
        if key in reading.meta:
            reading.refuse("meta-twice", f"line {row.line}", f"{key} again", "each key once", "remove one of the two")
        reading.meta[key] = value
    budget, vote_type = reading.meta.get("budget"), reading.meta.get("vote_type")
    if budget is None or not fraction(budget):
        expected = "a budget above zero written exactly"
        reading.refuse("budget-wrong", "META, budget", repr(budget), expected, "write the amount")
    if vote_type not in VOTE_TYPES:
        reading.refuse("vote-type-wrong", "META, vote_type", repr(vote_type), " or ".join(VOTE_TYPES), "name one")


def _cells(row: Row, headings: Sequence[str], reading: Reading) -> dict[str, str]:
    if any(row.cells[len(headings) :]):
        remedy = "put cells that hold ; in quotation marks; what is too much is not read"
        reading.note("cells-many", row.line, f"{len(row.cells)} cells", f"{len(headings)}, one a heading", remedy)
    padded = [*row.cells, *[""] * len(headings)]
    return dict(zip(headings, padded, strict=False))


def _headings(row: Row, wanted: Sequence[str], reading: Reading) -> list[str]:
    """Return the headings of a section, none where they are wrong."""
    headings = row.cells
    missing = [heading for heading in wanted if heading not in headings]
    if missing or len(set(headings)) < len(headings):
        found, expected = ";".join(headings), f"headings, each once, among them {' and '.join(wanted)}"
        reading.refuse("headings-wrong", f"line {row.line}", found, expected, "correct the headings")
        return []
    return headings


def _read_projects(rows: Sequence[Row], reading: Reading) -> None:
    headings, seen = _headings(rows[0], ("project_id", "cost"), reading), set[str]()
    for row in rows[1:] if headings else []:
        project = _cells(row, headings, reading)
        name, where = project["project_id"], f"line {row.line}"
        if not name or "," in name or not name.isprintable():
            expected = "a printable name without a comma"
            reading.refuse("project-name-wrong", where, repr(name), expected, "correct the name")
        if name in seen:
            reading.refuse("project-twice", where, repr(name), "each project once", "remove one of the two")
        if not fraction(project["cost"]):
            expected = "a cost above zero written exactly"
            reading.refuse("cost-wrong", where, f"{name}: {project['cost']!r}", expected, "write the cost")
        seen.add(name)
        reading.projects.append(project)
    if not reading.projects and headings:
        reading.refuse("no-project", "PROJECTS", "no project", "at least one", "add the projects")


def _read_votes(rows: Sequence[Row], reading: Reading) -> None:
    with_points = reading.meta.get("vote_type") in ("cumulative", "scoring")
    headings = _headings(rows[0], ("vote", "points") if with_points else ("vote",), reading)
    least, most = _bound(reading, "min_length", 0), _bound(reading, "max_length", len(reading.projects))
    known, seen = {project["project_id"] for project in reading.projects}, set[str]()
    for row in rows[1:] if headings else []:
        ballot = _cells(row, headings, reading)
        voter = ballot.get("voter_id", "")
        if voter and voter in seen:
            remedy = "check the file; both ballots are counted"
            reading.note("voter-twice", row.line, repr(voter), "each voter once", remedy)
        seen.add(voter)
        named = ballot["vote"].split(",") if ballot["vote"] else []
        given = ballot["points"].split(",") if with_points and ballot["points"] else []
        kept = _entries(row.line, named, given if with_points else None, known, reading)
        reading.ballots.append(tuple(kept))
        reading.points.append(tuple(kept.values()))
        if named and not least <= len(named) <= most:
            remedy = "check the ballot; it is counted as it is written"
            reading.note("vote-length", row.line, f"{len(named)} projects", f"from {least} to {most}", remedy)


def _entries(
    line: int, named: Sequence[str], given: Sequence[str] | None, known: set[str], reading: Reading
) -> dict[str, int]:
    """Return what is readable of one ballot: projects, and what each is given."""
    if given is None and known.issuperset(named) and len(set(named)) == len(named):
        return dict.fromkeys(named, 1)
    if given is not None and len(given) != len(named):
        found = f"{len(named)} projects and {len(given)} points"
        reading.note("points-many", line, found, "as many", "correct it; pairs without a partner are not counted")
    kept: dict[str, int] = {}
    rest = "; the rest of the ballot is counted"
    for place, raw in enumerate(named):
        name, points = raw.strip(), "1" if given is None else given[place].strip() if place < len(given) else "0"
        if name not in known:
            reading.note("project-unknown", line, repr(name), "a project of the file", "correct it" + rest)
        elif name in kept:
            reading.note("project-repeated", line, repr(name), "each project once", "remove it; the first is counted")
        elif not (points.isascii() and points.isdigit() and len(points) < 11 and int(points) <= MOST_POINTS):
            expected = f"whole points from 0 to {MOST_POINTS}"
            reading.note("points-wrong", line, f"{name}: {points!r}", expected, "correct them" + rest)
        else:
            kept[name] = int(points)
    return kept


def _bound(reading: Reading, key: str, otherwise: int) -> int:
    text = reading.meta.get(key, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 11 else otherwise


def _check_counts(reading: Reading) -> None:
    for key, number in (("num_projects", len(reading.projects)), ("num_votes", len(reading.ballots))):
        told = reading.meta.get(key)
        if told is not None and told != str(number):
            remedy = "check that the file is whole; what is there is counted"
            reading.faults.append(Fault("count-differs", f"META, {key}", str(number), told[:80], remedy))
