"""Who did what. Triggers keep the lines as they are; what a later line of the kind “cut” allows may be removed."""

import sqlalchemy as sa
from alembic import op

from graph_app.database.tables.base import Moment

revision = "0012"
down_revision = "0011"

_SQLITE = (
    """CREATE TRIGGER audit_unchanged BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'lines of the audit are never changed'); END""",
    # ``INSERT OR REPLACE`` removes a line without asking the other triggers
    """CREATE TRIGGER audit_unreplaced BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'lines of the audit are never replaced'); END""",
    """CREATE TRIGGER audit_kept BEFORE DELETE ON audit
    WHEN OLD.until IS NOT NULL OR OLD.at >= coalesce((SELECT max(until) FROM audit), '')
    BEGIN SELECT RAISE(ABORT, 'lines of the audit are removed by a cut only'); END""",
)
_POSTGRESQL = (
    """CREATE FUNCTION audit_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'DELETE' THEN
        IF OLD.until IS NULL AND OLD.at < (SELECT max(until) FROM audit) THEN RETURN OLD; END IF;
      END IF;
      RAISE EXCEPTION 'lines of the audit are never changed, and removed by a cut only';
    END $$""",
    """CREATE TRIGGER audit_kept BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_kept()""",
    """CREATE TRIGGER audit_whole BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_kept()""",
)


def upgrade() -> None:
    """Make the table and what guards it."""
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("who", sa.String(254), nullable=False),
        sa.Column("user", sa.Integer),
        sa.Column("means", sa.String(10), nullable=False),
        sa.Column("about", sa.String(400), nullable=False),
        sa.Column("route", sa.String(80), nullable=False),
        sa.Column("details", sa.Text),
        sa.Column("address", sa.String(45), nullable=False),
        sa.Column("request", sa.String(64), nullable=False),
        sa.Column("outcome", sa.String(10), nullable=False),
        sa.Column("until", Moment),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        sa.CheckConstraint("until IS NULL OR until <= at", name="ck_audit_until"),
    )
    for column in ("at", "until"):
        op.create_index(f"ix_audit_{column}", "audit", [column])
    for trigger in _POSTGRESQL if op.get_bind().dialect.name == "postgresql" else _SQLITE:
        op.execute(trigger)


def downgrade() -> None:
    """Remove it; what was done is forgotten."""
    op.drop_table("audit")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_kept()")
