"""A proposal passed on by whoever was asked: to a colleague of the list, or to somebody whom the list does not know."""

from datetime import timedelta

from flask import g, request
from flask_babel import gettext as _

from crm.operations import colleagues, lead_pages, leads
from crm.operations.attempts import Limit, count
from crm.operations.colleagues import ColleagueRefused
from crm.operations.ground import By
from crm.records.partners import Member
from crm.records.promises import LeadOffer
from crm.web import filters
from crm.web.leads_forms import Forward

NAMED_FROM_ONE_NETWORK = Limit("colleague", 20, timedelta(minutes=10))


def forward(asked: LeadOffer, by: By) -> Forward | None:
    form = Forward(request.form)
    colleague = _named(asked, form, by) if form.names_another else _of_the_list(asked, form)
    if colleague is None:
        return form
    leads.forward(g.session, g.ground, asked, colleague, g.at, by)
    return None


def _of_the_list(asked: LeadOffer, form: Forward) -> Member | None:
    there = [each.member for each in lead_pages.colleagues(g.session, g.ground, asked, g.at) if not each.away_until]
    colleague = next((each for each in there if each.ref == form.colleague.data), None)
    if colleague is None:
        form.refuse("colleague", _("Choisissez une personne de votre structure."))
    return colleague


def _named(asked: LeadOffer, form: Forward, by: By) -> Member | None:
    """Counted like what the public sends: an address is not to be tried after another."""
    if not form.check():
        return None
    counted = count(g.session, NAMED_FROM_ONE_NETWORK, request.remote_addr or "", g.at)
    g.session.commit()
    if counted.too_many:
        form.refuse(
            "email", _("Beaucoup d’essais viennent de votre réseau : attendez dix minutes, ou appelez l’accueil.")
        )
        return None
    names = form.first_name.data, form.last_name.data, form.email.data
    try:
        return colleagues.named_by_colleague(g.session, g.ground, asked, *names, g.at, by)
    except ColleagueRefused as refused:
        form.refuse("email", _why(refused))
        return None


def _why(refused: ColleagueRefused) -> str:
    sentences = {
        "own_address": _("C’est votre propre adresse : écrivez celle de votre collègue."),
        "shared_address": _("C’est la boîte commune de votre structure : écrivez l’adresse de la personne."),
        "elsewhere": _(
            "Cette adresse n’est pas celle d’une personne de votre structure. Si une autre structure est mieux placée, "
            "répondez « Je ne peux pas », puis choisissez-la."
        ),
        "gone": _("Cette personne n’est plus à solliciter dans votre structure : l’accueil vous dira pourquoi."),
        "away": _(
            "Cette personne est absente jusqu’au %(day)s : choisissez quelqu’un d’autre.",
            day=filters.day(refused.until) if refused.until else "",
        ),
    }
    return sentences[refused.code]
