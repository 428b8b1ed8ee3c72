"""What is counted of requests, in the text form that Prometheus reads."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from threading import Lock

_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """Counts of this process. Labels are names of addresses in code, so that their number is bounded."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._times: dict[str, list[int]] = defaultdict(lambda: [0] * (len(_BUCKETS) + 1))
        self._sums: dict[str, float] = defaultdict(float)
        self._running = 0

    def begun(self) -> None:
        """Count a request that is being answered."""
        with self._lock:
            self._running += 1

    def ended(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count a request that was answered."""
        with self._lock:
            self._running -= 1
            self._requests[route, method, status] += 1
            self._times[route][bisect_left(_BUCKETS, seconds)] += 1
            self._sums[route] += seconds

    def text(self, gauges: Mapping[str, tuple[str, float]]) -> str:
        """Return everything, with ``gauges``: name to what it says and its value now."""
        with self._lock:
            return "".join(f"{line}\n" for line in (*self._told(), *_gauges(gauges)))

    def _told(self) -> Iterator[str]:
        yield from _head("peyvand_requests_total", "counter", "Requests that were answered.")
        for (route, method, status), count in sorted(self._requests.items()):
            yield f'peyvand_requests_total{{route="{route}",method="{method}",status="{status}"}} {count}'
        name = "peyvand_request_seconds"
        yield from _head(name, "histogram", "How long answers took until they began to go out.")
        for route, counts in sorted(self._times.items()):
            total = 0
            for edge, count in zip((*map(str, _BUCKETS), "+Inf"), counts, strict=True):
                total += count
                yield f'{name}_bucket{{route="{route}",le="{edge}"}} {total}'
            yield f'{name}_sum{{route="{route}"}} {self._sums[route]:.6f}'
            yield f'{name}_count{{route="{route}"}} {total}'
        yield from _gauges({"peyvand_requests_running": ("Requests that are being answered.", self._running)})


def _gauges(gauges: Mapping[str, tuple[str, float]]) -> Iterator[str]:
    for name, (about, value) in gauges.items():
        yield from _head(name, "counter" if name.endswith("_total") else "gauge", about)
        yield f"{name} {value:g}" if abs(value) < 1e6 else f"{name} {value:.0f}"  # noqa: PLR2004 - as :g writes them


def _head(name: str, kind: str, about: str) -> Iterator[str]:
    yield f"# HELP {name} {about}"
    yield f"# TYPE {name} {kind}"
