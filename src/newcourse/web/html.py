"""From facts to a page of HTML."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from newcourse.council.words import ACTS
from newcourse.errors import NewCourseError
from newcourse.plan.sentences import number
from newcourse.web import names, text
from newcourse.web.acting.form import Form, Typed, form_of
from newcourse.web.council_words import BALLOTS, CONTESTS, ENDED, OUTCOMES, STAGES, TIES, WAITING
from newcourse.web.languages.script_words import script_words
from newcourse.web.languages.speaking import SOURCE, gettext, languages, ngettext, speaking
from newcourse.web.registry import GROUPS
from newcourse.web.signin.current import SignedIn
from newcourse.web.site import Site

KEY_BYTES = 16


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the facts on every page.

    Parameters
    ----------
    federation, head
        Its name, and where the record ends.
    path, section
        Address of the page, and the entry of the navigation under which it stands.
    who
        Who is signed in.
    accounts
        Whether these pages have accounts at all; otherwise they only read.
    language
        In which the page is written.
    typed
        What was typed into a form of this page that could not be done.
    done
        What was just done, in words, and the number of its entry.
    """

    federation: str
    head: str
    path: str
    section: str
    who: SignedIn | None = None
    accounts: bool = False
    language: str = SOURCE
    typed: Typed | None = None
    done: tuple[str, int] | None = None

    @property
    def member(self) -> str | None:
        """Code of who is signed in."""
        return self.who.member if self.who else None

    @property
    def csrf(self) -> str:
        """What every form must send along."""
        return self.who.csrf if self.who else ""


def environment(site: Site) -> Environment:
    """Return the templates of a site; every value is escaped, and a name that is not there is an error."""
    made = Environment(
        loader=PackageLoader("newcourse.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]  # the extension's
    words = (number, text.share, text.share_change, text.change, text.short, text.sentence)
    made.filters |= {function.__name__: function for function in words}
    made.filters |= {"who": names.placeholder, "people": names.people, "said": gettext}
    made.globals |= {
        "cell": text.cell,
        "groups": GROUPS,
        "languages": languages(),
        "what_it_does": ACTS,
        "stage_words": STAGES,
        "tie_words": TIES,
        "ballot_words": BALLOTS,
        "contest_words": CONTESTS,
        "outcome_words": OUTCOMES,
        "ended_words": ENDED,
        "waiting_words": WAITING,
        "fresh_key": _fresh_key,
        "form_of": _form_maker(site),
        "script_words": script_words,
    }
    return made


def page_html(templates: Environment, name: str, frame: Frame, facts: Any) -> str:
    """Return a page in the language of its frame."""
    with speaking(frame.language):
        return templates.get_template(f"{name}.html").render(frame=frame, facts=facts)


def fault_html(templates: Environment, frame: Frame, status: int, error: NewCourseError) -> str:
    """Return a page that says what is wrong, what was expected and what to do."""
    with speaking(frame.language):
        return templates.get_template("fault.html").render(frame=frame, status=status, faults=error.faults)


def _fresh_key() -> str:
    """Return a key that no other form has: sent twice, a form is done once."""
    return secrets.token_urlsafe(KEY_BYTES)


def _form_maker(site: Site) -> Any:
    """Return the function by which templates ask for the form of an act, as who looks at the page sees it."""

    @pass_context
    def made(
        context: Context,
        act: str,
        hidden: Mapping[str, Any],
        fields: Sequence[str | Mapping[str, Any]] | None,
    ) -> Form:
        frame: Frame = context["frame"]
        return form_of(site.federation.state, frame.member, act, hidden, fields, frame.typed)

    return made
