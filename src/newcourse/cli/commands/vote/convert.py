"""``newcourse vote convert``: ballots in another form of file."""

from pathlib import Path
from typing import Annotated

import typer

from newcourse.cli.files import require_folder, writing
from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson
from newcourse.cli.output import give, say
from newcourse.cli.progress import progress
from newcourse.cli.vote_counting import Approved, BallotFile, Encoding, Names
from newcourse.cli.vote_words import problem_list


@answering
def convert(
    file: BallotFile,
    out: Annotated[Path, typer.Argument(metavar="OUT", help="File to write; its ending says in which form.")],
    names: Names = None,
    encoding: Encoding = "utf-8",
    approved: Approved = 1,
    as_json: AsJson = False,
) -> None:
    """Write ballots in another form of file. Ballots that were not counted are not written, but reported.

    ```
    newcourse vote convert ward.csv ward.blt
    ```
    """
    from newcourse.sources.ballots.names import read_names
    from newcourse.sources.ballots.registry import read_votes
    from newcourse.sources.ballots.writing import written

    require_folder(out)
    with progress("Converting") as tell:
        listed = None if names is None else read_names(names)
        read = read_votes(file, encoding=encoding, names=listed, approved=approved, tell=tell)
        text = written(read, out.suffix.lower())
    with writing(out):
        out.write_text(text, encoding="utf-8", newline="\n")
    total = read.votes.total
    if as_json:
        problems = [problem.to_data() for problem in read.problems]
        give({"file": str(out), "form": read.form, "ballots": total, "rejected": read.rejected, "problems": problems})
        return
    say(f"{total} ballots written to {out}.", *problem_list(read.problems, read.rejected))
