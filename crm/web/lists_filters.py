"""What the list and the board are narrowed to: read from the address, said as sentences one can remove, asked by a form."""

from typing import Any

from flask import g, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from crm.operations import worklist
from crm.operations.file_list import Narrowing, newest_journeys, partners
from crm.operations.search_words import asked_words
from crm.web import beyond
from crm.web.desk_words import journey_word
from crm.web.languages import in_words, said

Shown = dict[str, Any]
SEVERAL = ("etape", "parcours", "epci")
SINGLE = ("q", "partenaire", "conseiller", "chef", "retard", "retenus", "etat")
MOST = 40


def narrowing() -> Narrowing:
    """From the address; what nobody could have chosen narrows nothing."""
    return Narrowing(
        stages=several("etape"),
        journeys=several("parcours"),
        epcis=several("epci"),
        partner=number("partenaire"),
        advisor=g.user.id if request.args.get("conseiller") == "moi" else number("conseiller"),
        without_lead=request.args.get("chef") == "aucun",
        late=request.args.get("retard") == "oui",
        muted=request.args.get("retenus") == "oui",
        open=request.args.get("etat") == "ouverts",
        words=tuple(asked_words(searched())),
    )


def searched() -> str:
    """What was typed, as the search reads it too."""
    typed = request.args.get("q", "").strip()[:200]
    return typed if typed.isprintable() else ""


def several(name: str) -> tuple[str, ...]:
    values = [each for each in request.args.getlist(name) if each and each.isprintable()]
    return tuple(dict.fromkeys(values))[:MOST]


def number(name: str) -> int | None:
    asked = request.args.get(name, "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else None


def kept(*without: str) -> dict[str, Any]:
    """The filters of the address, but those."""
    values: dict[str, Any] = {name: list(several(name)) for name in SEVERAL if several(name)}
    values |= {name: request.args[name] for name in SINGLE if request.args.get(name)}
    return {name: value for name, value in values.items() if name not in without}


class Choices:
    """The words of every filter, and what each may be set to."""

    def __init__(self) -> None:
        self.journeys = newest_journeys(g.session, g.ground)
        self.partners = {each.id: each.name for each in partners(g.session)}
        self.team = {each.id: each.name for each in worklist.team(g.session)}
        self.epcis = dict(sorted(g.communes.epcis.items(), key=lambda each: each[1]))
        self.stages: dict[str, list[str]] = {}
        for stage in (stage for journey in self.journeys for stage in journey.stages):
            labels, label = self.stages.setdefault(stage.name, []), inside(in_words(stage.label))
            labels += [label] if label not in labels else []

    def stage(self, name: str) -> str:
        """Journeys may call one stage by different words: en retrait / en sommeil."""
        return " / ".join(self.stages.get(name, [])) or said(name)

    def chosen(self, narrowed: Narrowing, endpoint: str) -> list[Shown]:
        """Each as a sentence: "Étape : contact ou orientation"."""
        rows = [
            ("q", _("Mots"), searched() if narrowed.words else ""),
            ("etape", _("Étape"), either([self.stage(each) for each in narrowed.stages])),
            ("parcours", _("Parcours"), either([journey_word(each) for each in narrowed.journeys])),
            ("epci", _("EPCI"), either([self.epcis.get(each, each) for each in narrowed.epcis])),
            ("partenaire", _("Chef de file"), self.partners.get(narrowed.partner or 0, "")),
            ("chef", _("Chef de file"), _("aucun") if narrowed.without_lead else ""),
            ("conseiller", _("Suivi par"), self.advisor(narrowed)),
            ("retard", _("Échéance"), _("en retard") if narrowed.late else ""),
            ("retenus", _("Courriels"), _("retenus") if narrowed.muted else ""),
            ("etat", _("Dossiers"), _("ouverts, sans les terminés") if narrowed.open else ""),
        ]
        return [
            {
                "name": name,
                "label": label,
                "value": value,
                "href": url_for(endpoint, **kept(name)),
                "theirs": name in ("q", "epci", "partenaire"),
            }
            for name, label, value in rows
            if value
        ]

    def advisor(self, narrowed: Narrowing) -> str:
        if narrowed.advisor is None:
            return ""
        return _("moi") if narrowed.advisor == g.user.id else self.team.get(narrowed.advisor, "")

    def fields(self, narrowed: Narrowing) -> list[Shown]:
        """The selects of the panel "Filtrer"."""
        stages = [(name, self.stage(name)) for name in self.stages]
        team = [("moi", _("moi"))] + [(str(id), name) for id, name in self.team.items() if id != g.user.id]
        mine = "moi" if narrowed.advisor == g.user.id else str(narrowed.advisor or "")
        lead = [("aucun", _("aucun"))]
        return [
            {"name": "q", "label": _("Nom, courriel, téléphone ou référence"), "value": searched(), "typed": True},
            field("etape", _("Étape"), stages, kept=narrowed.stages),
            field("parcours", _("Parcours"), [(each.name, journey_word(each.name)) for each in self.journeys],
                  kept=narrowed.journeys),
            field("epci", _("EPCI"), list(self.epcis.items()), kept=narrowed.epcis, theirs=True),
            field("partenaire", _("Structure chef de file"), [(str(id), name) for id, name in self.partners.items()],
                  str(narrowed.partner or ""), theirs=True),
            field("chef", _("Chef de file"), lead, "aucun" if narrowed.without_lead else ""),
            field("conseiller", _("Suivi par"), team, mine, theirs=True),
            field("retard", _("Échéance"), [("oui", _("en retard"))], "oui" if narrowed.late else ""),
            field("etat", _("Dossiers"), [("ouverts", _("ouverts, sans les terminés"))], "ouverts" if narrowed.open else ""),
        ]  # fmt: skip


def field(
    name: str,
    label: str,
    options: list[tuple[str, str]],
    value: str = "",
    kept: tuple[str, ...] = (),
    theirs: bool = False,
) -> Shown:
    """`kept`: what is chosen already where several may be, and is no longer offered."""
    left = [(code, words) for code, words in options if code not in kept]
    return {"name": name, "label": label, "options": left, "value": value, "kept": kept, "theirs": theirs}


def inside(label: str) -> str:
    """In the middle of a sentence: no capital."""
    return label[:1].lower() + label[1:] if label[:1].isalpha() else label


def open_files(count: int) -> str:
    """Open: the way has not ended, asleep or not. The same words in the menu, on the list, the board and À faire."""
    if isinstance(count, beyond.Many):
        return _("Plus de %(count)s dossiers ouverts", count=beyond.most())
    return ngettext("Un dossier ouvert", "%(num)s dossiers ouverts", count) if count else _("Aucun dossier ouvert")


def with_late(words: str, late: int) -> str:
    return _("%(words)s, dont %(late)s en retard", words=words, late=beyond.told(late)) if late else words


def either(words: list[str]) -> str:
    """contact ou orientation"""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s ou %(last)s", first=", ".join(words[:-1]), last=words[-1])
