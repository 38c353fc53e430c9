"""What the page of a case file says of lateness, of facts, of days, of adults, in words that nobody has to guess."""

import pytest

from tests import people
from tests.web.case_desk import Advisor, in_front_of
from tests.web.whole_site import WholeSite


@pytest.fixture
def ines(desk: WholeSite) -> Advisor:
    return in_front_of(desk, people.MARCHETTI)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_a_promise_that_was_past_when_the_file_came_back_is_late_on_the_track_and_among_deadlines(ines):
    ines.a_partner_says_yes()
    ines.press("rendez-vous", day=ines.day(0), hour="10:00", way="telephone")
    ines.press("rendez-vous/issue", result="kept")
    ines.press("sejour", starts_on=ines.day(1), ends_on=ines.day(2))
    ines.press("pas/confirm_discovery_weekend")
    ines.press("pas/pause", on_page="1", day=ines.day(40), tell="no")
    ines.later(30)
    ines.press("pas/resume")
    decision = ines.situation.deadlines["decision"]
    assert decision.rung == 0 and decision.planned < ines.site.at < decision.due, "given some days more to say so"
    page = plain(ines.see())
    assert "réponse après le séjour : " in page.split("</ol>")[0] and "de retard" in page.split("</ol>")[0]
    assert "a-due--late" in page.split('id="echeances"')[1].split("Réponse après le séjour")[0]


def test_a_file_opened_again_is_late_on_every_page_and_its_calls_in_vain_are_forgotten(ines):
    ines.a_partner_says_yes()
    for _try in range(3):
        ines.press("appels", outcome="no_answer", again_on=ines.day(40))
        ines.later(1)
    assert "En reparler, comme convenu" in ines.see()
    ines.press("pas/close", on_page="1", reason="unreachable", tell="no")
    assert ines.file.call_back_at is None and "En reparler, comme convenu" not in ines.see()
    ines.later(30)
    ines.press("pas/reopen", on_page="1")
    (running,) = [each for each in ines.situation.deadlines.values() if each.planned < ines.site.at]
    assert running.rung == 0 and ines.file.late_since < ines.site.at
    assert (ines.file.vain_calls, ines.file.call_back_at) == ([], None)
    for address, said in (
        ("/dossiers?retard=oui", "de retard"),
        ("/a-faire", "de retard"),
        (ines.address(""), "de retard"),
    ):
        page = plain(ines.client.get(address).text)
        assert said in page and "Clore : injoignable" not in page, address
    assert "En reparler, comme convenu" not in ines.see()


def test_a_closing_taken_back_brings_back_the_calls_and_the_day_to_call(ines):
    for _try in range(3):
        ines.press("appels", outcome="no_answer", again_on=ines.day(40))
    tried, again = ines.file.vain_calls, ines.file.call_back_at
    ines.press("pas/close", on_page="1", reason="unreachable", tell="no")
    ines.press("notes", note="Trop tôt")
    line = next(n for n, said in enumerate(ines.said, 1) if said == "step_taken")
    assert ines.press("annulation", n=str(line)).status_code == 303
    assert (ines.file.vain_calls, ines.file.call_back_at) == (tried, again) and again is not None


def test_who_is_written_to_otherwise_is_named(ines):
    page = plain(ines.see())
    assert 'Sinon : un courriel à <span translate="no">Nadia Belkacem</span>' in page
    assert "la conseillère ou le conseiller" not in page


def test_what_is_not_noted_is_a_question_and_what_is_noted_a_statement_with_its_day(ines):
    ines.a_partner_says_yes()
    ines.press("pas/begin_installation_directly", reason="already_here")
    page = plain(ines.see())
    assert "Chaque besoin est satisfait ou levé ?" in page and "pas encore noté" in page
    ines.press("faits", fact="needs_settled", holds="1")
    noted = plain(ines.see())
    assert "Chaque besoin est satisfait ou levé ?" not in noted and "Chaque besoin est satisfait ou levé<br>" in noted


def test_a_day_that_cannot_be_is_called_by_its_name(ines):
    told = {
        "rendez-vous": ({"day": "1890-01-01", "hour": "10:00", "way": "video"}, "Le jour du rendez-vous est trop loin"),
        "sejour": ({"starts_on": "le 3", "ends_on": ines.day(3)}, "Le premier jour du séjour n’est pas une date"),
        "pas/pause": ({"on_page": "1", "day": "2999-01-01"}, "Le jour de la reprise est trop loin"),
        "appels": ({"outcome": "reached", "again_on": "demain"}, "Le jour où en reparler n’est pas une date"),
        "dates": ({"arrived_on-day": "hier"}, "Une date s’écrit ainsi"),
    }
    for path, (answers, sentence) in told.items():
        answer = ines.press(path, **answers)
        assert answer.status_code == 422 and sentence in plain(answer.text), path
        assert "« Le »" not in plain(answer.text) and "« Du »" not in plain(answer.text)


def test_a_meeting_kept_says_with_whom_of_the_two(desk):
    besson = in_front_of(desk, people.BESSON)
    besson.press("rendez-vous", day=besson.day(3), hour="18:30", way="video")
    besson.later(4)
    panel = besson.see().split('id="rendez-vous"')[1].split("</form>")[0]
    assert "Anaïs" in panel and "Hugo" in panel and panel.count(" checked") == 3
    refused = besson.press("rendez-vous/issue", result="kept")
    assert refused.status_code == 422 and "Dites qui était là." in refused.text
    hugo = besson.situation.people["co_applicant"]
    besson.press("rendez-vous/issue", result="kept", adults=hugo)
    page = besson.see(journal="tout")
    assert '<b>Rendez-vous tenu</b> avec <span translate="no">Hugo Besson</span>, noté par' in page


def test_somebody_alone_is_not_asked_who_came(ines):
    ines.press("rendez-vous", day=ines.day(3), hour="18:30", way="video")
    ines.later(4)
    assert 'name="adults"' not in ines.see()
    assert ines.press("rendez-vous/issue", result="kept").status_code == 303


def test_two_adults_are_joined_in_the_language_of_who_reads(desk):
    besson = in_front_of(desk, people.BESSON)
    for page in (besson.address(""), "/dossiers", "/tableau", "/a-faire", "/recherche?q=hugo"):
        told = besson.client.get(page, query_string={"lang": "en"} if "?" not in page else None).text
        assert "Anaïs and Hugo Besson" in told and "Anaïs et Hugo" not in told, page
    assert besson.file.title == "Anaïs et Hugo Besson", "outside a page, as it is kept"


def test_something_that_happened_is_told_in_words_in_the_journal(desk):
    jeanne = in_front_of(desk, people.LEROY)
    jeanne.press("faits", fact="introduction_confirmed", holds="1")
    page = plain(jeanne.see())
    assert "a noté : une introduction est confirmée" in page and "introduction_confirmed</p>" not in page
