"""What only the file's own rows know and an e-mail may say: places, projects, hours, in the words in which they were given."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.operations.ground import Ground
from crm.operations.leads import candidates
from crm.records.case_files import CaseFile, Meeting, Stay
from crm.records.promises import LeadOffer
from crm.wording.answers import ANSWERS, answer
from crm.wording.people import listed
from workflows.journey import Label
from workflows.lead_sentences import lead_sentence
from workflows.needs import NEEDS, opened_by_default
from workflows.reasons import DECLINE_REASONS, CodedReason, chosen, closing_reasons
from workflows.situation import Mail

Detail = str | date | datetime | Label
Dated = TypeVar("Dated", Meeting, Stay)
LONGEST_PROJECT = 400
WAYS = {
    "telephone": Label("par téléphone", "by telephone"),
    "video": Label("en vidéo", "by video"),
    "place": Label("sur place", "in person"),
}
GOOD_REASONS = frozenset({"named_by_another", "covers_the_place", "covers_everywhere", "helps_with"})


def details(session: Session, ground: Ground, case_file: CaseFile, mail: Mail, at: datetime) -> dict[str, Detail]:
    """For the placeholders that a situation cannot fill; what is not known is left out."""
    known: dict[str, Detail | None] = {
        **of_the_project(ground, case_file),
        **of_the_closing(case_file, mail),
        **of_the_meeting(about(case_file.meetings, mail)),
        **of_the_stay(about(case_file.stays, mail)),
        **of_the_offers(session, ground, case_file, mail, at),
    }
    return {name: value for name, value in known.items() if value}


def of_the_project(ground: Ground, case_file: CaseFile) -> dict[str, Detail | None]:
    commune = ground.communes.named(case_file.commune)
    project = " ".join(case_file.request.split())
    return {
        "area": case_file.area or (commune.name if commune else ""),
        "profile": case_file.profile,
        "household": in_both(lambda language: household(case_file, language)),
        "project": project if len(project) <= LONGEST_PROJECT else project[: LONGEST_PROJECT - 1].rstrip() + "…",
        "needs": in_both(lambda language: needs(case_file, language)),
        "wanted": answered(case_file.answers, "wanted"),
        "best_hours": answered(case_file.answers, "best_hours"),
        "source": case_file.source,
    }


def of_the_closing(case_file: CaseFile, mail: Mail) -> dict[str, Detail | None]:
    if mail.rule != "lead_told_closed":
        return {}
    return {"reason": coded(chosen(closing_reasons(case_file.journey), case_file.closing_reason))}


def of_the_meeting(meeting: Meeting | None) -> dict[str, Detail | None]:
    if meeting is None:
        return {}
    return {
        "meeting_way": WAYS.get(meeting.way),
        "meeting_place": meeting.place,
        "meeting_with": meeting.with_whom,
    }


def of_the_stay(stay: Stay | None) -> dict[str, Detail | None]:
    return {"stay_place": stay.place, "stay_host": stay.host} if stay else {}


def of_the_offers(
    session: Session, ground: Ground, case_file: CaseFile, mail: Mail, at: datetime
) -> dict[str, Detail | None]:
    """Why this person is asked, until when; or why the one before said no."""
    offers = session.scalars(select(LeadOffer).filter_by(case_file_id=case_file.id).order_by(LeadOffer.n)).all()
    refusal = next((offer.reason for offer in reversed(offers) if offer.reason), None)
    refusal = refusal if mail.rule == "handed_back" else None  # why one person said no is nobody else's business
    found: dict[str, Detail | None] = {"reason": coded(chosen(DECLINE_REASONS, refusal))} if refusal else {}
    if any(f"m{offer.member_id}" == mail.recipient and offer.status == "offered" for offer in offers):
        found["why_you"] = why_you(session, ground, case_file, mail.recipient, at)
    return found


def why_you(session: Session, ground: Ground, case_file: CaseFile, member: str, at: datetime) -> Label | None:
    ranked = next((each for each in candidates(session, ground, case_file, at) if each.member == member), None)
    reasons = [reason for reason in ranked.reasons if reason.code in GOOD_REASONS] if ranked else []
    return in_both(lambda language: " ".join(lead_sentence(reason, language, {}) for reason in reasons))


def about(rows: Sequence[Dated], mail: Mail) -> Dated | None:
    """The one the e-mail hangs on; failing that, the latest that was not called off."""
    named = [row for row in rows if row.instance == mail.anchor]
    standing = [row for row in rows if not row.status.startswith("cancelled")]
    which = named or standing
    return which[-1] if which else None


def household(case_file: CaseFile, language: str) -> str:
    roles = {each.role for each in case_file.people}
    several = "two adults" if language == "en" else "deux adultes"
    one = "one adult" if language == "en" else "un adulte"
    ages = [ANSWERS["band"][band][language == "en"] for band in case_file.children if band in ANSWERS["band"]]
    child = ("child" if len(ages) == 1 else "children") if language == "en" else ("enfant" + "s" * (len(ages) > 1))
    children = [f"{len(ages)} {child} ({listed(ages, language)})"] if ages else []
    return ", ".join([several if "co_applicant" in roles else one, *children])


def needs(case_file: CaseFile, language: str) -> str:
    """One a line."""
    roles, ages = {each.role for each in case_file.people}, set(case_file.children)
    opened = opened_by_default(
        case_file.journey,
        co_applicant="co_applicant" in roles,
        child_under_3="0-2" in ages,
        child_at_school=bool(ages - {"0-2"}),
    )
    return "\n".join(NEEDS[need][language] for need in opened)


def answered(answers: dict[str, Any], key: str) -> Label | None:
    return in_both(lambda language: answer(key, answers[key], language)) if answers.get(key) else None


def coded(reason: CodedReason | None) -> Label | None:
    return Label(reason.fr, reason.en) if reason else None


def in_both(words: Callable[[str], str]) -> Label | None:
    label = Label(words("fr"), words("en"))
    return label if label.fr else None
