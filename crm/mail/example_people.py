"""The people of the examples: invented, as are their numbers and addresses."""

from collections.abc import Mapping

from workflows.directory import Desk, Party
from workflows.journey import Label
from workflows.word_values import Detail

DESK = Desk(
    name=Label("Accueil en Drôme", "Welcome to Drôme"),
    agency="Agence d’attractivité de la Drôme, Valence",
    phone="+33639980026",
    territory=Label("la Drôme", "the Drôme"),
    inside=Label("en Drôme", "in the Drôme"),
)
REFS = {
    "applicant": "p1",
    "co_applicant": "p2",
    "parent": "p3",
    "companion": "p4",
    "ambassador": "p5",
    "lead": "m1",
    "advisor": "u1",
    "manager": "u2",
    "desk": "desk",
}
ROLES = {
    **{role: role for role in REFS},
    "asked_lead": "lead",
    "each_adult": "applicant",
    "household": "applicant",
}
PEOPLE = {
    party.ref: party
    for party in (
        Party("p1", "Camille", "Roussel", phone="+33639984107", email="camille.roussel@example.org"),
        Party("p2", "Mehdi", "Haddad", phone="+33639984108", email="mehdi.haddad@example.org"),
        Party("p3", "Sylvie", "Roussel", email="sylvie.roussel@example.org"),
        Party("p4", "Anne", "Vigne", email="anne.vigne@example.org"),
        Party("p5", "Françoise", "Morel", phone="+33639985511", email="francoise.morel@example.org"),
        Party(
            "m1", "Hélène", "Faure", phone="+33639981764", email="helene.faure@example.org",
            function="chargée de mission", structure="Guichet santé du Diois, Die",
        ),
        Party("u1", "Nadia", "Belkacem", phone="+33639980026", email="nadia.belkacem@example.org"),
        Party("u2", "Mireille", "Chastan", email="mireille.chastan@example.org"),
        Party("desk", last_name="Accueil en Drôme", email="guichet@example.org"),
    )
}  # fmt: skip
SITE = "https://accueil.example.org"
LINKS = {
    "link_accept": f"{SITE}/p/proposition/exemple?reponse=oui",
    "link_forward": f"{SITE}/p/proposition/exemple?reponse=transmettre",
    "link_decline": f"{SITE}/p/proposition/exemple?reponse=non",
    "link_met": f"{SITE}/p/suivi/exemple?geste=rendez-vous",
    "link_unreachable": f"{SITE}/p/suivi/exemple?geste=injoignable",
    "link_hand_back": f"{SITE}/p/suivi/exemple?geste=rendre",
    "link_case_file": f"{SITE}/p/suivi/exemple",
    "link_called_yes": f"{SITE}/p/appel/exemple?reponse=oui",
    "link_called_no": f"{SITE}/p/appel/exemple?reponse=non",
    "link_set_password": f"{SITE}/mot-de-passe/exemple",
}
FRENCH: Mapping[str, Detail] = {
    "answer_by": "vendredi 20 novembre",
    "area": "Die et Châtillon-en-Diois",
    "profile": "médecin généraliste, en remplacement",
    "household": "conjoint charpentier ; 2 enfants",
    "project": "exercer à plusieurs, près d’une petite ville",
    "needs": "logement\nemploi du conjoint\nécole",
    "wanted": "rentrée 2027",
    "best_hours": "le soir, après 18 h 30",
    "promised": "un rendez-vous avant le lundi 30 novembre\nun séjour à Die, logement compris",
    "why_you": "vous couvrez Die et Châtillon, en santé ; vous menez 3 dossiers sur les 8 que vous acceptez",
    "meeting_with": "Hélène Faure",
    "meeting_way": "sur place",
    "meeting_place": "maison de santé, 2 rue Camille-Buffardel, Die",
    "stay_place": "gîte de la Meyrosse, Die",
    "stay_host": "Hélène Faure",
    "openings": "boulangerie à Crest, deux salariés\nsalon de thé à Dieulefit",
    "friend_name": "Paul",
    "evening_place": "Lyon",
    "reason": "date repoussée au printemps",
    "answer": "pas bien : le logement ne convient pas",
    "source": "Marc Tessier, pour sa façon de parler de Die",
    "neighbour_name": "Odile Brun",
    "neighbour_contact": "06 39 98 77 12",
    "link_ends": "jeudi 26 novembre",
}
ENGLISH: Mapping[str, Detail] = {
    "answer_by": "Friday 20 November",
    "area": "Die and Châtillon-en-Diois",
    "profile": "general practitioner, at present a locum",
    "household": "partner a carpenter; 2 children",
    "project": "to practise with colleagues, near a small town",
    "needs": "housing\nspouse's job\nschool",
    "wanted": "September 2027",
    "best_hours": "in the evening, after 18:30",
    "promised": "a meeting before Monday 30 November\na stay in Die, lodging included",
    "why_you": "you cover Die and Châtillon, in health; you lead 3 of the 8 files you accept",
    "meeting_with": "Hélène Faure",
    "meeting_way": "in person",
    "meeting_place": "health centre, 2 rue Camille-Buffardel, Die",
    "stay_place": "gîte de la Meyrosse, Die",
    "stay_host": "Hélène Faure",
    "openings": "bakery in Crest, two employees\ntea room in Dieulefit",
    "friend_name": "Paul",
    "evening_place": "Lyon",
    "reason": "date put off until spring",
    "answer": "not well: the lodging does not suit us",
    "source": "Marc Tessier, for the way of talking about Die",
    "neighbour_name": "Odile Brun",
    "neighbour_contact": "06 39 98 77 12",
    "link_ends": "Thursday 26 November",
}
DETAILS = {"fr": FRENCH, "en": ENGLISH}
