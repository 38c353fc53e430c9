"""For each address that takes a press: who presses, on which page, with which answers. R6 and S3 walk through it."""

from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from crm.records.base import Base
from tests.promises.forms import SentForm, form_to, forms_of
from tests.promises.house import House
from tests.web.whole_site import COUNTERS, PASSWORD

Given = dict[str, str | int]
TOKENS = ("csrf_token", "press", "signed", "once", "website")  # what a page hides in its forms
NEXT_WEEK, LATER, LATEST = "2026-12-09", "2026-12-16", "2026-12-18"


@dataclass(frozen=True)
class Press:
    """`given`: what the address names (see House); `page`: the endpoint that draws the form, with what it names, when it
    is not the address itself."""

    given: Given = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    page: tuple[str, Given] | None = None
    role: str = "manager"


LED: Given = {"reference": "led"}
SHEET = ("case_files.show", LED)
PARTNER: tuple[str, Given] = ("partners.show", {"partner_id": "partner"})


def of_file(answers: dict[str, str], file: str = "led", page: str = "case_files.show", role: str = "manager") -> Press:
    return Press({"reference": file}, answers, (page, {"reference": file}), role)


PRESSES: dict[str, Press] = {
    # without an account
    "accounts.sign_in": Press(answers={"email": "nadia.belkacem@example.org", "password": PASSWORD}, role="public"),
    "accounts.forgotten": Press(answers={"email": "nadia.belkacem@example.org"}, role="public"),
    "accounts.choose_password": Press({"token": "password"}, {"password": "ardoise thym jeudi"}, role="public"),
    "public.apply": Press(
        {"profile": "famille"},
        {"first_name": "Aïcha", "last_name": "Morel", "email": "aicha@example.org", "request": "Une école"},
        role="public",
    ),
    "leads.answer": Press(
        {"token": "offer"}, {"reponse": "oui", "call_by": "2026-12-03"}, ("leads.offer", {"token": "offer"}), "public"
    ),
    "led_files.note": Press(
        {"token": "lead"}, {"geste": "injoignable"}, ("led_files.show", {"token": "lead"}), "public"
    ),
    "links.called_answer": Press(
        {"token": "called"}, {"reponse": "non"}, ("links.called", {"token": "called"}), "public"
    ),
    "links.unsubscribe_one_click": Press(
        {"token": "unsubscribe"}, {"List-Unsubscribe": "One-Click"}, ("public.choose", {}), "public"
    ),
    "links.stop": Press(
        {"token": "unsubscribe"}, {"choix": "tout"}, ("links.unsubscribe", {"token": "unsubscribe"}), "public"
    ),
    # one's own account
    "accounts.sign_out": Press(page=("accounts.account", {})),
    "accounts.account": Press(answers={"first_name": "Nadine", "last_name": "Belkacem"}),
    # the accounts of the desk
    "team.add": Press(
        answers={"first_name": "Rémi", "last_name": "Garnier", "email": "remi.nouveau@example.org", "role": "advisor"},
        role="admin",
    ),
    "team.role": Press({"user_id": 1}, {"role": "manager"}, ("team.show", {"user_id": 1}), "admin"),
    "team.link": Press({"user_id": 1}, {}, ("team.show", {"user_id": 1}), "admin"),
    "team.close": Press({"user_id": 1}, {"taker": "2"}, role="admin"),
    "team.reopen": Press({"user_id": "left"}, {}, ("team.show", {"user_id": "left"}), "admin"),
    # the worklist
    "desk.call": Press({"reference": "new"}, {"outcome": "no_answer"}, ("desk.index", {})),
    "desk.propose": Press({"reference": "new"}, {}, ("desk.index", {})),
    "desk.wake": Press({"reference": "resting"}, {}, ("desk.index", {})),
    "desk.undo": Press({"reference": "muted"}, {"n": "last"}, ("desk.index", {}), "advisor"),
    "board.move": Press({"reference": "ready"}, {"step": "confirm_discovery_weekend"}, ("board.index", {})),
    # one case file
    "case_files.new": Press(
        answers={
            "journey": "family",
            "first_name": "Rosa",
            "last_name": "Lindt",
            "email": "rosa@example.org",
            "how": "spoke",
        }
    ),
    "case_files.undo": of_file({"n": "last"}, "muted", role="advisor"),
    "case_files.call": of_file({"outcome": "no_answer"}, "new"),
    "case_files.note": of_file({"note": "Rappeler lundi"}),
    "case_files.step": Press({"reference": "led", "step": "pause"}, {"day": LATER, "word": "Attendre"}),
    "case_files.meeting": Press(
        LED, {"day": NEXT_WEEK, "hour": "18:30", "way": "telephone", "place": "", "with_whom": "Elsa"}
    ),
    "case_files.meeting_noted": of_file({"result": "kept", "word": "Bien"}),
    "case_files.cancel_meeting": Press(LED, {"word": "Grippe"}, ("case_files.meeting", LED)),
    "case_files.stay": Press(LED, {"starts_on": LATER, "ends_on": LATEST, "place": "Die", "host": "Mairie"}),
    "case_files.cancel_stay": Press(LED, {"status": "cancelled_by_them", "word": ""}, ("case_files.stay", LED)),
    "case_files.outcome": Press(LED, {"p3-code": "settling", "p3-settling_on": "2027-06-01"}),
    "case_files.hold_all": of_file({"reason": "delicate", "until": NEXT_WEEK}),
    "case_files.release_all": of_file({}, "muted"),
    "case_files.hold": Press(
        {"reference": "led", "email_id": "waiting"}, {"reason": "just_spoken", "until": NEXT_WEEK}
    ),
    "case_files.release": Press({"reference": "led", "email_id": "held"}, {}, SHEET),
    "case_files.propose": of_file({}, "new", "case_files.lead"),
    "case_files.hand_over": Press(LED, {"reason": "no_availability", "word": ""}),
    "case_files.lead_answer": Press({"reference": "asked"}, {"answer": "yes", "call_by": NEXT_WEEK}),
    "case_files.withdraw_offer": Press({"reference": "asked"}, {"then": "stop"}),
    "case_files.person": Press({"reference": "led", "person_id": "applicant"}, {"profession": "archiviste"}),
    "case_files.co_applicant": Press(
        {"reference": "new"},
        {"first_name": "Sami", "last_name": "Roussel", "email": "sami@example.org", "language": "fr", "agreed": "y"},
    ),
    "case_files.consent": Press(
        {"reference": "led", "person_id": "applicant"},
        {"purpose": "promotion", "given": "1"},
        ("case_files.person", {"reference": "led", "person_id": "applicant"}),
    ),
    "case_files.stop": Press({"reference": "led", "person_id": "applicant"}, {"stop": "1"}),
    "case_files.export_person": Press(
        {"reference": "led", "person_id": "applicant"},
        {},
        ("case_files.person", {"reference": "led", "person_id": "applicant"}),
    ),
    "case_files.erase_person": Press({"reference": "led", "person_id": "applicant"}),
    "case_files.advisor": Press(LED, {"advisor": "2"}),
    "case_files.details": Press(LED, {"profile": "bibliothécaire et relieuse"}),
    "case_files.dates": Press(LED, {"arrival_planned-day": "2027-06-01"}),
    "case_files.fact": of_file({"fact": "stay_unneeded", "holds": "1"}),
    # e-mails
    "emails.restart": Press(page=("emails.index", {})),
    "restored.decide": Press(answers={"choix": "release"}, page=("restored.show", {})),
    "emails.decide_all": Press(page=("emails.verify", {})),
    "emails.decide": Press({"email_id": "uncertain"}, {"choix": "sent"}, ("emails.why", {"email_id": "uncertain"})),
    # partners
    "partners.absent": Press(
        {"partner_id": "partner"}, {"who": "who", "starts_on": NEXT_WEEK, "ends_on": LATER, "substitute": ""}, PARTNER
    ),
    "partners.advisor_absent": Press(
        {}, {"who": "u1", "starts_on": NEXT_WEEK, "ends_on": LATER, "substitute": "u2"}, ("partners.index", {})
    ),
    "partners.end_absence": Press({"absence_id": "absence"}, {}, ("partners.index", {})),
    "partners.new": Press(answers={"name": "Maison du Vercors", "journeys": "family"}),
    "partners.edit": Press({"partner_id": "partner"}, {"name": "Maison du Diois"}),
    "partners.add_member": Press(
        {"partner_id": "partner"},
        {"first_name": "Ugo", "last_name": "Salas", "email": "ugo@example.org", "ceiling": "4"},
    ),
    "partners.edit_member": Press({"member_id": "member"}, {"function": "chargée d’accueil"}),
    "partners.retire": Press({"member_id": "member"}),
    "partners.reinstate": Press({"member_id": "gone"}, {}, PARTNER),
}


