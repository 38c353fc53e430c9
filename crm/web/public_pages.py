"""What the templates of the public pages draw with: addresses that keep the language, the desk's telephone, the lists."""

from typing import Any, NamedTuple

from flask import g, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from markupsafe import Markup

from crm.operations.first_answers import FirstAnswer
from crm.web import filters, languages
from crm.wording import people


class Page(NamedTuple):
    project: str
    heading: Any


MEET = lazy_gettext("Faisons connaissance")
PAGES = {
    "sante": Page("public/project_health.html", MEET),
    "entreprise": Page("public/project_business.html", MEET),
    "famille": Page("public/project_family.html", MEET),
    "etudes": Page("public/project_studies.html", MEET),
    "ambassade": Page("public/project_ambassador.html", lazy_gettext("Rejoindre les ambassadeurs")),
    "quelques-mots": Page("public/project_words.html", lazy_gettext("Écrivez-nous en quelques mots")),
}


def kept(endpoint: str, **values: Any) -> str:
    """The address of a page, in the language asked for: a partner's frame keeps no cookie."""
    if asked := request.args.get("lang"):
        values["lang"] = asked
    return url_for(endpoint, **values)


def desk_phone() -> Markup:
    number = g.territory.desk.phone
    return Markup('<a class="a-nowrap" href="{}" translate="no">{}</a>').format(
        people.phone_link(number), people.phone(number)
    )


def names_of_communes() -> list[tuple[str, str]]:
    return [(each.name, f"{', '.join(each.postal_codes)}, {each.epci_name}") for each in g.communes.all]


def names_of_professions(journey: str) -> list[str]:
    return [languages.in_words(each.label) for each in g.territory.professions if each.journey == journey]


def stops_after(answer: FirstAnswer) -> list[dict[str, Any]]:
    """What comes next, on the page that thanks."""
    first = {"name": _("Aujourd’hui"), "text": _("Votre demande est arrivée"), "state": "done"}
    answered = {
        "name": _("Au plus tard le %(day)s", day=filters.day(answer.before)),
        "text": _("Une première réponse"),
        "state": "here",
    }
    if answer.journey == "ambassador":
        return [
            first,
            answered,
            {"name": _("Ensuite"), "text": _("La charte, puis une première mission à votre mesure")},
        ]
    promises = g.territory.promises
    named = _("Sous %(days)s jours ouvrés", days=promises.named_person_working_days)
    met = _("Dans les %(days)s jours ouvrés", days=promises.meeting_working_days)
    return [
        first,
        answered,
        {"name": named, "text": _("Une personne nommée mène votre projet")},
        {"name": met, "text": _("Un rendez-vous")},
        {"name": _("Quand vous voulez"), "text": _("Un séjour pour voir")},
    ]


def drawn_with() -> dict[str, Any]:
    return {
        "kept": kept,
        "desk_phone": desk_phone,
        "names_of_communes": names_of_communes,
        "names_of_professions": names_of_professions,
    }
