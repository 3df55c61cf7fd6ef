"""``newcourse market join``: who joins a co-operative because it pays them."""

from typing import Annotated

import typer

from newcourse.cli.files import PictureFile, require_picture_files, write_picture
from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson
from newcourse.cli.output import bullets, give, say, table


@answering
def join(
    village: Annotated[
        str, typer.Argument(metavar="VILLAGE", help="A village.json, its folder, or the name of an example.")
    ] = "scissors-1923",
    picture: PictureFile = None,
    as_json: AsJson = False,
) -> None:
    """Show which households join a co-operative, year by year, because what it offers pays them.

    They leave when it no longer does. Nothing in the model forces anybody.

    ```
    newcourse market join
    newcourse market join my-village.json --picture curve.svg
    ```
    """
    from newcourse.plan.market.cooperatives import advantage
    from newcourse.sources.market_case import read_village

    require_picture_files(picture)
    found = read_village(village)
    adopted = found.adopted()
    if picture:
        from newcourse.pictures.market import adoption

        write_picture(adoption(adopted), picture)
    parts = {name: float(v.mean()) for name, v in advantage(found.farms, found.offers[0], found.around[0]).items()}
    rows = list(zip(adopted.years, adopted.share, adopted.joined, adopted.left, strict=True))
    if as_json:
        years = [{"year": y, "share": float(s), "joined": int(j), "left": int(n)} for y, s, j, n in rows]
        give({"title": found.title, "years": years, "advantage": parts, "words": adopted.words(), "notes": found.notes})
        return
    say(found.title, "")
    shown = [(str(y), f"{s:.0%}", str(int(j)), str(int(n))) for y, s, j, n in rows]
    say(table(("year", "members", "joined", "left"), shown))
    mean = ", ".join(f"{name} {value:+.1f}" for name, value in parts.items() if name != "all")
    say(
        "",
        adopted.words(),
        f"What membership brings a household a year, on average: {mean}; {parts['all']:+.1f} in all.",
    )
    say("", bullets(found.notes))
