"""The laboratory of formations: what it is and is not, and what there is to look at."""

from dataclasses import dataclass
from math import floor

from newcourse.formations.banner import BANNER
from newcourse.formations.scenario import FormationScenario
from newcourse.sources.formations.scenario_files import read_scenario, scenario_names
from newcourse.web.page import Page
from newcourse.web.site import Site
from newcourse.web.table import Headings, Link, Table, table


@dataclass(frozen=True, slots=True)
class LabFacts:
    """Facts of the page of the laboratory."""

    banner: str
    scenarios: Table
    results: bool


def lab(site: Site) -> LabFacts:
    """Return the scenarios of the laboratory, and of which there are results here."""
    rows = [_row(site, one) for one in sorted(map(read_scenario, scenario_names()), key=lambda one: one.first)]
    columns: Headings = [("scenario", "text"), ("years", "text"), ("results here", "words"), ("hypotheses", "text")]
    return LabFacts(BANNER, table("Scenarios", columns, rows), bool(site.lab.runs or site.lab.verdicts))


def _row(site: Site, one: FormationScenario) -> tuple[Link, str, str, str]:
    held = ", ".join(each.code for each in one.model.hypotheses)
    return (
        Link(one.title, f"/lab/scenarios/{one.name}"),
        f"{floor(one.first)}–{floor(one.until)}",
        "yes" if one.name in site.lab.runs else "no",
        held,
    )


PAGE = Page("lab", "/lab", "The laboratory of formations: what it is, and its scenarios", lab, "Laboratory")
