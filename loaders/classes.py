"""What kind of change a change is, so that the few that matter are seen among the many that do not.

* ``removal``    something is deleted, or a claim no longer stands
* ``structural`` an entity or a tie is new, has other labels, or stands again
* ``factual``    a property says something else, or another source says it
* ``cosmetic``   only the spelling differs, or the words of the evidence
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any, Literal

from graph_app.text import squash
from loaders.facts import ORIGINAL, set_aside
from loaders.plan import Change, EntityChange, Plan, differences
from loaders.staging.staged import StagedPlan

ChangeClass = Literal["removal", "structural", "factual", "cosmetic"]
CLASSES: tuple[ChangeClass, ...] = ("removal", "structural", "factual", "cosmetic")
_EVIDENCE = "EVIDENCED_BY"
_WORDS = frozenset({"source_line", "quote", "note", "file", "row_line", "rank_reason", "properties", "differs"})


def class_of(change: Change) -> ChangeClass:
    """Return the class of ``change``."""
    if not change.after or _falls(change):
        return "removal"
    if isinstance(change, EntityChange):
        return "structural" if change.labels != change.had else _by_fields(change)
    if change.before is None:
        return "factual" if change.type == _EVIDENCE else "structural"
    return "structural" if set_aside(change.before) else _by_fields(change)


def counts(changes: Iterable[Change]) -> dict[ChangeClass, int]:
    """Return how many of ``changes`` there are of each class, the gravest first."""
    found = Counter(map(class_of, changes))
    return {name: found[name] for name in CLASSES}


def of_plan(plan: Plan) -> dict[ChangeClass, int]:
    """Return how many changes of ``plan`` there are of each class; of one in files it is told without reading them."""
    if not isinstance(plan, StagedPlan):
        return counts(plan.steps())
    evidence = plan.classes[_EVIDENCE]  # and all is new
    return {"removal": 0, "structural": plan.classes.total() - evidence, "factual": evidence, "cosmetic": 0}


def _falls(change: Change) -> bool:
    """Whether what stood is set aside."""
    return set_aside(change.after) and change.before is not None and not set_aside(change.before)


def _by_fields(change: Change) -> ChangeClass:
    """Return the class of what stays and says something else."""
    alike = (_is_words(name) or _spelled_alike(old, new) for name, old, new in differences(change))
    return "cosmetic" if all(alike) else "factual"


def _is_words(name: str) -> bool:
    return name in _WORDS or name.startswith(ORIGINAL)


def _spelled_alike(old: Any, new: Any) -> bool:  # noqa: ANN401 - any property
    if isinstance(old, str) and isinstance(new, str):
        return squash(old) == squash(new)
    if isinstance(old, list) and isinstance(new, list):
        return {squash(str(item)) for item in old} == {squash(str(item)) for item in new}
    return bool(old == new)