def address_of(house: House, endpoint: str) -> str:
    return house.address(endpoint, **PRESSES[endpoint].given)


def page_of(house: House, endpoint: str) -> str:
    page, given = PRESSES[endpoint].page or (endpoint, PRESSES[endpoint].given)
    return house.address(page, **given)


def drawn(house: House, endpoint: str, client: FlaskClient) -> SentForm:
    """The form as a person sends it: the page is read, its answers written over."""
    press, address, page = PRESSES[endpoint], address_of(house, endpoint), page_of(house, endpoint)
    html = client.get(page).text
    try:
        form = form_to(html, page, urlsplit(address).path)
    except LookupError:  # a button that this situation does not draw: the token of the page is enough
        form = SentForm(address, form_of_token(html))
    form.fields.pop("look", None)  # the button that only asks what the form would cause
    form.fields |= {name: str(house.names.get(value, value)) for name, value in press.answers.items()}
    return form


def form_of_token(html: str) -> dict[str, str]:
    found = forms_of(html, "")
    return {name: found[0].fields[name] for name in ("csrf_token", "press") if found and name in found[0].fields}


def send(client: FlaskClient, form: SentForm) -> TestResponse:
    return client.post(form.action, data=form.fields)


def counts(house: House) -> Counter[str]:
    tables = [table for table in Base.metadata.sorted_tables if table.name not in COUNTERS]
    with house.site.database.reading() as session:
        return Counter({table.name: session.scalar(select(func.count()).select_from(table)) for table in tables})
