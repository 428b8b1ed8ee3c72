"""What takes seconds to reckon from a network is reckoned once, whoever asks."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T")
_KEPT = 8


class Once(Generic[T]):
    """Work on a number of entities and pairs of them, of which the last few results are kept."""

    def __init__(self, work: Callable[[int, NDArray[np.intp]], T]) -> None:
        self._work = work
        self._found: OrderedDict[tuple[int, bytes], T] = OrderedDict()
        self._lock = Lock()

    def __call__(self, count: int, pairs: NDArray[np.intp]) -> T:
        """Return what the work makes of ``pairs`` of ``count`` entities; two who ask at once wait for one."""
        key = (count, pairs.tobytes())
        with self._lock:
            if key not in self._found:
                self._found[key] = self._work(count, pairs)
                if len(self._found) > _KEPT:
                    self._found.popitem(last=False)
            self._found.move_to_end(key)
            return self._found[key]
