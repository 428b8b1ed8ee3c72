"""How well suggested partners find links that were hidden, beside two measures of networkx, in one run.

    python -m bench.partners [--seeds 10] [--share 0.1]

Of the sister-city links of ``examples/world`` a share is hidden, at random from a fixed seed; each measure knows the
others only. For both ends of a hidden link every place that is no partner yet is ranked: hits@k is how often the hidden
partner is among the first k (ties count in proportion), the AUC how often a hidden link has a higher score than a pair
that is none. The weights of ours were chosen on seed 0, which is left out here. Intervals: 95 %, Student's t over the
seeds. No graph is needed: the tables of the example are read.
"""

import argparse
import bisect
import csv
import random
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from statistics import mean, stdev

import networkx as nx

from graph_app._layout import EXAMPLES
from graph_app.exploration.likeness import Links

Pair = tuple[str, str]
Scores = dict[str, float]
Measure = Callable[[str], Scores]
FIRST = (10, 20, 50)
NONE = 500  # pairs that are no links, for the AUC
_STUDENT = {5: 2.776, 10: 2.262, 20: 2.093}  # 97.5 % of Student's t by the number of seeds


def world() -> tuple[list[Pair], dict[str, str]]:
    """Return the links of the world example, and the country of each place."""
    with (EXAMPLES / "world" / "links.csv").open(encoding="utf-8", newline="") as file:
        pairs = sorted(
            {(min(ends), max(ends)) for row in csv.DictReader(file) for ends in [(row["city_a"], row["city_b"])]}
        )
    with (EXAMPLES / "world" / "cities.csv").open(encoding="utf-8", newline="") as file:
        countries = {row["place_id"]: row["iso_country"] for row in csv.DictReader(file) if row["iso_country"]}
    return pairs, countries


def measures(known: Sequence[Pair], countries: dict[str, str]) -> dict[str, Measure]:
    """Return the three measures by name: each gives the score of every place for one place."""
    links = Links(known, countries)
    graph: nx.Graph[str] = nx.Graph(known)

    def of_networkx(index: Callable[..., Iterator[tuple[str, str, float]]]) -> Measure:
        def scores(city: str) -> Scores:
            others = [(city, other) for other in graph if other != city and not graph.has_edge(city, other)]
            return {other: score for _, other, score in index(graph, others)} if city in graph else {}

        return scores

    return {
        "ours": lambda city: {one.id: one.score for one in links.ranked(city)},
        "Adamic–Adar": of_networkx(nx.adamic_adar_index),
        "preferential attachment": of_networkx(nx.preferential_attachment),
    }


def once(
    pairs: Sequence[Pair], countries: dict[str, str], *, seed: int, share: float, against: int = NONE
) -> dict[str, dict[str, float]]:
    """Hide a share of ``pairs`` and return the figures of each measure, with ``against`` pairs that are no links."""
    chance = random.Random(seed)  # noqa: S311 - a split, not a secret
    hidden = chance.sample(pairs, round(share * len(pairs)))
    known = [pair for pair in pairs if pair not in set(hidden)]
    places = sorted({end for pair in pairs for end in pair})
    none = _none(places, set(pairs), chance, against)
    return {name: _figures(measure, hidden, none, len(places)) for name, measure in measures(known, countries).items()}


def _none(places: Sequence[str], pairs: set[Pair], chance: random.Random, count: int) -> list[Pair]:
    found: list[Pair] = []
    while len(found) < count:
        start, end = sorted(chance.sample(places, 2))
        if (start, end) not in pairs:
            found.append((start, end))
    return found


def _figures(measure: Measure, hidden: Sequence[Pair], none: Sequence[Pair], places: int) -> dict[str, float]:
    scores = cache(measure)
    asked = [(start, end) for pair in hidden for start, end in (pair, pair[::-1])]
    hits = {k: mean(_hit(scores(start), end, k, places) for start, end in asked) for k in FIRST}
    low = sorted(_both(scores, pair) for pair in none)
    higher = [
        (bisect.bisect_left(low, one) + bisect.bisect_right(low, one)) / 2 for one in (_both(scores, p) for p in hidden)
    ]
    return {**{f"hits@{k}": hit for k, hit in hits.items()}, "AUC": mean(higher) / len(low)}


def _hit(scores: Scores, end: str, first: int, places: int) -> float:
    """Return how likely ``end`` is among the first, if places of one score stand in any order."""
    mine = scores.get(end, 0.0)
    better = sum(score > mine for score in scores.values())
    same = sum(score == mine for score in scores.values()) + (places - len(scores) if mine == 0 else 0)
    return max(0.0, min(1.0, (first - better) / max(1, same)))


def _both(scores: Measure, pair: Pair) -> float:
    start, end = pair
    return scores(start).get(end, 0.0) + scores(end).get(start, 0.0)


def report(found: Sequence[dict[str, dict[str, float]]]) -> Iterator[str]:
    """Yield a table: a row for each measure, the mean over the seeds with its interval."""
    columns = list(found[0]["ours"])
    yield "| measure | " + " | ".join(columns) + " |"
    yield "|---|" + "---:|" * len(columns)
    for name in found[0]:
        cells = [_interval([one[name][column] for one in found]) for column in columns]
        yield f"| {name} | " + " | ".join(cells) + " |"


def _interval(values: Sequence[float]) -> str:
    half = _STUDENT.get(len(values), 2.0) * stdev(values) / len(values) ** 0.5
    return f"{mean(values):.3f} ± {half:.3f}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seeds", type=int, choices=sorted(_STUDENT), default=10)
    parser.add_argument("--share", type=float, default=0.1)
    given = parser.parse_args()
    pairs, countries = world()
    print(
        "\n".join(report([once(pairs, countries, seed=seed, share=given.share) for seed in range(1, given.seeds + 1)]))
    )


if __name__ == "__main__":
    main()
