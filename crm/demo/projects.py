"""What the cast writes to the desk: professions, places, requests in words that people use."""

from datetime import date
from random import Random

from crm.demo.people import FROM_ABROAD, Name, name, phone
from crm.operations.application import Adult, Application

COMMUNES = (
    "26113", "26108", "26281", "26362", "26220", "26063", "26114", "26289", "26086", "26198", "26307", "26167", "26165",
)  # fmt: skip
PROFESSIONS: dict[str, tuple[tuple[str, str], ...]] = {  # said by a woman, said by a man
    "health_professional": (
        ("Médecin généraliste", "Médecin généraliste"), ("Infirmière libérale", "Infirmier libéral"),
        ("Kinésithérapeute", "Kinésithérapeute"), ("Sage-femme", "Infirmier libéral"),
        ("Chirurgienne-dentiste", "Chirurgien-dentiste"), ("Orthophoniste", "Orthophoniste"),
    ),
    "family": (
        ("Enseignante", "Enseignant"), ("Salariée en télétravail", "Salarié en télétravail"),
        ("Ingénieure", "Ingénieur"), ("Attachée territoriale", "Attaché territorial"), ("Retraitée", "Retraité"),
        ("Graphiste", "Menuisier"),
    ),
    "entrepreneur": (
        ("Boulangère", "Boulanger"), ("Maraîchère", "Maraîcher"), ("Restauratrice", "Restaurateur"),
        ("Potière", "Potier"), ("Réparatrice de vélos", "Réparateur de vélos"), ("Éleveuse", "Éleveur"),
    ),
    "student": (
        ("BTS viticulture", "BTS viticulture"), ("Licence de géographie", "IUT informatique"),
        ("École d’infirmières", "École d’infirmiers"), ("BUT génie civil", "BUT génie civil"),
    ),
    "ambassador": (("Ambassadrice", "Ambassadeur"),),
}  # fmt: skip
WISHES = {
    "Boulangère": "reprise d’une boulangerie", "Boulanger": "reprise d’une boulangerie",
    "Maraîchère": "une parcelle en bio, deux hectares", "Maraîcher": "une parcelle en bio, deux hectares",
    "Restauratrice": "reprise d’un café de village", "Restaurateur": "reprise d’un café de village",
    "Potière": "un atelier avec une boutique", "Potier": "un atelier avec une boutique",
    "Réparatrice de vélos": "un atelier en centre-bourg", "Réparateur de vélos": "un atelier en centre-bourg",
    "Éleveuse": "reprise d’un élevage caprin", "Éleveur": "reprise d’un élevage caprin",
}  # fmt: skip
CRAFTS = ("Boulangère", "Boulanger", "Potière", "Potier")
REQUESTS = {
    "health_professional": (
        "Je cherche une maison de santé où travailler à plusieurs. L’idéal serait d’être là pour la rentrée.",
        "Trois ans de remplacements derrière moi : je voudrais me poser, plutôt en vallée qu’en ville.",
        "Je quitte la région parisienne. Y a-t-il des cabinets qui cherchent quelqu’un autour de Die ou de Crest ?",
        "J’ai vu que vous accompagnez aussi les formalités ; par où commence-t-on ?",
    ),
    "entrepreneur": (
        "Je voudrais reprendre une affaire saine dans un village vivant.",
        "J’ai un apport et un CAP ; je cherche un cédant qui accompagne les premiers mois.",
        "Le projet est prêt, il me manque le lieu. Un local de 60 à 80 m² suffirait pour commencer.",
    ),
    "family": (
        "Nous cherchons un village avec une école, et une gare pas trop loin.",
        "Nous aimerions louer d’abord, pour voir un hiver, puis acheter.",
        "Le Diois nous plaît depuis des années ; nous voudrions franchir le pas.",
        "Mon employeur accepte le télétravail trois jours sur cinq. La fibre est indispensable.",
    ),
    "student": (
        "Je cherche un logement près du campus de Valence.",
        "Quelles aides pour s’installer à Valence, et à partir de quand faut-il les demander ?",
    ),
    "ambassador": (
        "Je parle de la Drôme à tous mes collègues lyonnais, autant le faire avec vous.",
        "Mon cabinet voit passer des remplaçants chaque été ; je peux leur présenter le coin.",
    ),
}
REQUESTS_IN_ENGLISH = (
    "We spent three summers near Nyons and would like to stay for good. Where do we start?",
    "My employer lets me work from anywhere with a decent connection. We have two children in primary school.",
    "We would rent for a year first. Is there a village with a school and other families our age?",
    "I read that you help people find their feet. My French is getting better, but slowly.",
)
SOURCES = ("Site portail", "Salon des internes, Lyon", "Bouche-à-oreille", "Radio locale", "CCI", "Recherche en ligne")
NO_MAILBOX = "adresse-perdue.example.org"  # the demo's post knows no such address
CUT_OFF = "ligne-coupee.example.org"  # and loses the line once while a message for this one is on its way


def application(journey: str, rng: Random, taken: set[str], today: date, twist: str = "") -> Application:
    """One request. `twist`: english, no_email, no_mailbox, cut_off, intern, spotted, couple."""
    who = _from_abroad(rng, taken) if twist == "english" else name(rng, taken)
    intern = twist == "intern"
    profile = "Interne en médecine générale" if intern else rng.choice(PROFESSIONS[journey])[not who.is_woman]
    together = twist == "couple" or (not twist and journey in ("family", "health_professional") and rng.random() < 0.45)
    other = name(rng, taken, who.last) if together else None
    children = rng.choice(((), (), ("3-5", "6-10"), ("0-2",), ("11-14",))) if together else ()
    return Application(
        applicant=_adult(who, rng, profile, twist),
        co_applicant=_adult(other, rng, "", "") if other else None,
        co_applicant_agreed=other is not None and rng.random() < 0.7,
        journey=journey,
        door="desk" if twist in ("no_email", "spotted") else "form",
        profile=", ".join(each for each in (profile, WISHES.get(profile)) if each),
        request=rng.choice(REQUESTS_IN_ENGLISH if twist == "english" else REQUESTS[journey]),
        commune=rng.choice(COMMUNES) if journey in ("family", "health_professional") and not intern else None,
        children=children,
        source="Un partenaire" if twist == "spotted" else rng.choice(SOURCES),
        facts=_facts(journey, twist, children),
        dates={"internship_ends": date(today.year + 2, 10, 31)} if intern else {},
        answers={"trade": "crafts"} if profile in CRAFTS else {},
    )


def _from_abroad(rng: Random, taken: set[str]) -> Name:
    first, last = rng.choice([each for each in FROM_ABROAD if " ".join(each) not in taken])
    taken.add(f"{first} {last}")
    return Name(first, last, is_woman=True)


def _adult(who: Name, rng: Random, profession: str, twist: str) -> Adult:
    address: str | None = who.email
    if twist in ("no_mailbox", "cut_off"):
        address = who.email.replace("example.org", NO_MAILBOX if twist == "no_mailbox" else CUT_OFF)
    elif twist == "no_email":
        address = None
    return Adult(who.first, who.last, address, phone(rng), "en" if twist == "english" else "fr", profession)


def _facts(journey: str, twist: str, children: tuple[str, ...]) -> dict[str, bool]:
    if journey == "ambassador":
        return {} if twist == "spotted" else {"applied": True}
    facts = {"intern": True} if twist == "intern" else {}
    return facts | ({"child_under_3": True} if "0-2" in children else {})
