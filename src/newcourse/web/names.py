"""Names of people on pages: put in last, so that a page that is kept holds nothing personal.

Pages are made with codes; where somebody is named, the template writes ``{{ code | who }}``, and the name that the
person gave is put there when the page is sent. A name that was erased is gone from every page at once.
"""

import html
import re
from typing import Final

from markupsafe import Markup, escape
from starlette.requests import Request

from newcourse.web.signin.current import names_of

_BEGIN, _END = "\ue000", "\ue001"  # nothing on the record can hold them: they are not printable
_CODE: Final = re.compile(r"\bm-[a-z2-7]{10}\b")
_PLACE: Final = re.compile(f"{_BEGIN}([^{_BEGIN}{_END}]*){_END}")


def placeholder(member: str) -> Markup:
    """Return what stands for somebody until the page is sent."""
    return escape(_BEGIN) + escape(member) + escape(_END)


def marked(member: str) -> str:
    """Return the same for words that a template escapes itself."""
    return f"{_BEGIN}{member}{_END}"


def people(text: str) -> str:
    """Return a text of the record with each code that the pages gave somebody marked, for names to be put there."""
    return _CODE.sub(lambda match: marked(match[0]), text)


def named(request: Request, page: str) -> str:
    """Return a page with the names of those it speaks of; the code of who gave none."""
    codes = {html.unescape(found) for found in _PLACE.findall(page)}
    if not codes:
        return page
    names = names_of(request, sorted(codes))
    return _PLACE.sub(lambda match: str(escape(names[html.unescape(match[1])])), page)
