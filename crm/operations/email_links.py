"""The links of one e-mail, made in the transaction that freezes its bytes: their tokens are readable nowhere else."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.operations.ground import Ground
from crm.operations.links import ADDRESSES, make_link
from crm.operations.passwords import password_link
from crm.records.emails import ScheduledEmail
from crm.records.promises import LeadOffer

UNSUBSCRIBE = "link_unsubscribe"


def links_of(
    session: Session, ground: Ground, email: ScheduledEmail, names: Collection[str], at: datetime
) -> dict[str, str]:
    """Placeholder → whole address. The links of one purpose share one token."""
    tokens: dict[str, str] = {}
    found = {}
    for name in sorted(names & ADDRESSES.keys()):
        purpose, path = ADDRESSES[name]
        if name == "link_case_file" and email.recipient[:1] in "ud" and email.case_file:
            found[name] = f"{ground.public_url}/dossiers/{email.case_file.reference}"
            continue
        if purpose not in tokens:
            tokens[purpose] = token(session, email, purpose, at)
        found[name] = ground.public_url + path.format(token=tokens[purpose])
    return found


def addresses_to_show(
    _session: Session, ground: Ground, _email: ScheduledEmail, names: Collection[str], _at: datetime
) -> dict[str, str]:
    """Where the links lead, without the token that opens them: for a page that shows the e-mail to somebody else."""
    return {name: ground.public_url + ADDRESSES[name][1].format(token="…") for name in names & ADDRESSES.keys()}


def token(session: Session, email: ScheduledEmail, purpose: str, at: datetime) -> str:
    if purpose == "set_password":
        return password_link(session, email.recipient, bool(email.details.get("first")), at)
    return make_link(
        session,
        purpose,
        email.recipient,
        at,
        case_file_id=email.case_file_id,
        offer_n=offer_of(session, email),
        email_id=email.id,
    )


def offer_of(session: Session, email: ScheduledEmail) -> int | None:
    """The latest offer of this file to this recipient."""
    if not email.recipient.startswith("m"):
        return None
    return session.scalar(
        select(LeadOffer.n)
        .filter_by(case_file_id=email.case_file_id, member_id=int(email.recipient[1:]))
        .order_by(LeadOffer.n.desc())
        .limit(1)
    )
