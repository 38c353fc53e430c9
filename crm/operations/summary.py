"""The columns of a case file that lists and searches ask for, derived from its situation with every outcome."""

from datetime import datetime

from sqlalchemy.orm import Session

from crm.operations.lateness import late_since
from crm.operations.search_words import words_of
from crm.records.case_files import ENDED, NEVER, CaseFile, SearchWord
from crm.records.partners import Member
from workflows.effects import Outcome, StageEntered
from workflows.situation import MuteScope, OfferStatus, Situation


def bring_up_to_date(session: Session, case_file: CaseFile, after: Situation, outcome: Outcome) -> None:
    for effect in outcome.effects:
        if isinstance(effect, StageEntered):
            case_file.stage_since = effect.at
    _calls(case_file, after.stage)
    case_file.stage = after.stage
    case_file.back = after.back
    _lead(session, case_file, after, outcome.at)
    case_file.late_since = late_since(after)
    case_file.next_due_at = case_file.late_since or next_due(after)
    case_file.last_news_at = _last(after, "last_news")
    case_file.muted_until = max(
        (mute.until for mute in after.muted if mute.scope != MuteScope.MAIL and mute.until), default=None
    )


def _calls(case_file: CaseFile, stage: str) -> None:
    """Nobody is called again about what is over; what comes back is tried anew."""
    if stage in ENDED:
        case_file.call_back_at = None
    elif case_file.stage in ENDED:
        case_file.vain_calls = []


def name_and_index(case_file: CaseFile) -> None:
    """The title that lists show, and the words by which the search finds the file."""
    adults = [each.person for each in case_file.people if each.role in ("applicant", "co_applicant", "ambassador")]
    case_file.title = joined_names([(person.first_name, person.last_name) for person in adults])
    wanted = words_of(case_file)
    known = {each.word: each for each in case_file.words}
    for gone in known.keys() - wanted:
        case_file.words.remove(known[gone])
    case_file.words.extend(SearchWord(word=word) for word in sorted(wanted - known.keys()))


def joined_names(names: list[tuple[str, str]]) -> str:
    """ "Anaïs et Hugo Besson", "Camille Roussel et Mehdi Haddad"."""
    if len(names) == 2 and names[0][1] and names[0][1] == names[1][1]:
        return f"{names[0][0]} et {names[1][0]} {names[0][1]}"
    return " et ".join(f"{first} {last}".strip() for first, last in names)


def next_due(after: Situation) -> datetime:
    """The nearest deadline that runs, or NEVER."""
    return min((running.due for running in after.deadlines.values() if running.due), default=NEVER)


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
