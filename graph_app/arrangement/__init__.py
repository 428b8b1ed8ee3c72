"""How a picture is arranged: in which layout, what is pinned where, what is gathered into stacks, how large discs are.

All of it is a pure function of what is drawn and of the wish in the address: the same address is the same picture in
every browser, on every day, and nothing moves while one looks.
"""

from graph_app.arrangement.arranging import arranged
from graph_app.arrangement.wish import Arrangement

__all__ = ["Arrangement", "arranged"]
