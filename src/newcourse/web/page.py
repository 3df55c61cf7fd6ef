"""What a page is: an address, the facts it shows, and the template that shows them.

The facts are plain values. The page shows them to people, the interface under ``/api`` gives the same facts to
programs, so the two cannot differ.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Page:
    """One page.

    Parameters
    ----------
    name
        Short name; its template is ``NAME.html``.
    path
        Address, with ``{parameters}`` that are passed to ``facts`` by name.
    title
        What the page shows, in words; the summary of its facts in the interface.
    facts
        Returns a dataclass of facts; first parameter the site, the others from the path or the query.
    section
        Entry of the navigation under which the page stands.
    kept
        Whether its facts follow from the record alone, so that they hold while it does not grow.
    personal
        Whether they depend on who is signed in: then ``facts`` is given their code as ``member``, empty for nobody.
    """

    name: str
    path: str
    title: str
    facts: Callable[..., Any]
    section: str = ""
    kept: bool = True
    personal: bool = False
