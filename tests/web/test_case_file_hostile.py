"""Bad input on a case file: a sentence, nothing half-written, nothing typed lost, never a 500."""

import pytest

from tests import people
from tests.web.case_desk import Advisor, in_front_of
from tests.web.unmarked import unmarked
from tests.web.whole_site import WholeSite

HOSTILE = {
    "control characters": "a\x07b\x1bc",
    "NUL": "avant\x00après",
    "a megabyte": "x" * 1_000_000,
    "right to left": "\u202eabc",
    "year nought": "0000-01-01",
    "far years": "9999-12-31",
    "markup": "<img src=x onerror=alert(1)>",
    "percent": "%(who)s %s {name}",
    "nothing": "",
    "blank": "   ",
}
FORMS = {
    "appels": ("outcome", "again_on", "word"),
    "notes": ("note",),
    "rendez-vous": ("day", "hour", "way", "place", "with_whom"),
    "rendez-vous/issue": ("result", "word"),
    "rendez-vous/annulation": ("word",),
    "sejour": ("starts_on", "ends_on", "place", "host"),
    "sejour/annulation": ("status", "word"),
    "sejour/issue": ("p1-code", "p1-settling_on", "p1-word", "word"),
    "courriels/retenue": ("reason", "until"),
    "courriels/1/retenue": ("reason", "until"),
    "chef-de-file": ("member",),
    "chef-de-file/main": ("reason", "word"),
    "pas/close": ("reason", "word", "on_page"),
    "pas/pause": ("day", "word"),
    "pas/begin_orientation": ("word",),
    "personnes/1": ("first_name", "last_name", "email", "phone", "profession", "language"),
    "personnes/1/consentement": ("purpose", "given"),
    "co-demandeur": ("first_name", "last_name", "email", "phone", "profession", "language"),
    "conseiller": ("advisor",),
    "foyer": ("profile", "area", "commune", "age_1", "source"),
    "dates": ("arrival_planned-day", "arrived_on-day"),
    "faits": ("fact", "holds"),
    "annulation": ("n",),
}


@pytest.fixture
def ines(desk: WholeSite) -> Advisor:
    return in_front_of(desk, people.MARCHETTI)


@pytest.mark.parametrize("kind", HOSTILE)
def test_no_form_of_the_page_breaks(ines, kind):
    page = ines.see()
    codes = {
        path: ines.send(path, page, **dict.fromkeys(fields, HOSTILE[kind])).status_code
        for path, fields in FORMS.items()
    }
    assert {path: code for path, code in codes.items() if code >= 500} == {}
    assert ines.client.get(ines.address("")).status_code == 200


@pytest.mark.parametrize("path", ["notes", "rendez-vous", "foyer", "personnes/1"])
def test_what_is_invisible_is_said_and_the_rest_kept(ines, path):
    field = {"notes": "note", "rendez-vous": "place", "foyer": "area", "personnes/1": "profession"}[path]
    answer = ines.press(path, drawn_at="" if path == "notes" else path, **{field: "avant\x00après"})
    assert answer.status_code == 422 and "signes invisibles" in answer.text and "avantaprès" in answer.text


@pytest.mark.parametrize("n", ["1", "²", "99999999999999999999", "-1"])
def test_what_cannot_be_taken_back_is_said(ines, n):
    assert ines.press("annulation", n=n).status_code == 409


@pytest.mark.parametrize("path", ["courriels/99999999999999999999/retenue", "personnes/99999999999999999999"])
def test_a_number_beyond_all_numbers_is_not_found(ines, path):
    assert ines.client.get(ines.address(path)).status_code == 404


def test_a_refusal_changes_nothing(ines):
    before = ines.site.digest()
    ines.press("pas/begin_orientation")
    ines.press("notes", note="")
    ines.press("appels", outcome="perhaps")
    ines.press("chef-de-file", member="m999")
    ines.press("faits", fact="spam", holds="1")
    assert ines.site.digest() == before


@pytest.mark.parametrize(
    "path",
    ["rendez-vous", "sejour", "sejour/issue", "chef-de-file", "co-demandeur", "conseiller", "foyer", "dates", "pas/pause",
     "pas/close", "personnes/1", "personnes/1/arret", "courriels/1/retenue"],
)  # fmt: skip
def test_every_word_of_the_small_pages_goes_through_the_translations(ines, path):
    assert unmarked(ines.see(path, lang="xx")) == []
