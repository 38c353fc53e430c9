"""The published versions of the journeys, and how many case files run on each, at which stage."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from crm.records.case_files import ENDED, CaseFile
from crm.records.journeys import JourneyVersion


@dataclass(frozen=True)
class Published:
    """One version: since when, and its files by stage, those that are over included."""

    name: str
    version: int
    at: datetime
    files: dict[str, int]

    @property
    def under_way(self) -> int:
        return sum(count for stage, count in self.files.items() if stage not in ENDED)


def published(session: Session, scope: ColumnElement[bool]) -> dict[str, list[Published]]:
    """Journey → its versions, the newest first."""
    rows = session.execute(
        select(JourneyVersion.name, JourneyVersion.version, JourneyVersion.published_at).order_by(
            JourneyVersion.name, JourneyVersion.version.desc()
        )
    ).all()
    counted = _counted(session, scope)
    found: dict[str, list[Published]] = defaultdict(list)
    for name, version, at in rows:
        found[name].append(Published(name, version, at, counted[name, version]))
    return dict(found)


def _counted(session: Session, scope: ColumnElement[bool]) -> defaultdict[tuple[str, int], dict[str, int]]:
    query = (
        select(CaseFile.journey, CaseFile.journey_version, CaseFile.stage, func.count())
        .where(scope)
        .group_by(CaseFile.journey, CaseFile.journey_version, CaseFile.stage)
    )
    found: defaultdict[tuple[str, int], dict[str, int]] = defaultdict(dict)
    for journey, version, stage, count in session.execute(query):
        found[journey, version][stage] = count
    return found


def at_stage(versions: Sequence[Published], stage: str) -> int:
    """Whatever the version."""
    return sum(each.files.get(stage, 0) for each in versions)
