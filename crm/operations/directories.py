"""Refs and the people behind them: "p12", "m3", "u2", "desk" → name, address, language, telephone."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from crm.operations.ground import Ground
from crm.records.partners import Member
from crm.records.people import Person
from crm.records.staff import User
from workflows.directory import Desk, Directory, Party
from workflows.journey import Label


def directory(session: Session, ground: Ground, refs: Iterable[str]) -> Directory:
    """All of them in three queries, whatever their number. `email` is empty when no message can reach them."""
    wanted = set(refs)
    parties = [
        *_persons(session, _ids(wanted, "p")),
        *_members(session, _ids(wanted, "m")),
        *_users(session, _ids(wanted, "u")),
        *([desk_party(ground)] if "desk" in wanted else []),
    ]
    return Directory(desk(ground), {party.ref: party for party in parties})


def party(session: Session, ground: Ground, ref: str) -> Party | None:
    return directory(session, ground, [ref]).party(ref)


def desk(ground: Ground) -> Desk:
    territory = ground.territory
    return Desk(
        name=Label(territory.title.fr, territory.title.en),
        agency=territory.agency.name,
        phone=territory.desk.phone,
        territory=Label(territory.called.fr, territory.called.en),
        inside=Label(territory.inside.fr, territory.inside.en),
    )


def desk_party(ground: Ground) -> Party:
    territory = ground.territory
    return Party("desk", last_name=territory.sender.name, email=territory.desk.mailbox, phone=territory.desk.phone)


def _ids(refs: set[str], letter: str) -> list[int]:
    return [int(ref[1:]) for ref in refs if ref[:1] == letter and ref[1:].isdigit()]


def _persons(session: Session, ids: list[int]) -> Iterable[Party]:
    columns = (Person.id, Person.first_name, Person.last_name, Person.language, Person.email, Person.phone)
    rows = select(*columns, Person.profession).where(Person.id.in_(ids))
    for number, first_name, last_name, language, email, phone, profession in session.execute(rows) if ids else ():
        yield Party(f"p{number}", first_name, last_name, language, email or "", phone or "", profession)


def _members(session: Session, ids: list[int]) -> Iterable[Party]:
    rows = select(Member).where(Member.id.in_(ids)).options(joinedload(Member.partner))
    for member in session.scalars(rows) if ids else ():
        address = member.email or member.partner.shared_email or ""
        yield Party(
            member.ref, member.first_name, member.last_name, member.language,
            address, member.phone, member.function, member.partner.name,
        )  # fmt: skip


def _users(session: Session, ids: list[int]) -> Iterable[Party]:
    for user in session.scalars(select(User).where(User.id.in_(ids))) if ids else ():
        yield Party(
            user.ref, user.first_name, user.last_name, user.language, user.email, user.phone, user.function
        )  # fmt: skip
