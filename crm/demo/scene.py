"""What the people of the demo can do: the very operations of the desk, at a virtual instant."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.operations import holding, importing, leads, meetings, noting, people, stays, steps
from crm.operations.application import Application
from crm.operations.ground import By, Ground
from crm.operations.intake import open_or_join
from crm.operations.shell import Said, perform
from crm.records.case_files import CaseFile
from crm.records.emails import ScheduledEmail
from crm.records.promises import LeadOffer
from crm.records.staff import User
from workflows.acts import Known, Learn
from workflows.calendar import add_months
from workflows.effects import ActRefused
from workflows.journey import Span, Unit

NO_END = datetime.max.replace(tzinfo=UTC)


@dataclass
class Scene:
    """One case file on its way. `at` is the virtual now, set by whoever resumes the life; `until` is the real one."""

    session: Session
    ground: Ground
    rng: Random
    at: datetime
    file: CaseFile | None = None
    until: datetime = datetime.max
    application: Application | None = None
    arrival: date | None = None
    notes: list[str] = field(default_factory=list)

    # time

    def in_working_days(self, count: int, hour: int | None = None) -> datetime:
        """So many working days from now, in office hours."""
        day = self.ground.calendar.add(self.ground.calendar.day(self.at), Span(count, Unit.WORKING_DAYS))
        return self.ground.calendar.instant(day, time(hour or self.rng.randrange(9, 18), self.rng.randrange(60)))

    def in_days(self, count: int) -> datetime:
        """So many days from now, at an hour when people write."""
        day = self.ground.calendar.day(self.at) + timedelta(days=count)
        return self.ground.calendar.instant(day, time(self.rng.randrange(7, 23), self.rng.randrange(60)))

    def before_the_end(self, days: int = 0, hours: int = 0) -> datetime:
        """Shortly before the cast is handed over."""
        return self.until - timedelta(days=days, hours=hours)

    def at_arrival(self, months: int, days: int) -> datetime:
        """So long after they arrived."""
        assert self.arrival is not None
        return self.ground.calendar.instant(add_months(self.arrival, months) + timedelta(days=days), time(17, 40))

    def day(self, ahead: int) -> date:
        return self.ground.calendar.day(self.at) + timedelta(days=ahead)

    def weekend(self, ahead: int) -> tuple[date, date]:
        """A Friday about so many days ahead, and its Sunday."""
        day = self.day(ahead)
        friday = day + timedelta(days=(4 - day.weekday()) % 7)
        return friday, friday + timedelta(days=2)

    # people

    @property
    def dossier(self) -> CaseFile:
        assert self.file is not None
        return self.file

    @property
    def advisor(self) -> By:
        user = self.session.get_one(User, self.dossier.advisor_id)
        return By(user.ref, user.name, "desk")

    @property
    def applicant(self) -> By:
        person = self.dossier.people[0].person
        return By(person.ref, person.name, "link")

    # acts

    def write_in(self, stage: str | None = None) -> None:
        """By the form; or added by the desk, at the stage where it stands already."""
        assert self.application is not None
        who = self.application.applicant
        by = By("public", f"{who.first_name} {who.last_name}", "form")
        if self.application.door == "desk":
            nadia = self.session.scalars(select(User).filter_by(role="advisor").order_by(User.id)).first()
            assert nadia is not None
            by = By(nadia.ref, nadia.name, "desk")
        self.file = open_or_join(self.session, self.ground, self.application, self.at, by, stage=stage).case_file

    def writes_again(self, request: str) -> None:
        assert self.application is not None
        self.application = replace(self.application, request=request)
        self.write_in()

    def import_list(self, rows: bytes) -> None:
        """A spreadsheet of the desk: its files write to nobody until somebody takes them in hand."""
        boss = self.session.scalars(select(User).filter_by(role="manager").order_by(User.id)).one()
        lines = list(importing.import_rows(self.session, self.ground, rows, self.at, By(boss.ref, boss.name, "import")))
        first = next(line.reference for line in lines if line.outcome == "created")
        self.file = self.session.scalars(select(CaseFile).filter_by(reference=first)).one()

    def call(self, result: str, word: str = "") -> None:
        noting.note_call(self.session, self.ground, self.dossier, result, self.at, self.advisor, word=word)

    def note(self, word: str) -> None:
        noting.annotate(self.session, self.ground, self.dossier, word, self.at, self.advisor)

    def learn(self, **facts: bool) -> None:
        noting.learn(self.session, self.ground, self.dossier, facts, self.at, self.advisor)

    def learn_date(self, name: str, day: date) -> None:
        noting.set_date(self.session, self.ground, self.dossier, name, day, self.at, self.advisor)

    def propose(self) -> bool:
        try:
            leads.propose(self.session, self.ground, self.dossier, self.at, self.advisor)
        except leads.NobodyToAsk:
            return False
        return True

    def offer(self) -> LeadOffer | None:
        query = select(LeadOffer).filter_by(case_file_id=self.dossier.id, status="offered").order_by(LeadOffer.n.desc())
        return self.session.scalars(query.limit(1)).one_or_none()

    def answer(self, verdict: str, word: str = "") -> bool:
        """`verdict`: yes, or a code of DECLINE_REASONS. False when nobody is asked any more."""
        offer = self.offer()
        if offer is None or offer.member is None:
            return False
        by = By(offer.member.ref, offer.member.name, "link")
        if verdict == "yes":
            until = self.ground.calendar.add(self.ground.calendar.day(self.at), Span(3, Unit.WORKING_DAYS))
            leads.accept(self.session, self.ground, offer, until, self.at, by)
        else:
            leads.decline(self.session, self.ground, offer, verdict, self.at, by, word)
        return True

    def lead_calls(self, result: str = "met") -> None:
        member = self.dossier.lead_member
        by = By(member.ref, member.name, "link") if member else self.advisor
        leads.note_contact(self.session, self.ground, self.dossier, result, self.at, by)

    def meeting(self, in_working_days: int, way: str = "telephone", place: str = "") -> datetime:
        starts = self.in_working_days(in_working_days).replace(minute=30)
        member = self.dossier.lead_member
        whom = member.name if member else self.advisor.name
        meetings.set_meeting(self.session, self.ground, self.dossier, starts, way, self.at, self.advisor, place, whom)
        return starts

    def meeting_was(self, result: str, word: str = "") -> None:
        meetings.note_meeting(self.session, self.ground, self.dossier, result, self.at, self.advisor, word)

    def stay(self, ahead: int, place: str, host: str) -> tuple[date, date]:
        first, last = self.weekend(ahead)
        stays.set_stay(self.session, self.ground, self.dossier, first, last, self.at, self.advisor, place, host)
        return first, last

    def outcome(self, code: str, on: date | None = None) -> None:
        adults = [each.person for each in self.dossier.people if each.role in ("applicant", "co_applicant")]
        told = {person.ref: stays.StayOutcome(code, on) for person in adults}
        stays.note_outcomes(self.session, self.ground, self.dossier, told, self.at, self.advisor)

    def step(self, name: str) -> bool:
        """False when it was taken already, by the core itself (a lead who says yes begins the orientation)."""
        try:
            steps.take_step(self.session, self.ground, self.dossier, name, self.at, self.advisor)
        except ActRefused as refused:
            self.notes.append(f"{self.dossier.reference} {name}: {refused}")
            return False
        return True

    def pause(self, ahead: int, word: str = "") -> None:
        steps.pause(self.session, self.ground, self.dossier, self.day(ahead), self.at, self.advisor, word)

    def pause_until_the_end(self, word: str) -> None:
        """Asked to be spoken to again on the very day the cast is handed over."""
        self.pause((self.ground.calendar.day(self.until) - self.ground.calendar.day(self.at)).days, word)

    def mute(self, ahead: int, why: str) -> None:
        holding.mute(self.session, self.ground, self.dossier, self.day(ahead), why, self.at, self.advisor)

    def hold_next(self, why: str) -> None:
        """The next e-mail to the household, if one waits."""
        waiting = select(ScheduledEmail).filter_by(case_file_id=self.dossier.id, status="waiting")
        email = self.session.scalars(waiting.order_by(ScheduledEmail.leave_at).limit(1)).first()
        if email is not None:
            holding.hold_email(self.session, self.ground, email, self.day(30), why, self.at, self.advisor)

    def close(self, reason: str, word: str = "") -> None:
        steps.close(self.session, self.ground, self.dossier, reason, self.at, self.advisor, word)

    def replies(self) -> None:
        """The person answers from a link."""
        self._presses("replied")

    def says_not_called(self) -> None:
        self._presses("replied", "said_not_called")

    def is_not_well(self) -> None:
        self._presses("replied", "bad_answer")

    def _presses(self, *names: str) -> None:
        who = self.applicant
        known = tuple(Known(name, who.ref if name != "said_not_called" else None) for name in names)
        said = Said(
            names[-1] if names[-1] == "said_not_called" else "learned", {"facts": {name: True for name in names}}
        )
        perform(self.session, self.ground, self.dossier, Learn(known), self.at, who, said)

    def stops(self) -> None:
        person = self.dossier.people[0].person
        people.opt_out(self.session, self.ground, person, self.at, self.applicant)
