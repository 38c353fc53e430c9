"""Lists that do not grow slower with what they list"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TO_COME = sa.text("status IN ('waiting', 'held', 'ready', 'sending')")
NOT_SENT = sa.text("status IN ('dead', 'withdrawn', 'skipped')")
MUTED = sa.text("muted_until IS NOT NULL")


def upgrade() -> None:
    op.drop_index("ix_case_file_epci", table_name="case_file")
    op.create_index("ix_case_file_epci_next_due_at", "case_file", ["epci", "next_due_at", "id"])
    op.create_index("ix_case_file_advisor_next_due_at", "case_file", ["advisor_id", "next_due_at", "id"])
    _partial("ix_case_file_muted_until", "case_file", ["muted_until"], MUTED)
    _partial("ix_scheduled_email_to_come", "scheduled_email", ["leave_at", "id"], TO_COME)
    _partial("ix_scheduled_email_not_sent", "scheduled_email", ["due_at", "id"], NOT_SENT)


def downgrade() -> None:
    op.drop_index("ix_scheduled_email_not_sent", table_name="scheduled_email")
    op.drop_index("ix_scheduled_email_to_come", table_name="scheduled_email")
    op.drop_index("ix_case_file_muted_until", table_name="case_file")
    op.drop_index("ix_case_file_advisor_next_due_at", table_name="case_file")
    op.drop_index("ix_case_file_epci_next_due_at", table_name="case_file")
    op.create_index("ix_case_file_epci", "case_file", ["epci"])


def _partial(name: str, table: str, columns: list[str], where: sa.TextClause) -> None:
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
