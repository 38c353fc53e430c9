"""S1 and S2: roles × routes × states of the object. Nobody reads what is not theirs; a refusal changes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.routing import Rule

from crm import policy
from crm.operations import accounts, leads, passwords, steps
from crm.operations.ground import By
from crm.operations.links import remember_link
from crm.records.case_files import CaseFile
from crm.records.links import Link
from crm.records.promises import LeadOffer
from crm.records.staff import User
from tests.web.whole_site import HIDDEN, YASMINE, WholeSite

ALL = "public advisor manager admin"
DESK = "advisor manager admin"

TABLE = {
    "static": ALL,
    "frame.territory_css": ALL,
    "health": ALL,
    "public": ALL,
    "leads": ALL,
    "led_files": ALL,
    "links": ALL,
    "accounts": ALL,
    "accounts.account": DESK,
    "team": "admin",
    "desk": DESK,
    "case_files": DESK,
    "case_files.export_person": "manager admin",
    "case_files.erase_person": "manager admin",
    "lists": DESK,
    "board": DESK,
    "emails": DESK,
    "emails.restart": "manager admin",
    "restored": "manager admin",
    "partners": DESK,
    "journeys": DESK,
}
"""Who may enter: an endpoint, or else all of its blueprint. Written by hand, apart from policy.py."""

ROLES = ("public", "advisor", "manager", "admin", "disabled")
STATES = ("live", "ended", "unknown")
CANARIES = ("Canari", "yasmine.canari", "639985218", "39 98 52 18")
SHOWS_THEM = {"led_files.show"}  # the contact sheet, to whoever holds the link of the yes
ANSWERS_WHEN_ALLOWED = {200, 204, 302, 303, 307, 400, 404, 405, 409, 410, 413, 415, 422, 429}


def expected(endpoint: str) -> set[str]:
    line = TABLE.get(endpoint) or TABLE.get(endpoint.split(".")[0])
    assert line, f"{endpoint} has no line in the table of this test"
    return set(line.split())


@dataclass
class Objects:
    """The same things in three states: as they should be, over, and never seen."""

    site: WholeSite
    tokens: dict[tuple[str, str], str] = field(default_factory=dict)  # (endpoint, state) → token
    references: dict[str, str] = field(default_factory=dict)  # state → reference of a file

    def values(self, rule: Rule, state: str) -> dict[str, Any]:
        return {name: self._value(rule.endpoint, name, state) for name in rule.arguments}

    def _value(self, endpoint: str, name: str, state: str) -> str | int:
        known: dict[str, str | int] = {
            "token": self.tokens.get((endpoint, state), "nobody"),
            "ref": self.references.get(state, "D-999999"),
            "reference": self.references.get(state, "D-999999"),
            "profile": "famille" if state == "live" else "rien",
            "name": "family" if state == "live" else "rien",
            "filename": "tokens.css" if state == "live" else "rien.css",
        }
        return known.get(name, 1 if state == "live" else 999_999)


@pytest.fixture
def objects(site: WholeSite) -> Objects:
    asked, led, closed = (site.open(each) for each in (YASMINE, _other("2"), _other("3")))
    offer = site.propose(asked)
    accepted = site.propose(led)
    found = Objects(site, references={"live": asked.reference, "ended": closed.reference})
    with site.database.transaction() as session:
        leads.accept(
            session, site.ground, session.get_one(LeadOffer, accepted.id), _in_three_days(site), site.at, NADIA
        )
        gone = session.get_one(CaseFile, closed.id)
        steps.close(session, site.ground, gone, "gave_up_moving", site.at, NADIA)
        advisor = site.user(session, "advisor")
        found.tokens[("accounts.choose_password", "live")] = passwords.password_link(
            session, advisor.ref, False, site.at
        )
        remember_link(session, "t" * 43, "thanks", site.at, case_file_id=asked.id)
    live = {
        "leads.offer": site.offer_link(offer, asked),
        "led_files.show": site.offer_link(accepted, led),
        "links.called": site.link("called", "p1", asked),
        "links.unsubscribe": site.link("unsubscribe", "p1", asked),
        "public.thanks": "t" * 43,
    }
    same = {
        "leads.answer": "leads.offer",
        "led_files.note": "led_files.show",
        "links.called_answer": "links.called",
        "links.unsubscribe_one_click": "links.unsubscribe",
        "links.stop": "links.unsubscribe",
    }
    live |= {endpoint: live[other] for endpoint, other in same.items()}
    found.tokens |= {(endpoint, "live"): token for endpoint, token in live.items()}
    purposes = {"leads.offer": "lead_offer", "led_files.show": "led_file", "links.called": "called"}
    for endpoint in live:
        purpose = purposes.get(same.get(endpoint, endpoint), "unsubscribe")
        over = site.link(purpose, "p1", asked, ends_at=site.at - timedelta(days=1))
        found.tokens[(endpoint, "ended")] = over
    return found


NADIA = By("u1", "Nadia Belkacem", "desk")


def _other(number: str):
    adult = YASMINE.applicant
    return YASMINE.__class__(
        adult.__class__(f"Yasmine{number}", "Canari", f"yasmine.canari{number}@example.org", None),
        "family",
        commune="26113",
    )


def _in_three_days(site: WholeSite):
    return site.at.date() + timedelta(days=3)


def browser(site: WholeSite, role: str):
    if role != "disabled":
        return site.client(role)
    client = site.client("advisor")
    with site.database.transaction() as session:
        accounts.disable(session, site.user(session, "advisor"))
    return client


def forgery_token(client, role: str) -> dict[str, str]:
    page = client.get("/compte" if role in ("advisor", "manager", "admin") else "/entrer")
    return {name: value for name, value in HIDDEN.findall(page.text) if name == "csrf_token"}


def routes(site: WholeSite) -> Iterator[tuple[Rule, str]]:
    for rule in site.app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            yield rule, method


def cells(objects: Objects) -> Iterator[tuple[Rule, str, str]]:
    for rule, method in routes(objects.site):
        for state in STATES if rule.arguments else ("live",):
            yield rule, method, state


def test_S1_every_route_has_its_row_and_every_row_its_route(site):
    assert set(site.app.view_functions) == set(policy.ROUTES)


def test_S1_every_route_of_the_policy_says_what_the_table_says(site):
    said = {endpoint: set(policy.ROUTES[endpoint].roles) for endpoint in site.app.view_functions}
    assert said == {endpoint: expected(endpoint) for endpoint in said}


def test_S1_a_route_without_a_row_is_refused():
    assert not any(policy.may_enter(_someone(role), "somewhere.new") for role in policy.ROLES)


def _someone(role: str) -> User:
    return User(role=role)


@dataclass
class Cell:
    rule: Rule
    method: str
    state: str
    address: str


def addressed(objects: Objects) -> list[Cell]:
    with objects.site.app.test_request_context():
        return [
            Cell(rule, method, state, objects.site.app.url_for(rule.endpoint, **objects.values(rule, state)))
            for rule, method, state in cells(objects)
        ]


@pytest.mark.parametrize("role", ROLES)
def test_S1_S2_roles_by_routes_by_states(objects, role):
    site, stands_as = objects.site, "public" if role == "disabled" else role
    client, wrong = browser(site, role), []
    token = forgery_token(client, role)
    allowed: dict[bool, list[Cell]] = {True: [], False: []}
    for cell in addressed(objects):
        allowed[stands_as in expected(cell.rule.endpoint)].append(cell)
    before = site.digest()
    wrong += [fault for cell in allowed[False] if (fault := _try(site, client, token, cell, False, role))]
    assert site.digest() == before, "a refusal changed the database"
    wrong += [fault for cell in allowed[True] if (fault := _try(site, client, token, cell, True, role))]
    assert wrong == []


def _try(site, client, token, cell, allowed, role):
    ends_the_session = cell.rule.endpoint in ("accounts.sign_out", "accounts.choose_password")
    browser_used = site.app.test_client() if ends_the_session else client
    answer = browser_used.open(cell.address, method=cell.method, data=token if cell.method == "POST" else None)
    fault = _fault(cell.rule.endpoint, cell.method, answer, allowed, role)
    return (cell.rule.endpoint, cell.method, cell.state, answer.status_code, fault) if fault else None


def _fault(endpoint, method, answer, allowed, role) -> str:
    if allowed and answer.status_code not in ANSWERS_WHEN_ALLOWED:
        return "allowed, and refused or broken"
    led_away = answer.status_code == 303 and answer.location.startswith("/entrer")
    if not allowed and not (answer.status_code == 403 or (method == "GET" and led_away)):
        return "refused, and let in"
    stranger = role in ("public", "disabled")
    if stranger and endpoint not in SHOWS_THEM and any(canary in answer.text for canary in CANARIES):
        return "shows what is not theirs"
    return ""


@pytest.mark.parametrize("state", ["ended", "unknown"])
def test_S2_a_link_that_is_over_or_unknown_opens_nothing(objects, state):
    site, opened = objects.site, []
    before = site.digest()
    for cell in addressed(objects):
        if (
            cell.state != state
            or "token" not in cell.rule.arguments
            or cell.rule.endpoint == "accounts.choose_password"
        ):
            continue
        answer = site.client().open(cell.address, method=cell.method)
        if answer.status_code not in (404, 410):
            opened.append((cell.rule.endpoint, cell.method, answer.status_code))
    assert site.digest() == before
    assert opened == []


def test_S3_reading_any_page_changes_nothing(objects):
    site = objects.site
    client, before = site.client("admin"), site.digest()
    for cell in addressed(objects):
        if cell.method == "GET":
            client.get(cell.address)
            client.head(cell.address)
    assert site.digest() == before


def test_S3_every_form_wants_its_token_but_the_one_click(objects):
    site, let_in = objects.site, []
    client, before = site.client("admin"), site.digest()
    for cell in addressed(objects):
        if cell.method == "POST" and cell.state == "live" and cell.rule.endpoint not in policy.WITHOUT_CSRF:
            answer = client.post(cell.address, data={"first_name": "Forgée"})
            if answer.status_code not in (400, 413, 422):
                let_in.append((cell.rule.endpoint, answer.status_code))
    assert let_in == []
    assert site.digest() == before


def test_S3_two_lists_say_which_routes_carry_another_token_or_none():
    assert policy.WITHOUT_CSRF == {"links.unsubscribe_one_click"}
    assert {endpoint.split(".")[0] for endpoint in policy.SIGNED_FORMS} == {"public", "leads", "led_files", "links"}


def test_a_link_is_stored_by_its_digest_only(objects):
    tokens = set(objects.tokens.values())
    with objects.site.database.reading() as session:
        assert not tokens & set(session.scalars(select(Link.token_hash)))
