"""Who may see and do what; the only place that says so.

Two questions: may this person enter this route, do this act? Which case files are theirs to see? A route without a row
is refused, and fails the tests. A capability link is not a role: its routes are open, and its token says what it does.
"""

from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import ColumnElement, false, true

ROLES = ("advisor", "manager", "admin")
STRANGER = "public"

DESK = frozenset(ROLES)
MANAGEMENT = frozenset({"manager", "admin"})
ADMIN = frozenset({"admin"})
EVERYONE = frozenset({STRANGER, *ROLES})

ANY_STATE = frozenset({"any"})
LIVE = frozenset({"live"})  # of a link: neither used up nor ended
FILE_STATES = frozenset({"open", "resting", "ended"})


class Someone(Protocol):
    @property
    def role(self) -> str: ...


@dataclass(frozen=True)
class Row:
    """Which roles may enter, and in which states of its object a press there may change anything."""

    roles: frozenset[str]
    states: frozenset[str] = ANY_STATE


PROBES = frozenset({"health.alive", "health.ready", "health.metrics"})
"""Asked by machines, under whatever name they know us: no person, no session, no link."""

WITHOUT_DATABASE = frozenset({"static", "frame.territory_css"}) | PROBES
"""Answered even when the database is out of reach."""

WITHOUT_CSRF = frozenset({"links.unsubscribe_one_click"})
"""RFC 8058: the mail program presses, and has no token."""

SIGNED_FORMS = frozenset(
    {
        "public.apply",
        "leads.answer",
        "led_files.note",
        "links.called_answer",
        "links.stop",
    }
)
"""Pages that carry their own signed token, because they must work without a cookie (a partner's frame, a mail's browser)."""

