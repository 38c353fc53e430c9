"""The details of a case file itself, corrected by the desk: what they do, where they look, who comes with them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from crm.operations.ground import By, Ground
from crm.operations.noting import write_line
from crm.operations.shell import Said, lock, perform
from crm.records.case_files import CaseFile
from workflows.acts import Known, Learn

CORRECTABLE = ("profile", "area", "commune", "children", "source")
UNDER_THREE = "0-2"


def correct_file(
    session: Session, ground: Ground, case_file: CaseFile, changes: Mapping[str, Any], at: datetime, by: By
) -> bool:
    """`commune` is an INSEE code, `children` age bands. What the rules ask follows. False when nothing differs."""
    case_file = lock(session, case_file)
    changed = {name: value for name, value in changes.items() if getattr(case_file, name) != value}
    if not changed:
        return False
    for name, value in changed.items():
        setattr(case_file, name, value)
    if "commune" in changed:
        commune = ground.communes.named(case_file.commune)
        case_file.epci = commune.epci_siren if commune else None
    session.flush()
    said = Said("file_corrected", {"details": sorted(changed)})
    if facts := _facts(case_file, changed):
        perform(session, ground, case_file, Learn(facts), at, by, said)
    else:
        write_line(session, ground, case_file, at, by, said)
    return True


def _facts(case_file: CaseFile, changed: Mapping[str, Any]) -> tuple[Known, ...]:
    facts = []
    if "commune" in changed:
        facts.append(Known("commune_known", holds=bool(case_file.commune)))
    if "children" in changed:
        facts.append(Known("child_under_3", holds=UNDER_THREE in case_file.children))
    return tuple(facts)
