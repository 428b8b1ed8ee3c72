"""The numbers that an office may choose."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Rules:
    """Defaults for every agreement.

    Parameters
    ----------
    notice_days
        Days before the end from which an agreement is expiring; ``notice_days`` of the agreement itself wins.
    stalled_days
        Days without evidence after which a text that is not signed yet is stalled.
    dormant_days
        Days without an event, and without an active body, after which an agreement is dormant.
    horizon
        Last day up to which automatic renewals are counted: what renews itself would have periods without end.

    """

    notice_days: int = 90
    stalled_days: int = 180
    dormant_days: int = 365
    horizon: date = date(2075, 12, 31)
