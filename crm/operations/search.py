"""Finding a case file by the beginnings of its words: each is a range of one index, whatever the number of files."""

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session, joinedload

from crm.operations.search_words import asked_words
from crm.records.case_files import CaseFile, SearchWord
from crm.records.partners import Member

MOST = 40
LAST = "\U0010ffff"


def find(session: Session, scope: ColumnElement[bool], text: str) -> tuple[list[CaseFile], bool]:
    """Those in which every word typed is found, newest first; and whether there are more than are shown."""
    words = asked_words(text)
    if not words:
        return [], False
    query = select(CaseFile).where(scope, *(CaseFile.id.in_(having(word)) for word in words))
    who = (joinedload(CaseFile.advisor), joinedload(CaseFile.lead_member).joinedload(Member.partner))
    found = session.scalars(query.options(*who).order_by(CaseFile.id.desc()).limit(MOST + 1)).all()
    return list(found[:MOST]), len(found) > MOST


def having(beginning: str) -> Select[int]:
    """The files with a word that begins so."""
    spot = and_(SearchWord.word >= beginning, SearchWord.word < beginning + LAST)
    return select(SearchWord.case_file_id).where(spot)


def named(session: Session, scope: ColumnElement[bool], reference: str) -> CaseFile | None:
    """The file whose reference was typed whole, as it is read aloud: "D-2417", "d 2417"."""
    whole = "".join(reference.split()).upper().replace("D-", "D").replace("D", "D-", 1)
    return session.scalars(select(CaseFile).where(scope, CaseFile.reference == whole)).one_or_none()
