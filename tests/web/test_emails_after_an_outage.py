"""After an outage: one page, every e-mail that was asked about on it, decided in one press."""

import re
from dataclasses import replace

from crm.records.emails import ScheduledEmail
from tests.people import MARCHETTI
from tests.queries import queries
from tests.web.emails_desk import CHECK, first_email, report
from tests.web.whole_site import HIDDEN, WholeSite
from workflows.situation import Reason

TOO_LATE = Reason("too_late", {"days": 5, "allowed": 2})
CHOSEN = re.compile(r'name="(choix-\d+)" value="(\w+)" checked')


def asked(desk: WholeSite, numbers: range) -> None:
    for number in numbers:
        own = replace(MARCHETTI.applicant, email=f"ines{number}@example.org", phone=f"+336399{number:05d}")
        email = first_email(desk, replace(MARCHETTI, applicant=own))
        report(desk, email.id, "asked", TOO_LATE)


def statuses(desk: WholeSite) -> dict[str, int]:
    found = [email.status for email in desk.all(ScheduledEmail) if email.rule == "acknowledgement"]
    return {status: found.count(status) for status in found}


def cost(desk: WholeSite, address: str = CHECK) -> int:
    client = desk.client("advisor")
    client.get(address)
    with queries(desk.database.engine) as told:
        assert client.get(address).status_code == 200
    return len(told)


def test_forty_are_decided_in_one_press_each_with_its_proposal(desk):
    asked(desk, range(4))
    few = cost(desk), cost(desk, f"{CHECK}/effets?choix-1=drop")
    asked(desk, range(4, 40))
    assert (cost(desk), cost(desk, f"{CHECK}/effets?choix-1=drop")) == few
    client = desk.client("advisor")
    page = client.get(CHECK).text
    proposed = dict(CHOSEN.findall(page))
    assert len(proposed) == 40 and set(proposed.values()) == {"send"}
    assert page.count("encore utile") == 40, "each with its evidence"
    assert "40 qui attendent un avis" in page.replace("\u00a0", " ") and "Trancher les 40" in page.replace(
        "\u00a0", " "
    )
    assert "envoient 40 courriels" in page.replace("\u00a0", " ")
    dropped = sorted(proposed)[:3]
    answer = client.post(CHECK, data=dict(HIDDEN.findall(page)) | proposed | dict.fromkeys(dropped, "drop"))
    assert answer.status_code == 303
    assert statuses(desk) == {"ready": 37, "skipped": 3}
    assert "Rien à vérifier." in client.get(CHECK).text


def test_what_is_in_doubt_and_what_is_late_stand_on_the_same_page(desk):
    asked(desk, range(2))
    first, second = (email.id for email in desk.all(ScheduledEmail) if email.status == "asked")
    report(desk, first, "uncertain", Reason("may_have_arrived"), attempt="lost")
    page = desk.client("advisor").get(CHECK).text
    assert dict(CHOSEN.findall(page)) == {f"choix-{first}": "sent", f"choix-{second}": "send"}
    assert "Partis ou non" in page and "En retard" in page


def test_more_than_fit_on_one_page_are_said_to_follow(desk, monkeypatch):
    monkeypatch.setattr("crm.operations.email_list.AT_ONCE", 3)
    asked(desk, range(5))
    page = desk.client("advisor").get(CHECK).text.replace("\u00a0", " ")
    assert len(CHOSEN.findall(page)) == 3
    assert "S’il y en a d’autres, ils suivront une fois ceux-ci tranchés." in page
