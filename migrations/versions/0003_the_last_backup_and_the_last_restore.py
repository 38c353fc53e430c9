"""The last backup and the last restore"""

import sqlalchemy as sa
from alembic import op

from crm.records.base import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("installation", sa.Column("backed_up_at", UtcDateTime(), nullable=True))
    op.add_column("installation", sa.Column("restored_at", UtcDateTime(), nullable=True))


def downgrade() -> None:
    """Without a batch, which would make the table again and forget its CHECK."""
    op.drop_column("installation", "restored_at")
    op.drop_column("installation", "backed_up_at")
