"""Every code that the rules or the outbox write has a sentence in both languages."""

import re
import string
from pathlib import Path

import pytest

from workflows.reading import read_journeys
from workflows.reason_lines import causes_without_a_sentence
from workflows.reason_sentences import SENTENCES
from workflows.sentences import sentence
from workflows.situation import MailStatus, OfferStatus, Reason
from workflows.status_labels import MAIL_STATUS, OFFER_STATUS

ROOT = Path(__file__).resolve().parents[2]
CODE = re.compile(r'\b(?:Reason|refuse|_skip|\.note)\(\s*"(\w+)"')
RANKING = {"leads.py", "lead_sentences.py"}  # they have their own sentences


def codes() -> set[str]:
    rules = [path for path in (ROOT / "workflows").glob("*.py") if path.name not in RANKING]
    outbox = [ROOT / "crm" / "operations" / "outcomes.py"]
    return {code for path in [*rules, *outbox] for code in CODE.findall(path.read_text(encoding="utf-8"))}


def blanks(pattern: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(pattern) if name}


def test_every_code_has_a_sentence() -> None:
    assert codes() - SENTENCES.keys() == set()


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_both_languages_name_the_same_values_and_end_as_sentences(code: str) -> None:
    label = SENTENCES[code]
    assert blanks(label.fr) == blanks(label.en)
    assert label.fr.endswith((".", "}")) and label.en.endswith((".", "}"))


def test_every_status_has_its_label() -> None:
    assert MAIL_STATUS.keys() == set(MailStatus)
    assert OFFER_STATUS.keys() == set(OfferStatus)


def test_a_mute_says_until_when_and_why_if_it_was_said() -> None:
    until = "2026-12-01T08:00:00+00:00"
    held = Reason("muted", {"scope": "household", "until": until, "why": "vue hier"})
    assert sentence(held, "fr").endswith("jusqu'au mardi 1ᵉʳ\u00a0décembre, 9\u00a0h\u00a000 : vue hier.")
    assert sentence(Reason("muted", {"scope": "mail", "until": None, "why": ""}), "en") == "E-mails held back."


def test_lateness_is_counted_in_days() -> None:
    assert sentence(Reason("too_late", {"days": 1, "allowed": 0}), "en").startswith("Late by 1 day, ")


def test_a_due_instant_reads_as_a_cause_and_a_distance() -> None:
    why = Reason("anchor", {"anchor": "meeting", "when": "2026-11-24T08:00:00+00:00", "before": 1})
    assert sentence(why, "fr") == "Compté avant le rendez-vous, mardi 24\u00a0novembre, 9\u00a0h\u00a000."
    assert sentence(Reason("offset", {"offset": "2 working days"}), "fr") == "À 2 jours ouvrés de cette date."


def test_what_a_step_lacks_is_said_with_the_words_of_the_fact() -> None:
    said = sentence(Reason("fact_missing", {"fact": "commune_known"}), "en")
    assert said == "Not yet: the commune is known."


def test_every_e_mail_to_a_household_says_its_cause() -> None:
    folder = ROOT / "config" / "drome" / "journeys"
    journeys = read_journeys({path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.yaml")})
    assert {name for name, journey in journeys.items() if causes_without_a_sentence(journey)} == set()
