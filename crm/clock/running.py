"""The wrist-watch: one job in memory that turns every few seconds. The diary is in the tables."""

import logging
import signal
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Event

from apscheduler.schedulers.background import BackgroundScheduler

from config.settings import Settings
from crm.clock.turning import Turned, tell, turn
from crm.clock.works import Works, put_together
from crm.log import lines
from crm.operations.outbox import open_queue

SECONDS_BETWEEN_TURNS = 3
LONGEST_TURN = 20

log = lines.of("ancrage.clock")


def now() -> datetime:
    return datetime.now(UTC)


def run_clock(settings: Settings) -> None:
    """Until SIGTERM or SIGINT; the message under way is finished first."""
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a long turn is no news
    works = put_together(settings)
    ask_again(works)
    tell(works, now(), Turned())
    Clock(works, stop).run()
    works.database.dispose()


def ask_again(works: Works) -> None:
    """Starting a clock is a person's act: a server that had refused everything is asked again."""
    with works.database.transaction() as session:
        open_queue(session)


class Clock:
    def __init__(self, works: Works, stop: Event, read: Callable[[], datetime] = now) -> None:
        self.works = works
        self.stop = stop
        self.read = read

    def run(self) -> None:
        scheduler = BackgroundScheduler(timezone=UTC)
        scheduler.add_job(
            self.turn,
            "interval",
            seconds=SECONDS_BETWEEN_TURNS,
            next_run_time=self.read(),
            coalesce=True,
            misfire_grace_time=None,
            max_instances=1,
        )
        scheduler.start()
        self.stop.wait()
        scheduler.shutdown(wait=True)

    def turn(self) -> None:
        """A turn that fails is told, and the next one tries again: a database that comes back finds its clock."""
        try:
            turned = turn(self.works, self.read, self.stop.is_set)
        except Exception:
            log.exception("this turn failed; the next one follows")
            self.works.carrier.drop()
        else:
            if turned.done:
                log.info("turned", woken=turned.woken, recovered=turned.recovered, messages=dict(turned.messages))
