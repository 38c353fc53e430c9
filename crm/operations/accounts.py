"""Accounts of the desk: who may sign in, as what, and how brute force is slowed down."""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from crm.operations.attempts import Counted, Limit, count, forget, sweep
from crm.operations.passwords import HASHER, as_key, matches, user_with, write_password_link
from crm.operations.sessions import end_access, open_session
from crm.records.staff import User

ROLES = ("advisor", "manager", "admin")

FROM_ONE_BROWSER = Limit("sign_in_known", 5, timedelta(minutes=1))
FROM_ONE_NETWORK = Limit("sign_in_here", 5, timedelta(minutes=1))
FROM_STRANGERS = Limit("sign_in_anywhere", 30, timedelta(minutes=15))
BY_ONE_NETWORK = Limit("sign_in_network", 100, timedelta(minutes=15))


class AlreadyThere(ValueError):
    """An account with that address exists."""


def add_user(
    session: Session,
    email: str,
    role: str,
    at: datetime,
    *,
    first_name: str = "",
    last_name: str = "",
    function: str = "",
    phone: str = "",
    language: str = "fr",
    epcis: tuple[str, ...] = (),
    password: str | None = None,
    opened_by: str = "",
) -> User:
    """Opens an account. Without a password, the person is written a link to choose one. Raises AlreadyThere."""
    if role not in ROLES:
        raise ValueError(f"{role!r} is not a role; the roles are {', '.join(ROLES)}")
    if user_with(session, email) is not None:
        raise AlreadyThere(email)
    user = User(
        email=as_key(email), first_name=first_name, last_name=last_name, function=function, phone=phone, role=role,
        language=language, epcis=list(epcis), password=password and HASHER.hash(password), active=True, created_at=at,
    )  # fmt: skip
    session.add(user)
    session.flush()
    if password is None:
        write_password_link(session, user, at, opened_by=opened_by)
    return user


def count_sign_in(session: Session, email: str, network: str, known_browser: str | None, at: datetime) -> Counted:
    """Counts a try before the password is looked at. A browser in which this person signed in before has a counter of
    its own, so that strangers who try an address make its owner wait for nothing."""
    address = as_key(email)
    if known_browser:
        return count(session, FROM_ONE_BROWSER, f"{address} {known_browser}", at)
    counted = [
        count(session, FROM_ONE_NETWORK, f"{address} {network}", at),
        count(session, FROM_STRANGERS, address, at),
        count(session, BY_ONE_NETWORK, network, at),
    ]
    return max(counted, key=lambda each: (each.until is not None, each.until or at, -each.left))


def sign_in(session: Session, email: str, password: str, network: str, at: datetime) -> str | None:
    """The token of a new session, or None, without saying which of the two was wrong."""
    user = user_with(session, email)
    if not matches(user, password) or user is None or not user.active:
        return None
    forget(session, FROM_ONE_NETWORK, f"{user.email} {network}")
    sweep(session, at)
    return open_session(session, user, at)


def change_role(session: Session, user: User, role: str) -> None:
    if role not in ROLES:
        raise ValueError(f"{role!r} is not a role; the roles are {', '.join(ROLES)}")
    user.role = role
    end_access(session, user)


def disable(session: Session, user: User) -> None:
    user.active = False
    end_access(session, user)


def enable(session: Session, user: User) -> None:
    user.active = True


def names_of(session: Session, user_id: int) -> dict[str, str]:
    user = session.get_one(User, user_id)
    return {"first_name": user.first_name, "last_name": user.last_name}


def correct_name(session: Session, user_id: int, first_name: str, last_name: str) -> None:
    """As prospects, partners and colleagues read it from then on."""
    session.execute(update(User).filter_by(id=user_id).values(first_name=first_name, last_name=last_name))


def choose_language(session: Session, user_id: int, language: str) -> None:
    session.execute(update(User).filter_by(id=user_id).values(language=language))
