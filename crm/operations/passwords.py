"""Passwords: kept as argon2 hashes, chosen by a link that serves once."""

import secrets
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from crm.operations.attempts import Limit, count
from crm.operations.links import make_link, open_link
from crm.operations.sessions import end_access, open_session
from crm.records.emails import ScheduledEmail
from crm.records.links import Link
from crm.records.staff import User

FIRST_LINK_LIVES = timedelta(days=7)  # the first password: the person may be away on the day it is sent
RESET_LINK_LIVES = timedelta(minutes=10)  # asked for by somebody who sits before the screen
SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 200
A_MOMENT = timedelta(seconds=30)
ASKED_FOR_A_LINK = Limit("password_link", 3, timedelta(minutes=15))

HASHER = PasswordHasher()
NOBODY = HASHER.hash(secrets.token_urlsafe(16))  # what a password is compared with when the address is unknown


class PasswordRefused(ValueError):
    """Too short, too long, or the address itself; `code` says which."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def ask_for_password(session: Session, email: str, at: datetime) -> bool:
    """Writes a link to that address if an open account has it. False when asked too often; nothing else is told."""
    if count(session, ASKED_FOR_A_LINK, as_key(email), at).too_many:
        return False
    user = user_with(session, email)
    if user is not None and user.active and not about_to_leave(session, user, at):
        write_password_link(session, user, at)
    return True


def about_to_leave(session: Session, user: User, at: datetime) -> bool:
    """Asked for twice in a moment (a double click), one link is enough."""
    waiting = select(ScheduledEmail.id).where(
        ScheduledEmail.rule == "set_password", ScheduledEmail.recipient == user.ref,
        ScheduledEmail.status.in_(("ready", "sending")), ScheduledEmail.due_at > at - A_MOMENT,
    )  # fmt: skip
    return session.scalars(waiting.limit(1)).first() is not None


def write_password_link(session: Session, user: User, at: datetime, opened_by: str = "") -> ScheduledEmail:
    """The link itself is made when the message is (`password_link`): the row holds none."""
    number = f"{at:%Y%m%dT%H%M%S%f}"
    email = ScheduledEmail(
        key=f"-/set_password/{number}/{user.ref}", case_file_id=None, rule="set_password", text="set_password",
        occurrence=number, recipient=user.ref, status="ready", due_at=at, leave_at=at,
        details={"first": user.password is None, "opened_by": opened_by},
    )  # fmt: skip
    session.add(email)
    session.flush()
    return email


def password_link(session: Session, user_ref: str, first: bool, at: datetime) -> str:
    """The token to write in the message: it serves once."""
    return make_link(session, "set_password", user_ref, at, ends_at=link_ends(first, at))


def link_ends(first: bool, at: datetime) -> datetime:
    """Seven days for a first password, ten minutes for a new one."""
    return at + (FIRST_LINK_LIVES if first else RESET_LINK_LIVES)


def whose_password(session: Session, token: str, at: datetime) -> tuple[Link, User] | None:
    """The link and its person while it may still be used."""
    link = open_link(session, token, "set_password", at)
    if link is None or link.used_at is not None:
        return None
    user = session.get(User, int(link.for_ref[1:]))
    return (link, user) if user is not None and user.active else None


def choose_password(session: Session, link: Link, user: User, password: str, at: datetime) -> str | None:
    """Uses the link up, ends every session and every other link of that person, opens a session here.
    None when the link was used meanwhile. Raises PasswordRefused."""
    check_password(password, user.email)
    if not _use(session, link, at):
        return None
    user.password = HASHER.hash(password)
    end_access(session, user)
    session.execute(update(Link).filter_by(purpose="set_password", for_ref=user.ref, used_at=None).values(used_at=at))
    return open_session(session, user, at)


def check_password(password: str, email: str) -> None:
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordRefused("too_short")
    if len(password) > LONGEST_PASSWORD:
        raise PasswordRefused("too_long")
    if password.casefold().strip() == email or len(set(password)) < 4:
        raise PasswordRefused("too_simple")


def matches(user: User | None, password: str) -> bool:
    """The same work whether or not there is somebody, or a password."""
    hashed = user.password if user is not None and user.password else NOBODY
    try:
        HASHER.verify(hashed, password[: LONGEST_PASSWORD + 1])
    except (VerificationError, InvalidHashError):
        return False
    return hashed is not NOBODY


def user_with(session: Session, email: str) -> User | None:
    return session.scalars(select(User).filter_by(email=as_key(email))).one_or_none()


def as_key(email: str) -> str:
    """An address as it is compared; PostgreSQL keeps no NUL in a text."""
    return email.replace("\0", "").strip().casefold()[:320]


def _use(session: Session, link: Link, at: datetime) -> bool:
    used = session.execute(update(Link).where(Link.id == link.id, Link.used_at.is_(None)).values(used_at=at))
    return bool(getattr(used, "rowcount", 0))
