"""One lead who said yes, courteously asked, whatever is pressed at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from crm.operations import leads
from crm.operations.ground import By
from crm.operations.shell import lock
from crm.records.case_files import CaseFile
from crm.records.partners import Absence
from crm.records.promises import LeadOffer
from crm.records.staff import User
from tests.operations.welcome import NADIA, Welcome
from tests.people import BESSON, MARCHETTI, ROUSSEL
from workflows.effects import ActRefused


def offers(welcome: Welcome, reference: str) -> list[LeadOffer]:
    with welcome.database.reading() as session:
        query = select(LeadOffer).join(CaseFile).where(CaseFile.reference == reference).order_by(LeadOffer.n)
        return list(session.scalars(query))


def statuses(welcome: Welcome, reference: str) -> list[str]:
    return [offer.status for offer in offers(welcome, reference)]


@pytest.fixture
def asked(welcome: Welcome) -> str:
    """A file whose best candidate was asked, and has the e-mail."""
    reference = welcome.receive(MARCHETTI)
    with welcome.acting(reference) as scene:
        scene.call("reached")
        assert scene.propose()
    welcome.wait(hours=1)
    return reference


def test_the_person_asked_is_written_to_and_says_yes_with_a_date(welcome: Welcome, asked: str) -> None:
    with welcome.acting(asked) as scene:
        assert scene.answer("yes")
    file = welcome.file(asked)
    assert (file.stage, file.lead_kind) == ("orientation", "accepted")
    welcome.wait(hours=2)
    assert {"lead_offer", "contact_sheet", "your_lead"} <= set(welcome.sent(asked))


def test_a_refusal_asks_the_next_candidate_by_itself(welcome: Welcome, asked: str) -> None:
    with welcome.acting(asked) as scene:
        scene.answer("no_availability", "Trop de dossiers ce mois-ci")
    welcome.wait(days=1)
    assert statuses(welcome, asked) == ["declined", "offered"]
    first, second = offers(welcome, asked)
    assert first.member_id != second.member_id


def test_silence_is_reminded_once_then_the_next_is_asked(welcome: Welcome, asked: str) -> None:
    welcome.wait(days=12)
    assert welcome.sent(asked).count("lead_offer_again") >= 1
    assert statuses(welcome, asked)[0] == "expired"
    reminded = [email.recipient for email in welcome.emails(asked, "sent") if email.rule == "lead_offer_again"]
    assert len(reminded) == len(set(reminded))


def test_who_stayed_silent_is_proposed_last_and_says_since_when(welcome: Welcome, asked: str) -> None:
    first = f"m{offers(welcome, asked)[0].member_id}"
    welcome.wait(days=8)
    with welcome.acting(asked) as scene:
        ranked = leads.candidates(scene.session, welcome.ground, scene.dossier, welcome.at)
    able = [each for each in ranked if each.can_be_asked]
    assert able[-1].member == first and [problem.code for problem in able[-1].problems] == ["stayed_silent"]


def test_without_a_partner_the_advisor_leads_meanwhile_and_says_so(welcome: Welcome) -> None:
    reference = welcome.receive(BESSON)
    welcome.wait(days=8)
    assert welcome.file(reference).lead_kind == "interim"
    told = [email.recipient for email in welcome.emails(reference, "sent") if email.rule == "your_interim_lead"]
    assert len(told) == 2


def test_the_manager_is_told_once_after_three_refusals(welcome: Welcome) -> None:
    reference = welcome.receive(ROUSSEL)
    with welcome.acting(reference) as scene:
        assert scene.propose()
    for _ in range(4):
        welcome.wait(days=1)
        with welcome.acting(reference) as scene:
            scene.answer("no_availability")
    welcome.wait(days=4)
    assert statuses(welcome, reference).count("declined") >= 3
    assert welcome.sent(reference).count("three_without_a_lead") == 1


def test_an_offer_forwarded_goes_to_the_colleague(welcome: Welcome, asked: str) -> None:
    with welcome.database.transaction() as session:
        offer = session.scalars(select(LeadOffer)).one()
        assert offer.partner and offer.member
        colleague = next((each for each in offer.partner.members if each.id != offer.member_id), None)
        if colleague is None:
            colleague = type(offer.member)(
                partner_id=offer.partner.id, first_name="Rosa", last_name="Valls", email="rosa.valls@example.org"
            )
            session.add(colleague)
            session.flush()
        by = By(offer.member.ref, offer.member.name, "link")
        leads.forward(session, welcome.ground, offer, colleague, welcome.at, by)
        wanted = colleague.id
    assert [(offer.status, offer.member_id) for offer in offers(welcome, asked)][-1] == ("offered", wanted)


def test_a_late_yes_counts_while_nobody_has_accepted(welcome: Welcome, asked: str) -> None:
    welcome.wait(days=12)
    with welcome.database.transaction() as session:
        first = session.scalars(select(LeadOffer).filter_by(n=1)).one()
        assert first.status == "expired" and first.member
        by = By(first.member.ref, first.member.name, "link")
        leads.accept(session, welcome.ground, first, welcome.at.date() + timedelta(days=2), welcome.at, by)
    found = statuses(welcome, asked)
    assert found[0] == "accepted" and "offered" not in found


def test_the_substitute_is_asked_of_somebody_away(welcome: Welcome) -> None:
    reference = welcome.receive(MARCHETTI)
    with welcome.acting(reference) as scene:
        ranked = [each for each in leads.candidates(scene.session, welcome.ground, scene.dossier, welcome.at)]
        best, other = ranked[0].member, ranked[1].member
        today = welcome.at.date()
        away = Absence(who=best, starts_on=today, ends_on=today + timedelta(days=20), substitute=other)
        scene.session.add(away)
        scene.session.flush()
        leads.propose(scene.session, welcome.ground, scene.dossier, welcome.at, NADIA, first=best)
    welcome.wait(hours=1)
    assert f"m{offers(welcome, reference)[0].member_id}" == other


def test_a_file_handed_back_has_no_lead_and_tells_the_advisor(welcome: Welcome, asked: str) -> None:
    with welcome.acting(asked) as scene:
        scene.answer("yes")
    with welcome.database.transaction() as session:
        offer = session.scalars(select(LeadOffer).filter_by(status="accepted")).one()
        leads.hand_back(session, welcome.ground, offer, welcome.at, By(f"m{offer.member_id}", "", "link"), "absence")
    welcome.wait(days=4)
    assert "handed_back" in welcome.sent(asked)
    assert statuses(welcome, asked)[0] == "handed_over"


def test_R5_fifty_accepts_at_once_leave_one_lead(welcome: Welcome, asked: str) -> None:
    def press(number: int) -> str:
        with welcome.database.writing() as session:
            file = lock(session, welcome.find(session, asked))
            offer = session.scalars(select(LeadOffer).filter_by(case_file_id=file.id, n=1)).one()
            by = By(f"m{offer.member_id}", f"pression {number}", "link")
            try:
                leads.accept(session, welcome.ground, offer, date(2026, 12, 4), welcome.at, by)
            except ActRefused:
                session.rollback()
                return "refused"
            session.commit()
            return "accepted"

    with ThreadPoolExecutor(10) as people:
        answers = list(people.map(press, range(50)))
    assert answers.count("accepted") == 1
    assert statuses(welcome, asked) == ["accepted"]
    assert welcome.broken() == []


def test_R5_two_candidates_who_press_at_once_leave_one_lead(welcome: Welcome, asked: str) -> None:
    welcome.wait(days=12)
    held = [offer.n for offer in offers(welcome, asked)]
    assert len(held) >= 2

    def press(n: int) -> bool:
        with welcome.database.writing() as session:
            offer = session.scalars(select(LeadOffer).filter_by(n=n)).one()
            try:
                by = By(f"m{offer.member_id}", "", "link")
                leads.accept(session, welcome.ground, offer, date(2026, 12, 18), welcome.at, by)
            except ActRefused:
                session.rollback()
                return False
            session.commit()
            return True

    with ThreadPoolExecutor(8) as people:
        assert sum(people.map(press, held * 10)) == 1
    assert statuses(welcome, asked).count("accepted") == 1


def test_a_person_with_as_many_files_as_they_said_is_not_asked(desk: Welcome) -> None:
    reference = desk.receive(MARCHETTI)
    with desk.acting(reference) as scene:
        best = leads.candidates(scene.session, desk.ground, scene.dossier, desk.at)[0].member
        member = scene.session.get_one(LeadOffer.member.property.mapper.class_, int(best[1:]))
        member.ceiling = 0
        scene.session.flush()
        ranked = leads.candidates(scene.session, desk.ground, scene.dossier, desk.at)
        problems = next(each for each in ranked if each.member == best).problems
    assert [problem.code for problem in problems] == ["at_ceiling"]


def test_the_advisor_who_is_away_is_not_given_a_new_file(desk: Welcome) -> None:
    with desk.database.transaction() as session:
        lucie = User(
            email="lucie@example.org", first_name="Lucie", last_name="Vidal", role="advisor", created_at=desk.at
        )
        session.add(lucie)
        session.add(Absence(who="u1", starts_on=desk.at.date(), ends_on=desk.at.date() + timedelta(days=3)))
    assert desk.file(desk.receive(MARCHETTI)).advisor_id == 4


def test_a_lead_who_cannot_reach_the_family_is_heard_at_the_desk(desk: Welcome) -> None:
    reference = desk.receive(MARCHETTI)
    with desk.acting(reference) as scene:
        scene.call("reached")
        scene.propose()
    desk.wait(hours=1)
    with desk.acting(reference) as scene:
        scene.answer("yes")
    with desk.acting(reference) as scene:
        scene.at = desk.site.at = desk.at + timedelta(hours=2)
        scene.lead_calls("unreachable")
    assert "lead_out_of_reach" in desk.lines(reference)
    with desk.acting(reference) as scene:
        scene.at = desk.site.at = desk.at + timedelta(hours=1)
        scene.call("reached")
    assert "lead_out_of_reach" not in desk.lines(reference)
