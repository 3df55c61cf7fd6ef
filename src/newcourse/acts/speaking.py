"""What the acts of discussion and of tendencies have in common: which comment, which tendency, about what."""

from newcourse.acts.act import refused, wrong
from newcourse.acts.ask import Ask
from newcourse.council.discussion import Comment
from newcourse.council.state import State
from newcourse.council.subjects import subject_in_words
from newcourse.council.tendencies import Tendency

_SHOWN = 10


def comment_asked(state: State, ask: Ask) -> Comment:
    """Return the comment that a request names, or refuse."""
    comment = state.comments.get(str(ask.get("comment")))
    if comment is None:
        expected = f"a comment, C1 to C{len(state.comments)}" if state.comments else "a comment, once there is one"
        raise wrong(ask, "comment-unknown", repr(ask.get("comment")), expected, "name a comment")
    return comment


def tendency_asked(state: State, ask: Ask) -> Tendency:
    """Return the tendency that a request names, or refuse."""
    tendency = state.tendencies.get(str(ask.get("tendency")))
    if tendency is None:
        expected = ", ".join([*state.tendencies][:_SHOWN]) or "a tendency, once one is formed"
        raise wrong(ask, "tendency-unknown", repr(ask.get("tendency")), expected, "name a tendency")
    return tendency


def require_speaker(state: State, ask: Ask, tendency: Tendency) -> None:
    """Refuse what only those may do who speak for a tendency."""
    if ask.actor not in tendency.speakers:
        article = state.law.article_on_act(ask.act)
        found = f"{ask.actor}, who does not speak for {tendency.name}"
        expected = f"this by one of its speakers, {', '.join(tendency.speakers) or 'once somebody belongs to it'}"
        raise refused(ask, article, "not-speaker", found, expected, "have a speaker do it, or name you as one")


def subject_asked(state: State, ask: Ask) -> str:
    """Return the code of what is spoken about, or refuse where nothing has that code."""
    about = ask.get("about")
    if not isinstance(about, str) or not subject_in_words(state, about):
        expected = (
            "the code of something on record: a proposal, vote, mandate, election, petition, tendency, draft, place, "
            "body or plan, or an article or cycle such as article 5 or cycle 1"
        )
        raise wrong(ask, "subject-unknown", repr(about)[:80], expected, "name what you speak about")
    return about
