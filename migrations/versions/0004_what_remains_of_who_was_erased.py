"""What remains of who was erased"""

import sqlalchemy as sa
from alembic import op

from crm.records.base import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "elimination",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("door", sa.String(), nullable=False),
        sa.Column("references", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_elimination")),
    )
    op.create_table(
        "passage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("journey", sa.String(), nullable=False),
        sa.Column("journey_version", sa.Integer(), nullable=False),
        sa.Column("epci", sa.String(), nullable=True),
        sa.Column("door", sa.String(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("stages", sa.JSON(), nullable=False),
        sa.Column("closing_reason", sa.String(), nullable=True),
        sa.Column("outcomes", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passage")),
    )


def downgrade() -> None:
    op.drop_table("passage")
    op.drop_table("elimination")
