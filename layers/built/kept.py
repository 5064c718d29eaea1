"""What was read or counted of built folders and is held for whoever asks next, as long as it is light enough."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

__all__ = ["Kept"]

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """Values by their keys, shared by all readers: where they weigh too much together, what was longest not asked for goes first."""

    def __init__(self, most: int) -> None:
        """Hold values that weigh up to `most` together, and the newest whatever it weighs."""
        self._most = most
        self._held: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Value | None:
        """Give what is held; None where nothing is."""
        with self._lock:
            if key not in self._held:
                return None
            self._held.move_to_end(key)
            return self._held[key][0]

    def put(self, key: Hashable, value: Value, weight: int) -> None:
        """Hold a value from now on."""
        with self._lock:
            self._held[key] = value, weight
            self._held.move_to_end(key)
            while len(self._held) > 1 and sum(one for _, one in self._held.values()) > self._most:
                self._held.popitem(last=False)

    def got(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """Give what is held, or make it, of the weight 1, and hold it from now on."""
        value = self.get(key)
        if value is None:
            value = make()
            self.put(key, value, 1)
        return value
