"""Every page that can be read: its address in each situation that changes what it shows, and what it answers."""

from dataclasses import dataclass, field

from tests.promises.house import FILES, House
from tests.promises.presses import Given


@dataclass(frozen=True)
class Page:
    """`given`: what the address names (see House); `queries`: what may follow it."""

    given: Given = field(default_factory=dict)
    queries: tuple[str, ...] = ()
    code: int = 200
    role: str = "manager"

    def addresses(self, house: House, endpoint: str) -> list[str]:
        address = house.address(endpoint, **self.given)
        return [address, *(f"{address}?{query}" for query in self.queries)]


def of_files(*situations: str, queries: tuple[str, ...] = (), **more: str) -> list[Page]:
    return [Page({"reference": each, **more}, queries) for each in situations]


def by_link(token: str, *queries: str) -> list[Page]:
    return [Page({"token": token}, queries, role="public")]


PUBLIC = [Page(role="public")]
PROFILES = ("sante", "entreprise", "famille", "etudes", "ambassade", "quelques-mots")
JOURNEYS = ("health_professional", "entrepreneur", "family", "student", "ambassador")
LED = {"reference": "led"}
EMAIL: list[Page] = [Page({"email_id": each}) for each in ("waiting", "held", "uncertain")]

PAGES: dict[str, list[Page]] = {
    "static": [Page({"filename": "tokens.css"}, role="public"), Page({"filename": "nothing.css"}, (), 404, "public")],
    "frame.territory_css": PUBLIC,
    **dict.fromkeys(("health.alive", "health.metrics"), PUBLIC),
    "health.ready": [Page({}, (), 503, "public")],
    "accounts.sign_in": PUBLIC,
    "accounts.forgotten": PUBLIC,
    "accounts.choose_password": by_link("password"),
    "accounts.account": [Page()],
    "team.index": [Page(role="admin")],
    "team.add": [Page(role="admin")],
    "team.show": [Page({"user_id": each}, role="admin") for each in (1, 3, "left")],
    "team.close": [Page({"user_id": each}, role="admin") for each in (1, 2)],
    "public.home": [Page({}, (), 303, "public"), Page({}, (), 303)],
    "public.choose": PUBLIC,
    "public.apply": [Page({"profile": each}, role="public") for each in PROFILES],
    "public.thanks": by_link("thanks"),
    "public.privacy": PUBLIC,
    "public.legal": PUBLIC,
    "public.accessibility": PUBLIC,
    "leads.offer": by_link("offer", "reponse=oui", "reponse=transmettre", "reponse=non"),
    "led_files.show": by_link(
        "lead", "geste=rendez-vous", "geste=joint", "geste=injoignable", "geste=arrivee", "geste=rendre", "fait=joint"
    ),
    "links.called": by_link("called", "reponse=oui", "reponse=non"),
    "links.unsubscribe": by_link("unsubscribe", "fait=tout", "fait=nouvelles", "fait=reprendre"),
    "desk.index": [Page({}, ("appel=D-1001", "appel=D-1008"))],
    "lists.index": [Page({}, ("filtrer=oui", "etape=contact", "etape=contact&filtrer=oui", "parcours=family"))],
    "lists.search": [Page({}, ("q=besson", "q=06+39+98", "q=rien+du+tout"))],
    "board.index": [Page({}, ("filtrer=oui", "parcours=family"))],
    "case_files.show": of_files(*FILES, queries=("tout=oui",)),
    "case_files.new": [Page()],
    "case_files.step": [
        *of_files("led", step="pause"), *of_files("led", step="close"), *of_files("ready", step="confirm_discovery_weekend"),
        *of_files("closed", step="reopen"), *of_files("resting", step="resume"), *of_files("ambassador", step="leave"),
        *of_files("new", step="begin_orientation"), *of_files("led", step="begin_installation_directly"),
    ],
    "case_files.meeting": of_files("led", "new"),
    "case_files.stay": of_files("led", "new"),
    "case_files.outcome": of_files("led", "new"),
    "case_files.hold": of_files("led", email_id="waiting"),
    "case_files.lead": of_files("led", "asked", "new"),
    "case_files.hand_over": of_files("led"),
    "case_files.lead_answer": of_files("asked"),
    "case_files.withdraw_offer": of_files("asked"),
    "case_files.person": of_files("led", person_id="applicant"),
    "case_files.co_applicant": of_files("new"),
    "case_files.stop": of_files("led", person_id="applicant"),
    "case_files.erase_person": of_files("led", person_id="applicant"),
    "case_files.advisor": of_files("led"),
    "case_files.details": of_files("led", "new"),
    "case_files.dates": of_files("led", "ambassador"),
    "emails.forecast": [Page({}, ("jour=2026-12-02",))],
    "emails.index": [Page({}, ("liste=partis", "liste=a-verifier", "liste=non-partis", "jour=2026-12-02"))],
    "emails.verify": [Page()],
    "restored.show": [Page()],
    "emails.effects": [Page()],
    "emails.show": EMAIL,
    "emails.letter": EMAIL,
    "emails.why": EMAIL,
    "emails.box": [Page()],
    "emails.message": [Page({"name": "rien.eml"}, (), 404)],
    "emails.message_page": [Page({"name": "rien.eml"}, (), 404)],
    "partners.index": [Page({}, ("parcours=family", "territoire=200068567"))],
    "partners.show": [Page({"partner_id": 1}), Page({"partner_id": "partner"})],
    "partners.new": [Page()],
    "partners.edit": [Page({"partner_id": "partner"})],
    "partners.add_member": [Page({"partner_id": "partner"})],
    "partners.edit_member": [Page({"member_id": "member"})],
    "partners.retire": [Page({"member_id": "member"})],
    "journeys.index": [Page()],
    "journeys.show": [Page({"name": each}) for each in JOURNEYS],
    "journeys.stage": [Page({"name": "family", "stage": each}) for each in ("contact", "orientation", "closed")],
}  # fmt: skip
