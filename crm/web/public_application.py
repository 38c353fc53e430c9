"""A filled-in public form, turned into the `Application` that an operation takes."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from crm.operations.application import Adult, Application, ConsentGiven
from crm.web.public_forms import (
    Ambassador,
    Contact,
    Entrepreneur,
    Family,
    FewWords,
    HealthProfessional,
    Project,
    Student,
)

Dates = dict[str, date]


def application(form: Contact, territory: Any, language: str, proof: dict[str, Any]) -> Application:
    """`proof` goes with each consent: the page, the language, the moment the form was shown."""
    profession = _text(form, "profession")
    read = territory.understand(profession) if profession else None
    facts = {name: True for name in (read.facts if read and read.journey == form.journey else ())} | _facts(form)
    return Application(
        applicant=Adult(
            form.first_name.data, form.last_name.data, form.email.data or None, form.phone.number, language, profession
        ),
        journey=form.journey,
        co_applicant=_co_applicant(form, language),
        co_applicant_agreed=isinstance(form, Project) and form.has_other_adult and bool(form.co_agreed.data),
        parent=_parent(form, language),
        profile=profession or _text(form, "course"),
        request=form.request.data or "",
        area=_area(form),
        commune=form.place.insee_code if isinstance(form, Project) and form.place else None,
        children=form.bands if isinstance(form, Project) else (),
        answers=dict(_answers(form, territory)),
        source=form.source.data or "",
        facts=facts,
        dates=_dates(form),
        consents=tuple(_consents(form, proof)),
    )


def _co_applicant(form: Contact, language: str) -> Adult | None:
    if not isinstance(form, Project) or not form.has_other_adult:
        return None
    return Adult(
        form.co_first_name.data,
        form.co_last_name.data or form.last_name.data,
        form.co_email.data or None,
        None,
        form.co_language.data or language,
        form.co_profession.data or "",
    )


def _parent(form: Contact, language: str) -> Adult | None:
    if not isinstance(form, Student) or form.under_18.data != "yes":
        return None
    return Adult(
        form.parent_first_name.data or "", form.parent_last_name.data or form.last_name.data, form.parent_email.data, None, language
    )  # fmt: skip


def _area(form: Contact) -> str:
    if isinstance(form, Project):
        return str(form.place.name) if form.place else form.commune.data or ""
    return _text(form, "town")


def _facts(form: Contact) -> dict[str, bool]:
    facts = {}
    if isinstance(form, Project):
        facts["child_under_3"] = "0-2" in form.bands
    if isinstance(form, HealthProfessional) and form.intern.data:
        facts["intern"] = form.intern.data == "yes"
    if isinstance(form, Family):
        facts["already_moving"] = form.found_any.data == "yes"
    if isinstance(form, Student):
        facts["under_18"] = form.under_18.data == "yes"
    if isinstance(form, Ambassador):
        facts["applied"] = True
    return {name: holds for name, holds in facts.items() if holds}


def _dates(form: Contact) -> Dates:
    dates: Dates = {}
    if isinstance(form, HealthProfessional) and form.intern.data == "yes" and form.internship_ends.day:
        dates["internship_ends"] = form.internship_ends.day
    if isinstance(form, Family) and form.found_any.data == "yes" and form.arrival_planned.day:
        dates["arrival_planned"] = form.arrival_planned.day
    return dates


def _answers(form: Contact, territory: Any) -> Iterator[tuple[str, Any]]:
    for name in (
        "wanted",
        "adults",
        "children",
        "practice",
        "kind",
        "jobs",
        "course",
        "level",
        "tie",
        "help",
        "best_hours",
    ):
        value = form[name].data if name in form else None
        if value:
            yield name, value
    if isinstance(form, Entrepreneur) and (trade := territory.trade_of(form.profession.data or "")):
        yield "trade", trade
    if isinstance(form, Family) and form.found_any.data == "yes" and form.found.data:
        yield "found", form.found.data
    if isinstance(form, FewWords):
        yield "undecided", "yes"


def _consents(form: Contact, proof: dict[str, Any]) -> Iterator[ConsentGiven]:
    who = "ambassador" if isinstance(form, Ambassador) else "applicant"
    yield ConsentGiven("promotion", bool(form.promotion.data), form.promotion.wording, who, proof)
    if isinstance(form, Project) and form.has_other_adult:
        yield ConsentGiven("co_applicant", bool(form.co_agreed.data), form.co_agreed.wording, "co_applicant", proof)


def _text(form: Contact, name: str) -> str:
    return (form[name].data or "") if name in form else ""
