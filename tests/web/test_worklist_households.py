"""À faire: one household once in each group, and nobody who sleeps among the new."""

import re

from crm.operations import noting
from tests import people
from tests.operations.welcome import Welcome
from tests.web.reading import page, words


def a_silent_family_without_a_lead(town: Welcome) -> str:
    """A message to read out, and a lead to find."""
    reference = town.receive(people.SILENT)
    town.wait(minutes=10)
    with town.acting(reference) as scene:
        noting.note_call(scene.session, scene.ground, scene.dossier, "reached", scene.at, scene.advisor)
    return reference


def test_a_household_stands_once_in_a_group_with_each_of_its_reasons(town: Welcome):
    reference = a_silent_family_without_a_lead(town)
    html = town.site.client("advisor").get("/a-faire").text
    told = words(html)
    assert told.count("Pourquoi :") == 1 and told.count("Et aussi :") == 1
    assert f"ligne-{reference}-lead" in html and f"ligne-{reference}-to_read" in html


def test_the_call_opens_once_on_a_household_that_is_here_twice(town: Welcome):
    reference = a_silent_family_without_a_lead(town)
    html = town.site.client("advisor").get(f"/a-faire?appel={reference}").text
    assert len(re.findall(r'<details class="a-open a-call"[^>]* open>', html)) == 1


def test_a_file_asleep_before_anybody_answered_is_no_longer_new(town: Welcome):
    reference = town.receive(people.MARCHETTI)
    with town.acting(reference) as scene:
        scene.pause(40)
    assert "Aucune ligne." in page(town.site.client("advisor"))


def test_who_writes_while_asleep_is_here_at_once(town: Welcome):
    reference = town.receive(people.MARCHETTI)
    with town.acting(reference) as scene:
        scene.pause(40)
    town.wait(days=3)
    assert town.receive(people.MARCHETTI) == reference
    assert "A écrit de nouveau" in page(town.site.client("advisor"))
