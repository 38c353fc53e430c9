"""Names and telephone numbers as one shows them."""

import pytest

from crm.wording import people


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Hélène Faure", "HF"),
        ("Paul et Agathe Lenoir", "PL"),
        ("Jean-Baptiste Corréard", "JC"),
        ("Dr Karim Benali", "KB"),
        ("M. Chapuis", "MC"),
        ("M. Karim Benali", "KB"),
        ("Famille Nguyen", "N"),
        ("2", "2"),
        ("", ""),
    ],
)
def test_initials(name, letters):
    assert people.initials(name) == letters


def test_a_short_name_keeps_the_first_letters():
    assert people.short_name("Jean-Baptiste Corréard") == "J.-B.\u00a0Corréard"
    assert people.short_name("Odette") == "Odette"


def test_before_saying_yes_a_partner_reads_a_first_name_and_an_initial():
    assert people.first_and_initial("Camille", "Roussel") == "Camille\u00a0R."


def test_numbers_reserved_for_fiction_are_numbers_too():
    assert people.phone("+33639984107") == "06\u00a039\u00a098\u00a041\u00a007"
    assert people.phone_link("06 39 98 41 07") == "tel:+33639984107"


def test_a_number_of_elsewhere_keeps_its_country():
    assert people.phone("+41 22 730 51 11").startswith("+41\u00a022")


def test_what_is_no_number_is_shown_as_written():
    assert people.phone("demander Odile") == "demander Odile"
    assert people.phone(None) == ""


def test_a_list_of_names_ends_with_and():
    assert people.listed(["Die", "Crest", "Saillans"]) == "Die, Crest et Saillans"
    assert people.listed(["Die", "Crest"], "en") == "Die and Crest"
    assert people.listed([]) == ""
