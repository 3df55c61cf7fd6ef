"""Form a tendency: a name and what it stands for."""

from typing import Final
from unicodedata import normalize

from newcourse.acts.act import Act, Deed, refused, wrong
from newcourse.acts.ask import Ask
from newcourse.acts.texts import text_asked
from newcourse.council.state import State
from newcourse.council.tendencies import LONGEST_NAME, LONGEST_STATEMENT


def check(state: State, ask: Ask) -> None:
    """Refuse a tendency without name or platform, and a name that another bears."""
    name = text_asked(ask, "name", LONGEST_NAME)
    if not name.isprintable() or name != name.strip():
        raise wrong(ask, "name-unreadable", repr(name), "a name on one line, without outer spaces", "correct it")
    text_asked(ask, "platform", LONGEST_STATEMENT)
    bearers = [t.tendency for t in state.tendencies.values() if _read_alike(t.name) == _read_alike(name)]
    if bearers:
        article = state.law.article_on_act("form_tendency")
        found = f"the name {name}, which {bearers[0]} bears"
        raise refused(ask, article, "name-taken", found, "a name of its own", "choose another, or join that tendency")


def _read_alike(name: str) -> str:
    """Return what names have in common that people read as the same."""
    return " ".join(normalize("NFKC", name).casefold().split())


def do(state: State, ask: Ask, _prepared: object) -> Deed:
    """Write the tendency."""
    body = {"tendency": f"T{len(state.tendencies) + 1}", "name": ask.get("name"), "platform": ask.get("platform")}
    return Deed(body)


ACT: Final = Act("form_tendency", check, do, needs=("name", "platform"))
