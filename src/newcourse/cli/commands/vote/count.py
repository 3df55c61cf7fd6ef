"""``newcourse vote count``: an outcome with every step of its count."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson
from newcourse.cli.output import bullets, give, say
from newcourse.cli.reading import json_at
from newcourse.errors import BadInput, Fault


@answering
def count(
    file: Annotated[Path, typer.Argument(metavar="PROFILE", help="JSON file with form, candidates and ballots.")],
    rule: Annotated[str, typer.Option(help="Rule of counting; newcourse vote rules lists them.")],
    option: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=VALUE", help="Option of the rule, such as strength=margins. May be given several times."
        ),
    ] = None,
    trace: Annotated[bool, typer.Option(help="Print every step of the count.")] = True,
    as_json: AsJson = False,
) -> None:
    """Count ballots by a rule and print the outcome with every step. The same ballots give the same outcome anywhere.

    A profile is written as

    ```
    {"form": "ranked", "candidates": ["bread", "buses"],
    "ballots": [{"times": 3, "ballot": {"form": "ranked", "ranks": [["buses"], ["bread"]]}}]}
    ```

    ```
    newcourse vote count profile.json --rule schulze
    newcourse vote count profile.json --rule schulze --option strength=margins --json
    ```
    """
    from newcourse.vote import rule as door
    from newcourse.vote.profile import Profile

    outcome = door.count(rule, _options(option or ()), Profile.from_data(json_at(file)))
    if as_json:
        give(outcome.to_data())
        return
    say(outcome.sentence, f"{outcome.ballots} ballots, counted by {outcome.rule}: {door.rule_named(rule).reference}.")
    if trace:
        say("", bullets(step.sentence for step in outcome.steps))


def _options(settings: Iterable[str]) -> dict[str, Any]:
    """Return options by name: a value that is JSON is read as such, any other is a text."""
    values: dict[str, Any] = {}
    faults = []
    for setting in settings:
        name, sign, text = setting.partition("=")
        if not sign:
            faults.append(Fault("setting-unreadable", "--option", setting, "NAME=VALUE", "correct the option"))
            continue
        try:
            values[name] = json.loads(text)
        except ValueError:
            values[name] = text
    if faults:
        raise BadInput(faults)
    return values
