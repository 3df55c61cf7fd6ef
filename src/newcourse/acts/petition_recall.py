"""Petition for the recall of a delegate: the first signature of the constituency that elected them."""

from datetime import timedelta
from fractions import Fraction
from math import ceil
from typing import Final

from newcourse.acts.act import Act, Deed, refused
from newcourse.acts.ask import Ask
from newcourse.acts.electing import mandate_asked
from newcourse.acts.recalling import is_running, require_constituency, require_held
from newcourse.acts.texts import text_asked
from newcourse.council.bodies import article_on_recall, body_named, constituency_electorate
from newcourse.council.state import State
from newcourse.record.entry import time_text


def check(state: State, ask: Ask) -> None:
    """Refuse strangers to the constituency, ended mandates, spared days, and a second petition beside one that runs."""
    mandate = mandate_asked(state, ask)
    require_held(state, ask, mandate)
    require_constituency(state, ask, mandate)
    article, rules = article_on_recall(state.law), state.law.recall
    spared = mandate.begins + timedelta(days=rules.spared_days)
    if ask.at < spared:
        found = f"the time {time_text(ask.at)}, and a mandate that began {time_text(mandate.begins)}"
        expected = f"petitions from {time_text(spared)} on: the first {rules.spared_days} days are spared"
        raise refused(ask, article, "mandate-spared", found, expected, "wait until then")
    petitions = (p for p in state.petitions.values() if p.mandate == mandate.mandate)
    running = next((p for p in petitions if is_running(state, p, ask)), None)
    if running is not None:
        found = f"petition {running.petition} on mandate {mandate.mandate} runs"
        raise refused(ask, article, "petition-running", found, "one petition at a time", f"sign {running.petition}")
    text_asked(ask, "reasons")


def do(state: State, ask: Ask, _prepared: object) -> Deed:
    """Write the petition, with how many must sign it and until when."""
    mandate, rules = mandate_asked(state, ask), state.law.recall
    electorate = constituency_electorate(state, body_named(state, mandate.body), mandate.constituency)
    body = {
        "petition": f"R{len(state.petitions) + 1}",
        "mandate": mandate.mandate,
        "reasons": ask.get("reasons"),
        "needed": max(1, ceil(Fraction(rules.support) * len(electorate))),
        "entitled": len(electorate),
        "ends": time_text(ask.at + timedelta(days=rules.sign_days)),
    }
    return Deed(body)


ACT: Final = Act("petition_recall", check, do, needs=("mandate", "reasons"))
