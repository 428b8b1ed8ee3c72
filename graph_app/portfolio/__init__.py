"""All agreements of the graph as one portfolio: how each stands on a day, counted, filtered, ordered and compared."""

from graph_app.portfolio.counts import Counts, counts
from graph_app.portfolio.facets import ATTENTION, FACETS, Choice, Facet, chosen, counted
from graph_app.portfolio.instruments import Instrument, Portfolio, portfolio
from graph_app.portfolio.shelf import Shelf

__all__ = [
    "ATTENTION",
    "FACETS",
    "Choice",
    "Counts",
    "Facet",
    "Instrument",
    "Portfolio",
    "Shelf",
    "chosen",
    "counted",
    "counts",
    "portfolio",
]
