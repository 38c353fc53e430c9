"""Everything that a person can do to one file, by the operations themselves; `rng` draws what they say."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from sqlalchemy import select

from crm.demo.scene import Scene
from crm.operations import advisors, corrections, holding, intake, leads, meetings, noting, people, replay, stays, steps
from crm.operations.application import Adult, ConsentGiven
from crm.operations.case_page import last_line
from crm.records.emails import ScheduledEmail
from crm.records.partners import Member
from crm.records.promises import LeadOffer
from crm.records.staff import User
from tests.web.whole_site import YASMINE
from workflows.facts import DATES
from workflows.reasons import CLOSING_REASONS, DECLINE_REASONS, STAY_OUTCOMES

Act = Callable[[Scene, Random], object]
FACTS = ("stay_unneeded", "needs_settled", "lodged", "last_answer_given", "charter_signed", "business_signed")


def call(scene: Scene, rng: Random) -> None:
    scene.call(rng.choice(noting.CALL_RESULTS), "un mot")


def note(scene: Scene, rng: Random) -> None:
    scene.note("À relire lundi")


def learn(scene: Scene, rng: Random) -> None:
    scene.learn(**{rng.choice(FACTS): rng.random() < 0.8})


def date_noted(scene: Scene, rng: Random) -> None:
    names = [name for name in DATES if name in ("arrival_planned", "arrived_on", "practice_starts", "opening_on")]
    scene.learn_date(rng.choice(sorted(names)), scene.day(rng.randrange(-20, 90)))


def propose(scene: Scene, rng: Random) -> None:
    leads.propose(scene.session, scene.ground, scene.dossier, scene.at, scene.advisor)


def answer(scene: Scene, rng: Random) -> None:
    scene.answer(
        rng.choice(["yes", "yes", *[each.code for each in DECLINE_REASONS if each.asks != "partner"]]), "un mot"
    )


def says_yes(scene: Scene, rng: Random) -> None:
    scene.answer("yes")


def forward(scene: Scene, rng: Random) -> None:
    offer = scene.offer()
    if offer and offer.member:
        for colleague in scene.session.scalars(select(Member).filter_by(partner_id=offer.partner_id)):
            if colleague.id != offer.member_id:
                leads.forward(scene.session, scene.ground, offer, colleague, scene.at, scene.advisor)
                return


def hand_back(scene: Scene, rng: Random) -> None:
    accepted = select(LeadOffer).filter_by(case_file_id=scene.dossier.id, status="accepted")
    if offer := scene.session.scalars(accepted).one_or_none():
        leads.hand_back(scene.session, scene.ground, offer, scene.at, scene.advisor, "no_availability")


def lead_calls(scene: Scene, rng: Random) -> None:
    scene.lead_calls(rng.choice(["met", "unreachable"]))


def meeting(scene: Scene, rng: Random) -> None:
    scene.meeting(rng.randrange(1, 12), rng.choice(["telephone", "place"]), "à la mairie")


def meeting_was(scene: Scene, rng: Random) -> None:
    scene.meeting_was(rng.choice(meetings.RESULTS), "un mot")


def meeting_cancelled(scene: Scene, rng: Random) -> None:
    meetings.cancel_meeting(scene.session, scene.ground, scene.dossier, scene.at, scene.advisor)


def stay(scene: Scene, rng: Random) -> None:
    scene.stay(rng.randrange(3, 40), "Die", "Mairie")


def stay_cancelled(scene: Scene, rng: Random) -> None:
    stays.cancel_stay(scene.session, scene.ground, scene.dossier, rng.choice(stays.CALLED_OFF), scene.at, scene.advisor)


def stay_ended(scene: Scene, rng: Random) -> None:
    scene.outcome(rng.choice(STAY_OUTCOMES).code, scene.day(rng.randrange(20, 90)))


def step(scene: Scene, rng: Random) -> None:
    possible = steps.steps_of(scene.session, scene.ground, scene.dossier, scene.at)
    asks_nothing = [each for each in possible if each.name not in ("close", "leave", "pause")]
    named = [each.name for each in asks_nothing if rng.random() < 0.2 or not each.missing]
    if named:
        steps.take_step(scene.session, scene.ground, scene.dossier, rng.choice(named), scene.at, scene.advisor)


def pause(scene: Scene, rng: Random) -> None:
    scene.pause(rng.randrange(1, 60), "Plus tard")


def close(scene: Scene, rng: Random) -> None:
    scene.close(rng.choice(CLOSING_REASONS).code, "un mot")


def mute(scene: Scene, rng: Random) -> None:
    until = rng.choice([None, scene.day(rng.randrange(1, 20))])
    holding.mute(scene.session, scene.ground, scene.dossier, until, "delicate", scene.at, scene.advisor)


def unmute(scene: Scene, rng: Random) -> None:
    holding.unmute(scene.session, scene.ground, scene.dossier, scene.at, scene.advisor)


def hold_email(scene: Scene, rng: Random) -> None:
    if email := _email(scene, rng, "waiting", "ready", "held"):
        holding.hold_email(scene.session, scene.ground, email, None, "just_spoken", scene.at, scene.advisor)


def release_email(scene: Scene, rng: Random) -> None:
    if email := _email(scene, rng, "held"):
        holding.release_email(scene.session, scene.ground, email, scene.at, scene.advisor)


def decide_email(scene: Scene, rng: Random) -> None:
    if email := _email(scene, rng, "uncertain", "asked", "waiting"):
        choice = rng.choice(["send", "drop"])
        holding.decide_email(scene.session, scene.ground, email, choice, scene.at, scene.advisor)


def correct_person(scene: Scene, rng: Random) -> None:
    person = rng.choice(scene.dossier.people).person
    changes = {"email": rng.choice([None, f"autre{rng.randrange(99)}@example.org"]), "profession": "potière"}
    people.correct_person(
        scene.session, scene.ground, scene.dossier, person, changes, person.version, scene.at, scene.advisor
    )


def correct_file(scene: Scene, rng: Random) -> None:
    changes = {"commune": rng.choice([None, "26113", "26362"]), "children": rng.choice([[], ["0-2"], ["6-10"]])}
    corrections.correct_file(scene.session, scene.ground, scene.dossier, changes, scene.at, scene.advisor)


def add_co_applicant(scene: Scene, rng: Random) -> None:
    if len(scene.dossier.people) < 2:
        sami = Adult("Sami", "Morel", f"sami{rng.randrange(999)}@example.org")
        people.add_co_applicant(
            scene.session, scene.ground, scene.dossier, sami, rng.random() < 0.5, "D’accord", scene.at, scene.advisor
        )


def consent(scene: Scene, rng: Random) -> None:
    person = scene.dossier.people[0].person
    given = ConsentGiven("promotion", rng.random() < 0.5, "J’accepte", "applicant")
    people.give_consent(scene.session, scene.ground, scene.dossier, person, given, scene.at, scene.advisor)


def opt_out(scene: Scene, rng: Random) -> None:
    person = rng.choice(scene.dossier.people).person
    people.opt_out(scene.session, scene.ground, person, scene.at, scene.advisor, stop=rng.random() < 0.6)


def change_advisor(scene: Scene, rng: Random) -> None:
    user = rng.choice(list(scene.session.scalars(select(User).order_by(User.id))))
    advisors.change_advisor(scene.session, scene.ground, scene.dossier, user, scene.at, scene.advisor)


def write_again(scene: Scene, rng: Random) -> None:
    """Somebody known, or somebody new, fills in the public form."""
    known = rng.choice(scene.dossier.people).person
    new = Adult("Lou", f"Faure{rng.randrange(999)}", f"lou{rng.randrange(999)}@example.org")
    adult = new if rng.random() < 0.3 else Adult(known.first_name, known.last_name, known.email, known.phone)
    told = replace(YASMINE, applicant=adult, request="Où en êtes-vous ?")
    intake.open_or_join(scene.session, scene.ground, told, scene.at, scene.applicant)


def take_back(scene: Scene, rng: Random) -> None:
    n = last_line(scene.session, scene.dossier)
    replay.undo(scene.session, scene.ground, scene.dossier, n, scene.at, scene.advisor)


def _email(scene: Scene, rng: Random, *status: str) -> ScheduledEmail | None:
    query = select(ScheduledEmail).where(
        ScheduledEmail.case_file_id == scene.dossier.id, ScheduledEmail.status.in_(status)
    )
    found = list(scene.session.scalars(query.order_by(ScheduledEmail.id)))
    return rng.choice(found) if found else None


ACTS: tuple[Act, ...] = (
    call, note, learn, date_noted, propose, answer, forward, hand_back, lead_calls, meeting, meeting_was,
    meeting_cancelled, stay, stay_cancelled, stay_ended, step, step, step, pause, close, mute, unmute, hold_email,
    release_email, decide_email, correct_person, correct_file, add_co_applicant, consent, opt_out, change_advisor,
    write_again, take_back,
)  # fmt: skip
