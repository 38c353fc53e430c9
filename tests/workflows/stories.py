"""The ten stories of the journeys, told act by act on a movable clock. Each returns its file as it ends."""

from tests.workflows.desk import Desk, File

STUDENT_DATES = {
    "housing_requests_open": [("2026", "2026-01-15"), ("2027", "2027-01-15")],
    "housing_requests_close": [("2026", "2026-05-31"), ("2027", "2027-05-31")],
    "admissions_known": [("2026", "2026-06-02")],
    "housing_complementary": [("2026", "2026-07-07")],
    "term_start": [("2026", "2026-09-01")],
}
CHOICES = {
    "internship_choice": [
        ("2026-1", "2026-03-25"), ("2026-2", "2026-09-24"), ("2027-1", "2027-03-24"), ("2027-2", "2027-09-23"),
        ("2028-1", "2028-03-24"), ("2028-2", "2028-09-22"), ("2029-1", "2029-03-23"),
    ]
}  # fmt: skip
EVENINGS = {"evening": [("2026", "2026-11-20"), ("2027", "2027-11-19"), ("2028", "2028-11-17")]}


def two_doctors(desk: Desk, outages: tuple[tuple[str, str], ...] = ()) -> File:
    """a. Claire and Hugo, both GPs: a year and five months without a hitch."""
    doctors = desk.open("health_professional", "D1", "wrote")
    plan = [
        ("2026-01-05 15:00", lambda: doctors.propose("m1", "m2")),
        ("2026-01-06 09:30", lambda: doctors.accept("2026-01-08")),
        ("2026-01-07 11:00", lambda: doctors.learn("spoken_with", "co_applicant_agreed")),
        ("2026-01-07 11:05", lambda: doctors.date("meeting", "2026-01-15 14:00")),
        ("2026-01-16 09:00", lambda: doctors.kept("meeting")),
        ("2026-01-21 10:00", lambda: doctors.date("stay", "2026-02-06 18:00", "2026-02-08 17:00")),
        ("2026-01-21 10:05", lambda: doctors.step("confirm_discovery_weekend")),
        ("2026-02-12 10:00", lambda: doctors.learn("outcome_given", "replied", person="p1")),
        ("2026-03-02 10:00", lambda: doctors.learn("outcome_given", "replied", person="p2")),
        ("2026-03-02 10:05", lambda: doctors.learn("commune_known", "spoken_with")),
        ("2026-03-02 10:06", lambda: doctors.date("arrival_planned", "2026-05-20")),
        ("2026-03-02 10:07", lambda: doctors.date("practice_starts", "2026-07-01")),
        ("2026-03-02 10:10", lambda: doctors.step("begin_installation")),
        ("2026-04-20 10:00", lambda: doctors.learn("needs_settled", "spoken_with")),
        ("2026-05-12 10:00", lambda: doctors.learn("formalities_done")),
        ("2026-05-21 10:00", lambda: doctors.date("arrived_on", "2026-05-20")),
        ("2026-05-21 10:05", lambda: doctors.step("begin_follow_up")),
        ("2027-06-04 10:00", lambda: doctors.learn("last_answer_given")),
    ]
    for when, act in plan:
        for begins, ends in outages:
            if f"{desk.now:%Y-%m-%d}" < begins <= when:
                desk.go(begins)
                desk.stop_until(ends)
        desk.go(when)
        act()
    desk.go("2027-06-05")
    return doctors


def four_asked(desk: Desk) -> File:
    """b. Two stay silent, one declines, the fourth accepts; then nothing more is said."""
    family = desk.open("family", "D1", "wrote").propose("m1", "m2", "m3", "m4", "m5")
    desk.go("2025-12-31 11:00")
    family.learn("spoken_with")
    desk.go("2026-01-14 10:00")
    family.decline("no_availability")
    desk.go("2026-01-19 09:30")
    family.accept("2026-01-22")
    desk.go("2026-01-20 15:00")
    family.learn("spoken_with", "co_applicant_agreed").date("meeting", "2026-01-26 14:00")
    desk.go("2026-01-28 09:00")
    family.kept("meeting")
    desk.go("2026-04-29")
    return family


