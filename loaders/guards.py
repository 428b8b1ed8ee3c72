"""Where a load stops and asks: too many rows absent, rejected or changed, or too few of them there at all.

A plan that a guard stops is shown and can be kept, and is not written unless the exact number is accepted. So a file
that was cut off in the middle does not take half of the graph with it.
"""

from collections.abc import Iterator, Mapping

from graph_app.errors import N_, LoadError, PeyvandError
from loaders.mapping import MappingFile
from loaders.plan import Block, Plan, TableCount

REMOVALS, REJECTS, UPDATES, ROWS = "removals", "rejects", "updates", "rows"
Accepted = Mapping[str, int | None]  # by guard, the number that somebody accepts
NOTHING: Accepted = {}
_SENTENCES = {
    REMOVALS: N_("%(table)s: %(number)s of %(of)s known rows are absent; %(limit)s %% may be."),
    REJECTS: N_("%(table)s: %(number)s of %(of)s rows are rejected; %(limit)s %% may be."),
    UPDATES: N_("%(table)s: %(number)s of %(of)s rows change; %(limit)s %% may."),
    ROWS: N_("%(table)s: %(number)s rows are there; at least %(limit)s should be."),
}


def blocks(mapping: MappingFile, tables: tuple[TableCount, ...]) -> tuple[Block, ...]:
    """Return the guards of ``mapping`` that stop a load with these counts."""
    return tuple(block for table in tables for block in _blocks(mapping, table))


def _blocks(mapping: MappingFile, table: TableCount) -> Iterator[Block]:
    rule = mapping.guards_of(mapping.by_file[table.table])
    if rule.min_rows is not None and mapping.whole(mapping.by_file[table.table]) and table.read < rule.min_rows:
        yield Block(ROWS, table.table, table.read, rule.min_rows, rule.min_rows)
    shares = (
        (REMOVALS, table.absent, table.known, rule.max_absent_percent),
        (REJECTS, table.rejected, table.read, rule.max_reject_percent),
        (UPDATES, table.updated, table.known, rule.max_update_percent),
    )
    for guard, number, of, limit in shares:
        if limit is not None and of and 100 * number > limit * of:
            yield Block(guard, table.table, number, of, limit)


def numbers(plan: Plan) -> dict[str, int]:
    """Return what has to be accepted before ``plan`` can be written: by guard, the sum over the tables it stops."""
    found: dict[str, int] = {}
    for block in plan.blocks:
        found[block.guard] = found.get(block.guard, 0) + block.number
    return found


def refuse(plan: Plan, accepted: Accepted) -> None:
    """Refuse a plan that a guard stops, unless exactly its numbers are ``accepted``.

    Raises
    ------
    LoadError
        If they are not; the message names the first guard, the hint all that is to be accepted.

    """
    open_ = {guard: number for guard, number in numbers(plan).items() if accepted.get(guard) != number}
    if open_:
        reason = next(told(block) for block in plan.blocks if block.guard in open_)
        options = " ".join(f"--accept-{guard} {number}" for guard, number in open_.items())
        message = N_("The plan is blocked: %(reason)s")
        raise LoadError(message, N_("If that is right, say so: %(options)s"), reason=reason, options=options)


def told(block: Block) -> PeyvandError:
    """Return the sentence that says why ``block`` stops a plan."""
    limit = f"{block.limit:g}"
    values = {"table": block.table, "number": block.number, "of": block.of, "limit": limit}
    return LoadError(_SENTENCES[block.guard], **values)
