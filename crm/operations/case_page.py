"""Everything that the page of one case file shows, read in a number of queries that does not grow with the file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, defer, joinedload, selectinload

from crm.operations.directories import directory
from crm.operations.ground import Ground
from crm.operations.shell import IMPORTED, journey_of, load
from crm.operations.steps import Preview, counted
from crm.operations.worlds import read_world, refs_of
from crm.records.case_files import CaseFile, CasePerson
from crm.records.emails import ScheduledEmail
from crm.records.journal import JournalEntry
from crm.records.partners import Member
from crm.records.people import Person
from crm.records.promises import LeadOffer
from workflows.acts import Act, Unmute
from workflows.directory import Directory
from workflows.effects import ActRefused, Outcome, PossibleStep
from workflows.journey import Journey
from workflows.situation import Mail, MailKey, MuteScope, Situation, World
from workflows.unfold import possible_steps, preview
from workflows.word_dates import Telling


@dataclass(frozen=True)
class CasePage:
    """`entries`: the journal, oldest first. `offers`: in the order in which they were made."""

    case_file: CaseFile
    journey: Journey
    situation: Situation
    world: World
    people: Directory
    emails: Mapping[MailKey, ScheduledEmail]
    offers: Sequence[LeadOffer]
    entries: Sequence[JournalEntry]
    at: datetime

    @property
    def steps(self) -> tuple[PossibleStep, ...]:
        return possible_steps(self.journey, self.situation, self.at)

    def telling(self, mail: Mail) -> Telling:
        return Telling(self.situation, mail, self.journey, self.world)

    def foresee(self, act: Act) -> Preview | None:
        """What the act would cause; None when it cannot be."""
        outcome = self.outcome(act)
        return counted(outcome) if outcome else None

    def outcome(self, act: Act) -> Outcome | None:
        """As a person of the desk would do it: a file imported in silence is taken in hand with the same press."""
        try:
            return preview(self.journey, self._in_hand(), act, self.at, self.world)
        except ActRefused:
            return None

    def _in_hand(self) -> Situation:
        if not any(mute.why == IMPORTED for mute in self.situation.muted):
            return self.situation
        return preview(self.journey, self.situation, Unmute(MuteScope.EVERYTHING), self.at, self.world).situation


def case_file_named(session: Session, scope: ColumnElement[bool], reference: str) -> CaseFile | None:
    """The file of that reference, if it is among those of the scope (policy.visible)."""
    query = (
        select(CaseFile)
        .where(CaseFile.reference == reference, scope)
        .options(
            joinedload(CaseFile.advisor),
            joinedload(CaseFile.household),
            joinedload(CaseFile.lead_member).joinedload(Member.partner),
            selectinload(CaseFile.people).joinedload(CasePerson.person).selectinload(Person.consents),
            selectinload(CaseFile.meetings),
            selectinload(CaseFile.stays),
        )
        .execution_options(populate_existing=True)
    )
    return session.scalars(query).one_or_none()


def page_of(session: Session, ground: Ground, case_file: CaseFile, at: datetime) -> CasePage:
    situation = load(session, case_file)
    emails = session.scalars(select(ScheduledEmail).filter_by(case_file_id=case_file.id).order_by(ScheduledEmail.id))
    offers = session.scalars(
        select(LeadOffer)
        .filter_by(case_file_id=case_file.id)
        .options(joinedload(LeadOffer.member), joinedload(LeadOffer.partner))
        .order_by(LeadOffer.n)
    )
    rows = {MailKey(each.rule, each.occurrence, each.recipient): each for each in emails}
    refs = refs_of(situation) | {key.recipient for key in rows}
    return CasePage(
        case_file=case_file,
        journey=journey_of(session, ground, case_file),
        situation=situation,
        world=read_world(session, ground, case_file, situation, at),
        people=directory(session, ground, refs),
        emails=rows,
        offers=list(offers),
        entries=journal_of(session, case_file),
        at=at,
    )


def journal_of(session: Session, case_file: CaseFile) -> Sequence[JournalEntry]:
    query = select(JournalEntry).filter_by(case_file_id=case_file.id).order_by(JournalEntry.n)
    return session.scalars(query.options(defer(JournalEntry.world), defer(JournalEntry.act))).all()


def last_line(session: Session, case_file: CaseFile) -> int:
    """The number of the journal's last line: what an undo names."""
    query = select(JournalEntry.n).filter_by(case_file_id=case_file.id).order_by(JournalEntry.n.desc()).limit(1)
    return session.scalars(query).one()