def already_here(desk: Desk) -> File:
    """c. A family whose job and house are found; the lead forgets to call."""
    family = desk.open("family", "D1", "wrote", "already_moving", "needs_settled", "neighbour_declined")
    family.date("arrival_planned", "2026-02-19").propose("m1")
    desk.go("2026-02-03 10:00")
    family.accept("2026-02-05")
    desk.go("2026-02-06 14:00")
    family.learn("said_not_called").learn("replied", person="p1")
    desk.go("2026-02-16 10:00")
    family.learn("spoken_with", "commune_known")
    desk.go("2026-02-20 10:00")
    family.date("arrived_on", "2026-02-19").step("begin_follow_up")
    desk.go("2027-02-27")
    return family


def baker(desk: Desk) -> File:
    """d. A baker, alone: three visits, a loan refused and then found, a year of trade."""
    baker = desk.open("entrepreneur", "D1", "wrote", co_applicant=None).propose("m1")
    desk.go("2026-01-13 10:00")
    baker.accept("2026-01-15")
    desk.go("2026-01-14 10:00")
    baker.learn("spoken_with").date("meeting", "2026-01-22 10:00")
    desk.go("2026-01-22 15:00")
    baker.kept("meeting").learn("new_openings")
    desk.go("2026-01-23 15:00")
    baker.learn("new_openings")
    visit(desk, baker, "2026-02-12 15:00", "2026-03-05", "2026-03-06", "2026-03-11 15:00")
    desk.go("2026-04-02 15:00")
    baker.learn("new_openings")
    visit(desk, baker, "2026-04-09 10:00", "2026-04-23", "2026-04-24", "2026-04-28 10:00")
    desk.go("2026-05-12 09:00")
    baker.learn("spoken_with")
    visit(desk, baker, "2026-05-12 10:00", "2026-06-04", "2026-06-05", "2026-06-12 10:00")
    baker.learn("replied", person="p1").learn("business_signed").step("begin_installation")
    desk.go("2026-08-20 10:00")
    baker.learn("spoken_with", "funding_refused")
    desk.go("2026-09-01 10:00")
    baker.learn("funding_met").date("opening_on", "2026-10-15").date("arrived_on", "2026-09-15").step("begin_follow_up")
    desk.go("2026-10-16 10:00")
    baker.learn("shop_opened")
    desk.go("2027-10-20 10:00")
    baker.learn("replied", person="p1").learn("last_answer_given", "needs_settled").step("settle")
    return baker


def visit(desk: Desk, file: File, noted: str, starts: str, ends: str, outcome: str) -> None:
    desk.go(noted)
    file.date("stay", starts, ends)
    if file.situation.stage == "orientation":
        file.step("confirm_discovery_weekend")
    desk.go(outcome)
    file.learn("outcome_given", person="p1")


def intern(desk: Desk) -> File:
    """e. An intern, kept in touch with until the last year; then nobody takes care of them."""
    intern = desk.open("health_professional", "D1", "wrote", "intern", co_applicant=None)
    intern.learn("agrees_to_promotion", person="p1").date("internship_ends", "2029-05-01")
    desk.go("2026-01-13 10:00")
    intern.learn("spoken_with")
    desk.go("2028-08-28 10:00")
    intern.learn("wrote").learn("replied", person="p1").step("begin_contact")
    desk.go("2029-01-12")
    return intern


