"""Who leads a case file and the steps it takes: proposed, answered, passed on; taken or refused aloud."""

import pytest

from tests import people
from tests.web.case_desk import Advisor, in_front_of
from tests.web.whole_site import WholeSite


@pytest.fixture
def ines(desk: WholeSite) -> Advisor:
    return in_front_of(desk, people.MARCHETTI)


# the lead


def test_the_best_candidate_is_named_and_asked_in_one_press(ines):
    page = ines.see()
    assert "Proposer à " in page
    member = page.split('name="member" value="')[1].split('"')[0]
    answer = ines.press("chef-de-file", member=member)
    assert answer.status_code == 303
    assert [offer.member for offer in ines.situation.offers] == [member]
    assert "attend une réponse" in ines.see()


def test_all_candidates_stand_in_order_with_reasons_and_problems(ines):
    page = ines.see("chef-de-file")
    assert "Couvre la CC du Diois." in page.replace("\u00a0", " ")
    assert 'class="a-late m-0"' in page and "N’accompagne pas " in page


def test_who_cannot_be_asked_is_refused_with_a_sentence(ines):
    assert "Personne ne peut être sollicité" in ines.press("chef-de-file", member="m999").text


def test_the_hand_is_passed_on_with_a_reason(ines):
    ines.a_partner_says_yes()
    assert "A dit oui le" in ines.see()
    assert ines.press("chef-de-file/main", word="").status_code == 422
    ines.press("chef-de-file/main", reason="no_availability")
    assert ines.file.lead_kind == "interim" and "a passé la main" in ines.see()


def test_a_yes_on_the_telephone_is_noted_with_its_date(ines):
    ines.press("chef-de-file")
    assert "Noter sa réponse…" in ines.see()
    assert ines.press("chef-de-file/reponse", answer="").status_code == 422
    ines.press("chef-de-file/reponse", answer="yes", call_by=ines.day(4))
    assert ines.file.lead_kind == "accepted" and ines.file.stage == "orientation"
    assert "a dit oui, noté par" in ines.see()


def test_an_offer_is_withdrawn_and_the_press_is_taken_back(ines):
    ines.press("chef-de-file")
    assert "Retirer la proposition…" in ines.see()
    assert ines.press("chef-de-file/retrait", then="").status_code == 422
    answer = ines.press("chef-de-file/retrait", then="stop")
    assert answer.status_code == 303 and [offer.status for offer in ines.situation.offers] == ["withdrawn"]
    page = ines.see()
    assert "a retiré la proposition faite à" in page and "Proposer à " in page
    line = page.split('name="n" value="')[1].split('"')[0]
    ines.press("annulation", n=line)
    assert [offer.status for offer in ines.situation.offers] == ["offered"]


def test_an_offer_withdrawn_goes_to_the_next_whose_name_is_on_the_button(ines):
    ines.press("chef-de-file")
    page = ines.see("chef-de-file/retrait")
    assert "n’en saura rien" in page and "Retirer, et demander à " in page
    ines.press("chef-de-file/retrait", then="next")
    assert [offer.status for offer in ines.situation.offers] == ["withdrawn", "offered"]
    assert "les demandes continuent" in ines.see()
    ranking = ines.see("chef-de-file")
    assert ranking.index("offre en cours") < ranking.index("L’accueil lui a retiré la proposition de ce dossier.")


def test_a_no_on_the_telephone_asks_its_reason_and_the_next_is_asked(ines):
    ines.press("chef-de-file")
    assert "Choisissez une raison." in ines.press("chef-de-file/reponse", answer="no").text
    ines.press("chef-de-file/reponse", answer="no", reason="no_availability")
    assert [offer.status for offer in ines.situation.offers] == ["declined", "offered"]
    assert "a décliné, noté par" in ines.see()


# steps


def test_a_step_that_cannot_be_is_refused_with_what_is_missing(ines):
    answer = ines.press("pas/begin_orientation")
    assert answer.status_code == 422 and "Il manque un chef de file." in answer.text.replace("\u00a0", " ")
    assert ines.file.stage == "contact"


def test_a_step_of_another_stage_is_said_not_to_leave_from_here(ines):
    answer = ines.press("pas/settle")
    assert answer.status_code == 409 and "Rien n’a été fait." in answer.text
    assert ines.press("pas/sauter").status_code == 404


def test_moving_in_without_a_stay_asks_its_reason(ines):
    ines.a_partner_says_yes()
    assert ines.press("pas/begin_installation_directly").status_code == 422
    ines.press("pas/begin_installation_directly", reason="already_here")
    assert ines.file.stage == "installation"


def test_sleep_asks_when_to_talk_again(ines):
    answer = ines.press("pas/pause", on_page="1", day="")
    assert answer.status_code == 422 and "Écrivez le jour" in answer.text
    ines.press("pas/pause", on_page="1", day=ines.day(90), word="Mutation en mars")
    assert ines.file.stage == "dormant" and "on en reparle le" in ines.see()


def test_closing_as_unreachable_needs_three_dated_tries(ines):
    answer = ines.press("pas/close", on_page="1", reason="unreachable")
    assert answer.status_code == 422 and "trois essais datés" in answer.text
    for _try in range(3):
        ines.press("appels", outcome="no_answer")
    ines.press("pas/close", on_page="1", reason="unreachable")
    assert ines.file.stage == "closed" and ines.file.closing_reason == "unreachable"


def test_a_closed_file_opens_again_where_it_was(ines):
    ines.press("pas/close", on_page="1", reason="gave_up_moving")
    ines.press("pas/reopen")
    assert ines.file.stage == "contact" and ines.file.closing_reason is None


def test_an_ambassador_s_charter_is_noted_with_its_proof(desk):
    jeanne = in_front_of(desk, people.LEROY)
    assert jeanne.press("pas/sign").status_code == 422
    jeanne.press("faits", fact="approved", holds="1")
    answer = jeanne.press("pas/sign", word="")
    assert answer.status_code == 422 and "gardent la preuve" in answer.text
    jeanne.press("pas/sign", word="Version 3, signée le 20 novembre")
    assert jeanne.file.stage == "charter_signed" and "Version 3" in jeanne.see()


def test_a_page_drawn_at_another_stage_closes_nothing(ines):
    page = ines.see("pas/close")
    assert 'name="from" value="contact"' in page
    ines.press("pas/pause", day=ines.day(40))
    late = ines.press("pas/close", on_page="1", **{"from": "contact"}, reason="gave_up_moving")
    assert late.status_code == 409 and "Rien n’a été fait" in late.text
    assert ines.file.stage == "dormant"
