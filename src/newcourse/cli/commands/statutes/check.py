"""``newcourse statutes check``: whether a federation could live by these statutes."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson
from newcourse.cli.output import give, say, table
from newcourse.cli.reading import economy_at, json_at
from newcourse.errors import BadInput

if TYPE_CHECKING:
    from newcourse.council.statutes import Statutes


@answering
def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Statutes as a JSON file.")],
    economy: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Folder of an economy, or the name of an example, with the places."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Find every contradiction and every dead end in statutes, before anybody lives by them.

    Ends with 1 and says everything that is wrong, each with what to do. With an economy also what only its places show:
    councils at levels that no place has, or elected by delegates of places without a council.

    ```
    newcourse statutes show --json > ours.json
    newcourse statutes check ours.json --economy world
    ```
    """
    from newcourse.acts.found import tree_of
    from newcourse.council.fitting import fitting_faults
    from newcourse.council.statutes import Statutes

    law = Statutes.from_data(json_at(file))
    if economy is not None and (faults := fitting_faults(law, tree_of(economy_at(economy)))):
        raise BadInput(faults)
    if as_json:
        give({"ok": True, **_summary(law)})
        return
    bodies = [(c.council, c.name, c.level or c.place or "the whole", str(c.seats)) for c in law.councils.values()]
    say(table(("council", "name", "at each", "seats"), bodies, right=(3,)), "")
    rows = [(d.decision, d.subject, d.electorate, d.ballot, d.rule) for d in law.decisions.values()]
    say(table(("decision", "on", "decided by", "ballot", "rule"), rows), "")
    say(f"{law.title}: {len(law.articles)} articles, without contradictions or dead ends.")


def _summary(law: "Statutes") -> dict[str, object]:
    return {
        "title": law.title,
        "articles": len(law.articles),
        "councils": [*law.councils],
        "decisions": [*law.decisions],
        "elections": [*law.elections],
    }
