"""The columns of a case file that lists and searches ask for, derived from its situation with every outcome."""

from datetime import datetime

from sqlalchemy.orm import Session

from crm.records.case_files import CaseFile
from crm.records.partners import Member
from workflows.effects import Outcome, StageEntered
from workflows.folding import fold
from workflows.situation import MuteScope, OfferStatus, Situation


def bring_up_to_date(session: Session, case_file: CaseFile, after: Situation, outcome: Outcome) -> None:
    for effect in outcome.effects:
        if isinstance(effect, StageEntered):
            case_file.stage_since = effect.at
    case_file.stage = after.stage
    case_file.back = after.back
    _lead(session, case_file, after, outcome.at)
    case_file.late_since = late_since(after)
    case_file.last_news_at = _last(after, "last_news")
    case_file.muted_until = max(
        (mute.until for mute in after.muted if mute.scope != MuteScope.MAIL and mute.until), default=None
    )


def name_and_index(case_file: CaseFile) -> None:
    """The title that lists show, and what the search compares: names, e-mails, telephones, reference, all folded."""
    adults = [each.person for each in case_file.people if each.role in ("applicant", "co_applicant", "ambassador")]
    case_file.title = joined_names([(person.first_name, person.last_name) for person in adults])
    people = [each.person for each in case_file.people]
    words = [case_file.reference, *(word for person in people for word in (person.name, person.email or ""))]
    phones = [form for person in people if person.phone for form in (person.phone, "0" + person.phone[3:])]
    case_file.search = " ".join([fold(" ".join(words)), *(person.email_key or "" for person in people), *phones])


def joined_names(names: list[tuple[str, str]]) -> str:
    """ "Anaïs et Hugo Besson", "Camille Roussel et Mehdi Haddad"."""
    if len(names) == 2 and names[0][1] and names[0][1] == names[1][1]:
        return f"{names[0][0]} et {names[1][0]} {names[0][1]}"
    return " et ".join(f"{first} {last}".strip() for first, last in names)


def late_since(after: Situation) -> datetime | None:
    """The first miss of the oldest deadline that is still not kept."""
    missed = [
        moments[-1].when
        for name, running in after.deadlines.items()
        if running.rung and (moments := after.moments.get(f"missed {running.name}.1"))
    ]
    return min(missed, default=None)


def _lead(session: Session, case_file: CaseFile, after: Situation, at: datetime) -> None:
    ref = after.people.get("lead")
    accepted = any(offer.status == OfferStatus.ACCEPTED for offer in after.offers)
    kind = ("accepted" if accepted else "interim") if ref else None
    member = int(ref[1:]) if ref and ref.startswith("m") else None
    if (kind, member) != (case_file.lead_kind, case_file.lead_member_id):
        case_file.lead_kind, case_file.lead_member_id, case_file.lead_since = kind, member, at if kind else None
        case_file.lead_member = session.get(Member, member) if member else None


def _last(after: Situation, anchor: str) -> datetime | None:
    moments = after.moments.get(anchor)
    return moments[-1].when if moments else None
