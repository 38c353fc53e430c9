"""What fills the placeholders of an e-mail, from the situation it leaves in and the directory. Links come from the shell."""

import re
from collections.abc import Mapping
from datetime import date, datetime

from workflows.dates_in_words import day_in_words, local_day
from workflows.directory import HOUSEHOLD, PARTNER, Desk, Directory, Party
from workflows.journey import Journey, Label, MailRule, StageKind
from workflows.situation import Mail, Situation
from workflows.word_dates import date_values, milestone, moment_of, offset_of

Detail = str | date | datetime | Label


def values(
    situation: Situation,
    mail: Mail,
    journey: Journey,
    directory: Directory,
    details: Mapping[str, Detail] | None = None,
) -> dict[str, str]:
    """For the recipient of the mail, in their language. Without `details` (a forecast): enough for the subject."""
    party = directory.party(mail.recipient)
    language = party.language if party else "fr"
    rule = journey.by_rule.get(mail.rule)
    found = {
        **desk_values(directory.desk, language),
        **people_values(situation, directory, language),
        **date_values(situation, mail, journey, language, directory.desk),
        "greeting": greeting(party, rule, situation, directory, language),
        "reference": situation.file,
        "milestone": milestone(offset_of(situation, mail, journey), language),
        **conditions(situation, mail, journey, directory.desk),
    }
    return {**found, **detail_values(details or {}, mail.due, language, directory.desk)}


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
        found |= party_values(role, by_role.get(role))
    return found


def party_values(role: str, party: Party | None) -> dict[str, str]:
    if party is None:
        return {}
    return {
        f"{role}_name": party.name,
        f"{role}_first_name": party.called,
        f"{role}_short": party.short,
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


def greeting(
    party: Party | None, rule: MailRule | None, situation: Situation, directory: Directory, language: str
) -> str:
    if rule and rule.to == ("household",):
        called = names(adults(situation, directory), language)
    elif party and party.ref.startswith(PARTNER):
        called = party.name
    else:
        called = party.called if party else ""
    hello = "Bonjour" if language == "fr" else "Hello"
    return f"{hello} {called}," if called else f"{hello},"


def conditions(situation: Situation, mail: Mail, journey: Journey, desk: Desk) -> dict[str, str]:
    rule, people, to = journey.by_rule.get(mail.rule), situation.people, mail.recipient
    stay = [moment_of(situation, mail, journey, name) for name in ("stay_starts", "stay_ends")]
    days = [local_day(moment.when, desk.zone) for moment in stay if moment]
    holds = {
        "to_team": not to.startswith(HOUSEHOLD),
        "to_partner": to.startswith(PARTNER),
        "to_manager": to == people.get("manager"),
        "to_parent": to == people.get("parent") and to != people.get("applicant"),
        "one_day": len(days) == 2 and days[0] == days[1],
        "arrived": bool(situation.moments.get("arrived_on")),
        "last": rule is not None and offset_of(situation, mail, journey) in rule.offsets[-1:],
        "closed": journey.stage(situation.stage).kind is StageKind.FINAL,
    }
    return {f"if {name}": "yes" for name, true in holds.items() if true}


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
