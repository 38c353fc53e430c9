"""The red line at the top of À faire: what has stopped, since when, what to do."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from crm.operations.clockwork import note_turn
from crm.operations.outbox import stop_queue
from crm.records.emails import ScheduledEmail
from crm.records.installation import Installation
from tests.web.whole_site import WholeSite

RED = '<div class="a-band a-band--late'


def line(site: WholeSite, role: str = "advisor") -> str:
    page = site.client(role).get("/a-faire").text
    assert page.count(RED) <= 1
    return page.partition(RED)[2].partition("</div>\n</div>")[0]


def turn(site: WholeSite) -> None:
    with site.database.transaction() as session:
        note_turn(session, site.at)


def set_up(site: WholeSite, **columns) -> None:
    with site.database.transaction() as session:
        session.execute(update(Installation).values(**columns))


def in_production(site: WholeSite) -> None:
    parts = site.app.extensions["ancrage"]
    settings = replace(parts.settings, environment="production")
    site.app.extensions["ancrage"] = replace(parts, settings=settings)


def test_nothing_is_said_while_all_is_well(site):
    assert line(site) == ""


def test_a_clock_that_stands_still_is_said_with_its_last_turn(site):
    site.at += timedelta(minutes=3)
    assert "Plus rien ne part depuis aujourd’hui" in line(site)
    assert "10 h 44" in line(site).replace("\N{NO-BREAK SPACE}", " ")
    assert "Prévenez la personne qui tient le serveur" in line(site)


def test_a_clock_that_never_turned_is_said_since_the_installation(site):
    set_up(site, clock_turned_at=None)
    assert line(site) == ""
    site.at += timedelta(minutes=3)
    assert "l’horloge s’est arrêtée" in line(site)


def test_nobody_waits_for_the_clock_of_a_sandbox(site):
    set_up(site, sandbox=True)
    site.at += timedelta(days=3)
    assert line(site) == ""


def test_a_stopped_queue_is_said_and_who_may_start_it_again_is_led_there(site):
    with site.database.transaction() as session:
        stop_queue(session, "535 authentication failed", site.at)
    assert "La direction peut reprendre l’envoi" in line(site)
    assert 'href="/courriels"' not in line(site)
    assert "L’envoi est arrêté depuis" in line(site, "manager")
    assert 'href="/courriels"' in line(site, "manager")


@pytest.mark.parametrize(("minutes", "said"), [(15, False), (16, True)])
def test_an_email_ready_for_more_than_a_quarter_of_an_hour_is_said(site, minutes, said):
    site.open()
    with site.database.transaction() as session:
        first = session.scalars(select(ScheduledEmail).order_by(ScheduledEmail.id)).first()
        session.execute(update(ScheduledEmail).where(ScheduledEmail.id != first.id).values(status="sent"))
        first.status, first.leave_at = "ready", site.at
    site.at += timedelta(minutes=minutes)
    turn(site)
    assert ("Un courriel aurait dû partir" in line(site)) is said


def test_an_old_backup_is_said_in_production_alone(site):
    site.at += timedelta(hours=27)
    turn(site)
    assert line(site) == ""
    in_production(site)
    assert "Rien n’a été sauvegardé depuis hier" in line(site)
    set_up(site, backed_up_at=site.at - timedelta(hours=25))
    assert line(site) == ""
    set_up(site, backed_up_at=None, demo=True)
    assert line(site) == ""
