"""What was made once and holds for ever: plans, pictures and pages, kept under a key that names their content."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class _Slot:
    lock: Lock = field(default_factory=Lock)
    made: bool = False
    value: Any = None


class Memory:
    """Keeps the values used last. A value asked for twice at once is made once; a failure is not kept.

    Parameters
    ----------
    most
        How many values are kept.

    Examples
    --------
    >>> memory = Memory(1)
    >>> memory.get("a", lambda: 1), memory.get("a", lambda: 2), memory.get("b", lambda: 3), memory.get("a", lambda: 4)
    (1, 1, 3, 4)
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._slots: OrderedDict[Hashable, _Slot] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return the value of a key, made now if it is not kept."""
        with self._lock:
            slot = self._slots.setdefault(key, _Slot())
            self._slots.move_to_end(key)
            while len(self._slots) > self._most:
                self._slots.popitem(last=False)
        with slot.lock:
            if not slot.made:
                slot.value = make()
                slot.made = True
            value: T = slot.value
            return value
