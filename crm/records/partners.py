"""Partner structures, their members, and who is away when. Seeded from the territory; the database then rules."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm.records.base import PERSONAL, Base


class Partner(Base):
    """An organisation that may lead case files: chamber, EPCI, health desk, CPTS, university, tourist office."""

    __tablename__ = "partner"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)  # its key in partners.yaml
    name: Mapped[str]
    kind: Mapped[str]
    epcis: Mapped[list[Any]] = mapped_column(default=list)  # SIREN; empty: the whole territory
    competences: Mapped[dict[str, Any]] = mapped_column(default=dict)  # {"journeys": […], "trades": […], "needs": […]}
    shared_email: Mapped[str | None]
    phone: Mapped[str] = mapped_column(default="")
    active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)

    members: Mapped[list[Member]] = relationship(back_populates="partner", order_by="Member.id")


class Member(Base):
    """A person in a partner structure who may be asked to lead. An offer goes to a member, never to a mailbox."""

    __tablename__ = "member"

    id: Mapped[int] = mapped_column(primary_key=True)
    partner_id: Mapped[int] = mapped_column(ForeignKey("partner.id"), index=True)
    first_name: Mapped[str] = mapped_column(info=PERSONAL)
    last_name: Mapped[str] = mapped_column(info=PERSONAL)
    function: Mapped[str] = mapped_column(default="")
    email: Mapped[str | None] = mapped_column(info=PERSONAL)
    phone: Mapped[str] = mapped_column(default="", info=PERSONAL)
    language: Mapped[str] = mapped_column(default="fr")
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
    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="ends_after_it_starts"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    who: Mapped[str] = mapped_column(index=True)  # "m3" or "u2"
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    substitute: Mapped[str | None]


class DirectoryEntry(Base):
    """What was changed in the directory: who, when, what stood there before and after. Append-only."""

    __tablename__ = "directory_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("partner.id"), index=True)  # None: the desk's own team
    at: Mapped[datetime]
    said: Mapped[str]  # code of the sentence shown: "partner_corrected", "absence_recorded", …
    about: Mapped[str]  # ref of the person; empty for the structure itself
    about_name: Mapped[str] = mapped_column(default="", info=PERSONAL)  # as it was then
    changes: Mapped[dict[str, Any]] = mapped_column(default=dict, info=PERSONAL)  # {field: [before, after]}
    who: Mapped[str]
    who_name: Mapped[str] = mapped_column(default="", info=PERSONAL)
    door: Mapped[str]
