"""A desk where every page has something to show: files in all states, a very long name, mail in doubt, links to open."""

from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import select

from crm.operations import accounts, intake, leads, meetings, passwords, sessions, shell, stays, steps
from crm.operations.application import Adult, Application
from crm.operations.ground import By
from crm.operations.links import make_link, remember_link
from crm.records.case_files import CaseFile
from crm.records.emails import Attempt, ScheduledEmail
from crm.records.promises import LeadOffer
from crm.records.staff import User
from tests import people
from tests.browser.welcome_desk import WelcomeDesk, desk_settings, paris
from workflows.situation import MailStatus, Reason

NADIA = By("u1", "Nadia Belkacem", "desk")
LONG = Application(
    Adult(
        "Marie-Antoinette-Guillemette", "de La Rochefoucauld-Montmorency-Châteauneuf",
        "marie-antoinette-guillemette.de-la-rochefoucauld-montmorency@example.org", "+33639986002",
    ),
    "family",
    co_applicant=Adult("Maximilien-Emmanuel", "Oberkirchner von Hohenstaufen", None),
    profile="conservatrice-restauratrice du patrimoine et formatrice pour adultes en alternance",
    request="Unsehrlangeswortohnejedeleerstelle" * 6 + " : y a-t-il de la place ?",
    commune="26064",
)  # fmt: skip
CAST = {
    "ines": people.MARCHETTI,
    "two": people.BESSON,
    "asked": people.ROUSSEL,
    "closed": people.DUPRAT,
    "asleep": people.ARNOUX,
    "ambassador": people.LEROY,
    "silent": people.SILENT,
    "long": LONG,
}


class LivedIn(WelcomeDesk):
    """`files`: name in the cast → reference; `tokens`: page → token of its link; `emails`: state → number."""

    files: dict[str, str]
    tokens: dict[str, str]
    emails: dict[str, int]

    def open_for_lucie(self) -> None:
        with self.parts.database.transaction() as session:
            accounts.add_user(session, "lucie.arnaud@example.org", "admin", self.at, first_name="Lucie")

    def live(self) -> None:
        self.open_for_lucie()
        self.files = {name: self.open(application) for name, application in CAST.items()}
        self.turn()
        self.tokens, self.emails = {}, {}
        self._files_go_on()
        self._mail_goes_wrong()
        self.turn()
        self._links_are_given()

    def open(self, application: Application) -> str:
        by = By("form", "", "form")
        with self.parts.database.transaction() as session:
            return intake.open_or_join(session, self.parts.ground, application, self.at, by).case_file.reference

    def cookie(self, email: str) -> str:
        """Of a browser whose user signed in a moment ago."""
        client = self.app.test_client()
        with self.parts.database.transaction() as session:
            user = session.scalars(select(User).filter_by(email=email)).one()
            token = sessions.open_session(session, user, self.at)
        with client.session_transaction() as kept:
            kept["_user_id"], kept["_fresh"] = token, True
        cookie = client.get_cookie("ancrage")
        assert cookie is not None
        return cookie.value

    def _files_go_on(self) -> None:
        ground, at = self.parts.ground, self.at
        with self.parts.database.transaction() as session:
            file = {
                name: session.scalars(select(CaseFile).filter_by(reference=ref)).one()
                for name, ref in self.files.items()
            }
            for name in ("two", "asked"):
                leads.propose(session, ground, file[name], at, NADIA)
            offer = session.scalars(select(LeadOffer).filter_by(case_file_id=file["two"].id)).one()
            leads.accept(
                session, ground, offer, date(2026, 12, 1), at, By(f"m{offer.member_id}", "Elsa Gontard", "link")
            )
            meetings.set_meeting(session, ground, file["two"], at - timedelta(hours=1), "video", at, NADIA)
            meetings.set_meeting(
                session, ground, file["ines"], at + timedelta(days=6), "place", at, NADIA, "Mairie de Die"
            )
            stays.set_stay(session, ground, file["ines"], date(2026, 12, 11), date(2026, 12, 13), at, NADIA, "Die")
            steps.close(session, ground, file["closed"], "gave_up_moving", at, NADIA, "Projet abandonné.")
            steps.pause(session, ground, file["asleep"], date(2027, 3, 1), at, NADIA)

    def _mail_goes_wrong(self) -> None:
        """One letter that may have arrived, one that a human must let go, one refused for good."""
        ground, at = self.parts.ground, self.at
        ends = {"uncertain": "may_have_arrived", "asked": "too_late", "dead": "server_refused"}
        with self.parts.database.transaction() as session:
            for (status, why), name in zip(ends.items(), ("ines", "asked", "long"), strict=True):
                file = session.scalars(select(CaseFile).filter_by(reference=self.files[name])).one()
                email = session.scalars(select(ScheduledEmail).filter_by(case_file_id=file.id)).first()
                assert email is not None
                session.add(Attempt(email_id=email.id, fence=1, at=at, phase="at_dot", outcome="lost"))
                reason = Reason(why, {"answer": "550 5.1.1 unknown"} if status == "dead" else {})
                shell.report(session, ground, email, MailStatus(status), at, (reason,))
                self.emails[status] = email.id

    def _links_are_given(self) -> None:
        at = self.at
        with self.parts.database.transaction() as session:
            file = {
                name: session.scalars(select(CaseFile).filter_by(reference=ref)).one()
                for name, ref in self.files.items()
            }
            for page, name in (("leads.offer", "asked"), ("led_files.show", "two")):
                offer = session.scalars(select(LeadOffer).filter_by(case_file_id=file[name].id)).one()
                self.tokens[page] = make_link(
                    session, "lead_offer", f"m{offer.member_id}", at, case_file_id=file[name].id, offer_n=offer.n
                )
            for page, purpose in (("links.called", "called"), ("links.unsubscribe", "unsubscribe")):
                self.tokens[page] = make_link(session, purpose, "p1", at, case_file_id=file["ines"].id)
            advisor = session.scalars(select(User).filter_by(role="advisor")).one()
            self.tokens["accounts.choose_password"] = passwords.password_link(session, advisor.ref, True, at)
            self.tokens["public.thanks"] = "t" * 43
            remember_link(session, "t" * 43, "thanks", at, case_file_id=file["ines"].id)
            waiting = select(ScheduledEmail).filter_by(status="waiting", case_file_id=file["ines"].id)
            found = session.scalars(waiting).first()
            assert found is not None
            self.emails["waiting"] = found.id


def an_empty_desk(database_url: str, folder: Path) -> LivedIn:
    """Friday morning, everybody there, nobody wrote yet."""
    return LivedIn(paris("2026-11-27T10:44"), desk_settings(database_url, f"folder:{folder}/mail"))
