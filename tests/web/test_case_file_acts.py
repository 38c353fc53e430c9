"""What an advisor notes on a case file: calls, words, facts, dates, meeting, stay, e-mails held back."""

import pytest

from tests import people
from tests.web.case_desk import Advisor, in_front_of
from tests.web.whole_site import WholeSite


@pytest.fixture
def ines(desk: WholeSite) -> Advisor:
    return in_front_of(desk, people.MARCHETTI)


@pytest.fixture
def anais(desk: WholeSite) -> Advisor:
    return in_front_of(desk, people.BESSON)


# calls and notes


def test_a_call_is_noted_in_one_press_and_keeps_the_promise(ines):
    assert "first_answer" in ines.situation.deadlines
    answer = ines.press("appels", outcome="reached", word="Très décidée.")
    assert answer.status_code == 303 and answer.location.endswith(f"/dossiers/{ines.reference}#journal")
    assert "first_answer" not in ines.situation.deadlines
    page = ines.see()
    assert "Appel noté" in page and "Très décidée." in page


def test_a_message_left_brings_the_file_back_the_next_working_day(ines):
    ines.press("appels", outcome="message_left")
    assert ines.file.call_back_at is not None and ines.file.call_back_at.date().isoformat() == "2026-11-30"
    assert "first_answer" in ines.situation.deadlines


def test_enter_in_a_field_asks_for_the_result_and_keeps_what_was_typed(ines):
    answer = ines.press("appels", outcome="", word="Rappeler le soir")
    assert answer.status_code == 422
    assert "Dites ce que l’appel a donné." in answer.text and "Rappeler le soir" in answer.text
    assert "call_noted" not in ines.said


def test_the_last_press_is_taken_back_with_one_more(ines):
    before = ines.situation
    ines.press("appels", outcome="reached")
    page = ines.see()
    assert "Annuler" in page
    number = page.split('name="n" value="')[1].split('"')[0]
    assert ines.press("annulation", n=number).status_code == 303
    assert ines.situation.deadlines == before.deadlines and ines.situation.facts == before.facts
    assert "a annulé" in ines.see()


def test_what_was_overtaken_is_not_taken_back_but_said(ines):
    ines.press("notes", note="Une")
    ines.press("faits", fact="stay_unneeded", holds="1")
    answer = ines.press("annulation", n="1")
    assert answer.status_code == 409 and "relisez" in answer.text


def test_an_empty_note_is_refused_beside_its_field(ines):
    answer = ines.press("notes", note="   ")
    assert answer.status_code == 422 and "Écrivez la note" in answer.text


# facts and dates


def test_a_fact_is_noted_then_no_longer_true(ines):
    ines.press("faits", fact="stay_unneeded", holds="1")
    assert "stay_unneeded" in ines.facts()
    ines.press("faits", fact="stay_unneeded", holds="0")
    assert "stay_unneeded" not in ines.facts()


def test_a_fact_that_no_person_notes_is_refused(ines):
    assert ines.press("faits", fact="has_lead", holds="1").status_code == 422
    assert ines.press("faits", fact="spam", holds="1").status_code == 422


def test_a_date_moves_and_is_taken_back(ines):
    ines.press("dates", **{"arrival_planned-day": ines.day(60)})
    assert "arrival_planned" in ines.situation.moments
    assert f'value="{ines.day(60)}"' in ines.see("dates")
    ines.press("dates", **{"arrival_planned-day": ""})
    assert "Arrivée prévue : date retirée" in ines.see().replace("\u00a0", " ")


def test_an_arrival_is_noted_once_it_took_place(ines):
    answer = ines.press("dates", **{"arrived_on-day": ines.day(3)})
    assert answer.status_code == 422 and ines.day(3) in answer.text


def test_the_commune_is_corrected_and_known_to_the_rules(anais):
    assert "commune_known" not in anais.facts()
    answer = anais.press(
        "foyer", drawn_at="foyer", commune="Die", profile="bibliothécaire", area="le Royans", age_1="3-5"
    )
    assert answer.status_code == 303
    assert anais.file.commune == "26113" and anais.file.epci and "commune_known" in anais.facts()


def test_a_commune_of_elsewhere_is_refused_with_a_way_out(anais):
    answer = anais.press("foyer", drawn_at="foyer", commune="Brest", age_1="3-5")
    assert answer.status_code == 422 and "pas du territoire" in answer.text and 'value="Brest"' in answer.text


# meeting and stay


def meet(advisor, ahead=4, **more):
    told = {"day": advisor.day(ahead), "hour": "18:30", "way": "video", "place": "https://visio.example.org", **more}
    return advisor.press("rendez-vous", drawn_at="rendez-vous", **told)


def test_a_meeting_is_set_moved_kept_and_its_e_mails_follow(anais):
    assert meet(anais, with_whom="Nadia Belkacem").status_code == 303
    assert any(email.rule == "meeting_reminder" for email in anais.emails)
    meet(anais, 6)
    assert len(anais.situation.moments["meeting"]) == 1
    anais.later(7)
    assert "Noter le rendez-vous" in anais.see()
    anais.press("rendez-vous/issue", result="kept", adults=anais.situation.people["applicant"], word="Visio tenue")
    assert "meeting_kept" in anais.facts() and "Visio tenue" in anais.see()


