"""What fills the placeholders of an e-mail, from the situation it leaves in and the directory. Links come from the shell."""

import re
from collections.abc import Container, Mapping
from datetime import date, datetime

from workflows.dates_in_words import day_in_words, local_day
from workflows.directory import HOUSEHOLD, PARTNER, STAFF, Desk, Directory, Party
from workflows.journey import Label, StageKind
from workflows.placeholders import CONDITIONS, PLACEHOLDERS
from workflows.situation import Situation
from workflows.word_dates import Telling, date_values, milestone, moment_of, offset_of

SOMEONE = {"fr": "une personne", "en": "someone"}
EVERYTHING = PLACEHOLDERS.keys() | CONDITIONS.keys()
Detail = str | date | datetime | Label


def values(
    telling: Telling,
    directory: Directory,
    details: Mapping[str, Detail] | None = None,
    wanted: Container[str] = EVERYTHING,
) -> dict[str, str]:
    """For the recipient of the e-mail, in their language. Without `details` (a forecast): enough for the subject;
    dates and conditions not `wanted` are left out."""
    desk, party = directory.desk, directory.party(telling.mail.recipient)
    language = party.language if party else "fr"
    return {
        **desk_values(desk, language),
        **people_values(telling.situation, directory, language),
        **date_values(telling, language, desk, wanted),
        "greeting": greeting(party, telling, directory, language),
        "reference": telling.situation.file,
        "milestone": milestone(offset_of(telling), language),
        **conditions(telling, desk, wanted),
        **detail_values(details or {}, telling.mail.due, language, desk),
    }


def desk_values(desk: Desk, language: str) -> dict[str, str]:
    return {
        "desk_name": desk.name[language],
        "desk_phone": phone_in_words(desk.phone),
        "territory": desk.territory[language],
        "in_territory": desk.inside[language],
    }


def people_values(situation: Situation, directory: Directory, language: str) -> dict[str, str]:
    by_role = {role: directory.party(ref) for role, ref in situation.people.items()}
    advisor, desk = by_role.get("advisor"), directory.desk
    contact = by_role.get("lead") or advisor
    found = {
        "advisor_name": advisor.name if advisor else desk.name[language],
        "advisor_phone": phone_in_words((advisor and advisor.phone) or desk.phone),
        "contact_name": contact.name if contact else desk.name[language],
        "contact_phone": phone_in_words((contact and contact.phone) or desk.phone),
    }
    for role in ("applicant", "co_applicant", "lead", "ambassador"):
        found |= party_values(role, by_role.get(role), SOMEONE[language])
    return found


def party_values(role: str, party: Party | None, someone: str) -> dict[str, str]:
    """Somebody may have written without a name: sentences then say "une personne"."""
    if party is None:
        return {}
    return {
        f"{role}_name": party.name or someone,
        f"{role}_first_name": party.called or someone,
        f"{role}_short": party.short or someone,
        f"{role}_phone": phone_in_words(party.phone),
        f"{role}_email": party.email,
        f"{role}_function": party.function,
        f"{role}_structure": party.structure,
    }


def adults(situation: Situation, directory: Directory) -> list[Party]:
    found = [directory.party(situation.people.get(role)) for role in ("applicant", "co_applicant")]
    return [party for party in found if party and party.called and party.ref not in situation.opted_out]


def names(parties: list[Party], language: str) -> str:
    return (" et " if language == "fr" else " and ").join(party.called for party in parties)


def greeting(party: Party | None, telling: Telling, directory: Directory, language: str) -> str:
    if telling.rule and telling.rule.to == ("household",):
        called = names(adults(telling.situation, directory), language)
    elif party and party.ref.startswith(PARTNER):
        called = party.name
    else:
        called = party.called if party and party.ref != "desk" else ""
    return hello(called, language)


def hello(called: str, language: str) -> str:
    word = "Bonjour" if language == "fr" else "Hello"
    return f"{word} {called}," if called else f"{word},"


def conditions(telling: Telling, desk: Desk, wanted: Container[str]) -> dict[str, str]:
    people, to = telling.situation.people, telling.mail.recipient
    holds = {
        "to_team": not to.startswith(HOUSEHOLD),
        "to_partner": to.startswith(PARTNER),
        "to_manager": to == people.get("manager"),
        "to_parent": to == people.get("parent") and to != people.get("applicant"),
        "interim": people.get("lead", "").startswith(STAFF),
        "one_day": "one_day" in wanted and lasts_one_day(telling, desk),
        "arrived": bool(telling.situation.moments.get("arrived_on")),
        "last": telling.rule is not None and offset_of(telling) in telling.rule.offsets[-1:],
        "closed": telling.journey.stage(telling.situation.stage).kind is StageKind.FINAL,
    }
    return {f"if {name}": "yes" for name, true in holds.items() if true}


def lasts_one_day(telling: Telling, desk: Desk) -> bool:
    ends = [moment_of(telling, name) for name in ("stay_starts", "stay_ends")]
    days = [local_day(moment.when, desk.zone) for moment in ends if moment]
    return len(days) == 2 and days[0] == days[1]


def detail_values(details: Mapping[str, Detail], seen_on: datetime, language: str, desk: Desk) -> dict[str, str]:
    return {name: detail_value(detail, seen_on, language, desk) for name, detail in details.items() if detail}


def detail_value(detail: Detail, seen_on: datetime, language: str, desk: Desk) -> str:
    if isinstance(detail, Label):
        return detail[language]
    return detail if isinstance(detail, str) else day_in_words(detail, language, seen_on, desk.zone)


def phone_in_words(phone: str) -> str:
    """+33639980026 → 06 39 98 00 26; other countries' numbers stay as they are."""
    national = re.fullmatch(r"\+33(\d)(\d\d)(\d\d)(\d\d)(\d\d)", phone)
    return f"0{' '.join(national.groups())}" if national else phone
