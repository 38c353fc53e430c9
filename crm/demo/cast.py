"""Eight months of a desk, played by the engine on a virtual clock: true journals, true e-mails, believable delays."""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from random import Random
from typing import cast

from sqlalchemy import Table, func, literal_column, select
from sqlalchemy.orm import Session

from crm.demo.lives import Life
from crm.demo.people import DEMO_PASSWORD, STAFF
from crm.demo.post import Post
from crm.demo.projects import application
from crm.demo.roles import CAST, IMPORTED, SHEET, Role
from crm.demo.scene import Scene
from crm.operations.accounts import add_user
from crm.operations.shell import play
from crm.records.case_files import CaseFile
from crm.records.emails import ScheduledEmail
from crm.records.partners import Absence
from crm.records.staff import User
from crm.web.door import Parts

FILES, EMAILS = cast(Table, CaseFile.__table__), cast(Table, ScheduledEmail.__table__)
NEXT_FILE = (
    select(FILES.c.id, FILES.c.next_wake_at)
    .where(FILES.c.next_wake_at.is_not(None))
    .order_by(FILES.c.next_wake_at, FILES.c.id)
    .limit(1)
)
NEXT_MESSAGE = select(func.min(EMAILS.c.leave_at)).where(literal_column("status = 'ready'"))
BEGINS = timedelta(days=243)
SEED = 26
Progress = Callable[[int, int], None]


def grow(parts: Parts, until: datetime, progress: Progress = lambda done, total: None) -> list[str]:
    """Plays the cast up to `until`. What the core refused is returned: it should be nothing that surprises."""
    with parts.database.transaction() as session:
        _staff(session, until)
    with parts.database.transaction() as session:
        notes = _play(session, parts, until, progress)
        _away(session, parts, until)
    return notes


def _staff(session: Session, until: datetime) -> None:
    for each in STAFF:
        add_user(
            session, each.email, each.role, until - BEGINS,
            first_name=each.first_name, last_name=each.last_name, function=each.function, phone=each.phone,
            epcis=each.epcis, password=DEMO_PASSWORD,
        )  # fmt: skip


def _away(session: Session, parts: Parts, until: datetime) -> None:
    """Thomas is away from today on; Nadia answers for him."""
    nadia, _, thomas = session.scalars(select(User).filter_by(role="advisor").order_by(User.id)).all()
    today = parts.ground.calendar.day(until)
    days = {"starts_on": today, "ends_on": today + timedelta(days=3)}
    session.add(Absence(who=thomas.ref, substitute=nadia.ref, **days))


def _play(session: Session, parts: Parts, until: datetime, progress: Progress) -> list[str]:
    """One clock for all: what is due, then what people do, in the order of the instants."""
    post, notes, begun = Post(parts), list[str](), set[int]()
    agenda = list(_agenda(session, parts, until))
    heapq.heapify(agenda)
    while agenda and agenda[0][0] <= until:
        when, number, scene, life = heapq.heappop(agenda)
        _turn(session, parts, post, when)
        scene.at = when
        upcoming = next(life, None)
        if number not in begun:
            begun.add(number)
            progress(len(begun), len(CAST))
        notes += scene.notes
        scene.notes.clear()
        if upcoming is not None:
            heapq.heappush(agenda, (max(upcoming, when + timedelta(minutes=1)), number, scene, life))
    _turn(session, parts, post, until)
    return notes


def _turn(session: Session, parts: Parts, post: Post, until: datetime) -> None:
    """The clock, instant by instant, as if it had never stopped."""
    while True:
        leave = session.scalar(NEXT_MESSAGE)
        due = session.execute(NEXT_FILE).first()
        wake = due.next_wake_at if due else None
        if leave is not None and leave <= min(until, wake or until):
            post.send(session, leave)
        elif due and wake is not None and wake <= until:
            play(session, parts.ground, session.get_one(CaseFile, due.id), wake)
        else:
            return


def _agenda(session: Session, parts: Parts, until: datetime) -> Iterator[tuple[datetime, int, Scene, Life]]:
    """Each life draws from its own dice, so that a change in one leaves the others as they were."""
    taken: set[str] = set()
    for number, role in enumerate(CAST):
        rng = Random(f"{SEED} {number}")
        when = _hour_people_write(until - timedelta(days=role.days_ago), rng, parts, until)
        scene = Scene(session, parts.ground, rng, when, until=until)
        today = parts.ground.calendar.day(when)
        scene.application = application(role.journey, rng, taken, today, role.twist)
        yield when, number, scene, _whole(scene, role)


def _whole(scene: Scene, role: Role) -> Life:
    if role.twist == IMPORTED:
        scene.import_list(SHEET)
    else:
        _begin(scene, role)
    yield from role.life(scene)


def _begin(scene: Scene, role: Role) -> None:
    assert scene.application is not None
    if role.arrived:
        scene.arrival = scene.ground.calendar.day(scene.until) - timedelta(days=role.arrived)
        dates = {"arrived_on": scene.arrival}
        if role.journey == "entrepreneur":
            dates["opening_on"] = scene.arrival
        scene.application = replace(scene.application, door="desk", dates=dates)
    scene.write_in(role.stage)


def _hour_people_write(when: datetime, rng: Random, parts: Parts, until: datetime) -> datetime:
    """Of that day, before breakfast or late in the evening as well; of the last day, before now."""
    hour = time(rng.randrange(7, 23), rng.randrange(60))
    written = parts.ground.calendar.instant(parts.ground.calendar.day(when), hour)
    return min(written, until - timedelta(minutes=50))
