"""Appeal against the moderation of one's own comment, once."""

from typing import Final

from newcourse.acts.act import Act, Deed, refused
from newcourse.acts.ask import Ask
from newcourse.acts.speaking import comment_asked
from newcourse.acts.texts import text_asked
from newcourse.council.state import State


def check(state: State, ask: Ask) -> None:
    """Refuse appeals for what is not moderated, by others than the author, twice, and without a reason."""
    comment = comment_asked(state, ask)
    text_asked(ask, "reason")
    article = state.law.article_on_act("appeal")
    if comment.moderation is None:
        found = f"{comment.comment}, which nobody has folded away"
        raise refused(ask, article, "not-moderated", found, "a comment that is folded away", "leave it as it is")
    if comment.by != ask.actor:
        found = f"{ask.actor}, while {comment.by} wrote {comment.comment}"
        raise refused(ask, article, "not-the-author", found, "an appeal by the author", "tell the author")
    if comment.moderation.appealed_by:
        found = f"{comment.comment}, for which you have appealed"
        raise refused(ask, article, "appealed-already", found, "one appeal for a comment", "wait for the decision")


def do(_state: State, ask: Ask, _prepared: object) -> Deed:
    """Write the appeal."""
    return Deed({"comment": ask.get("comment"), "reason": ask.get("reason")})


ACT: Final = Act("appeal", check, do, needs=("comment", "reason"))
