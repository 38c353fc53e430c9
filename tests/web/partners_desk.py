"""The directory as tests of its pages press it."""

import re

from crm.records.partners import Absence, Member, Partner
from tests.web.whole_site import HIDDEN, press

PAGE = "/partenaires"


def partner(desk, code):
    return next(each for each in desk.all(Partner) if each.code == code)


def member(desk, email):
    return next(each for each in desk.all(Member) if each.email == email)


def helene(desk):
    return member(desk, "helene.faure@example.org")


def page_of(desk, code="health_desk_diois"):
    return f"{PAGE}/{partner(desk, code).id}"


def away(desk, who, **answers):
    """Presses the small form beside that person."""
    page = f"{PAGE}/{who.partner_id}"
    said = {"who": who.ref, "starts_on": "2026-12-21", "ends_on": "2026-12-31", "substitute": "", **answers}
    return press(desk.client("advisor"), f"{page}/absences", said, page)


def absences_of(desk, who):
    return [each for each in desk.all(Absence) if each.who == who.ref]


def was(page):
    """What the form carries of the moment it was drawn."""
    found = re.findall(r'name="(version|was-[\w]+)" value="([^"]*)"', page)
    return {name: value.replace("&#39;", "'") for name, value in found} | dict(HIDDEN.findall(page))


def sheet_of(desk, who, client=None):
    address = f"{PAGE}/personnes/{who.id}"
    carried = was((client or desk.client("advisor")).get(address).text)
    fields = {name.removeprefix("was-"): value for name, value in carried.items() if name.startswith("was-")}
    return address, carried | {name: value for name, value in fields.items() if name != "correspondent" or value}
