"""What somebody tells the desk when they write: the one shape that the form, the quick add and the import hand over."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Adult:
    """`phone` in E.164, `email` as typed and checked; either may be missing, not both when it comes from the form."""

    first_name: str
    last_name: str
    email: str | None = None
    phone: str | None = None
    language: str = "fr"
    profession: str = ""


@dataclass(frozen=True)
class ConsentGiven:
    """A yes or a no with its proof. `wording` is the sentence that stood beside the box, in the language read."""

    purpose: str  # "promotion", "co_applicant", "parent"
    given: bool
    wording: str
    role: str = "applicant"  # whose consent it is
    proof: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Application:
    """`facts` and `dates` carry names of the closed lists of journeys; `answers` is what no list knows, kept as said."""

    applicant: Adult
    journey: str
    door: str = "form"  # "form", "desk", "import"
    co_applicant: Adult | None = None
    co_applicant_agreed: bool = False
    parent: Adult | None = None
    profile: str = ""
    request: str = ""
    area: str = ""
    commune: str | None = None  # INSEE code
    children: tuple[str, ...] = ()  # age bands: "0-2", "3-5", "6-10", "11-14", "15-17"
    answers: Mapping[str, Any] = field(default_factory=dict)
    source: str = ""
    facts: Mapping[str, bool] = field(default_factory=dict)  # intern, already_moving, under_18, child_under_3, applied
    dates: Mapping[str, date] = field(default_factory=dict)  # internship_ends, arrival_planned, practice_starts
    consents: tuple[ConsentGiven, ...] = ()
