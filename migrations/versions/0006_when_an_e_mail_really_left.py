"""When an e-mail really left, beside the instant from which the rules count"""

import sqlalchemy as sa
from alembic import op

from crm.records.base import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("scheduled_email", sa.Column("dated_at", UtcDateTime(), nullable=True))
    op.execute("UPDATE scheduled_email SET dated_at = sent_at WHERE case_file_id IS NOT NULL")


def downgrade() -> None:
    """Without a batch, which would make the table again and forget its partial indexes."""
    op.execute("UPDATE scheduled_email SET sent_at = dated_at WHERE dated_at IS NOT NULL")
    op.drop_column("scheduled_email", "dated_at")
