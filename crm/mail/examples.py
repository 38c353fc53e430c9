"""Each e-mail as a believable recipient would read it: for the pages of docs/emails and the test that renders them all."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from crm.mail.example_people import DESK, DETAILS, LINKS, PEOPLE, REFS, ROLES
from crm.mail.rendering import Frame, Rendered, render
from workflows.availability import dated_anchor
from workflows.calendar import WorkingCalendar
from workflows.directory import HOUSEHOLD, Directory
from workflows.dues import mail_due
from workflows.facts import ANCHORS, AnchorKind
from workflows.journey import ENTERING, MISSED, Journey, MailRule
from workflows.reason_lines import SYSTEM, reason_line
from workflows.situation import Mail, MailStatus, Moment, NamedDate, Running, Situation, World
from workflows.word_dates import Telling
from workflows.word_values import desk_values, hello, values
from workflows.words import Text

WROTE = datetime(2026, 11, 9, 20, 48, tzinfo=UTC)
PAST = datetime(2026, 11, 16, 13, 11, tzinfo=UTC)
COMING = datetime(2026, 12, 11, 9, 0, tzinfo=UTC)
DATES = {
    "wrote": WROTE,
    "call_by": datetime(2026, 11, 19, 8, 0, tzinfo=UTC),
    "meeting": datetime(2026, 11, 24, 8, 0, tzinfo=UTC),
    "stay_ends": datetime(2026, 12, 13, 15, 0, tzinfo=UTC),
    "arrived_on": datetime(2026, 8, 24, 8, 0, tzinfo=UTC),
    "arrival_planned": datetime(2027, 2, 1, 8, 0, tzinfo=UTC),
    "practice_starts": datetime(2027, 3, 1, 8, 0, tzinfo=UTC),
    "degree_ends": datetime(2027, 6, 30, 8, 0, tzinfo=UTC),
    "internship_ends": datetime(2027, 10, 31, 8, 0, tzinfo=UTC),
    "commitment_starts": datetime(2026, 3, 2, 8, 0, tzinfo=UTC),
    "commitment_ends": datetime(2029, 3, 1, 8, 0, tzinfo=UTC),
    "opening_on": datetime(2027, 1, 18, 8, 0, tzinfo=UTC),
    "wake_on": datetime(2027, 3, 1, 8, 0, tzinfo=UTC),
}
NAMED_DAYS = {
    "housing_requests_open": date(2027, 3, 1),
    "housing_requests_close": date(2027, 5, 31),
    "housing_complementary": date(2027, 7, 6),
    "admissions_known": date(2027, 6, 2),
    "term_start": date(2027, 9, 6),
    "internship_choice": date(2027, 4, 1),
    "childcare_files_close": date(2027, 4, 16),
    "evening": date(2027, 3, 11),
}
CALENDAR = WorkingCalendar()
WORLD = World(CALENDAR, named_dates={name: (NamedDate("2027", day),) for name, day in NAMED_DAYS.items()})


@dataclass(frozen=True)
class Example:
    """One text, sent by one rule to one kind of recipient; `span` is the last of the rule's offsets, or its first."""

    name: str
    journey: Journey | None
    rule: MailRule | None
    recipient: str


def examples(journeys: Mapping[str, Journey]) -> Iterator[Example]:
    """Each text once for each kind of recipient, from the first journey that uses it; then the system's own."""
    seen = set()
    for journey in journeys.values():
        for rule in journey.all_mails:
            for recipient in rule.to:
                if (rule.mail, ROLES[recipient]) not in seen:
                    seen.add((rule.mail, ROLES[recipient]))
                    yield Example(rule.mail, journey, rule, recipient)
    yield Example("offer_withdrawn", None, None, "asked_lead")
    yield Example("set_password", None, None, "advisor")


