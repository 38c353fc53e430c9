"""Every table, imported once, so that migrations and tests see the whole schema."""

from crm.records.base import Base
from crm.records.case_files import CaseFile, CasePerson, Meeting, SearchWord, Stay
from crm.records.eliminations import Elimination, Passage
from crm.records.emails import Attempt, ScheduledEmail
from crm.records.installation import ImportedLine, Installation
from crm.records.journal import JournalEntry
from crm.records.journeys import JourneyVersion
from crm.records.links import Link
from crm.records.partners import Absence, DirectoryEntry, Member, Partner
from crm.records.people import Consent, Household, Person
from crm.records.promises import Deadline, LeadOffer, WorklistLine
from crm.records.staff import Attempts, User, WebSession

__all__ = [
    "Absence", "Attempt", "Attempts", "Base", "CaseFile", "CasePerson", "Consent", "Deadline", "DirectoryEntry",
    "Elimination", "Household", "ImportedLine", "Installation", "JournalEntry", "JourneyVersion", "LeadOffer", "Link",
    "Meeting", "Member", "Partner", "Passage", "Person", "ScheduledEmail", "SearchWord", "Stay", "User", "WebSession",
    "WorklistLine",
]  # fmt: skip
