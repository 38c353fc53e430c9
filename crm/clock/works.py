"""What a clock is put together from."""

from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import select

from config.communes import communes
from config.settings import DEFAULTS, Settings
from config.territory import load_territory
from crm.mail.address import MailRoute
from crm.mail.carriers import conversation
from crm.mail.conversation import Conversation
from crm.mail.failpoints import Failpoint
from crm.operations.ground import Ground, calendar_of
from crm.operations.post import Write
from crm.outgoing import Writer
from crm.records.database import Database
from crm.records.installation import Installation


@dataclass(frozen=True)
class Works:
    database: Database
    ground: Ground
    write: Write
    carrier: Conversation
    lease: timedelta = timedelta(seconds=60)
    failpoint: Failpoint = field(default_factory=Failpoint)


def put_together(settings: Settings) -> Works:
    """Raises MailUrlError."""
    database, territory = Database(settings.database_url), load_territory(settings.territory)
    ground = Ground(calendar_of(territory), territory, communes(settings.territory), settings.public_url)
    return Works(
        database=database,
        ground=ground,
        write=Writer(settings, territory, ground),
        carrier=conversation(route(settings, is_sandbox(database)), settings.lease_seconds),
        lease=timedelta(seconds=settings.lease_seconds),
        failpoint=Failpoint(settings.failpoint),
    )


def route(settings: Settings, sandbox: bool) -> MailRoute:
    """From a sandbox, whose time can be moved, mail only ever goes to a folder."""
    given = MailRoute.from_url(settings.mail_url, settings.mail_ca)
    return given if given.folder or not sandbox else MailRoute.from_url(DEFAULTS["ANCRAGE_MAIL_URL"])


def is_sandbox(database: Database) -> bool:
    with database.reading() as session:
        return bool(session.scalar(select(Installation.sandbox)))
