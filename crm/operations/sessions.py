"""Who is signed in: a session is a row, the cookie holds its token; deleting the row ends it at the next request."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from crm.operations.links import digest
from crm.records.staff import User, WebSession

SESSION_LIVES = timedelta(hours=14)  # a working day; signing in again each morning


@dataclass(frozen=True)
class SignedIn:
    """A plain value: who is signed in at this request. Role and state are read from the database at each request."""

    id: int
    ref: str
    name: str
    role: str
    language: str
    email: str
    function: str
    token: str
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """What the cookie holds: the token of the session, never the number of the user."""
        return self.token


def open_session(session: Session, user: User, at: datetime) -> str:
    token = secrets.token_urlsafe(32)
    session.execute(delete(WebSession).where(WebSession.created_at <= at - SESSION_LIVES))
    session.add(WebSession(token_hash=digest(token), user_id=user.id, created_at=at, seen_at=at))
    session.flush()
    return token


def signed_in(session: Session, token: str, at: datetime) -> SignedIn | None:
    """Whose session that is, if it still is one and its account is open."""
    found = session.execute(
        select(WebSession.created_at, User)
        .join(User)
        .where(WebSession.token_hash == digest(token[:200]), User.active, WebSession.created_at > at - SESSION_LIVES)
    ).one_or_none()
    if found is None:
        return None
    user = found.User
    return SignedIn(user.id, user.ref, user.name, user.role, user.language, user.email, user.function, token)


def sign_out(session: Session, token: str) -> None:
    session.execute(delete(WebSession).filter_by(token_hash=digest(token)))


def end_access(session: Session, user: User) -> None:
    """Ends at the next request of every browser signed in as that person."""
    session.execute(delete(WebSession).filter_by(user_id=user.id))
