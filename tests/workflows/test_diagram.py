"""A journey drawn: every stop and step is on it, nothing of the file can become markup."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from workflows.diagram import as_text, svg
from workflows.journey import Journey, Label, Stage, StageKind, Step
from workflows.reading import read_journeys
from workflows.track import track

SHIPPED = Path(__file__).parents[2] / "config" / "drome" / "journeys"
FILES = {path.stem: path.read_text(encoding="utf-8") for path in SHIPPED.glob("*.yaml")}
JOURNEYS = read_journeys(FILES)
SVG = "{http://www.w3.org/2000/svg}"


def texts(drawn: str) -> list[str]:
    return ["".join(node.itertext()) for node in ElementTree.fromstring(drawn).iter() if node.tag.endswith("text")]


@pytest.mark.parametrize("name", sorted(JOURNEYS))
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_stop_is_drawn_with_its_name(name: str, language: str) -> None:
    drawn = " ".join(texts(svg(JOURNEYS[name], language)))
    for stage in track(JOURNEYS[name]).stops:
        assert all(word in drawn for word in stage.label[language].split())


@pytest.mark.parametrize("name", sorted(JOURNEYS))
def test_the_drawing_has_a_title_and_no_style_of_its_own(name: str) -> None:
    drawn = svg(JOURNEYS[name], "fr")
    title = next(node for node in ElementTree.fromstring(drawn) if node.tag.endswith("title"))
    assert (title.text or "").startswith(JOURNEYS[name].label.fr)
    assert "style" not in drawn and "fill=" not in drawn


def test_an_intern_waits_before_the_first_stop_and_the_line_begins_after_it() -> None:
    way = track(JOURNEYS["health_professional"])
    assert [stage.name for stage in way.stops][:2] == ["training", "contact"]
    assert [stage.name for stage in way.aside] == ["dormant", "closed"]


def test_a_short_cut_leads_from_contact_over_two_stops_to_installation() -> None:
    way = track(JOURNEYS["family"])
    assert {(link.step.name, link.start, link.end) for link in way.short_cuts} == {
        ("begin_installation_directly", 0, 3),
        ("begin_installation_directly", 1, 3),
    }


def test_an_ambassador_leaves_beside_the_line_and_ends_as_a_referent_on_it() -> None:
    way = track(JOURNEYS["ambassador"])
    assert way.stops[-1].name == "referent"
    assert "left" in {stage.name for stage in way.aside}


def test_a_label_that_looks_like_markup_is_shown_as_it_was_written() -> None:
    nasty = '<script>alert("1")</script> & co'
    journey = two_stops(nasty)
    assert "<script" not in svg(journey, "fr")
    assert nasty in " ".join(texts(svg(journey, "en")))


def test_a_journey_of_one_stage_can_be_drawn() -> None:
    alone = Journey("alone", 0, Label("Seul", "Alone"), (), (Stage("here", Label("Ici", "Here")),), (), (), ())
    assert "Ici" in texts(svg(alone, "fr"))


def test_the_text_says_each_step_under_its_stage() -> None:
    lines = as_text(JOURNEYS["family"], "en").splitlines()
    start = lines.index("● Orientation (meeting within 10 working days)")
    assert lines[start + 1].endswith("Confirm the stay → Discovery stay")


def two_stops(label: str) -> Journey:
    stages = (Stage("one", Label(label, label)), Stage("two", Label("Fin", "End"), StageKind.FINAL))
    steps = (Step("go", Label("Aller", "Go"), ("one",), "two"),)
    return Journey('two"stops', 0, Label("Deux", "Two"), (), stages, steps, (), ())
