"""Name a speaker of a tendency: one of its people, by one of its speakers. Only speakers publish in its name."""

from typing import Final

from newcourse.acts.act import Act, Deed, refused
from newcourse.acts.ask import Ask
from newcourse.acts.speaking import require_speaker, tendency_asked
from newcourse.council.state import State


def check(state: State, ask: Ask) -> None:
    """Refuse who does not speak for it themselves, and to name who does not belong to it or is a speaker already."""
    tendency, person = tendency_asked(state, ask), str(ask.get("person"))
    require_speaker(state, ask, tendency)
    article = state.law.article_on_act("name_speaker")
    if person not in tendency.people:
        found, expected = f"{person}, who does not belong to {tendency.name}", "one of its people"
        raise refused(ask, article, "not-of-tendency", found, expected, "have them join it first")
    if person in tendency.speakers:
        found = f"{person}, who speaks for {tendency.name} already"
        raise refused(ask, article, "speaker-already", found, "each person once", "leave it as it is")


def do(_state: State, ask: Ask, _prepared: object) -> Deed:
    """Write who is named."""
    return Deed({"tendency": ask.get("tendency"), "person": ask.get("person")})


ACT: Final = Act("name_speaker", check, do, needs=("tendency", "person"))
