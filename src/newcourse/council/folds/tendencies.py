"""Tendencies form, are joined and left, and publish."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from newcourse.council.state import State
from newcourse.council.tendencies import Statement, Tendency
from newcourse.record.entry import Entry


def form_tendency(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Form a tendency; who forms it is its first member."""
    if body["tendency"] in state.tendencies:
        raise ValueError(f"{body['tendency']} was formed before")
    return _with(state, Tendency(body["tendency"], body["name"], body["platform"], entry.at, (entry.actor,)))


def join_tendency(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Let somebody belong to a tendency."""
    tendency = state.tendencies[body["tendency"]]
    if entry.actor in tendency.people:
        raise ValueError(f"{entry.actor} belongs to {tendency.tendency} already")
    return _with(state, replace(tendency, people=(*tendency.people, entry.actor)))


def leave_tendency(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Let somebody belong to a tendency no longer; what it published stays."""
    tendency = _own(state, entry, body)
    return _with(state, replace(tendency, people=tuple(p for p in tendency.people if p != entry.actor)))


def publish_statement(state: State, entry: Entry, body: Mapping[str, Any]) -> State:
    """Add what a tendency says to what it said."""
    tendency = _own(state, entry, body)
    statement = Statement(body["statement"], entry.actor, entry.at, body["about"])
    return _with(state, replace(tendency, statements=(*tendency.statements, statement)))


def _own(state: State, entry: Entry, body: Mapping[str, Any]) -> Tendency:
    tendency = state.tendencies[body["tendency"]]
    if entry.actor not in tendency.people:
        raise ValueError(f"{entry.actor} does not belong to {tendency.tendency}")
    return tendency


def _with(state: State, tendency: Tendency) -> State:
    return replace(state, tendencies=state.tendencies.put(tendency.tendency, tendency))
