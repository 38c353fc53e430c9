"""Camille Roussel wrote; Hélène Faure leads; Mallory types what nobody should."""

import pytest

from workflows.words import MissingValue, Text, body, conditions_of, placeholders_of, required_placeholders, subject

HOSTILE = [
    "[Camille](https://evil.example)",
    "# Camille",
    "**Camille**",
    "<script>alert(1)</script>",
    "Camille\n\n[cliquez](https://evil.example)",
    "![x](https://evil.example/p.png)",
    "1. Camille",
    "> Camille",
    "`Camille`",
    "Camille\\",
    "{advisor_name}",
    "[if closed] Camille",
]


def text(source: str, language: str = "fr") -> Text:
    return Text("try", language, source)


def test_the_first_line_is_the_subject_and_the_rest_the_body() -> None:
    words = text("Bien reçu : {applicant_name}\n\n{greeting}\n\nMerci.\n")
    given = {"applicant_name": "Camille Roussel", "greeting": "Bonjour Camille,"}
    assert subject(words, "fr", given) == "Bien reçu\u00a0: Camille Roussel"
    assert body(words, given) == "Bonjour Camille\\,\n\nMerci.\n"


def test_the_first_subject_line_that_holds_is_taken() -> None:
    words = text("[if closed] Projet terminé\nProjet en pause\n\nCorps.")
    assert subject(words, "fr", {"if closed": "yes"}) == "Projet terminé"
    assert subject(words, "fr", {}) == "Projet en pause"


def test_a_line_without_its_optional_value_is_left_out() -> None:
    words = text("Sujet\n\n> {lead_name}\n> {lead_phone?}\n\nFin.")
    assert body(words, {"lead_name": "Hélène"}) == "> Hélène\n\nFin.\n"


def test_a_missing_value_is_refused_by_name() -> None:
    with pytest.raises(MissingValue, match="lead_name"):
        body(text("Sujet\n\nBonjour {lead_name}"), {})


def test_conditions_stand_at_the_head_of_a_line_or_after_its_mark() -> None:
    words = text("Sujet\n\n[if last] Dernier.\n[unless last] Encore.\n> [if last] Oui\n- [unless last] [if arrived] Là")
    assert body(words, {"if last": "yes"}) == "Dernier.\n> Oui\n"
    assert body(words, {"if arrived": "yes"}) == "Encore.\n- Là\n"
    assert conditions_of(words) == {"last", "arrived"}


def test_a_placeholder_may_be_a_condition() -> None:
    words = text("Sujet\n\n[if call_by] Avant le {call_by}.\n[unless call_by] Bientôt.")
    assert body(words, {"call_by": "jeudi 19"}) == "Avant le jeudi 19.\n"
    assert body(words, {}) == "Bientôt.\n"


def test_several_values_make_a_bullet_each_and_commas_elsewhere() -> None:
    words = text("Sujet\n\nBesoins : {needs}\n\n- {needs}")
    assert body(words, {"needs": "logement\nécole"}) == "Besoins : logement\\, école\n\n- logement\n- école\n"


def test_required_and_optional_placeholders_are_told_apart() -> None:
    words = text("{applicant_name}\n\n{lead_phone?}")
    assert placeholders_of(words) == {"applicant_name", "lead_phone"}
    assert required_placeholders(words) == {"applicant_name"}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_value_stays_one_line_whose_every_mark_is_escaped(name: str) -> None:
    written = body(text("Sujet\n\n{applicant_name}"), {"applicant_name": name})
    assert written.count("\n") == 1
    unescaped = written.replace("\\\\", "").replace("\\[", "").replace("\\]", "").replace("\\(", "").replace("\\)", "")
    assert not set("[]()#*`<>!{}") & set(unescaped.replace("\\", "\\\\")) or "\\" in written


def test_a_subject_is_one_line_without_control_or_direction_marks() -> None:
    said = subject(text("{applicant_name} attend\n\nx"), "fr", {"applicant_name": "Ca\r\nBcc: x\x00mille\u202e"})
    assert said == "Ca Bcc: xmille attend"


def test_a_very_long_name_does_not_make_a_very_long_subject() -> None:
    assert len(subject(text("{applicant_name} attend\n\nx"), "fr", {"applicant_name": "A" * 500})) < 80


def test_a_subject_begins_with_a_capital() -> None:
    assert subject(text("{territory} vous attend\n\nx"), "fr", {"territory": "la Drôme"}) == "La Drôme vous attend"


def test_an_address_in_a_name_cannot_be_clicked_but_an_e_mail_can() -> None:
    written = body(
        text("S\n\n{applicant_name} {applicant_email}"),
        {"applicant_name": "evil.example", "applicant_email": "c@x.org"},
    )
    assert "evil\\.\u2060example" in written
    assert "c\\@x\\.org" in written


def test_a_link_cannot_leave_its_brackets() -> None:
    written = body(text("S\n\n[Oui]({link_accept})"), {"link_accept": "https://x.org/a) [b](https://evil.example"})
    assert written == "[Oui](https://x.org/a%29%20[b]%28https://evil.example)\n"
