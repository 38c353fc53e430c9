"""The accounts of the desk as an admin keeps them: each change leaves a line, and ends the sessions of whom it narrows."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from crm.operations import accounts
from crm.operations.advisors import change_advisor
from crm.operations.directory_changes import LATEST, note
from crm.operations.ground import By, Ground
from crm.operations.passwords import about_to_leave, write_password_link
from crm.records.case_files import ENDED, CaseFile
from crm.records.partners import DirectoryEntry
from crm.records.staff import User

OF_AN_ACCOUNT = ("email", "role", "language")


class AccountRefused(Exception):
    """`code` says why: own_account, nobody_takes_over."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def whole_team(session: Session) -> Sequence[User]:
    """Whoever may sign in first, then by name."""
    order = (User.active.desc(), User.last_name, User.first_name, User.id)
    return session.scalars(select(User).order_by(*order)).all()


def open_account(
    session: Session, email: str, role: str, first_name: str, last_name: str, language: str, at: datetime, by: By
) -> User:
    """The person is written a link to choose a password. Raises accounts.AlreadyThere."""
    user = accounts.add_user(
        session, email, role, at, first_name=first_name, last_name=last_name, language=language, opened_by=by.name
    )
    note(session, "account_opened", user, at, by, after={name: getattr(user, name) for name in OF_AN_ACCOUNT})
    return user


def give_role(session: Session, user: User, role: str, at: datetime, by: By) -> None:
    """Whoever is signed in with the former one signs in again. Raises AccountRefused."""
    _of_another(user, by)
    if user.role != role:
        before = user.role
        accounts.change_role(session, user, role)
        note(session, "account_role", user, at, by, {"role": before}, {"role": role})


def send_link(session: Session, user: User, at: datetime, by: By) -> None:
    """Unless one is about to leave."""
    if not about_to_leave(session, user, at):
        note(session, "account_link", user, at, by)
        write_password_link(session, user, at, opened_by=by.name)


def close_account(session: Session, ground: Ground, user: User, taker: User | None, at: datetime, by: By) -> int:
    """Ends their access at the next request; their open files go to `taker`. How many. Raises AccountRefused."""
    _of_another(user, by)
    if not user.active:
        return 0
    files = session.scalars(select(CaseFile).where(_followed_by(user)).order_by(CaseFile.id)).all()
    if files and (taker is None or taker.id == user.id or not taker.active):
        raise AccountRefused("nobody_takes_over")
    for case_file in files:
        if taker is not None:
            change_advisor(session, ground, case_file, taker, at, by)
    accounts.disable(session, user)
    note(session, "account_closed", user, at, by)
    return len(files)


def reopen_account(session: Session, user: User, at: datetime, by: By) -> None:
    if not user.active:
        accounts.enable(session, user)
        note(session, "account_reopened", user, at, by)


def files_followed(session: Session, user: User) -> int:
    return session.scalar(select(func.count()).select_from(CaseFile).where(_followed_by(user))) or 0


def who_may_take_over(session: Session, user: User) -> Sequence[User]:
    """Advisors; failing them, anybody else who may sign in."""
    others = [each for each in whole_team(session) if each.active and each.id != user.id]
    return [each for each in others if each.role == "advisor"] or others


def account_changes(session: Session) -> Sequence[DirectoryEntry]:
    query = select(DirectoryEntry).where(DirectoryEntry.said.startswith("account_", autoescape=True))
    return session.scalars(query.order_by(DirectoryEntry.at.desc(), DirectoryEntry.id.desc()).limit(LATEST)).all()


def _followed_by(user: User) -> ColumnElement[bool]:
    return (CaseFile.advisor_id == user.id) & CaseFile.stage.not_in(ENDED)


def _of_another(user: User, by: By) -> None:
    """Nobody closes or lowers their own account: there is always somebody left who can open one."""
    if user.ref == by.ref:
        raise AccountRefused("own_account")