def test_a_meeting_to_come_is_not_noted_as_kept(anais):
    meet(anais)
    assert 'value="kept"' not in anais.see() and "une fois le rendez-vous passé" in anais.see()
    early = anais.press("rendez-vous/issue", result="kept", adults=anais.situation.people["applicant"])
    assert early.status_code == 422 and "meeting_kept" not in anais.facts()


def test_a_date_already_past_asks_whether_it_is_right(anais):
    yesterday = {"starts_on": anais.day(-3), "ends_on": anais.day(-1), "place": "Die", "host": ""}
    asked = anais.press("sejour", drawn_at="sejour", **yesterday)
    assert asked.status_code == 422 and "cochez la case" in asked.text and "stay_starts" not in anais.situation.moments
    assert anais.press("sejour", drawn_at="sejour", **yesterday, past="1").status_code == 303
    assert "Déplacer le séjour" in anais.see("sejour") and 'value="Die"' in anais.see("sejour")
    assert meet(anais, -1).status_code == 422


@pytest.mark.parametrize(
    ("said", "missing"), [({"hour": "03:15"}, "entre 7"), ({"way": "place", "place": ""}, "écrivez l’adresse")]
)
def test_a_meeting_says_a_likely_hour_and_where(anais, said, missing):
    answer = meet(anais, **said)
    assert answer.status_code == 422 and missing in answer.text


def test_a_meeting_without_an_hour_is_asked_again(anais):
    answer = meet(anais, hour="bientôt")
    assert answer.status_code == 422 and "Une heure s’écrit ainsi" in answer.text and 'value="bientôt"' in answer.text


def test_a_cancelled_meeting_sends_nothing_more(anais):
    meet(anais)
    anais.press("rendez-vous/annulation", word="Empêchement")
    waiting = [email.rule for email in anais.emails if email.status == "waiting"]
    assert "meeting_reminder" not in waiting and "Rendez-vous annulé" in anais.see()


def stay(advisor, first=10, last=12):
    told = {"starts_on": advisor.day(first), "ends_on": advisor.day(last), "place": "Die", "host": "Gîte"}
    return advisor.press("sejour", drawn_at="sejour", **told)


def test_a_stay_is_set_and_each_adult_is_told(anais):
    assert stay(anais).status_code == 303
    told = {email.recipient for email in anais.emails if email.rule == "your_stay"}
    assert len(told) == 2


def test_a_stay_that_ends_before_it_begins_is_refused(anais):
    answer = stay(anais, 12, 10)
    assert answer.status_code == 422 and "finit avant de commencer" in answer.text


def test_a_stay_called_off_says_by_whom(anais):
    stay(anais)
    assert anais.press("sejour/annulation", word="Malade").status_code == 422
    anais.press("sejour/annulation", status="cancelled_by_them", word="Malade")
    assert "Séjour annulé par eux" in anais.see()


def test_an_absence_is_noted_and_the_question_after_does_not_leave(anais):
    stay(anais)
    anais.later(14)
    assert "Noter leur absence" in anais.see("sejour/issue")
    anais.press("sejour/annulation", status="absent")
    assert "Ne sont pas venus au séjour" in anais.see()
    assert all(email.status != "waiting" for email in anais.emails if email.rule.startswith("after_stay"))


def test_the_outcome_is_noted_for_each_adult_with_what_it_asks(anais):
    stay(anais)
    anais.later(14)
    one, two = sorted(anais.situation.people[role] for role in ("applicant", "co_applicant"))
    answer = anais.press("sejour/issue", **{f"{one}-code": "settling", f"{two}-code": "comparing"})
    assert answer.status_code == 422 and "Écrivez la date" in answer.text
    anais.press(
        "sejour/issue", **{f"{one}-code": "settling", f"{one}-settling_on": anais.day(90), f"{two}-code": "comparing"}
    )
    assert "outcome_given" in anais.facts() and "arrival_planned" in anais.situation.moments


# e-mails


def test_everything_to_the_household_is_held_in_two_presses_and_let_go_in_one(ines):
    stay(ines)
    page = ines.see()
    assert "Tout retenir…" in page
    answer = ines.press("courriels/retenue", reason="just_spoken", until=ines.day(7))
    assert answer.status_code == 303
    assert "Courriels au foyer retenus jusqu’au" in ines.see()
    ines.press("courriels/reprise")
    assert ines.situation.muted == ()


def test_holding_without_an_end_is_refused(ines):
    answer = ines.press("courriels/retenue", reason="just_spoken", until="")
    assert answer.status_code == 422 and "Dites jusqu’à quel jour." in answer.text


def test_one_e_mail_is_held_and_released(ines):
    stay(ines, 20, 22)
    email = next(each for each in ines.emails if each.rule == "your_stay_again" and each.status == "waiting")
    where = f"courriels/{email.id}"
    assert "Retenir ce courriel" in ines.see(f"{where}/retenue")
    ines.press(f"{where}/retenue", reason="delicate", until=ines.day(15))
    assert len(ines.situation.muted) == 1 and "Laisser partir" in ines.see()
    ines.press(f"{where}/reprise")
    assert ines.situation.muted == ()


def test_an_e_mail_of_another_file_is_not_found_here(ines, anais):
    assert ines.press(f"courriels/{anais.emails[0].id}/reprise").status_code == 404
