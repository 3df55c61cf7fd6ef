"""``newcourse statutes show``: the law in words, or as the data that own statutes are written in."""

from typing import TYPE_CHECKING, Annotated

import typer

from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson
from newcourse.cli.output import give, say
from newcourse.cli.records import record_at
from newcourse.errors import BadInput, Fault

if TYPE_CHECKING:
    from newcourse.council.articles import Article
    from newcourse.council.statutes import Statutes


@answering
def show(
    database: Annotated[
        str | None,
        typer.Option(
            "--db", metavar="DATABASE", help="Record of a federation, for its own statutes; else the default ones."
        ),
    ] = None,
    article: Annotated[str | None, typer.Option(help="Only the article of this number.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show the statutes of a federation, or those to begin with.

    ```
    newcourse statutes show
    newcourse statutes show --db town.sqlite --article 15
    newcourse statutes show --json > ours.json
    ```
    """
    from newcourse.council.article_data import article_data

    law, version = _law(database)
    chosen = _chosen(law, article)
    if as_json:
        give(law.to_data() if article is None else article_data(chosen[0]))
        return
    if article is None:
        say(law.title, *([f"Version {version}"] if version else []), "")
    for one in chosen:
        say(f"{one.number}. {one.title}", one.words, *([""] if one is not chosen[-1] else []))


def _law(database: str | None) -> "tuple[Statutes, int]":
    """Return the statutes and the number of their version; 0 for those to begin with."""
    from newcourse.acts.memory import state_of
    from newcourse.council.default_statutes import default_statutes

    if database is None:
        return default_statutes(), 0
    with record_at(database) as record:
        state = state_of(record)
    if state.statutes is None:
        expected = "the record of a federation that is founded"
        raise BadInput(Fault("not-founded", database, "a record without statutes", expected, "name another record"))
    return state.statutes, state.versions[-1].number if state.versions else 1


def _chosen(law: "Statutes", number: str | None) -> "list[Article]":
    found = [article for article in law.articles if number in (None, article.number)]
    if not found:
        known = ", ".join(article.number for article in law.articles)
        raise BadInput(Fault("article-unknown", "--article", repr(number), known, "name one of these"))
    return found