def rendered(example: Example, texts: Mapping[tuple[str, str], Text], language: str) -> Rendered:
    text = texts[example.name, language]
    directory = Directory(DESK, {ref: replace(party, language=language) for ref, party in PEOPLE.items()})
    if example.journey is None or example.rule is None:
        return render(
            text,
            language,
            {**system_values(directory, language), **LINKS},
            frame(language, SYSTEM[example.name][language]),
        )
    telling = telling_of(example.journey, example.rule, REFS[ROLES[example.recipient]])
    given = {**values(telling, directory, DETAILS[language]), **LINKS}
    return render(text, language, given, frame(language, reason_line(telling, language), telling.mail.recipient))


def system_values(directory: Directory, language: str) -> dict[str, str]:
    said = {"applicant_short": "Camille R.", "if first_password": "yes"}
    return {**desk_values(directory.desk, language), "greeting": hello("Nadia", language), **said}


def frame(language: str, why: str, recipient: str = "") -> Frame:
    away = "https://accueil.example.org"
    stop = f"{away}/p/arret/exemple" if recipient.startswith(HOUSEHOLD) else ""
    desk = {"fr": "conseillère d’accueil, 06 39 98 00 26", "en": "welcome desk advisor, 06 39 98 00 26"}
    signature = () if recipient[:1] in ("u", "d", "") else ("Nadia Belkacem", desk[language])
    return Frame(
        title=DESK.name[language],
        colour="#574a94",
        agency=DESK.agency,
        why=why,
        signature=signature,
        stop=stop,
        data=f"{away}/donnees" if stop else "",
    )


def telling_of(journey: Journey, rule: MailRule, recipient: str) -> Telling:
    stages = journey.stages_in(rule.during)
    entered = rule.anchor.removeprefix(ENTERING)
    stage = stages[0] if stages else entered if entered in journey.by_stage else "contact"
    moments = {
        name: (Moment(DATES.get(name, COMING if is_coming(name) else PAST), f"{name}#1", PAST),) for name in dated()
    }
    if stage not in ("follow_up", "settled"):
        del moments["arrived_on"]
    anchor = rule.anchor
    about = f"{dated_anchor(journey, rule)}#1"
    moments[ENTERING + stage] = (Moment(PAST, f"{stage}#1", PAST),)
    moments.setdefault(anchor, (Moment(anchored(journey, rule), f"{anchor.removeprefix(MISSED)}#1", PAST, about),))
    moment = moments[anchor][-1]
    offset = rule.offsets[-1] if rule.offsets else None
    occurrence = f"{moment.instance} {offset}" if len(rule.offsets) > 1 else moment.instance
    due = mail_due(rule, offset, moment, CALENDAR)
    mail = Mail(rule.rule, occurrence, recipient, moment.instance, due, due, MailStatus.READY)
    running = Running("first_answer", CALENDAR.instant(date(2026, 11, 12), CALENDAR.opens), 0, "wrote#1")
    people = {role: ref for role, ref in REFS.items() if role in PEOPLE_OF[journey.lead is None]}
    if rule.anchor == "interim_named":
        people["lead"] = people["advisor"]
    situation = Situation(
        "D-2417", journey.name, journey.version, stage, due, None, moments, people=people,
        deadlines={"first_answer": running} if "first_answer" in journey.by_deadline else {},
    )  # fmt: skip
    return Telling(situation, mail, journey, WORLD)


PEOPLE_OF = {
    False: ("applicant", "co_applicant", "parent", "companion", "lead", "advisor", "manager"),
    True: ("ambassador", "advisor", "manager"),
}


def dated() -> list[str]:
    kinds = (AnchorKind.DATE, AnchorKind.EVENT)
    return [name for name, anchor in ANCHORS.items() if anchor.kind in kinds and name != "stay"]


def is_coming(name: str) -> bool:
    return ANCHORS[name].kind is AnchorKind.DATE


def anchored(journey: Journey, rule: MailRule) -> datetime:
    day = NAMED_DAYS.get(dated_anchor(journey, rule))
    return CALENDAR.instant(day, time(0)) if day and not rule.anchor.startswith(MISSED) else PAST