def student(desk: Desk) -> File:
    """f. A student, 17 when they write, until a year after the degree."""
    student = desk.open("student", "D1", "wrote", "under_18", co_applicant=None, parent="p3").propose("m1")
    desk.go("2026-01-20 10:00")
    student.learn("agrees_to_promotion", person="p1").accept("2026-01-22")
    desk.go("2026-01-22 09:00")
    student.learn("spoken_with").date("meeting", "2026-02-12 17:00")
    desk.go("2026-02-12 18:10")
    student.kept("meeting").date("stay", "2026-03-14", "2026-03-14").step("confirm_discovery_weekend")
    desk.go("2026-03-17 10:00")
    student.learn("outcome_given", person="p1")
    desk.go("2026-06-12 10:00")
    student.learn("replied", person="p1").learn("spoken_with", "decided", "commune_known")
    student.date("arrival_planned", "2026-08-28").date("degree_ends", "2029-06-30").step("begin_installation")
    desk.go("2026-08-10 10:00")
    student.learn("lodged")
    desk.go("2026-09-01 10:00")
    student.date("arrived_on", "2026-08-28").step("begin_follow_up")
    desk.go("2027-03-03 10:00")
    student.learn("last_answer_given", "needs_settled").step("settle")
    desk.go("2030-07-31")
    return student


def nobody_calls(desk: Desk) -> File:
    """g. A lead says yes, and does not call."""
    family = desk.open("family", "D1", "wrote").propose("m1")
    desk.go("2026-03-03 10:00")
    family.accept()
    desk.go("2026-03-09 12:00")
    family.learn("said_not_called").learn("replied", person="p1")
    desk.go("2026-05-29")
    return family


def asleep(desk: Desk, answers: bool) -> File:
    """h. "Not before March": they answer when asked again, or do not."""
    family = desk.open("family", "D1", "wrote").propose("m1")
    desk.go("2025-11-04 10:00")
    family.accept("2025-11-06")
    desk.go("2025-11-05 10:00")
    family.learn("spoken_with").date("meeting", "2025-11-14 14:00")
    desk.go("2025-11-14 16:00")
    family.kept("meeting")
    desk.go("2025-11-27 10:00")
    family.date("wake_on", "2026-03-02").step("pause")
    desk.go("2026-03-04 18:00")
    if answers:
        family.learn("wrote").learn("replied", person="p1").step("resume")
    desk.go("2026-06-30")
    return family


def ambassador(desk: Desk) -> File:
    """i. Inès, from the evening where she was spotted to the referent she becomes; three years."""
    ines = desk.open("ambassador", "A1", applicant=None, co_applicant=None, ambassador="p7")
    desk.go("2026-02-02 10:00")
    ines.learn("source_noted").step("invite")
    desk.go("2026-02-05 10:00")
    ines.learn("replied", "agrees_to_promotion", person="p7").step("apply")
    desk.go("2026-02-09 10:00")
    ines.learn("approved")
    desk.go("2026-03-10 10:00")
    ines.learn("charter_signed").step("sign")
    desk.go("2026-03-27 10:00")
    ines.learn("acted_or_called", "acted_since").step("activate")
    for confirmed in (
        "2026-04-07 11:00",
        "2026-05-05 11:00",
        "2026-06-02 11:00",
        "2026-06-30 11:00",
        "2026-07-28 11:00",
    ):
        desk.go(confirmed)
        ines.learn("introduction_confirmed", "acted_since")
    desk.go("2026-08-25 11:00")
    ines.learn("friend_arrived")
    desk.go("2026-10-15 18:00")
    ines.learn("coming", person="p7")
    desk.go("2026-12-08 11:00")
    ines.learn("friend_arrived")
    desk.go("2027-03-02 10:00")
    ines.learn("agreed_to_be_referent", "spoken_with", "acted_since").step("promote")
    desk.go("2027-06-14 11:00")
    ines.learn("new_charter")
    desk.go("2027-07-06 11:00")
    ines.learn("charter_signed_again")
    desk.go("2028-04-11 10:00")
    ines.learn("spoken_with").learn("replied", person="p7")
    desk.go("2029-01-05")
    return ines
