"""The file for the calendar that comes with a meeting or a stay."""

from datetime import datetime, timedelta
from typing import Any

from crm.mail.invitations import WITH_CALENDAR, Happening, invitation
from crm.mail.rendering import Attachment
from crm.operations.details import about
from crm.records.case_files import CaseFile, Meeting, Stay
from workflows.situation import Mail

MEETING_LASTS = timedelta(hours=1)
MEETING = {"fr": "Rendez-vous", "en": "Meeting"}
STAY = {"fr": "Votre séjour", "en": "Your stay"}


def calendar_files(
    case_file: CaseFile, text: str, mail: Mail, territory: Any, language: str, at: datetime
) -> tuple[Attachment, ...]:
    """None when the text promises none, or when the date was called off meanwhile."""
    domain = territory.sender.address.partition("@")[2]
    match WITH_CALENDAR.get(text):
        case "meeting":
            meeting = about(case_file.meetings, mail)
            happening = of_meeting(meeting, domain, language) if meeting and meeting.status == "planned" else None
        case "stay":
            stay = about(case_file.stays, mail)
            happening = of_stay(stay, domain, language) if stay and stay.status == "planned" else None
        case _:
            happening = None
    return (invitation(happening, at),) if happening else ()


def of_meeting(meeting: Meeting, domain: str, language: str) -> Happening:
    with_whom = f"{MEETING[language]} : {meeting.with_whom}" if meeting.with_whom else MEETING[language]
    return Happening(
        uid=f"meeting-{meeting.case_file_id}-{meeting.id}@{domain}",
        sequence=meeting.sequence,
        summary=with_whom,
        starts=meeting.starts_at,
        ends=meeting.starts_at + MEETING_LASTS,
        place=meeting.place,
    )


def of_stay(stay: Stay, domain: str, language: str) -> Happening:
    return Happening(
        uid=f"stay-{stay.case_file_id}-{stay.id}@{domain}",
        sequence=stay.sequence,
        summary=STAY[language],
        starts=stay.starts_on,
        ends=stay.ends_on,
        place=stay.place,
        description=stay.host,
    )