ROUTES: dict[str, Row] = {
    "static": Row(EVERYONE),
    "frame.territory_css": Row(EVERYONE),
    # health: the figures besides are for this machine, or for who bears the token
    "health.alive": Row(EVERYONE),
    "health.ready": Row(EVERYONE),
    "health.metrics": Row(EVERYONE),
    # accounts
    "accounts.sign_in": Row(EVERYONE),
    "accounts.sign_out": Row(EVERYONE),
    "accounts.forgotten": Row(EVERYONE),
    "accounts.choose_password": Row(EVERYONE, LIVE),
    "accounts.account": Row(DESK),
    # team: the accounts of the desk
    "team.index": Row(ADMIN),
    "team.add": Row(ADMIN),
    "team.show": Row(ADMIN),
    "team.role": Row(ADMIN, frozenset({"open"})),
    "team.link": Row(ADMIN, frozenset({"open"})),
    "team.close": Row(ADMIN, frozenset({"open"})),
    "team.reopen": Row(ADMIN, frozenset({"ended"})),
    # public
    "public.home": Row(EVERYONE),
    "public.choose": Row(EVERYONE),
    "public.apply": Row(EVERYONE),
    "public.thanks": Row(EVERYONE),
    "public.privacy": Row(EVERYONE),
    "public.legal": Row(EVERYONE),
    "public.accessibility": Row(EVERYONE),
    # desk: what needs a person today
    "desk.index": Row(DESK),
    "desk.call": Row(DESK, FILE_STATES),
    "desk.propose": Row(DESK, frozenset({"open"})),
    "desk.wake": Row(DESK, frozenset({"resting"})),
    "desk.undo": Row(DESK, FILE_STATES),
    "lists.index": Row(DESK),
    "lists.search": Row(DESK),
    "board.index": Row(DESK),
    "board.move": Row(DESK, FILE_STATES),
    # leads: the pages of a partner, by capability link
    "leads.offer": Row(EVERYONE),
    "leads.answer": Row(EVERYONE, LIVE),
    "led_files.show": Row(EVERYONE),
    "led_files.note": Row(EVERYONE, LIVE),
    # links: the other capability links
    "links.called": Row(EVERYONE),
    "links.called_answer": Row(EVERYONE, LIVE),
    "links.unsubscribe": Row(EVERYONE),
    "links.unsubscribe_one_click": Row(EVERYONE, LIVE),
    "links.stop": Row(EVERYONE, LIVE),
    # case files
    "case_files.show": Row(DESK),
    "case_files.undo": Row(DESK),
    "case_files.new": Row(DESK),
    "case_files.call": Row(DESK),
    "case_files.note": Row(DESK),
    "case_files.step": Row(DESK),
    "case_files.meeting": Row(DESK),
    "case_files.meeting_noted": Row(DESK),
    "case_files.cancel_meeting": Row(DESK),
    "case_files.stay": Row(DESK),
    "case_files.cancel_stay": Row(DESK),
    "case_files.outcome": Row(DESK),
    "case_files.hold_all": Row(DESK),
    "case_files.release_all": Row(DESK),
    "case_files.hold": Row(DESK),
    "case_files.release": Row(DESK),
    "case_files.lead": Row(DESK),
    "case_files.propose": Row(DESK),
    "case_files.hand_over": Row(DESK),
    "case_files.lead_answer": Row(DESK),
    "case_files.withdraw_offer": Row(DESK),
    "case_files.person": Row(DESK),
    "case_files.co_applicant": Row(DESK),
    "case_files.consent": Row(DESK),
    "case_files.stop": Row(DESK),
    "case_files.export_person": Row(MANAGEMENT),
    "case_files.erase_person": Row(MANAGEMENT),
    "case_files.advisor": Row(DESK),
    "case_files.details": Row(DESK),
    "case_files.dates": Row(DESK),
    "case_files.fact": Row(DESK),
    # emails
    "emails.index": Row(DESK),
    "emails.forecast": Row(DESK),
    "emails.restart": Row(MANAGEMENT),
    "restored.show": Row(MANAGEMENT),
    "restored.decide": Row(MANAGEMENT),
    "emails.verify": Row(DESK),
    "emails.decide_all": Row(DESK),
    "emails.effects": Row(DESK),
    "emails.show": Row(DESK),
    "emails.letter": Row(DESK),
    "emails.why": Row(DESK),
    "emails.decide": Row(DESK),
    "emails.box": Row(DESK),
    "emails.message": Row(DESK),
    "emails.message_page": Row(DESK),
    # partners
    "partners.index": Row(DESK),
    "partners.new": Row(DESK),
    "partners.show": Row(DESK),
    "partners.absent": Row(DESK),
    "partners.advisor_absent": Row(DESK),
    "partners.end_absence": Row(DESK),
    "partners.edit": Row(DESK),
    "partners.add_member": Row(DESK),
    "partners.edit_member": Row(DESK),
    "partners.retire": Row(DESK),
    "partners.reinstate": Row(DESK),
    # journeys
    "journeys.index": Row(DESK),
    "journeys.show": Row(DESK),
    "journeys.stage": Row(DESK),
}

ACTS: dict[str, frozenset[str]] = {
    "see": DESK,
    "work": DESK,  # steps, calls, notes, meetings, stays, offers, e-mails of one file
    "change_advisor": DESK,
    "edit_partners": DESK,
    "record_absence": DESK,
    "restart_sending": MANAGEMENT,
    "release_restored": MANAGEMENT,
    "publish_journey": MANAGEMENT,
    "manage_users": ADMIN,
}


def role_of(user: Someone | None) -> str:
    return STRANGER if user is None else user.role


def may_enter(user: Someone | None, endpoint: str) -> bool:
    row = ROUTES.get(endpoint)
    return row is not None and role_of(user) in row.roles


def may(user: Someone | None, act: str, subject: Any = None) -> bool:
    """`subject` is the case file, person or partner acted upon, when there is one. In this territory every advisor
    works on every file; which step its state allows is the journey's to say (`possible_steps`)."""
    return role_of(user) in ACTS.get(act, frozenset())


def visible(user: Someone | None) -> ColumnElement[bool]:
    """The condition that named queries on `CaseFile` take: the desk sees the whole territory, nobody else any file."""
    return true() if role_of(user) in DESK else false()
