"""What the acts on drafts of statutes have in common; and what is put to the vote about a draft."""

from datetime import datetime, timedelta

from newcourse.acts.act import refused, wrong
from newcourse.acts.ask import Ask
from newcourse.council.amending import StatutesDraft
from newcourse.council.articles import Decision
from newcourse.council.contests import contest_ends
from newcourse.council.redrafting import decision_needed, redrafted
from newcourse.council.state import State
from newcourse.errors import Fault
from newcourse.record.entry import time_text


def draft_faults(state: State, code: str, at: datetime, decision: str = "") -> list[Fault]:
    """Return everything that keeps a draft from being voted on.

    Parameters
    ----------
    state
        The federation.
    code
        Code of the draft.
    at
        When the vote would be opened.
    decision
        Kind of decision that somebody wants to open; a fault where it is not the competent one. Empty: not asked.
    """
    draft = state.drafts.get(code)
    if draft is None:
        known = ", ".join(state.drafts) or "a draft, once there is one"
        return [Fault("draft-unknown", f"draft {code}", repr(code), known, "name a draft")]
    faults = [*lapse_faults(state, draft), *_time_faults(state, draft, at)]
    competent = competent_decision(state, draft)
    if decision and decision != competent.decision:
        expected = f"{competent.decision} ({competent.name}), because of what the draft touches"
        faults.append(Fault("decision-wrong", f"draft {code}", decision, expected, "open that vote"))
    return faults


def question_on(draft: StatutesDraft) -> str:
    """Return the question about a draft: which articles change, and how."""
    parts = [f"{change['change']} article {_number(change['article'])}" for change in draft.changes]
    return f"Draft {draft.draft} of the statutes: {', '.join(parts)}"


def competent_decision(state: State, draft: StatutesDraft) -> Decision:
    """Return the kind of decision on a draft; the ordinary one for a draft that has lapsed."""
    if [*lapse_faults(state, draft)]:
        return state.law.decisions[state.law.amending.decision]
    return decision_needed(state.law, redrafted(state.law, draft.changes))


def lapse_faults(state: State, draft: StatutesDraft) -> list[Fault]:
    """Return the fault of a draft that changes a version of the statutes that is law no longer."""
    version = present_version(state)
    if draft.version == version:
        return []
    found = f"a draft that changes version {draft.version}, while version {version} is law"
    expected = f"a draft of version {version}: nobody has voted on what the two would make together"
    return [Fault("draft-lapsed", f"draft {draft.draft}", found, expected, "draft the change anew")]


def present_version(state: State) -> int:
    """Return the number of the version that is law."""
    return state.versions[-1].number if state.versions else 1


def draft_asked(state: State, ask: Ask) -> StatutesDraft:
    """Return the draft that a request names, or refuse."""
    draft = state.drafts.get(str(ask.get("draft")))
    if draft is None:
        known = ", ".join(state.drafts) or "a draft, once there is one"
        raise wrong(ask, "draft-unknown", repr(ask.get("draft")), known, "name a draft")
    return draft


def require_passed(state: State, ask: Ask, draft: StatutesDraft) -> None:
    """Refuse a draft that no vote has passed, or whose result is contested or still can be."""
    article = state.law.article_on_act(ask.act)
    vote = state.votes.get(draft.vote)
    if draft.passed is not True or vote is None or vote.result is None:
        found = f"draft {draft.draft}: {vote.result.sentence if vote and vote.result else 'no counted vote on it'}"
        expected = "a draft that the vote on it has passed"
        raise refused(ask, article, "not-passed", found, expected, "put it to the vote")
    if vote.undecided_contests:
        who = ", ".join(contest.by for contest in vote.undecided_contests)
        found = f"vote {vote.vote} on draft {draft.draft}, contested by {who}"
        expected = "a result that nobody contests, or whose contests were turned down"
        raise refused(ask, article, "contested", found, expected, "have the contest decided first")
    if ask.at <= (ends := contest_ends(state, vote, vote.result)):
        found = f"the time {time_text(ask.at)}, while the result can still be contested"
        expected = f"a result that could be contested, until {time_text(ends)}: what is law can no longer fall"
        raise refused(ask, article, "contest-open", found, expected, "wait until then")


def _time_faults(state: State, draft: StatutesDraft, at: datetime) -> list[Fault]:
    where, faults = f"draft {draft.draft}", []
    until = draft.at + timedelta(days=state.law.amending.notice_days)
    if at < until:
        expected = f"a vote after {time_text(until)}, when the draft has been public long enough"
        faults.append(Fault("notice-running", where, f"the time {time_text(at)}", expected, "wait until then"))
    votes = [vote for vote in state.votes.values() if vote.frozen.subject == "statutes"]
    running = [vote.vote for vote in votes if vote.frozen.about == draft.draft and vote.result is None]
    if running:
        expected = "one vote on a draft at a time"
        faults.append(Fault("vote-running", where, f"vote {running[0]} on it", expected, "wait for its result"))
    if draft.passed is not None:
        found = f"a draft that was {'passed' if draft.passed else 'rejected'} in vote {draft.vote}"
        expected = "a draft that is undecided"
        faults.append(Fault("decided-already", where, found, expected, "enact it, or draft another"))
    return faults


def _number(article: object) -> str:
    return str(article.get("number", "?")) if hasattr(article, "get") else str(article)
