"""Elsa, who was asked to lead Yasmine's project, with the link of her e-mail."""

from crm.operations.application import Application
from crm.records.promises import LeadOffer
from tests.web.whole_site import YASMINE, WholeSite, press

CANARIES = ("Canari", "yasmine.canari", "52 18", "639985218", "Une maison canari")


class Asked:
    """Elsa, who was asked to lead Yasmine's project, and her link."""

    def __init__(self, site: WholeSite, application: Application = YASMINE) -> None:
        self.site = site
        self.case_file = site.open(application)
        offer = site.propose(self.case_file)
        self.member_id, self.n = offer.member_id, offer.n
        self.token = site.offer_link(offer, self.case_file)
        self.browser = site.client()

    @property
    def offer(self) -> LeadOffer:
        with self.site.database.reading() as session:
            return session.query(LeadOffer).filter_by(n=self.n).one()

    def read(self, query: str = ""):
        return self.browser.get(f"/p/proposition/{self.token}{query}")

    def answer(self, **answers):
        return press(self.browser, f"/p/proposition/{self.token}", answers)

    def accept(self):
        return self.answer(reponse="oui", call_by="2026-12-02")

    def note(self, **answers):
        return press(self.browser, f"/p/suivi/{self.token}", answers)

    def sheet(self):
        return self.browser.get(f"/p/suivi/{self.token}")
