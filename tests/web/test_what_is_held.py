"""What is held back does not count as leaving: not on À faire, not in the sentence of Courriels, not in its calendar."""

from datetime import date, timedelta

import pytest
from sqlalchemy import true

from crm.operations import holding
from crm.operations.coming_emails import coming
from crm.records.emails import ScheduledEmail
from tests.people import BESSON
from tests.web.emails_desk import BY, PAGE, first_email
from tests.web.reading import page, words
from tests.web.whole_site import WholeSite, furnish, whole_site

MARCH = date(2027, 3, 1)


def household_held(site: WholeSite, email: ScheduledEmail) -> None:
    with site.database.transaction() as session:
        held = session.get_one(ScheduledEmail, email.id)
        holding.mute(session, site.ground, holding.file_of(held), MARCH, "just_spoken", site.at, BY)


def held_until_released(site: WholeSite, email: ScheduledEmail) -> None:
    with site.database.transaction() as session:
        held = session.get_one(ScheduledEmail, email.id)
        holding.mute(session, site.ground, holding.file_of(held), None, "delicate", site.at, BY)


def held_alone(site: WholeSite, email: ScheduledEmail) -> None:
    with site.database.transaction() as session:
        held = session.get_one(ScheduledEmail, email.id)
        holding.hold_email(session, site.ground, held, MARCH, "just_spoken", site.at, BY)


def leaving(site: WholeSite) -> set[int]:
    with site.database.reading() as session:
        return {each.id for each in coming(session, true(), site.at, site.at + timedelta(days=30))}


def aside(site: WholeSite) -> str:
    return words("<main" + site.client("advisor").get("/a-faire").text.partition("<aside")[2])


HOLDS = (household_held, held_until_released, held_alone)


@pytest.mark.parametrize("hold", HOLDS)
def test_what_is_held_is_not_among_what_leaves(desk, hold):
    email = first_email(desk, BESSON)
    assert "Bien reçu" in aside(desk) and email.id in leaving(desk)
    hold(desk, email)
    assert "Rien ne part de ces dossiers d’ici ce soir." in aside(desk)
    assert email.id not in leaving(desk)


@pytest.mark.parametrize("hold", HOLDS)
def test_the_sentence_and_the_tab_agree_on_what_is_held(desk, hold):
    email = first_email(desk, BESSON)
    before = page(desk.client("advisor"), PAGE)
    assert "Un courriel" in before or "courriels à venir" in before or "1 courriel à venir" in before
    hold(desk, email)
    told = page(desk.client("advisor"), PAGE)
    tab = sum(each.status in ("waiting", "held", "ready", "sending") for each in desk.all(ScheduledEmail))
    others = tab - len(leaving(desk))
    assert others >= 1
    assert (f"{others} autre part après, ou est retenu." if others == 1 else f"{others} autres partent après") in told


def test_one_e_mail_held_alone_does_not_say_that_its_file_is(desk):
    held_alone(desk, first_email(desk, BESSON))
    told = page(desk.client("advisor"), PAGE)
    assert "Ce courriel seul est retenu à cette date." in told
    assert "Ce dossier est retenu" not in told


def test_what_leaves_is_told_from_what_is_held_on_both_databases(database_url):
    furnish(database_url)
    site = whole_site(database_url)
    kept, held = first_email(site), first_email(site, BESSON)
    held_alone(site, held)
    found = leaving(site)
    site.database.dispose()
    assert kept.id in found and held.id not in found
