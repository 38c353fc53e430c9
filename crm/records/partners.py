"""Partner structures, their members, and who is away when. Seeded from the territory; the database then rules."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm.records.base import Base
from crm.records.holds import CODE, COLLEAGUE, FOR_GOOD, IN_POST, NOTHING, PROVE, WORK_TOGETHER, holds


class Partner(Base):
    """An organisation that may lead case files: chamber, EPCI, health desk, CPTS, university, tourist office."""

    __tablename__ = "partner"
    __holds__ = holds(NOTHING, WORK_TOGETHER, FOR_GOOD)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True, info=CODE)  # its key in partners.yaml
    name: Mapped[str] = mapped_column(info=CODE)
    kind: Mapped[str] = mapped_column(info=CODE)
    epcis: Mapped[list[Any]] = mapped_column(default=list, info=CODE)  # SIREN; empty: the whole territory
    # {"journeys": […], "trades": […], "needs": […]}
    competences: Mapped[dict[str, Any]] = mapped_column(default=dict, info=CODE)
    shared_email: Mapped[str | None] = mapped_column(info=holds(COLLEAGUE, WORK_TOGETHER, IN_POST))
    phone: Mapped[str] = mapped_column(default="", info=holds(COLLEAGUE, WORK_TOGETHER, IN_POST))
    active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)

    members: Mapped[list[Member]] = relationship(back_populates="partner", order_by="Member.id")


class Member(Base):
    """A person in a partner structure who may be asked to lead. An offer goes to a member, never to a mailbox."""

    __tablename__ = "member"
    __holds__ = holds(NOTHING, WORK_TOGETHER, IN_POST)

    id: Mapped[int] = mapped_column(primary_key=True)
    partner_id: Mapped[int] = mapped_column(ForeignKey("partner.id"), index=True)
    first_name: Mapped[str] = mapped_column(info=holds(COLLEAGUE, WORK_TOGETHER, IN_POST))
    last_name: Mapped[str] = mapped_column(info=holds(COLLEAGUE, WORK_TOGETHER, IN_POST))
    function: Mapped[str] = mapped_column(default="", info=holds(COLLEAGUE, WORK_TOGETHER, IN_POST))
    email: Mapped[str | None] = mapped_column(info=holds(COLLEAGUE, WORK_TOGETHER, IN_POST))
    phone: Mapped[str] = mapped_column(default="", info=holds(COLLEAGUE, WORK_TOGETHER, IN_POST))
    language: Mapped[str] = mapped_column(default="fr", info=CODE)
    ceiling: Mapped[int] = mapped_column(default=8)  # case files led at once
    correspondent: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)

    partner: Mapped[Partner] = relationship(back_populates="members")

    @property
    def ref(self) -> str:
        return f"m{self.id}"

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


class Absence(Base):
    """Somebody is away, both days included; meanwhile their substitute is asked. `who` and `substitute` are refs."""

    __tablename__ = "absence"
    __holds__ = holds(NOTHING, WORK_TOGETHER, IN_POST)
    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="ends_after_it_starts"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    who: Mapped[str] = mapped_column(index=True, info=CODE)  # "m3" or "u2"
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    substitute: Mapped[str | None] = mapped_column(info=CODE)


class DirectoryEntry(Base):
    """What was changed in the directory: who, when, what stood there before and after. Append-only."""

    __tablename__ = "directory_entry"
    __holds__ = holds(NOTHING, PROVE, IN_POST)

    id: Mapped[int] = mapped_column(primary_key=True)
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("partner.id"), index=True)  # None: the desk's own team
    at: Mapped[datetime]
    # code of the sentence shown: "partner_corrected", "absence_recorded", …
    said: Mapped[str] = mapped_column(info=CODE)
    about: Mapped[str] = mapped_column(info=CODE)  # ref of the person; empty for the structure itself
    about_name: Mapped[str] = mapped_column(default="", info=holds(COLLEAGUE, PROVE, IN_POST))  # as it was then
    # {field: [before, after]}
    changes: Mapped[dict[str, Any]] = mapped_column(default=dict, info=holds(COLLEAGUE, PROVE, IN_POST))
    who: Mapped[str] = mapped_column(info=CODE)
    who_name: Mapped[str] = mapped_column(default="", info=holds(COLLEAGUE, PROVE, IN_POST))
    door: Mapped[str] = mapped_column(info=CODE)
