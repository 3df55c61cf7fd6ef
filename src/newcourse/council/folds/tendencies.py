"""Tendencies form, are joined and left, name speakers and publish."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from newcourse.council.state import State
from newcourse.council.tendencies import Statement, Tendency
from newcourse.record.entry import Entry


def form_tendency(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Form a tendency; who forms it is its first member and its first speaker."""
    if body["tendency"] in state.tendencies:
        raise ValueError(f"{body['tendency']} was formed before")
    first = (entry.actor,)
    return _with(state, Tendency(body["tendency"], body["name"], body["platform"], entry.at, first, first))


def join_tendency(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Let somebody belong to a tendency."""
    tendency = state.tendencies[body["tendency"]]
    if entry.actor in tendency.people:
        raise ValueError(f"{entry.actor} belongs to {tendency.tendency} already")
    return _with(state, tendency.joined_by(entry.actor))


def leave_tendency(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Let somebody belong to a tendency no longer; what it published stays."""
    tendency = state.tendencies[body["tendency"]]
    if entry.actor not in tendency.people:
        raise ValueError(f"{entry.actor} does not belong to {tendency.tendency}")
    return _with(state, tendency.left_by(entry.actor))


def name_speaker(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Let one more of its people speak for a tendency."""
    tendency, person = _spoken_for(state, entry, body), body["person"]
    if person not in tendency.people or person in tendency.speakers:
        raise ValueError(f"{person} does not belong to {tendency.tendency}, or speaks for it already")
    return _with(state, replace(tendency, speakers=(*tendency.speakers, person)))


def publish_statement(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Add what a tendency says to what it said."""
    tendency = _spoken_for(state, entry, body)
    statement = Statement(body["statement"], entry.actor, entry.at, body["about"])
    return _with(state, replace(tendency, statements=(*tendency.statements, statement)))


def _spoken_for(state: State, entry: Entry, body: Mapping[str, Any]) -> Tendency:
    tendency = state.tendencies[body["tendency"]]
    if entry.actor not in tendency.speakers:
        raise ValueError(f"{entry.actor} does not speak for {tendency.tendency}")
    return tendency


def _with(state: State, tendency: Tendency) -> State:
    return replace(state, tendencies=state.tendencies.put(tendency.tendency, tendency))
