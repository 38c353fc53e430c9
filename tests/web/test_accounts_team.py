"""Accès: an admin opens, changes and closes the accounts of the desk. S7: what is taken away ends at the next request."""

from sqlalchemy import select

from crm.operations import accounts
from crm.records.case_files import CaseFile
from crm.records.emails import ScheduledEmail
from crm.records.partners import DirectoryEntry
from crm.records.staff import User
from tests import people
from tests.web.reading import page
from tests.web.whole_site import WholeSite, press

ACCESSES, NEW = "/acces", "/acces/nouveau"
REMI = {
    "first_name": "Rémi", "last_name": "Garnier", "email": "Remi.Garnier@example.org", "role": "advisor", "language": "en",
}  # fmt: skip


def number(site: WholeSite, role: str) -> int:
    with site.database.reading() as session:
        return site.user(session, role).id


def page_of(site: WholeSite, role: str) -> str:
    return f"{ACCESSES}/{number(site, role)}"


def lines(site: WholeSite) -> list[tuple[str, str, str]]:
    return [(each.said, each.about_name, each.who_name) for each in site.all(DirectoryEntry)]


def test_an_admin_sees_who_may_enter_and_as_what(site):
    with site.database.transaction() as session:
        accounts.add_user(session, "remi@example.org", "advisor", site.at, first_name="Rémi", last_name="Garnier")
        accounts.disable(session, site.user(session, "manager"))
    told = page(site.client("admin"), ACCESSES)
    assert "3 personnes peuvent entrer." in told
    assert "Nadia Belkacem , conseil nadia.belkacem@example.org" in told
    assert "remi@example.org mot de passe pas encore choisi" in told
    assert "claire.aubert@example.org accès fermé" in told


def test_only_an_admin_has_the_entry_in_the_menu(site):
    assert 'href="/acces"' in site.client("admin").get("/compte").text
    assert 'href="/acces"' not in site.client("manager").get("/compte").text


def test_a_new_colleague_is_written_a_link_and_the_page_says_who_opened(site):
    assert press(site.client("admin"), NEW, REMI).location == ACCESSES
    remi = site.all(User)[-1]
    assert (remi.name, remi.email, remi.role, remi.language) == (
        "Rémi Garnier",
        "remi.garnier@example.org",
        "advisor",
        "en",
    )
    (email,) = site.all(ScheduledEmail)
    assert (email.rule, email.recipient, email.details["opened_by"]) == ("set_password", remi.ref, "Lucie Arnaud")
    told = page(site.client("admin"), ACCESSES)
    assert "Lucie Arnaud Rémi Garnier : accès ouvert." in told


def test_an_address_that_has_an_account_is_said_and_nothing_typed_is_lost(site):
    answer = press(site.client("admin"), NEW, {**REMI, "email": "NADIA.belkacem@example.org"})
    assert answer.status_code == 422
    assert "Cette adresse a déjà un accès" in answer.text and 'value="Garnier"' in answer.text


def test_what_is_missing_is_said_field_by_field(site):
    answer = press(site.client("admin"), NEW, {"email": "remi"})
    assert answer.status_code == 422
    for fault in ("Le prénom manque", "Le nom manque", "l’adresse n’est pas complète", "L’accès est à choisir"):
        assert fault in answer.text
    assert len(site.all(User)) == 3


def test_S7_another_role_ends_what_is_open_and_leaves_a_line(site):
    claire, here = site.client("manager"), page_of(site, "manager")
    assert press(site.client("admin"), f"{here}/role", {"role": "advisor"}, here).location == here
    assert claire.get("/compte").location.startswith("/entrer")
    assert "Ce que cette personne peut faire" in page(site.client("admin"), here)
    assert lines(site) == [("account_role", "Claire Aubert", "Lucie Arnaud")]
    assert "Accès : direction, puis conseil" in page(site.client("admin"), ACCESSES)


def test_the_same_role_again_disconnects_nobody(site):
    claire, here = site.client("manager"), page_of(site, "manager")
    press(site.client("admin"), f"{here}/role", {"role": "manager"}, here)
    assert claire.get("/compte").status_code == 200
    assert lines(site) == []


def test_S7_a_closed_account_is_out_at_its_next_page_and_may_come_back(site):
    claire, here = site.client("manager"), page_of(site, "manager")
    assert press(site.client("admin"), f"{here}/fermeture", {}).location == ACCESSES
    assert claire.get("/compte").location.startswith("/entrer")
    assert press(site.client("admin"), f"{here}/reouverture", {}, here).location == here
    assert [said for said, *_who in lines(site)] == ["account_closed", "account_reopened"]
    assert site.client("manager").get("/compte").status_code == 200


def test_the_open_files_of_whoever_leaves_go_to_somebody_who_is_there(site):
    reference, here = site.open(people.MARCHETTI).reference, page_of(site, "advisor")
    client = site.client("admin")
    assert "Un dossier ouvert est suivi par cette personne." in client.get(f"{here}/fermeture").text
    refused = press(client, f"{here}/fermeture", {})
    assert refused.status_code == 422 and "Choisissez qui répondra à ces familles." in refused.text
    taker = number(site, "manager")
    assert press(client, f"{here}/fermeture", {"taker": taker}).location == ACCESSES
    (file,) = site.all(CaseFile)
    assert (file.reference, file.advisor_id) == (reference, taker)


def test_nobody_takes_over_who_is_not_there(site):
    here = page_of(site, "advisor")
    with site.database.transaction() as session:
        accounts.disable(session, site.user(session, "manager"))
    site.open(people.MARCHETTI)
    answer = press(site.client("admin"), f"{here}/fermeture", {"taker": number(site, "manager")})
    assert answer.status_code == 422
    with site.database.reading() as session:
        assert site.user(session, "advisor").active


def test_nobody_closes_or_lowers_their_own_account(site):
    client, here = site.client("admin"), page_of(site, "admin")
    told = client.get(here).text
    assert "C’est votre propre accès" in told and "Fermer l’accès" not in told
    assert client.get(f"{here}/fermeture").status_code == 403
    assert press(client, f"{here}/fermeture", {}, ACCESSES).status_code == 403
    assert press(client, f"{here}/role", {"role": "advisor"}, ACCESSES).status_code == 403
    assert lines(site) == []


def test_a_link_is_sent_again_and_a_closed_account_gets_none(site):
    client, here = site.client("admin"), page_of(site, "advisor")
    assert press(client, f"{here}/lien", {}, here).location == here
    assert [each.rule for each in site.all(ScheduledEmail)] == ["set_password"]
    press(client, f"{here}/fermeture", {})
    assert press(client, f"{here}/lien", {}, here).status_code == 409
    assert len(site.all(ScheduledEmail)) == 1


def test_the_directory_keeps_its_own_changes_apart_from_those_of_accounts(site):
    press(site.client("admin"), NEW, REMI)
    assert "accès ouvert" not in site.client("advisor").get("/partenaires").text
    with site.database.reading() as session:
        assert session.scalars(select(DirectoryEntry.partner_id)).all() == [None]
