"""From facts to a page of HTML."""

from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from newcourse.errors import NewCourseError
from newcourse.plan.sentences import number
from newcourse.web import text
from newcourse.web.registry import NAVIGATION


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the facts on every page: the name of the federation, where the record ends, which page."""

    federation: str
    head: str
    path: str
    section: str


def environment() -> Environment:
    """Return the templates; every value is escaped, and a name that is not there is an error."""
    made = Environment(
        loader=PackageLoader("newcourse.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words = (number, text.share, text.share_change, text.change, text.short, text.sentence)
    made.filters |= {function.__name__: function for function in words}
    made.globals |= {"cell": text.cell, "navigation": NAVIGATION}
    return made


def page_html(templates: Environment, name: str, frame: Frame, facts: Any) -> str:
    """Return a page."""
    return templates.get_template(f"{name}.html").render(frame=frame, facts=facts)


def fault_html(templates: Environment, frame: Frame, status: int, error: NewCourseError) -> str:
    """Return a page that says what is wrong, what was expected and what to do."""
    return templates.get_template("fault.html").render(frame=frame, status=status, faults=error.faults)
