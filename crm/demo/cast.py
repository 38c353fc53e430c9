"""Eight months of a desk, played by the engine on a virtual clock: true journals, true e-mails, believable delays."""

import heapq
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from sqlalchemy import func, literal_column, select
from sqlalchemy.orm import Session

from crm.demo import lives
from crm.demo.lives import Life
from crm.demo.people import (
    COMMUNES,
    COURSES,
    DEMO_PASSWORD,
    FAMILY,
    HEALTH,
    REQUESTS,
    SOURCES,
    STAFF,
    TRADES,
    name,
    phone,
)  # fmt: skip
from crm.demo.post import Post
from crm.demo.scene import Scene
from crm.operations.accounts import add_user
from crm.operations.application import Adult, Application
from crm.operations.shell import play
from crm.records.case_files import CaseFile
from crm.records.emails import ScheduledEmail
from crm.records.partners import Absence
from crm.web.door import Parts

FILES, EMAILS = CaseFile.__table__, ScheduledEmail.__table__
NEXT_FILE = (
    select(FILES.c.id, FILES.c.next_wake_at)
    .where(FILES.c.next_wake_at.is_not(None))
    .order_by(FILES.c.next_wake_at, FILES.c.id)
    .limit(1)
)
NEXT_MESSAGE = select(func.min(EMAILS.c.leave_at)).where(literal_column("status = 'ready'"))
MONTHS_BACK = timedelta(days=243)
SEED = 26
ROLES: tuple[tuple[str, Callable[[Scene], Life], int], ...] = (
    ("family", lives.family, 22),
    ("health_professional", lives.health_professional, 18),
    ("health_professional", lives.intern, 4),
    ("entrepreneur", lives.entrepreneur, 13),
    ("student", lives.student, 8),
    ("ambassador", lives.ambassador, 8),
    ("family", lives.late, 2),
    ("entrepreneur", lives.late, 1),
    ("family", lives.unreachable, 2),
    ("health_professional", lives.says_stop, 2),
)
NEWEST = 5  # files that wrote in the last two days, for a morning with something to do


def grow(parts: Parts, until: datetime, progress: Callable[[int, int], None] = lambda done, total: None) -> list[str]:
    """Plays the cast up to `until`. What the core refused is returned: it should be nothing that surprises."""
    rng = Random(SEED)
    with parts.database.transaction() as session:
        _staff(session, parts, until)
    with parts.database.transaction() as session:
        return _play(session, parts, rng, until, progress)


def _staff(session: Session, parts: Parts, until: datetime) -> None:
    users = [
        add_user(
            session, each.email, each.role, until - MONTHS_BACK,
            first_name=each.first_name, last_name=each.last_name, function=each.function, phone=each.phone,
            epcis=each.epcis, password=DEMO_PASSWORD,
        )
        for each in STAFF
    ]  # fmt: skip
    today = parts.ground.calendar.day(until)
    away = Absence(who=users[2].ref, starts_on=today, ends_on=today + timedelta(days=3), substitute=users[0].ref)
    session.add(away)


def _play(
    session: Session, parts: Parts, rng: Random, until: datetime, progress: Callable[[int, int], None]
) -> list[str]:
    """One clock for all: what is due, then what people do, in the order of the instants."""
    post = Post(parts)
    agenda = list(_agenda(session, parts, rng, until))
    heapq.heapify(agenda)
    total, opened, notes = len(agenda), 0, list[str]()
    while agenda and agenda[0][0] <= until:
        when, number, scene, life = heapq.heappop(agenda)
        _turn(session, parts, post, when)
        scene.at = when
        if scene.file is None:
            opened += 1
            progress(opened, total)
        upcoming = next(life, None)
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


def _agenda(
    session: Session, parts: Parts, rng: Random, until: datetime
) -> Iterator[tuple[datetime, int, Scene, Life]]:
    taken: set[str] = set()
    roles = [(journey, life) for journey, life, count in ROLES for _ in range(count)]
    rng.shuffle(roles)
    span = MONTHS_BACK.total_seconds()
    for number, (journey, life) in enumerate(roles):
        newest = number >= len(roles) - NEWEST
        back = rng.uniform(2, 40) * 3600 if newest else span * (1 - (number + rng.random()) / len(roles)) + 3 * 86400
        when = _hour_people_write(until - timedelta(seconds=back), rng, parts)
        if life is lives.late:
            when = until - timedelta(days=rng.choice((5, 6, 8)))
        scene = Scene(session, parts.ground, rng, when)
        application = _application(journey, life is lives.intern, rng, taken, parts.ground.calendar.day(when))
        yield min(when, until - timedelta(hours=1)), number, scene, _whole(scene, application, life)


def _whole(scene: Scene, application: Application, life: Callable[[Scene], Life]) -> Life:
    scene.write_in(application)
    yield from life(scene)


def _hour_people_write(when: datetime, rng: Random, parts: Parts) -> datetime:
    return parts.ground.calendar.instant(parts.ground.calendar.day(when), time(rng.randrange(7, 23), rng.randrange(60)))


def _application(journey: str, intern: bool, rng: Random, taken: set[str], today: date) -> Application:
    first, last = name(rng, taken)
    profile, area = _profile(journey, intern, rng)
    spouse = rng.random() < 0.45 and journey in ("family", "health_professional") and not intern
    children = rng.choice(((), (), ("3-5", "6-10"), ("0-2",), ("11-14",))) if spouse else ()
    facts = {"intern": True} if intern else {"applied": True} if journey == "ambassador" else {}
    facts |= {"child_under_3": True} if "0-2" in children else {}
    other = name(rng, taken)[0]
    return Application(
        applicant=Adult(first, last, _email(first, last), phone(rng), rng.choice(("fr",) * 9 + ("en",)), profile),
        co_applicant=Adult(other, last, _email(other, last), phone(rng), "fr") if spouse else None,
        co_applicant_agreed=spouse and rng.random() < 0.7,
        journey=journey,
        profile=profile,
        request=rng.choice(REQUESTS[journey]),
        area=area,
        commune=rng.choice(COMMUNES) if journey in ("family", "health_professional") and not intern else None,
        children=children,
        source=rng.choice(SOURCES),
        facts=facts,
        dates={"internship_ends": date(today.year + 2, 10, 31)} if intern else {},
        answers={"trade": "crafts"} if profile in ("Boulanger", "Potière") else {},
    )


def _profile(journey: str, intern: bool, rng: Random) -> tuple[str, str]:
    if journey == "entrepreneur":
        return rng.choice(TRADES)
    choices = {"health_professional": HEALTH, "family": FAMILY, "student": COURSES, "ambassador": ("Ambassadeur",)}
    return "Interne" if intern else rng.choice(choices[journey]), ""


def _email(first: str, last: str) -> str:
    plain = f"{first}.{last}".lower().translate(str.maketrans("àâçéèêëïîôöùûü", "aaceeeeiioouuu"))
    return f"{plain}@example.org"
