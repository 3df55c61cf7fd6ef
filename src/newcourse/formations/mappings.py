"""Mappings that nobody can change, in values that can still be handed to other processes."""

from collections.abc import Mapping
from dataclasses import fields
from types import MappingProxyType
from typing import Any, TypeVar

K = TypeVar("K")
V = TypeVar("V")


def unchangeable(mapping: Mapping[K, V]) -> Mapping[K, V]:
    """Return a copy of a mapping that nobody can change.

    >>> unchangeable({"war": 1.0})
    mappingproxy({'war': 1.0})
    """
    return MappingProxyType(dict(mapping))


def rebuilt(value: Any) -> tuple[object, ...]:
    """Return how to make a dataclass anew from plain mappings: what its ``__reduce__`` answers when it is pickled."""
    given = (getattr(value, field.name) for field in fields(value) if field.init)
    return type(value), tuple(dict(each) if isinstance(each, MappingProxyType) else each for each in given)
