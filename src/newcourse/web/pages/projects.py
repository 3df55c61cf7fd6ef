"""Projects: which ones a plan begins, and why."""

from dataclasses import dataclass

from newcourse.plan.plan import Plan
from newcourse.plan.project_schedule import project_schedule, project_years
from newcourse.plan.projects import ProjectReason, explain_projects
from newcourse.web.page import Page
from newcourse.web.shown import Shown, of_plan
from newcourse.web.site import Site
from newcourse.web.table import Columns, Table, frame_table


@dataclass(frozen=True, slots=True)
class Reason:
    """Whether a project is begun, and why, in words."""

    name: str
    begun: bool
    words: str


@dataclass(frozen=True, slots=True)
class ProjectsFacts:
    """Facts of the page of projects."""

    address: str
    title: str
    reasons: tuple[Reason, ...]
    years: Shown | None
    schedule: Table


def projects(site: Site, address: str) -> ProjectsFacts:
    """Return which projects a plan begins or leaves, and why.

    Parameters
    ----------
    site
        The federation.
    address
        Address of the plan.
    """
    title, plan = site.named(address)[1], site.plan(address)
    found: tuple[ProjectReason, ...] = site.pages.get(("projects", address), lambda: explain_projects(plan))
    any_begun = any(reason.begun for reason in found)
    return ProjectsFacts(
        address=address,
        title=title,
        reasons=tuple(Reason(reason.name, reason.begun, reason.words()) for reason in found),
        years=of_plan("projects", address, "Columns of what each project takes and makes by year", _years(plan))
        if any_begun
        else None,
        schedule=_schedule(plan),
    )


def _years(plan: Plan) -> Table:
    currency = plan.economy.about.currency
    columns: Columns = {
        "name": ("project", "text"),
        "period": ("year", "text"),
        "taken": (f"goods it takes, {currency}", "number"),
        "made": (f"its works make, {currency}", "number"),
    }
    return frame_table("What projects take and make, year by year", project_years(plan), columns)


def _schedule(plan: Plan) -> Table:
    columns: Columns = {
        "name": ("project", "text"),
        "period": ("year", "text"),
        "way": ("takes or gives", "text"),
        "what": ("what", "text"),
        "quantity": ("quantity", "number"),
        "unit": ("unit", "text"),
    }
    return frame_table("Schedule of the projects begun", project_schedule(plan), columns)


PAGE = Page("projects", "/plan/{address}/projects", "Which projects a plan begins, and why", projects, "Plan")
