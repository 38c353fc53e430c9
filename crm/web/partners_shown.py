"""What the pages of partners show: a structure's line, what one should know of it, its people, its files, its answers."""

from collections.abc import Sequence
from typing import Any

from flask import g, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from crm.operations.partner_book import Sheet, Structure
from crm.records.emails import ScheduledEmail
from crm.records.partners import Absence
from crm.records.promises import LeadOffer
from crm.web import desk_words, filters, languages
from crm.web.partners_forms import KINDS, led_journeys, trade_names
from workflows.needs import NEEDS
from workflows.reasons import DECLINE_REASONS, chosen
from workflows.situation import OfferStatus
from workflows.status_labels import OFFER_STATUS

FEW = 3


def theirs(text: str) -> Markup:
    return Markup('<span translate="no">{}</span>').format(text)


def kind(structure: Structure) -> str:
    return str(KINDS.get(structure.partner.kind, structure.partner.kind))


def competences(structure: Structure) -> str:
    """The journeys it leads; one that leads none helps with needs."""
    held, language = structure.partner.competences, languages.language()
    journeys = [desk_words.journey_word(name) for name in held.get("journeys", ()) if name in led_journeys()]
    needs = [NEEDS[name][language] for name in held.get("needs", ()) if name in NEEDS]
    text: str = filters.said(", ".join(str(each).lower() for each in (journeys or needs)[:FEW]))
    return text or _("aucune encore")


def everything(structure: Structure) -> list[tuple[str, str]]:
    """Journeys, trades and needs in full, for its own page."""
    held, language = structure.partner.competences, languages.language()
    trades = trade_names()
    rows = [
        (
            _("Parcours"),
            [led_journeys()[name].label[language] for name in held.get("journeys", ()) if name in led_journeys()],
        ),
        (_("Métiers"), [trades[name] for name in held.get("trades", ()) if name in trades]),
        (_("Besoins"), [NEEDS[name][language] for name in held.get("needs", ()) if name in NEEDS]),
    ]
    return [(title, filters.said(", ".join(words))) for title, words in rows if words]


def territory(structure: Structure) -> Any:
    names = [g.communes.epcis.get(siren, siren) for siren in structure.partner.epcis]
    if not names:
        return _("tout le territoire")
    shown = [theirs(name) for name in names[:FEW]]
    more = len(names) - FEW
    rest = [ngettext("%(num)s autre", "%(num)s autres", more)] if more > 0 else []
    return Markup(", ").join([*shown, *rest])


def load(structure: Structure) -> str:
    return _("%(led)s sur %(ceiling)s", led=structure.led, ceiling=structure.ceiling)


def pace(structure: Structure) -> dict[str, Any]:
    """How soon it answers, in working days."""
    if not structure.reachable:
        return {"text": _("injoignable"), "late": True}
    days = structure.answers.days
    if days is None:
        return {"text": _("rien encore"), "late": False}
    same_day = _("le jour même")
    return {"text": ngettext("%(num)s jour", "%(num)s jours", days) if days else same_day, "late": False}


def notices(structure: Structure) -> list[dict[str, Any]]:
    """What one should know, the gravest first."""
    return [*unreachable(structure), *fullness(structure), *absences(structure), *waiting(structure)]


def unreachable(structure: Structure) -> list[dict[str, Any]]:
    if structure.reachable:
        return []
    nobody = _("Personne à solliciter : aucune personne active")
    text = _("Aucune adresse où lui écrire") if structure.there else nobody
    return [{"text": text, "state": "late", "mark": "mail-x", "rank": 0}]


def fullness(structure: Structure) -> list[dict[str, Any]]:
    if not structure.full:
        return []
    text = _("Au complet : plus sollicitée avant qu’un dossier se termine")
    return [{"text": text, "state": "wait", "mark": "hand-stop", "rank": 1}]


def absences(structure: Structure) -> list[dict[str, Any]]:
    found = []
    for sheet in structure.there:
        for each in sheet.absences[:1]:
            alone = each.substitute is None
            text = absence_in_words(sheet, each)
            found.append(
                {"text": text, "state": "wait" if alone else "", "mark": "calendar-off", "rank": 2 if alone else 4}
            )
    return found


def absence_in_words(sheet: Sheet, absence: Absence) -> Any:
    when = days_of(absence)
    told = {"name": theirs(sheet.member.name), "when": when}
    if absence.substitute is None:
        return Markup(_("Absence : %(name)s, %(when)s, sans remplaçant", **told))
    told["substitute"] = theirs(g.names.get(absence.substitute, ""))
    return Markup(_("Absence : %(name)s, %(when)s ; %(substitute)s répond", **told))


def days_of(absence: Absence) -> str:
    today = filters.today()
    if absence.starts_on <= today:
        return _("jusqu’au %(day)s", day=filters.day_alone(absence.ends_on))
    return filters.period(absence.starts_on, absence.ends_on)


def waiting(structure: Structure) -> list[dict[str, Any]]:
    found = []
    if structure.asked:
        text = ngettext(
            "%(num)s proposition attend une réponse", "%(num)s propositions attendent une réponse", structure.asked
        )
        found.append({"text": text, "state": "", "mark": "clock", "rank": 3})
    if silent := structure.answers.silent_lately:
        text = ngettext("%(num)s silence ces 30 jours", "%(num)s silences ces 30 jours", silent)
        found.append({"text": text, "state": "", "mark": "clock", "rank": 5})
    return found


def in_order(every: Sequence[Structure]) -> list[Structure]:
    """What asks for a gesture first, then by name."""
    return sorted(every, key=lambda each: (min((n["rank"] for n in notices(each)), default=9), each.partner.name))


