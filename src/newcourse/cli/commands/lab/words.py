"""``newcourse lab words``: what the essay's words stand for here, with a number that anybody can check."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson
from newcourse.cli.output import bullets, give, say, table

if TYPE_CHECKING:
    from newcourse.formations.observables.words import EssayWord


@answering
def words(
    word: Annotated[
        str | None, typer.Argument(metavar="[WORD]", help="Only this one, with its numbers, such as entanglement.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what words of quantum mechanics, said of history, stand for here: each something that is computed.

    With a word: what it is, what it is not, where the analogy fails, and its numbers beside what each must be.

    ```
    newcourse lab words
    newcourse lab words entanglement
    newcourse lab words --json
    ```
    """
    from newcourse.formations.banner import BANNER
    from newcourse.formations.observables.words import WORDS, examples

    if word:
        examples(word)  # refuses a word that is none
    chosen = [WORDS[word]] if word else list(WORDS.values())
    if as_json:
        give([_data(each) for each in chosen])
        return
    say(f"{BANNER[0].upper()}{BANNER[1:]}.", "")
    if word:
        _tell(chosen[0])
    else:
        say(
            table(
                ("word", "what it is here", "what it is not"), [(w.name, w.here, w.is_not) for w in chosen], whole=(0,)
            )
        )


def _tell(one: "EssayWord") -> None:
    from newcourse.formations.observables.words import examples

    said = (
        ("What it is here", one.here), ("How it is computed", f"{one.formula} ({one.module})"),
        ("What it is not", one.is_not), ("Where the analogy fails", one.fails),
        ("Hypotheses that use it", ", ".join(one.hypotheses)),
    )  # fmt: skip
    say(one.title, "")
    for heading, words_of in said:
        say(f"{heading}: {words_of}", "")
    say(
        "Numbers", bullets(f"{n.law} {n.value:.6g}; known answer {n.known:.6g}: {n.answer}" for n in examples(one.name))
    )


def _data(one: "EssayWord") -> dict[str, Any]:
    from dataclasses import asdict

    from newcourse.formations.banner import BANNER
    from newcourse.formations.observables.words import examples

    return {
        "word": one.name, "title": one.title, "here": one.here, "formula": one.formula, "module": one.module,
        "hypotheses": one.hypotheses, "is_not": one.is_not, "fails": one.fails, "banner": BANNER,
        "numbers": [asdict(each) for each in examples(one.name)],
    }  # fmt: skip
