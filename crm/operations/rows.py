"""Situation ↔ rows. The e-mails, deadlines and offers of a file are rows of their own; the rest is one JSON column."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from sqlalchemy import Executable, Table, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from crm.records.case_files import CaseFile
from crm.records.emails import ScheduledEmail
from crm.records.promises import Deadline, LeadOffer
from workflows.journey import Journey
from workflows.situation import Mail, MailKey, MailStatus, Offer, Reason, Running, Situation
from workflows.storing import from_plain, to_plain

EMAILS = cast(Table, ScheduledEmail.__table__)
DEADLINES = cast(Table, Deadline.__table__)
OFFERS = cast(Table, LeadOffer.__table__)

KEPT = (
    "case_file_id",
    "rule",
    "occurrence",
    "recipient",
    "status",
    "situation",
    "why",
    "due_at",
    "leave_at",
    "dated_at",
)


def of_files(table: Table, *columns: Any) -> Any:
    ours = table.c.case_file_id.in_(bindparam("ids", expanding=True))
    return select(*columns).where(ours).order_by(table.c.id)


# built once: this is asked at every act and every instant of every file
OF_FILES = {
    EMAILS.name: of_files(EMAILS, *(EMAILS.c[name] for name in KEPT)),
    DEADLINES.name: of_files(DEADLINES, DEADLINES.c.case_file_id, DEADLINES.c.key, DEADLINES.c.situation),
    OFFERS.name: of_files(OFFERS, OFFERS.c.case_file_id, OFFERS.c.situation),
}


NEW_EMAIL, NEW_DEADLINE = insert(EMAILS), insert(DEADLINES)
EMAIL_GONE = delete(EMAILS).where(EMAILS.c.key == bindparam("which"))
DEADLINE_GONE = delete(DEADLINES).where(
    DEADLINES.c.case_file_id == bindparam("file"), DEADLINES.c.key == bindparam("which")
)
EMAIL_CHANGED = (
    update(EMAILS)
    .where(EMAILS.c.key == bindparam("which"))
    .values({name: bindparam(name) for name in ("status", "due_at", "leave_at", "why", "dated_at", "situation")})
)


def email_key(reference: str, key: MailKey) -> str:
    """The unique key of the row: (file, rule, occurrence, recipient)."""
    return "|".join((reference, *key))


def load(session: Session, case_file: CaseFile) -> Situation:
    mails = [_mail(row) for row in _rows(session, EMAILS, [case_file.id])]
    deadlines = _rows(session, DEADLINES, [case_file.id])
    offers = _rows(session, OFFERS, [case_file.id])
    return whole(case_file.situation, {mail.key: mail for mail in mails}, deadlines, offers)


def load_many(session: Session, ids: Sequence[int]) -> list[Situation]:
    """In four queries, in the order given."""
    query = select(CaseFile.id, CaseFile.situation).where(CaseFile.id.in_(ids))
    bases: dict[int, dict[str, Any]] = {case_file_id: kept for case_file_id, kept in session.execute(query)}
    parts: dict[int, tuple[list[Any], list[Any], list[Any]]] = {each: ([], [], []) for each in ids}
    for number, table in enumerate((EMAILS, DEADLINES, OFFERS)):
        for row in _rows(session, table, ids):
            parts[row.case_file_id][number].append(row)
    return [
        whole(bases[each], {mail.key: mail for mail in map(_mail, mails)}, deadlines, offers)
        for each, (mails, deadlines, offers) in parts.items()
    ]


def whole(
    base: dict[str, Any], mails: Mapping[MailKey, Mail], deadlines: Iterable[Any], offers: Iterable[Any]
) -> Situation:
    situation: Situation = from_plain(base, Situation)
    return replace(
        situation,
        mails=mails,
        deadlines={row.key: from_plain(row.situation, Running) for row in deadlines},
        offers=tuple(from_plain(row.situation, Offer) for row in offers),
    )


def store(session: Session, case_file: CaseFile, journey: Journey, before: Situation | None, after: Situation) -> None:
    """Write what changed, and only that: one writer a table."""
    case_file.situation = to_plain(replace(after, mails={}, deadlines={}, offers=()))
    _store_mails(session, case_file, journey, before.mails if before else {}, after.mails)
    _store_deadlines(session, case_file.id, before.deadlines if before else {}, after.deadlines)
    _store_offers(session, case_file.id, before.offers if before else (), after.offers)


def _each(session: Session, statement: Executable, rows: list[dict[str, Any]]) -> None:
    if rows:
        session.execute(statement, rows)


def _rows(session: Session, table: Table, ids: Sequence[int]) -> Any:
    return session.execute(OF_FILES[table.name], {"ids": list(ids)})


def _mail(row: Any) -> Mail:
    return Mail(
        rule=row.rule,
        occurrence=row.occurrence,
        recipient=row.recipient,
        due=row.due_at,
        leave=row.leave_at,
        status=MailStatus(row.status),
        why=from_plain(row.why, tuple[Reason, ...]),
        sent_at=row.dated_at,
        anchor=row.situation["anchor"],
        put_off=row.situation["put_off"],
    )


def mail_columns(mail: Mail) -> dict[str, Any]:
    return {
        "status": mail.status.value,
        "due_at": mail.due,
        "leave_at": mail.leave,
        "why": to_plain(mail.why),
        "dated_at": mail.sent_at,
        "situation": {"anchor": mail.anchor, "put_off": mail.put_off},
    }


def _store_mails(
    session: Session,
    case_file: CaseFile,
    journey: Journey,
    before: Mapping[MailKey, Mail],
    after: Mapping[MailKey, Mail],
) -> None:
    new = [
        {
            **mail_columns(mail),
            "key": email_key(case_file.reference, key),
            "case_file_id": case_file.id,
            "rule": mail.rule,
            "text": journey.by_rule[mail.rule].mail,
            "occurrence": mail.occurrence,
            "recipient": mail.recipient,
            "details": {},
            "fence": 0,
            "tries": 0,
        }
        for key, mail in after.items()
        if key not in before
    ]
    changed = [
        {**mail_columns(mail), "which": email_key(case_file.reference, key)}
        for key, mail in after.items()
        if key in before and before[key] != mail
    ]
    gone = [{"which": email_key(case_file.reference, key)} for key in before if key not in after]
    _each(session, NEW_EMAIL, new)
    _each(session, EMAIL_CHANGED, changed)
    _each(session, EMAIL_GONE, gone)


def _store_deadlines(
    session: Session, case_file_id: int, before: Mapping[str, Running], after: Mapping[str, Running]
) -> None:
    gone = [{"file": case_file_id, "which": key} for key in before if after.get(key) != before[key]]
    new = [
        {
            "case_file_id": case_file_id,
            "key": key,
            "name": running.name,
            "due_at": running.due,
            "rung": running.rung,
            "situation": to_plain(running),
        }
        for key, running in after.items()
        if before.get(key) != running
    ]
    _each(session, DEADLINE_GONE, gone)
    _each(session, NEW_DEADLINE, new)


def _store_offers(session: Session, case_file_id: int, before: tuple[Offer, ...], after: tuple[Offer, ...]) -> None:
    known = {offer.n: offer for offer in before}
    # first what ends, then what begins: the index allows one accepted offer a file at any instant
    for offer in sorted(after, key=lambda each: each.status == "accepted"):
        if known.get(offer.n) == offer:
            continue
        values = _offer_columns(offer)
        if offer.n in known:
            ours = (OFFERS.c.case_file_id == case_file_id) & (OFFERS.c.n == offer.n)
            session.execute(update(OFFERS).where(ours).values(**values))
        else:
            session.execute(insert(OFFERS).values(case_file_id=case_file_id, n=offer.n, word="", **values))
    if gone := set(known) - {offer.n for offer in after}:
        session.execute(delete(OFFERS).where((OFFERS.c.case_file_id == case_file_id) & OFFERS.c.n.in_(gone)))


def _offer_columns(offer: Offer) -> dict[str, Any]:
    return {
        "partner_id": int(offer.candidate) if offer.candidate.isdigit() else None,
        "member_id": int(offer.member[1:]) if offer.member.startswith("m") else None,
        "status": offer.status.value,
        "offered_at": offer.at,
        "answered_at": offer.answered_at,
        "reason": offer.reason,
        "situation": to_plain(offer),
    }
