"""The essay's words made operational: what each is here, what it is not, where it fails, and one number."""

from dataclasses import dataclass

from newcourse.formations.banner import BANNER
from newcourse.formations.observables.words import WORDS, EssayWord, examples
from newcourse.web.page import Page
from newcourse.web.site import Site
from newcourse.web.table import Headings, Table, table


@dataclass(frozen=True, slots=True)
class EssayWordFacts:
    """One word, with its numbers."""

    name: str
    title: str
    here: str
    formula: str
    module: str
    hypotheses: tuple[str, ...]
    is_not: str
    fails: str
    numbers: Table


@dataclass(frozen=True, slots=True)
class LabWordsFacts:
    """Facts of the page of the essay's words."""

    banner: str
    words: tuple[EssayWordFacts, ...]


def lab_words(_site: Site) -> LabWordsFacts:
    """Return the words of the essay, each with a number computed by what it stands for."""
    return LabWordsFacts(BANNER, tuple(map(_word, WORDS.values())))


def _word(one: EssayWord) -> EssayWordFacts:
    columns: Headings = [("law", "text"), ("computed", "number"), ("known", "number"), ("known answer", "text")]
    rows = [(n.law, n.value, n.known, n.answer) for n in examples(one.name)]
    return EssayWordFacts(
        name=one.name,
        title=one.title,
        here=one.here,
        formula=one.formula,
        module=one.module,
        hypotheses=one.hypotheses,
        is_not=one.is_not,
        fails=one.fails,
        numbers=table("Worked numbers", columns, rows),
    )


PAGE = Page("lab_words", "/lab/words", "The essay's words, made operational", lab_words, "Words of the essay")
