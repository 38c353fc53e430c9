"""Refs and the people behind them: "p12", "m3", "u2", "desk" → name, address, language, telephone."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from crm.operations.ground import Ground
from crm.records.partners import Member
from crm.records.people import Person
from crm.records.staff import User


@dataclass(frozen=True)
class Entry:
    """`first` and `last` as written; `email` None when no message can reach them."""

    ref: str
    first: str
    last: str
    email: str | None
    phone: str
    language: str
    function: str = ""
    structure: str = ""
    stopped: bool = False  # said stop

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}".strip()


def entries(session: Session, ground: Ground, refs: Iterable[str]) -> dict[str, Entry]:
    """All in three queries, whatever their number."""
    wanted = set(refs)
    found = {entry.ref: entry for entry in _persons(session, _ids(wanted, "p"))}
    found |= {entry.ref: entry for entry in _members(session, _ids(wanted, "m"))}
    found |= {entry.ref: entry for entry in _users(session, _ids(wanted, "u"))}
    if "desk" in wanted:
        found["desk"] = _desk(ground)
    return found


def _ids(refs: set[str], letter: str) -> list[int]:
    return [int(ref[1:]) for ref in refs if ref[:1] == letter and ref[1:].isdigit()]


def _persons(session: Session, ids: list[int]) -> Iterable[Entry]:
    for person in session.scalars(select(Person).where(Person.id.in_(ids))) if ids else ():
        yield Entry(
            person.ref, person.first_name, person.last_name, person.email, person.phone or "", person.language,
            function=person.profession, stopped=person.opted_out_at is not None,
        )  # fmt: skip


def _members(session: Session, ids: list[int]) -> Iterable[Entry]:
    rows = select(Member).where(Member.id.in_(ids)).options(joinedload(Member.partner))
    for member in session.scalars(rows) if ids else ():
        yield Entry(
            member.ref, member.first_name, member.last_name, member.email or member.partner.shared_email,
            member.phone, member.language, member.function, member.partner.name,
        )  # fmt: skip


def _users(session: Session, ids: list[int]) -> Iterable[Entry]:
    for user in session.scalars(select(User).where(User.id.in_(ids))) if ids else ():
        yield Entry(user.ref, user.first_name, user.last_name, user.email, user.phone, user.language, user.function)


def _desk(ground: Ground) -> Entry:
    desk = ground.territory.desk
    return Entry("desk", "", ground.territory.sender.name, desk.mailbox, desk.phone, "fr")