def summary(every: Sequence[Structure]) -> str:
    people = sum(len(each.there) for each in every)
    first = _(
        "%(structures)s, %(people)s.",
        structures=ngettext("%(num)s structure", "%(num)s structures", len(every)),
        people=ngettext("%(num)s personne", "%(num)s personnes", people),
    )
    out = sum(not each.reachable for each in every)
    full = sum(each.full for each in every)
    alone = sum(1 for each in every for n in absences(each) if n["state"])
    rest = [
        ngettext("%(num)s est injoignable", "%(num)s sont injoignables", out) if out else "",
        ngettext("%(num)s est au complet", "%(num)s sont au complet", full) if full else "",
        ngettext("%(num)s absence n’a pas de remplaçant", "%(num)s absences n’ont pas de remplaçant", alone)
        if alone
        else "",
    ]
    told = filters.parted(rest)
    return f"{first} {filters.said(told + '.')}" if told else first


def of_one(structure: Structure) -> Markup:
    led = ngettext(
        "%(num)s dossier mené sur les %(ceiling)s acceptés",
        "%(num)s dossiers menés sur les %(ceiling)s acceptés",
        structure.led,
        ceiling=structure.ceiling,
    )
    return Markup(" · ").join([filters.sentence(kind(structure)), territory(structure), led])


def led_rows(offers: Sequence[LeadOffer]) -> list[dict[str, Any]]:
    return [
        {
            "name": offer.case_file.title or offer.case_file.reference,
            "href": f"/dossiers/{offer.case_file.reference}",
            "stage": stage_of(offer),
            "by": offer.member.name if offer.member else "",
            "due": due(offer),
        }
        for offer in offers
    ]


def stage_of(offer: LeadOffer) -> str:
    case_file = offer.case_file
    journey = g.ground.journey(g.session, case_file.journey, case_file.journey_version)
    text: str = filters.said(journey.stage(case_file.stage).label[languages.language()])
    return text


def due(offer: LeadOffer) -> dict[str, Any] | None:
    case_file = offer.case_file
    if case_file.late_since:
        return {"text": filters.late(case_file.late_since), "state": "late"}
    if case_file.next_due_at.year >= 9000:
        return None
    soon = (g.ground.calendar.day(case_file.next_due_at) - filters.today()).days <= 1
    return {"text": filters.coming(case_file.next_due_at), "state": "wait" if soon else ""}


def offer_rows(offers: Sequence[LeadOffer]) -> list[dict[str, Any]]:
    return [
        {
            "name": offer.case_file.title or offer.case_file.reference,
            "href": f"/dossiers/{offer.case_file.reference}",
            "when": filters.day(offer.offered_at),
            "to": offer.member.name if offer.member else "",
            "answer": answer(offer),
        }
        for offer in offers
    ]


def answer(offer: LeadOffer) -> dict[str, str]:
    label = OFFER_STATUS[OfferStatus(offer.status)][languages.language()]
    reason = chosen(DECLINE_REASONS, offer.reason)
    text = f"{label} : {reason.label(languages.language()).lower()}" if reason else label
    state = {"accepted": "good", "offered": "wait"}.get(offer.status, "")
    return {"text": filters.said(text), "state": state}


def figures(structure: Structure) -> list[dict[str, Any]]:
    said = structure.answers
    rows = [
        (_("Propositions, 12 mois"), said.asked),
        (_("Oui"), said.yes),
        (_("Non"), said.no),
        (_("Silence"), said.silent),
    ]
    found = [{"name": name, "value": value} for name, value in rows]
    return [*found, {"name": _("Délai médian"), "value": pace(structure)["text"]}]


def addresses(structure: Structure, latest: dict[str, ScheduledEmail]) -> list[dict[str, Any]]:
    """Where messages go, and whether the last one arrived."""
    found: list[dict[str, Any]] = []
    for sheet in structure.there:
        address = sheet.member.email or structure.partner.shared_email
        if address and all(each["address"] != address for each in found):
            found.append({"address": address, **arrived(latest.get(sheet.member.ref))})
    shared = structure.partner.shared_email
    if shared and all(each["address"] != shared for each in found):
        note = _("boîte commune, pour qui n’a pas d’adresse à soi")
        found.append({"address": shared, "chip": None, "note": note})
    return found


def arrived(email: ScheduledEmail | None) -> dict[str, Any]:
    if email is None:
        return {"chip": None, "note": _("rien n’y est encore parti")}
    if email.status == "dead":
        chip = {"text": _("refusée"), "state": "late", "mark": "mail-x"}
        return {"chip": chip, "note": _("dernier courriel refusé, prévu %(day)s", day=filters.day(email.due_at))}
    when = filters.past(email.sent_at or email.due_at)
    return {"chip": {"text": _("reçoit"), "state": "good"}, "note": _("dernier courriel parti %(when)s", when=when)}


def standing_in(name: str | None) -> Any:
    return Markup(_("%(name)s répond", name=theirs(name))) if name else _("sans remplaçant")


def absence_line(absence: Absence, who: Any) -> Markup:
    return Markup("{} {}, {}").format(_("absence"), days_of(absence), who)


def notes_of(sheet: Sheet) -> list[dict[str, Any]]:
    """Beside a person: away, or standing in for somebody."""
    found: list[dict[str, Any]] = []
    for each in sheet.absences:
        text = absence_line(each, standing_in(g.names.get(each.substitute or "")))
        end = url_for("partners.end_absence", absence_id=each.id)
        found.append({"text": text, "state": "wait", "mark": "calendar-off", "end": end})
    for each in sheet.stands_in:
        text = Markup(_("remplace %(name)s, %(when)s", name=theirs(g.names.get(each.who, "")), when=days_of(each)))
        found.append({"text": text, "state": "", "mark": "arrows-exchange", "end": ""})
    return found
