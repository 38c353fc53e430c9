"""What this database is: a sandbox or not, how far it was played, when the clock last turned."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crm.records.base import Base
from crm.records.holds import CODE, FOR_GOOD, MESSAGE, NOTHING, RUN, UNTIL_SENT, holds


class Installation(Base):
    """One row."""

    __tablename__ = "installation"
    __holds__ = holds(NOTHING, RUN, FOR_GOOD)
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    territory: Mapped[str] = mapped_column(info=CODE)
    sandbox: Mapped[bool] = mapped_column(default=False)
    demo: Mapped[bool] = mapped_column(default=False)
    set_up_at: Mapped[datetime]
    played_until: Mapped[datetime | None]  # sandbox: the last instant played
    clock_turned_at: Mapped[datetime | None]
    sending_stopped_at: Mapped[datetime | None]  # 5xx at login or MAIL: the queue waits for a person
    sending_stopped_why: Mapped[str | None] = mapped_column(info=holds(MESSAGE, RUN, UNTIL_SENT))
    next_reference: Mapped[int] = mapped_column(default=1)
    backed_up_at: Mapped[datetime | None]  # the last backup that passed its trial
    restored_at: Mapped[datetime | None]  # what was due before is held, until a person releases it


class ImportedLine(Base):
    """A line of a file already imported, by its digest: a second run creates and changes nothing."""

    __tablename__ = "imported_line"
    __holds__ = holds(NOTHING, RUN, FOR_GOOD)
    __table_args__ = (UniqueConstraint("digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(info=CODE)
    case_file_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"))
    outcome: Mapped[str] = mapped_column(info=CODE)
    at: Mapped[datetime]
