"""Every form of file of ballots, and the one door through which they are read."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from newcourse.errors import BadInput, Fault
from newcourse.sources.ballots import blt, budget_reading, open_profile, preflib, scottish
from newcourse.sources.ballots.reading import ReadVotes
from newcourse.sources.ballots.rows import OnProgress
from newcourse.sources.ballots.source import Source, normal_lines, source_of


@dataclass(frozen=True, slots=True)
class Form:
    """One form of file.

    Parameters
    ----------
    name
        Hyphenated name.
    endings
        How names of such files end.
    start
        How such files begin; tried in the order of :data:`FORMS` where the ending tells nothing.
    read
        The reader.
    """

    name: str
    endings: tuple[str, ...]
    start: re.Pattern[bytes]
    read: Callable[[Source], ReadVotes]


FORMS: Final = (
    Form(open_profile.FORM, (".json",), re.compile(rb"\s*[{\[]"), open_profile.read_profile),
    Form(budget_reading.FORM, (".pb",), re.compile(rb"\s*META;*[ \t]*\n"), budget_reading.read_budget_file),
    Form(
        preflib.FORM,
        (".soc", ".soi", ".toc", ".toi", ".cat"),
        re.compile(rb"(?:#[^\n]*\n|\s)*# (?:NUMBER ALTERNATIVES|ALTERNATIVE NAME)", re.IGNORECASE),
        preflib.read_preflib,
    ),
    Form(
        scottish.FORM,
        (),
        re.compile(rb"[ \t]*[0-9]+[ \t]*,[ \t]*[0-9]+[ \t]*,?[ \t]*\n"),
        scottish.read_scottish,
    ),
    Form(
        blt.FORM,
        (".blt", ".dat"),
        re.compile(rb"(?:[ \t]*(?:#[^\n]*)?\n)*[ \t]*[0-9]+[ \t]+[0-9]+[ \t]*(?:#[^\n]*)?\n"),
        blt.read_blt,
    ),
)
"""Every form there is; the first that fits is taken."""


def read_votes(
    path: Path,
    *,
    encoding: str = "utf-8",
    names: Sequence[str] | None = None,
    approved: int = 1,
    tell: OnProgress | None = None,
) -> ReadVotes:
    """Return the votes of a file, in whatever known form it is.

    Parameters
    ----------
    path
        The file, which may be packed with gzip.
    encoding
        Its encoding.
    names
        Names of the candidates by number, where they are given beside the file.
    approved
        How many of the first categories count as approval, where ballots have categories.
    tell
        Is told how far the reading is.

    Raises
    ------
    BadInput
        With every fault that makes the whole file unreadable. What is wrong with single ballots is in the problems of
        what is returned.
    """
    path = Path(path)
    source = Source(str(path), source_of(path, encoding), names, approved, tell)
    return _form_of(path.name.lower().removesuffix(".gz"), source).read(source)


def read_votes_text(text: str, form: str, *, names: Sequence[str] | None = None, approved: int = 1) -> ReadVotes:
    r"""Return the votes of a text in the form named.

    Raises
    ------
    BadInput
        When the form is unknown, or with every fault that makes the whole text unreadable.

    Examples
    --------
    >>> read = read_votes_text("3,1,\n4,2,1,\n5,3,3,\n", "grouped-csv")
    >>> read.votes.total, [str(problem) for problem in read.problems]
    (9, ['line 3, 5,3,3,: candidate 3 stands twice; counted up to the 1st preference (5 ballots).'])
    """
    known = {one.name: one for one in FORMS}
    if form not in known:
        raise BadInput(Fault("form-unknown", "text", repr(form), " or ".join(known), "name one of these"))
    data = normal_lines("text", text.encode("utf-8", "replace"))
    return known[form].read(Source("text", data, names, approved))


def _form_of(name: str, source: Source) -> Form:
    for form in FORMS:
        if name.endswith(form.endings):
            return form
    for form in FORMS:
        if form.start.match(source.data):
            return form
    endings = ", ".join(ending for form in FORMS for ending in form.endings)
    expected = f"{' or '.join(form.name for form in FORMS)}, or a name that ends in {endings}"
    found = repr(source.data[:40].decode("utf-8", "replace")) if source.data else "an empty file"
    raise BadInput(Fault("form-unknown", source.where, found, expected, "give a file in one of these forms"))
