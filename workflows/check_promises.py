"""What the territory's public pages promise, and the deadlines that would let it be broken."""

from collections.abc import Iterator, Mapping

from workflows.fault_sentences import fault
from workflows.faults import Fault
from workflows.journey import Deadline, Journey, Label, LeadRules, Span, Unit
from workflows.spans_in_words import span_in_words

KEPT_BY = {
    "first_answer_working_days": "first_answer",
    "first_answer_summer_student_working_days": "first_answer_summer",
    "meeting_working_days": "meeting",
}
"""Promise of territory.yaml → the deadline that keeps it."""
WORKING_DAYS = {Unit.WORKING_DAYS: 1.0, Unit.DAYS: 5 / 7, Unit.WEEKS: 5.0, Unit.MONTHS: 21.0}


def broken_promises(journey: Journey, promises: Mapping[str, int]) -> Iterator[Fault]:
    for name, deadline_name in KEPT_BY.items():
        deadline = journey.by_deadline.get(deadline_name)
        if deadline and name in promises and is_longer(deadline.offset, promises[name]):
            yield too_long(deadline, deadline.offset, promises[name])
    named = promises.get("named_person_working_days")
    if journey.lead and named and is_longer(journey.lead.interim_after, named):
        yield too_long(journey.lead, journey.lead.interim_after, named)


def is_longer(span: Span, working_days: int) -> bool:
    return span.count * WORKING_DAYS[span.unit] > working_days


def too_long(line: Deadline | LeadRules, own: Span, working_days: int) -> Fault:
    return fault(
        line, "promise_contradicted", own=in_words(own), promised=in_words(Span(working_days, Unit.WORKING_DAYS))
    )


def in_words(span: Span) -> Label:
    return Label(span_in_words(span, "fr"), span_in_words(span, "en"))
