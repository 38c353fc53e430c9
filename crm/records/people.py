"""People and households. Contact details live here, once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm.records.base import Base
from crm.records.holds import (
    ACCOMPANY,
    ANSWER,
    CODE,
    CONSENT,
    CONTACT,
    COURSE,
    IDENTITY,
    PROJECT,
    PROVE,
    THREE_YEARS,
    holds,
)


class Household(Base):
    """People who move together; the unit of attention (one voice, one budget for each adult)."""

    __tablename__ = "household"
    __holds__ = holds(COURSE, ACCOMPANY, THREE_YEARS)

    id: Mapped[int] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]
    people: Mapped[list[Person]] = relationship(back_populates="household", order_by="Person.id")


class Person(Base):
    """A prospect, a spouse, the parent of a minor, a companion or an ambassador."""

    __tablename__ = "person"
    __holds__ = holds(COURSE, ACCOMPANY, THREE_YEARS)
    __table_args__ = (
        Index("ix_person_email_key", "email_key"),
        Index("ix_person_phone", "phone"),
        Index("ix_person_name_key", "name_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)
    first_name: Mapped[str] = mapped_column(default="", info=holds(IDENTITY, ANSWER, THREE_YEARS))
    last_name: Mapped[str] = mapped_column(default="", info=holds(IDENTITY, ANSWER, THREE_YEARS))
    email: Mapped[str | None] = mapped_column(info=holds(CONTACT, ANSWER, THREE_YEARS))  # as typed, checked
    email_key: Mapped[str | None] = mapped_column(info=holds(CONTACT, ANSWER, THREE_YEARS))  # lower case, for comparing
    phone: Mapped[str | None] = mapped_column(info=holds(CONTACT, ANSWER, THREE_YEARS))  # E.164
    # "dupont elise", no accent, lower case
    name_key: Mapped[str] = mapped_column(default="", info=holds(IDENTITY, ANSWER, THREE_YEARS))
    language: Mapped[str] = mapped_column(default="fr", info=CODE)
    profession: Mapped[str] = mapped_column(default="", info=holds(PROJECT, ANSWER, THREE_YEARS))
    opted_out_at: Mapped[datetime | None]  # said stop: nothing more leaves to this person
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    household: Mapped[Household] = relationship(back_populates="people")
    consents: Mapped[list[Consent]] = relationship(order_by="Consent.id")

    @property
    def ref(self) -> str:
        return f"p{self.id}"

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


class Consent(Base):
    """A yes or a no to one purpose, with its proof: the wording shown, the door, the moment. Append-only."""

    __tablename__ = "consent"
    __holds__ = holds(COURSE, PROVE, THREE_YEARS)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    purpose: Mapped[str] = mapped_column(info=CODE)  # "promotion", "co_applicant", …
    given: Mapped[bool]
    at: Mapped[datetime]
    # the sentence that stood beside the box, in the language read
    wording: Mapped[str] = mapped_column(info=holds(CONSENT, PROVE, THREE_YEARS))
    door: Mapped[str] = mapped_column(info=CODE)  # "form", "desk", "link", "import"
    proof: Mapped[dict[str, Any]] = mapped_column(default=dict, info=holds(CONSENT, PROVE, THREE_YEARS))
