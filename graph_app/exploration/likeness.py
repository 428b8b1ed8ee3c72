"""How likely two cities are to become sister cities, from the links that are recorded: a pure function of them.

The score of a candidate adds up four things, each of which can be said in words:

- partners of both, as Adamic and Adar count them (Social Networks 25, 2003): one over the logarithm of how many links
  each has, so that a partner of few counts more;
- ways of three links, each over the square root of how many links the two places between have (Kovács et al., Nature
  Communications 10, 2019): partners are seldom alike, but a partner's partner's partner often is;
- half the logarithm of how many links the two countries have, beside how many they would have by chance;
- half the logarithm of how many links the candidate has.

The weights 1, 1, ½ and ½ were chosen on one split of the world example and measured on others; see ``bench/partners``.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Likeness:
    """A candidate and why: partners of both, ways of three links, links of the two countries, links of its own."""

    id: str
    score: float
    shared: tuple[str, ...]
    ways: int
    between: int
    expected: float
    links: int


@dataclass
class Links:
    """Sister-city links: who has which partners, and which country each place lies in.

    Parameters
    ----------
    pairs
        The two ends of every link, in any order.
    countries
        Code of the country by place; a place without one has no chance by its country.

    """

    pairs: Iterable[tuple[str, str]]
    countries: Mapping[str, str]
    partners: dict[str, set[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.partners = defaultdict(set)
        self.between: Counter[tuple[str, str]] = Counter()
        self.abroad: Counter[str] = Counter()
        for start, end in {(min(pair), max(pair)) for pair in self.pairs if pair[0] != pair[1]}:
            self.partners[start].add(end)
            self.partners[end].add(start)
            first, second = self.countries.get(start), self.countries.get(end)
            if first and second:
                self.between[min(first, second), max(first, second)] += 1
                self.abroad.update((first, second))
        self.all = sum(self.between.values())

    def ranked(self, city: str, country: str = "") -> list[Likeness]:
        """Return every place abroad that has a link and none with ``city``, the likeliest first.

        Parameters
        ----------
        city
            Id; it need not have a link.
        country
            Code of its country, if the links do not say.

        """
        mine = self.partners.get(city, set())
        shared, ways, weights = self._reached(city, mine)
        home = self.countries.get(city) or country
        found = []
        for other, theirs in self.partners.items():
            away = self.countries.get(other, "")
            if other == city or other in mine or not theirs or (home and home == away):
                continue
            between, expected = self._countries(home, away)
            score = sum(1 / math.log(len(self.partners[one])) for one in shared[other]) + weights[other]
            score += 0.5 * math.log((between + 1) / (expected + 1)) + 0.5 * math.log(1 + len(theirs))
            found.append(
                Likeness(other, score, tuple(sorted(shared[other])), ways[other], between, expected, len(theirs))
            )
        return sorted(found, key=lambda one: (-one.score, one.id))

    def _countries(self, home: str, away: str) -> tuple[int, float]:
        """Return how many links two countries have, and how many they would have by chance."""
        if not home or not away or not self.all:
            return 0, 0.0
        expected = self.abroad[home] * self.abroad[away] / (2 * self.all)
        return self.between[min(home, away), max(home, away)], expected

    def _reached(
        self, city: str, mine: Iterable[str]
    ) -> tuple[dict[str, set[str]], Counter[str], defaultdict[str, float]]:
        """Return by place the partners shared with ``city``, the number of ways of three links, and their weight."""
        shared: dict[str, set[str]] = defaultdict(set)
        ways: Counter[str] = Counter()
        weights: defaultdict[str, float] = defaultdict(float)
        for partner in mine:
            for second in self.partners[partner] - {city}:
                shared[second].add(partner)
                weight = 1 / math.sqrt(len(self.partners[partner]) * len(self.partners[second]))
                for third in self.partners[second] - {partner, city}:
                    ways[third] += 1
                    weights[third] += weight
        return shared, ways, weights
