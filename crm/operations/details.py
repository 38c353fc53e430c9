"""What only the file's own rows know and an e-mail may say: places, projects, hours, in the words in which they were given."""

from collections.abc import Callable, Collection, Iterable, Sequence
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
from workflows.lead_sentences import sentence_to_them
from workflows.needs import NEEDS, opened_by_default
from workflows.placeholders import PLACEHOLDERS
from workflows.reasons import DECLINE_REASONS, CodedReason, chosen, closing_reasons
from workflows.situation import Mail, Reason

Detail = str | date | datetime | Label
Dated = TypeVar("Dated", Meeting, Stay)
LONGEST_PROJECT = 400
EVERYTHING = frozenset(PLACEHOLDERS)
WAYS = {
    "telephone": Label("par téléphone", "by telephone"),
    "video": Label("en vidéo", "by video"),
    "place": Label("sur place", "in person"),
}


def details(
    session: Session,
    ground: Ground,
    case_file: CaseFile,
    mail: Mail,
    at: datetime,
    wanted: Collection[str] = EVERYTHING,
) -> dict[str, Detail]:
    """For the placeholders that a situation cannot fill; what is not known is left out, what is not `wanted` not read."""
    makers: dict[str, Callable[[], Detail | None]] = {
        **of_the_project(ground, case_file),
        **of_the_meeting(case_file, mail),
        **of_the_stay(case_file, mail),
        "reason": lambda: reason(session, case_file, mail),
        "why_you": lambda: why_you(session, ground, case_file, mail.recipient, at),
    }
    made = {name: make() for name, make in makers.items() if name in wanted}
    return {name: value for name, value in made.items() if value}


def of_the_project(ground: Ground, case_file: CaseFile) -> dict[str, Callable[[], Detail | None]]:
    commune = ground.communes.named(case_file.commune)
    return {
        "area": lambda: case_file.area or (commune.name if commune else ""),
        "profile": lambda: case_file.profile,
        "household": lambda: in_both(lambda language: household(case_file, language)),
        "project": lambda: shortened(" ".join(case_file.request.split())),
        "needs": lambda: in_both(lambda language: needs(case_file, language)),
        "wanted": lambda: answered(case_file.answers, "wanted"),
        "best_hours": lambda: answered(case_file.answers, "best_hours"),
        "source": lambda: case_file.source,
    }


def of_the_meeting(case_file: CaseFile, mail: Mail) -> dict[str, Callable[[], Detail | None]]:
    def told(tell: Callable[[Meeting], Detail | None]) -> Callable[[], Detail | None]:
        return lambda: tell(meeting) if (meeting := about(case_file.meetings, mail)) else None

    return {
        "meeting_way": told(lambda meeting: WAYS.get(meeting.way)),
        "meeting_place": told(lambda meeting: meeting.place),
        "meeting_with": told(lambda meeting: meeting.with_whom),
    }


def of_the_stay(case_file: CaseFile, mail: Mail) -> dict[str, Callable[[], Detail | None]]:
    def told(tell: Callable[[Stay], Detail | None]) -> Callable[[], Detail | None]:
        return lambda: tell(stay) if (stay := about(case_file.stays, mail)) else None

    return {"stay_place": told(lambda stay: stay.place), "stay_host": told(lambda stay: stay.host)}


def reason(session: Session, case_file: CaseFile, mail: Mail) -> Label | None:
    """Why the file is closed, or given back. Why one person said no is nobody else's business."""
    if mail.rule == "lead_told_closed":
        return coded(chosen(closing_reasons(case_file.journey), case_file.closing_reason))
    if mail.rule != "handed_back":
        return None
    refusals = select(LeadOffer.reason).filter_by(case_file_id=case_file.id).where(LeadOffer.reason.is_not(None))
    return coded(chosen(DECLINE_REASONS, session.scalar(refusals.order_by(LeadOffer.n.desc()).limit(1))))


def why_you(session: Session, ground: Ground, case_file: CaseFile, member: str, at: datetime) -> Label | None:
    """To whoever is asked to lead."""
    ranked = next((each for each in candidates(session, ground, case_file, at) if each.member == member), None)
    reasons = ranked.reasons if ranked else ()
    return in_both(lambda language: why_them(ground, reasons, language))


def why_them(ground: Ground, reasons: Iterable[Reason], language: str) -> str:
    """In the words of the e-mail and of the page where they answer."""
    trades = {code: trade.label.said_in(language) for code, trade in ground.territory.trades.items()}
    return " ".join(filter(None, (sentence_to_them(reason, language, trades) for reason in reasons)))


def shortened(project: str) -> str:
    return project if len(project) <= LONGEST_PROJECT else project[: LONGEST_PROJECT - 1].rstrip() + "…"


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
