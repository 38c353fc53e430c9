"""The side menu shows what exists and what this person may open; a press leaves a line that can be undone."""

from flask import redirect

from crm.web import menu
from crm.web.frame import toast
from tests.web.gallery_site import NADIA, gallery_site


def test_a_page_that_does_not_exist_is_left_out_and_so_is_one_that_is_not_theirs():
    app = gallery_site(user=None)
    with app.test_request_context("/"):
        app.preprocess_request()
        assert menu.href("pages.nowhere") == ""
        assert menu.href("public.privacy") != ""
        assert menu.groups() == []


def test_what_one_press_did_is_told_once_with_its_undo():
    app = gallery_site(user=NADIA)

    @app.post("/geste")
    def press():
        toast("Dossier réveillé.", {"action": "/envoi", "fields": {"key": "k7"}})
        return redirect("/galerie/small")

    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    html = client.post("/geste", follow_redirects=True).text
    assert 'role="status"><span>Dossier réveillé.</span>' in html
    assert '<input type="hidden" name="key" value="k7">' in html
    assert "Dossier réveillé." not in client.get("/galerie/small").text
