"""The open form of a profile, as New Course publishes its votes (JSON)."""

import json
from collections.abc import Mapping
from typing import Final

from newcourse.errors import BadInput, Fault
from newcourse.sources.ballots.problems import MOST_TIMES, shown
from newcourse.sources.ballots.reading import ReadVotes
from newcourse.sources.ballots.source import Source
from newcourse.vote.profile import Profile

FORM: Final = "profile"


def read_profile(source: Source) -> ReadVotes:
    """Return the votes of a profile in the open form, or of the file that a council publishes of a closed vote.

    They are written by programs, so nothing wrong in them is passed over.

    Raises
    ------
    BadInput
        When it is no JSON, or with every ballot that is wrong, or when names are given beside it.
    """
    if source.names is not None:
        found, expected = "names for a profile", "no names: a profile has its own"
        raise BadInput(Fault("names-wrong", source.where, found, expected, "leave the names out"))
    try:
        data = json.loads(source.data)
    except (ValueError, RecursionError) as error:
        raise BadInput(
            Fault("file-unreadable", source.where, str(error), "a readable JSON file", "correct the path or the file")
        ) from None
    title = ""
    if isinstance(data, Mapping) and isinstance(data.get("profile"), Mapping):
        data, title = data["profile"], shown(str(data.get("question", "")))
    profile = Profile.from_data(data)
    if profile.total >= MOST_TIMES:
        found = f"{profile.total} ballots together"
        raise BadInput(Fault("times-wrong", source.where, found, "fewer than 2^53", "correct the counts"))
    return ReadVotes(FORM, profile, title=title)
