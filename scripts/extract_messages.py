"""Extract what the pages say, and bring the files of translators up to date.

    python scripts/extract_messages.py           # after words were changed: then translate what is new
    python scripts/extract_messages.py --check   # whether anything is not extracted, not translated, or doubtful

Messages come from the templates, from ``gettext`` and ``ngettext`` in the code of the pages, and from the lists of
words that pages look up: acts, parameters, stages, the navigation.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from newcourse.acts.parameters import PARAMETERS
from newcourse.council.words import ACTS
from newcourse.web import council_words, lab_words, words
from newcourse.web.acting.ballot_fields import CHOICE_WORDS
from newcourse.web.languages.script_words import SCRIPTS, words_of
from newcourse.web.languages.speaking import CATALOGUE, SOURCE, catalogue, languages
from newcourse.web.live.events import STAGES
from newcourse.web.pages.administration import CAN, CANNOT
from newcourse.web.registry import WANTED

WEB = Path(__file__).parents[1] / "src" / "newcourse" / "web"
METHODS = [("templates/**.html", "jinja2"), ("**.py", "python")]
OPTIONS = {"templates/**.html": {"trimmed": "true", "silent": "false"}}
LOOKED_UP = "looked up"
LEFT_OUT = (
    b'"POT-Creation',
    b'"PO-Revision',
    b'"Report-Msgid',
    b'"Last-Translator',
    b'"Language-Team',
    b'"Generated-By',
)
"""Lines of a head that say nothing, or change without a change of words."""


def looked_up() -> Iterator[str]:
    """Yield the words that templates look up rather than say."""
    yield from ACTS.values()
    yield from words.DONE.values()
    yield from words.CHANGES.values()
    yield from CHOICE_WORDS.values()
    yield from STAGES.values()
    for parameter in PARAMETERS.values():
        yield from (parameter.words, parameter.hint, *(said for _, said in parameter.choices))
    for group, entries in WANTED:
        yield from (group, *(label for label, _ in entries))
    yield from (*CAN, *CANNOT)
    yield from (*lab_words.CAPTIONS, *lab_words.HEADINGS, *lab_words.CELLS)
    for script in SCRIPTS:
        yield from words_of(script).values()
    for name, listed in vars(council_words).items():
        if name.isupper() and isinstance(listed, dict):
            yield from (said for said in listed.values() if isinstance(said, str))


def extracted() -> Catalog:
    """Return every message of the pages."""
    found = Catalog(project="New Course", charset="utf-8", fuzzy=False)
    keywords = {"_": None, "gettext": None, "ngettext": (1, 2)}
    for file, line, message, comments, context in extract_from_dir(
        WEB, METHODS, OPTIONS, keywords, comment_tags=("Translators:",), strip_comment_tags=True
    ):
        del line  # a file moves less than its lines
        found.add(message, locations=[(file, None)], auto_comments=comments, context=context)
    for message in looked_up():
        if message:
            found.add(message, locations=[(LOOKED_UP, None)])
    return found


def updated(language: str, messages: Catalog) -> Catalog:
    """Return the file of a language with the messages there are now; what is not used any more is left out."""
    known = catalogue(language)
    known.update(messages, no_fuzzy_matching=True)
    known.obsolete.clear()
    known.fuzzy = False
    return known


def written(language: str, found: Catalog) -> bytes:
    """Return a file of translators."""
    text = BytesIO()
    found.header_comment = f"# The pages of New Course in {languages()[language]}. docs/how-to/translate.md says how."
    write_po(text, found, width=100, sort_output=True, omit_header=False, include_lineno=False)
    kept = [line for line in text.getvalue().split(b"\n") if not line.startswith(LEFT_OUT)]
    return b"\n".join(kept)


def faults(language: str, messages: Catalog) -> list[str]:
    """Return what is missing or doubtful in a language."""
    before = (WEB / "languages" / language / CATALOGUE).read_bytes()
    found = updated(language, messages)
    told = [] if written(language, found) == before else [f"{language}: run scripts/extract_messages.py"]
    for message in found:
        if message.id and not all(message.string if isinstance(message.string, tuple) else (message.string,)):
            told.append(f"{language}: not translated: {message.id!r}")
        if message.id and message.fuzzy:
            told.append(f"{language}: doubtful: {message.id!r}")
        told += [f"{language}: {message.id!r}: {error}" for error in message.check()]
    return told


def main() -> None:
    """Update the files, or check them."""
    messages = extracted()
    others = [language for language in languages() if language != SOURCE]
    if "--check" in sys.argv[1:]:
        told = [fault for language in others for fault in faults(language, messages)]
        print("\n".join(told) or f"{len(messages)} messages, all translated into {', '.join(others)}.")
        sys.exit(bool(told))
    for language in others:
        (WEB / "languages" / language / CATALOGUE).write_bytes(written(language, updated(language, messages)))
        print(f"{language}: {len(messages)} messages")


if __name__ == "__main__":
    main()
