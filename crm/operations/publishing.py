"""Publish journeys: check them, then keep each changed one as an immutable, numbered version."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm.records.installation import Installation
from crm.records.journeys import JourneyVersion
from workflows.check import check_files, journeys_among
from workflows.check_texts import Texts
from workflows.facts import NAMED_DATES
from workflows.faults import JourneyError
from workflows.reading import parts_of, read_journey


@dataclass(frozen=True)
class Publication:
    """`is_new`: this publication made that version; otherwise it stood already, word for word."""

    name: str
    version: int
    is_new: bool


def publish(
    session: Session,
    files: Mapping[str, str],
    at: datetime,
    texts: Texts | None = None,
    named_dates: Iterable[str] = NAMED_DATES,
    promises: Mapping[str, int] | None = None,
    despite_renames: bool = False,
    only: Iterable[str] | None = None,
) -> tuple[Publication, ...]:
    """`files`: name → YAML, shared parts among them. All or none: raises JourneyError with every fault.

    `only`: the names to publish, a shared part standing for all that include it; by default every one.
    New files open on the newest version; those under way keep theirs."""
    session.get(Installation, 1, with_for_update=True)  # two who publish at once take turns
    newest = newest_versions(session)
    made_of = {name: parts_of(name, files) for name in journeys_among(files, only)}
    changed = [name for name, parts in made_of.items() if not stands(newest.get(name), parts)]
    previous = {name: read_journey(name, newest[name].files) for name in changed if name in newest}
    faults = check_files(files, texts, named_dates=named_dates, previous=previous, promises=promises, only=changed)
    if despite_renames:
        faults = tuple(fault for fault in faults if fault.code != "renamed_rule")
    if faults:
        raise JourneyError(*faults)
    return tuple(_keep(session, name, parts, newest.get(name), at) for name, parts in made_of.items())


def newest_versions(session: Session) -> dict[str, JourneyVersion]:
    newest = select(JourneyVersion.name, func.max(JourneyVersion.version)).group_by(JourneyVersion.name).subquery()
    rows = session.scalars(
        select(JourneyVersion).join(
            newest, (newest.c[0] == JourneyVersion.name) & (newest.c[1] == JourneyVersion.version)
        )
    )
    return {row.name: row for row in rows}


def stands(newest: JourneyVersion | None, files: Mapping[str, str]) -> bool:
    """Word for word what is published already: judged then, and not judged again."""
    return newest is not None and newest.digest == digest_of(files)


def digest_of(files: Mapping[str, str]) -> str:
    return sha256(json.dumps(sorted(files.items()), ensure_ascii=False).encode()).hexdigest()


def _keep(
    session: Session, name: str, files: dict[str, str], newest: JourneyVersion | None, at: datetime
) -> Publication:
    if newest is not None and stands(newest, files):
        return Publication(name, newest.version, False)
    version = newest.version + 1 if newest else 1
    session.add(JourneyVersion(name=name, version=version, files=files, digest=digest_of(files), published_at=at))
    session.flush()
    return Publication(name, version, True)
