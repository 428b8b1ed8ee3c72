"""What of a picture is let through: by type, kind, state, country, subject, certainty, source, and on which day."""

from graph_app.sieve.ahead import passing
from graph_app.sieve.counting import Value, counted
from graph_app.sieve.sifting import Sifted, let_through
from graph_app.sieve.wish import FACETS, PARTS, Sieve
from graph_app.sieve.words import Namer, reasons
from graph_app.sieve.years import Year, years

__all__ = [
    "FACETS",
    "PARTS",
    "Namer",
    "Sieve",
    "Sifted",
    "Value",
    "Year",
    "counted",
    "let_through",
    "passing",
    "reasons",
    "years",
]
