"""Where an entity is found that was merged into another one: old addresses and old pictures go on working."""

from collections.abc import Collection

from graph_app.graph.statements import statement
from graph_app.graph.store import Store


def instead(store: Store, ids: Collection[str]) -> dict[str, str]:
    """Return for those of ``ids`` that were merged into another entity the id of that one."""
    if not ids:
        return {}
    return {row["id"]: row["kept"] for row in store.table(statement("merged_into"), {"ids": list(ids)}, rows=len(ids))}
