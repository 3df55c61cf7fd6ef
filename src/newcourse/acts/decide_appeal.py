"""Decide an appeal: the comment is shown again, or it stays folded away."""

from typing import Final

from newcourse.acts.act import Act, Deed, refused, wrong
from newcourse.acts.ask import Ask
from newcourse.acts.speaking import comment_asked
from newcourse.acts.texts import text_asked
from newcourse.council.state import State
from newcourse.council.subjects import concerns


def check(state: State, ask: Ask) -> None:
    """Refuse where there is no undecided appeal, and decisions by those whom it concerns."""
    comment = comment_asked(state, ask)
    if not isinstance(ask.get("upheld"), bool):
        raise wrong(ask, "upheld-wrong", repr(ask.get("upheld")), "true or false", "say whether it is upheld")
    text_asked(ask, "reason")
    article, moderation = state.law.article_on_act("decide_appeal"), comment.moderation
    if moderation is None or not moderation.appealed_by:
        found = f"{comment.comment}, for which nobody has appealed"
        raise refused(ask, article, "no-appeal", found, "a decision on an appeal", "wait until there is one")
    if moderation.decided_by:
        found = f"the appeal for {comment.comment}, which {moderation.decided_by} has decided"
        raise refused(ask, article, "decided-already", found, "one decision on an appeal", "leave it as it is")
    if ask.actor in (moderation.by, comment.by) or concerns(state, comment.about, ask.actor):
        found = f"{ask.actor}, who moderated {comment.comment}, wrote it, or whom it is about"
        raise refused(ask, article, "own-appeal", found, "a decision by whom it does not concern", "ask another")


def do(_state: State, ask: Ask, _prepared: object) -> Deed:
    """Write the decision."""
    return Deed({name: ask.get(name) for name in ("comment", "upheld", "reason")})


ACT: Final = Act("decide_appeal", check, do, needs=("comment", "upheld", "reason"))
