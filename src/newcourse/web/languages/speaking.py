"""Which language a page is written in, and the words of that language.

Templates and pages are written in English. Another language is one text file ``LANGUAGE/messages.po`` in this folder,
which translators edit with any gettext program; it is read once, when the first page in that language is made.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO
from types import MappingProxyType
from typing import Final

from babel.core import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from starlette.requests import Request

SOURCE: Final = "en"
"""Language of the templates."""

COOKIE: Final = "language"
CATALOGUE: Final = "messages.po"

_SPOKEN: ContextVar[str] = ContextVar("language of the page that is being made", default=SOURCE)


@cache
def languages() -> Mapping[str, str]:
    """Return the languages there are, each with its own name for itself.

    >>> languages()["en"], languages()["sv"]
    ('English', 'svenska')
    """
    here = files("newcourse.web.languages")
    found = [folder.name for folder in here.iterdir() if folder.is_dir() and (folder / CATALOGUE).is_file()]
    names = {code: Locale.parse(code).get_display_name() or code for code in (SOURCE, *sorted(found))}
    return MappingProxyType(names)


def catalogue(language: str) -> Catalog:
    """Return the words of a language as they are written in its file."""
    with (files("newcourse.web.languages") / language / CATALOGUE).open("rb") as file:
        return read_po(file, locale=language)


@cache
def translations(language: str) -> NullTranslations:
    """Return what gettext knows in a language; without its file, every word stays English."""
    if language == SOURCE or language not in languages():
        return NullTranslations()
    written = BytesIO()
    write_mo(written, catalogue(language))
    written.seek(0)
    return GNUTranslations(written)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Have everything inside said in a language."""
    before = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def spoken() -> str:
    """Return the language of the page that is being made."""
    return _SPOKEN.get()


def gettext(message: str) -> str:
    """Return a message in the language of the page that is being made.

    >>> with speaking("sv"):
    ...     gettext("Skip to the content")
    'Hoppa till innehållet'
    """
    return translations(spoken()).gettext(message) if message else ""


def ngettext(one: str, many: str, number: int) -> str:
    """Return one of two messages, by a number."""
    return translations(spoken()).ngettext(one, many, number)


def language_of(request: Request, own: str = "") -> str:
    """Return the language that somebody reads.

    Parameters
    ----------
    request
        What they ask.
    own
        The language of their account, if they are signed in; it goes before the cookie of the browser, which goes
        before what the browser says of itself.
    """
    known = languages()
    for wanted in (own, request.cookies.get(COOKIE, "")):
        if wanted in known:
            return wanted
    return _accepted(request.headers.get("accept-language", "")[:500], known) or SOURCE


def _accepted(header: str, known: Mapping[str, str]) -> str:
    """Return the language that ``Accept-Language`` (RFC 9110, section 12.5.4) likes best among those there are."""
    liked: list[tuple[float, int, str]] = []
    for place, part in enumerate(header.split(",")):
        name, _, weight = part.partition(";")
        language = name.strip().lower().partition("-")[0]
        quality = _quality(weight.strip())
        if language in known and quality > 0:
            liked.append((-quality, place, language))
    return min(liked)[2] if liked else ""


def _quality(weight: str) -> float:
    if not weight.startswith("q="):
        return 1.0
    try:
        return float(weight.removeprefix("q="))
    except ValueError:
        return 0.0
