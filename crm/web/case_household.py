"""The people of a case file as its page shows them, and what they wrote."""

from collections.abc import Mapping
from typing import Any

from flask import g, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from crm.operations.case_page import CasePage
from crm.records.case_files import CasePerson
from crm.records.people import Consent, Person
from crm.web import filters
from crm.web.case_names import role_words, theirs
from crm.web.languages import language, said
from crm.wording.answers import ANSWERS, answered
from crm.wording.people import listed

Shown = dict[str, Any]
ADULTS = ("applicant", "co_applicant", "ambassador")
SHOWN_ELSEWHERE = ("adults", "children", "undecided")


def people(page: CasePage) -> list[Shown]:
    several = sum(each.role in ADULTS for each in page.case_file.people) > 1
    return [_person(page, each, several) for each in page.case_file.people]


def children(page: CasePage) -> Shown | None:
    bands = page.case_file.children
    if not bands:
        return None
    ages = [ANSWERS["band"][band][language() == "en"] for band in bands if band in ANSWERS["band"]]
    count = len(bands)
    label = ngettext("%(num)s enfant", "%(num)s enfants", count)
    return {
        "count": str(count),
        "label": label,
        "ages": said(" ; ".join(ages) if language() == "fr" else "; ".join(ages)),
    }


def written(page: CasePage) -> Shown:
    """Their words, then what they answered to the form's questions."""
    case_file = page.case_file
    kept = {key: value for key, value in case_file.answers.items() if key not in SHOWN_ELSEWHERE and value}
    return {
        "request": case_file.request,
        "answers": [(said(question), said(answer)) for question, answer in answered(_with_trade(kept), language())],
        "door": _door(page),
        "source": case_file.source,
        "advisor": case_file.advisor,
    }


def _with_trade(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The territory has the words for a trade."""
    words = {code: trade.label.said_in(language()) for code, trade in g.territory.trades.items()}
    return {key: words.get(value, value) if key == "trade" else value for key, value in answers.items()}


def _door(page: CasePage) -> str:
    when = filters.past(page.case_file.opened_at)
    return {
        "form": _("Par le formulaire, %(when)s.", when=when),
        "desk": _("Ouvert par l’accueil, %(when)s.", when=when),
        "import": _("Importé, %(when)s.", when=when),
    }.get(page.case_file.door, when)


def _person(page: CasePage, part: CasePerson, several: bool) -> Shown:
    person = part.person
    return {
        "name": person.name,
        "role": role_words(part.role) if several or part.role not in ADULTS else "",
        "profession": person.profession,
        "phone": person.phone,
        "email": person.email,
        "no_address": not person.email and not person.phone,
        "chips": _chips(page, part, person),
        "href": url_for("case_files.person", reference=page.case_file.reference, person_id=person.id),
    }


def _chips(page: CasePage, part: CasePerson, person: Person) -> list[Shown]:
    chips: list[Shown] = []
    if person.opted_out_at:
        day = filters.day_alone(person.opted_out_at)
        chips.append({"text": _("ne veut plus de courriels depuis le %(day)s", day=day), "state": "late"})
    if part.role == "co_applicant":
        agreed = page.situation.moments.get("co_applicant_agreed")
        if agreed:
            day = filters.day_alone(agreed[-1].when)
            chips.append({"text": _("d’accord depuis le %(day)s", day=day), "state": "good"})
        else:
            chips.append({"text": _("accord à demander"), "state": "wait"})
    promotion = last_consent(person, "promotion")
    if promotion is not None and promotion.given:
        chips.append({"text": _("reçoit les nouvelles du territoire"), "state": "good"})
    return chips


def last_consent(person: Person, purpose: str) -> Consent | None:
    return next((each for each in reversed(person.consents) if each.purpose == purpose), None)


def summary(page: CasePage) -> Markup:
    """What they do, where they look, which file: the sentence under the name."""
    case_file = page.case_file
    adults = [each.person for each in case_file.people if each.role in ADULTS]
    professions = [person.profession for person in adults if person.profession]
    words = listed(professions, language()) if len(professions) > 1 else case_file.profile
    commune = g.communes.named(case_file.commune)
    place = case_file.area or (commune.name if commune else "")
    looks = _("visent %(place)s") if len(adults) > 1 else _("vise %(place)s")
    said_parts = [
        theirs(filters.sentence(words)) if words else "",
        Markup(looks) % {"place": theirs(place)} if place else "",
        Markup('<span class="a-nowrap">{}</span>').format(_("dossier %(reference)s", reference=case_file.reference)),
    ]
    return Markup(" · ").join(part for part in said_parts if part)
