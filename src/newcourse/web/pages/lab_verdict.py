"""Which model predicts best what it was not told: verdicts of comparisons that were run before."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from newcourse.errors import BadInput, Fault
from newcourse.pictures.formation_ladder import formation_ladder
from newcourse.pictures.look import Picture
from newcourse.web.lab_results import LabVerdict
from newcourse.web.page import Page
from newcourse.web.shown import Shown
from newcourse.web.site import Site
from newcourse.web.table import Columns, Headings, Table, frame_table, table


@dataclass(frozen=True, slots=True)
class LadderVerdictFacts:
    """One verdict: what can be said, and how each model fared."""

    name: str
    coding: str
    banner: str
    sentences: tuple[str, ...]
    questions: Table
    ladder: Shown
    fits: Table


@dataclass(frozen=True, slots=True)
class VerdictsFacts:
    """Facts of the page of verdicts; none where the server was given none."""

    verdicts: tuple[LadderVerdictFacts, ...]


def verdicts(site: Site) -> VerdictsFacts:
    """Return the verdicts that the server was given, with power and false positives.

    Parameters
    ----------
    site
        Holds the results.
    """
    return VerdictsFacts(tuple(map(_facts, site.lab.verdicts.values())))


def verdict_drawing(site: Site, key: str, width: int) -> tuple[str, Callable[[], Picture]]:
    """Return what names the picture of a ladder, and what draws it.

    Raises
    ------
    BadInput
        If there is no such verdict.
    """
    found = site.lab.verdicts.get(key)
    if found is None:
        expected = "one of " + (", ".join(site.lab.verdicts) or "none")
        raise BadInput(Fault("picture-unknown", "verdicts", key, expected, "follow a link"))
    title = " ".join(found.tables["answers"]["sentence"]) or "Which model predicts best"
    told = found.tables["table"].dropna(subset=["difference", "error"])
    return key, lambda: formation_ladder(told, title=title, quantum_like=bool(found.banner), width=width)


def _facts(found: LabVerdict) -> LadderVerdictFacts:
    return LadderVerdictFacts(
        name=found.name,
        coding=found.coding,
        banner=found.banner,
        sentences=found.sentences,
        questions=_questions(found),
        ladder=Shown(
            f"/pictures/verdict/{quote(found.name, safe='')}/ladder",
            "Points with two standard errors each way for each model",
            _ladder(found),
        ),
        fits=_fits(found),
    )


def _questions(found: LabVerdict) -> Table:
    columns: Columns = {
        "asked": ("question", "text"),
        "state": ("in short", "words"),
        "power": ("power", "percent"),
        "false_positives": ("false positives", "percent"),
    }
    answers = found.tables["answers"]
    asked = [f"{better} – {rival}" for better, rival in zip(answers["better"], answers["rival"], strict=True)]
    return frame_table("How far the verdict can be trusted", answers.assign(asked=asked), columns)


def _ladder(found: LabVerdict) -> Table:
    columns: Columns = {
        "model": ("model", "text"),
        "kind": ("kind", "words"),
        "split": ("held out", "words"),
        "score": ("mean log score", "number"),
        "difference": ("better than the first by", "change"),
        "error": ("its standard error", "number"),
    }
    return frame_table("The ladder of models", found.tables["table"], columns)


def _fits(found: LabVerdict) -> Table:
    columns: Headings = [("model", "text"), ("what it is", "text"), ("search", "text")]
    rows = found.tables["fits"][["model", "title", "search"]].itertuples(index=False, name=None)
    return table("The models", columns, rows)


PAGE = Page("lab_verdict", "/lab/verdict", "Which model predicts best, or that data cannot tell", verdicts, "Verdict")
