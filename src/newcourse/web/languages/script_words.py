"""What scripts say, in the language of the page: their English stands in the scripts, translations come with the page.

A script keeps its texts in an object ``…WORDS`` with one text on each line, and takes others from ``data-words``.
"""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from newcourse.record.canonical import canonical_json, read_json
from newcourse.web.languages.speaking import SOURCE, gettext, spoken

SCRIPTS: Final = ("ballot_fields.js", "ballot.js", "record.js")
"""Scripts that say something."""

_WORDS: Final = re.compile(r"export const \w*WORDS = \{\n(.*?)\n\};", re.DOTALL)
_LINE: Final = re.compile(r'^  (\w+): ("(?:[^"\\]|\\.)*"),$', re.MULTILINE)


@cache
def words_of(script: str) -> Mapping[str, str]:
    """Return the texts of a script by their names.

    >>> words_of("ballot_fields.js")["choice"]
    'Choose one.'
    """
    text = (files("newcourse.web") / "static" / script).read_text(encoding="utf-8")
    lines = [line for found in _WORDS.findall(text) for line in _LINE.findall(found)]
    return MappingProxyType({name: read_json(said) for name, said in lines})


def script_words(*scripts: str) -> str:
    """Return the texts of scripts in the language of the page that is being made, as JSON; nothing for English."""
    if spoken() == SOURCE:
        return "{}"
    said = {name: gettext(words) for script in scripts for name, words in words_of(script).items()}
    return canonical_json(said).decode()
