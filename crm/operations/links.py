"""Capability links. The token goes into one e-mail; the database keeps its digest, and what it may do."""

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.records.links import Link

ADDRESSES: dict[str, tuple[str, str]] = {
    "link_accept": ("lead_offer", "/p/proposition/{token}?reponse=oui"),
    "link_forward": ("lead_offer", "/p/proposition/{token}?reponse=transmettre"),
    "link_decline": ("lead_offer", "/p/proposition/{token}?reponse=non"),
    "link_met": ("led_file", "/p/suivi/{token}?geste=rendez-vous"),
    "link_unreachable": ("led_file", "/p/suivi/{token}?geste=injoignable"),
    "link_hand_back": ("led_file", "/p/suivi/{token}?geste=rendre"),
    "link_case_file": ("led_file", "/p/suivi/{token}"),
    "link_called_yes": ("called", "/p/appel/{token}?reponse=oui"),
    "link_called_no": ("called", "/p/appel/{token}?reponse=non"),
    "link_unsubscribe": ("unsubscribe", "/p/arret/{token}"),
    "link_set_password": ("set_password", "/mot-de-passe/{token}"),
}
"""Placeholder of a text → the purpose of its link and the page it opens (after the public address)."""


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def make_link(
    session: Session,
    purpose: str,
    for_ref: str,
    at: datetime,
    *,
    case_file_id: int | None = None,
    offer_n: int | None = None,
    email_id: int | None = None,
    ends_at: datetime | None = None,
) -> str:
    """The token (256 bits, URL-safe) of a new link; it is not readable again afterwards."""
    token = secrets.token_urlsafe(32)
    remember_link(
        session,
        token,
        purpose,
        at,
        for_ref,
        case_file_id=case_file_id,
        offer_n=offer_n,
        email_id=email_id,
        ends_at=ends_at,
    )
    return token


def remember_link(
    session: Session,
    token: str,
    purpose: str,
    at: datetime,
    for_ref: str = "",
    *,
    case_file_id: int | None = None,
    offer_n: int | None = None,
    email_id: int | None = None,
    ends_at: datetime | None = None,
) -> None:
    """A token that a form drew: what it makes happens once, since a digest is kept once."""
    session.add(
        Link(
            token_hash=digest(token),
            purpose=purpose,
            for_ref=for_ref,
            case_file_id=case_file_id,
            offer_n=offer_n,
            email_id=email_id,
            made_at=at,
            ends_at=ends_at,
        )
    )
    session.flush()


def open_link(session: Session, token: str, purpose: str, at: datetime) -> Link | None:
    """The link of that token, if it is for that purpose and has not ended."""
    link = session.scalars(select(Link).filter_by(token_hash=digest(token[:200]), purpose=purpose)).one_or_none()
    if link is None or (link.ends_at is not None and link.ends_at <= at):
        return None
    return link
