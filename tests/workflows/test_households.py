"""Two files of one household share each person's budget and what was said; neither delays the other's promises."""

from tests.workflows.desk import JOURNEYS, Desk, File
from workflows.forecast import forecast


def couple(desk: Desk) -> tuple[File, File]:
    """Claire's file as a doctor, and Hugo's as a baker: one house, two projects, Claire in both."""
    doctor = desk.open("health_professional", "D1", lead="m1", stage="orientation", household="H1")
    baker = desk.open(
        "entrepreneur", "D2", lead="m2", stage="orientation", household="H1", applicant="p2", co_applicant="p1"
    )
    for file in (doctor, baker):
        file.learn("spoken_with").date("meeting", "2026-03-03 10:00")
    desk.go("2026-03-03 12:00")
    return doctor.kept("meeting"), baker.kept("meeting")


def test_one_person_in_two_files_has_one_budget() -> None:
    desk = Desk("2026-03-02 10:00", named={"childcare_files_close": [("2026", "2026-04-16")]})
    doctor, baker = couple(desk)
    baker.learn("child_under_3")  # to both adults on 5 March, 9:00
    desk.go("2026-03-05 12:00")
    assert baker.to("p1")[-1] == "2026-03-05 09:00 childcare"
    assert doctor.mail("where_to_practise").put_off
    desk.go("2026-03-06 12:00")
    assert doctor.to("p1")[-1] == "2026-03-06 10:00 where_to_practise"


def test_the_same_text_of_two_files_is_said_once() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.open("family", "D1", "wrote", household="H1")
    second = desk.open("health_professional", "D2", "wrote", household="H1")
    desk.go("2026-03-02 12:00")
    assert second.rules_to("p1") == [] and second.reasons("acknowledgement")[-1] == "said_lately"


def test_files_of_two_households_know_nothing_of_each_other() -> None:
    desk = Desk("2026-03-02 10:00")
    desk.open("family", "D1", "wrote", household="H1")
    second = desk.open("health_professional", "D2", "wrote", household="H2")
    desk.go("2026-03-02 12:00")
    assert second.rules_to("p1") == ["acknowledgement"]


def test_the_forecast_plays_the_files_of_a_household_together() -> None:
    desk = Desk("2026-03-02 10:00", named={"childcare_files_close": [("2026", "2026-04-16")]})
    doctor, baker = couple(desk)
    baker.learn("child_under_3")
    journeys = {(name, 1): journey for name, journey in JOURNEYS.items()}
    world = desk.world(None, None)
    horizon = desk.now.replace(day=20)
    told = list(forecast(journeys, [doctor.situation, baker.situation], lambda _: world, horizon, desk.now))
    lines = [f"{each.leave:%m-%d} {each.file} {each.rule}" for each in told if each.recipient == "p1"]
    assert lines == ["03-05 D2 childcare", "03-06 D1 where_to_practise"]


def test_a_forecast_from_a_later_present_dates_what_is_overdue_then() -> None:
    desk = Desk("2026-03-02 10:00")
    file = desk.open("family", "D1", "wrote")
    journeys = {("family", 1): JOURNEYS["family"]}
    start = desk.now.replace(day=5, hour=12)
    told = list(forecast(journeys, [file.situation], lambda _: desk.world(None, None), start.replace(day=6), start))
    assert [(each.rule, each.leave) for each in told] == [("acknowledgement", start), ("first_answer.1", start)]
