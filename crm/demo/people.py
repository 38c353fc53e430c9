"""Who plays: the desk, and the names, professions and communes of the cast. All invented; numbers reserved for fiction."""

from dataclasses import dataclass
from random import Random

DEMO_PASSWORD = "lavande-2026"  # printed at every start; production refuses the demo


@dataclass(frozen=True)
class Staff:
    first_name: str
    last_name: str
    role: str
    function: str
    phone: str
    epcis: tuple[str, ...] = ()

    @property
    def email(self) -> str:
        return f"{self.first_name}.{self.last_name}@drome.example.org".lower()


STAFF = (
    Staff(
        "Nadia", "Belkacem", "advisor", "conseillère d'accueil", "+33639980011", ("242600534", "200040509", "242600252")
    ),
    Staff(
        "Lucie", "Arnaud", "advisor", "conseillère d'accueil", "+33639980012", ("200068781", "200040491", "200073096")
    ),
    Staff("Thomas", "Vernet", "advisor", "conseiller d'accueil", "+33639980013"),
    Staff("Claire", "Delmas", "manager", "responsable de l'accueil", "+33639980010"),
    Staff("Samuel", "Brun", "admin", "administrateur", "+33639980019"),
)

FIRST_NAMES = (
    "Aline", "Amadou", "Anaïs", "Antoine", "Aurore", "Bérénice", "Camille", "Chloé", "Coline", "Damien", "Élodie",
    "Émile", "Farid", "Florian", "Gaëlle", "Hatem", "Hugo", "Inès", "Ismaël", "Jeanne", "Jonas", "Julie", "Karim",
    "Laure", "Leïla", "Lou-Anne", "Lucas", "Malika", "Margaux", "Mathilde", "Mehdi", "Nicolas", "Noémie", "Odile",
    "Olivier", "Ondine", "Oscar", "Pauline", "Quentin", "Rachel", "Rémi", "Sacha", "Salomé", "Samira", "Sarah",
    "Simon", "Solène", "Sophie", "Tristan", "Valentin", "Victoire", "Yann", "Yasmine", "Zoé",
)  # fmt: skip

LAST_NAMES = (
    "Amblard", "Arnoux", "Bailly", "Benali", "Besson", "Bonnard", "Boudet", "Brunel", "Castelli", "Chapuis", "Corréard",
    "Courtois", "Delorme", "Duchamp", "Fabre", "Faivre", "Ferrand", "Gauthier", "Girard", "Guérin", "Haddad", "Imbert",
    "Jouve", "Kaplan", "Lacroix", "Lenoir", "Lhoste", "Malaval", "Marchetti", "Marsan", "Mercier", "Mondon", "Morel",
    "Nguyen", "Oukacha", "Perrot", "Pontier", "Reynaud", "Rigaud", "Roussel", "Sabatier", "Slimani", "Tardieu",
    "Thévenet", "Toumi", "Vallon", "Vial", "Viguier", "Villard", "Zouari",
)  # fmt: skip

COMMUNES = (
    "26113", "26108", "26281", "26362", "26220", "26063", "26114", "26289", "26086", "26198", "26307", "26167", "26165",
)  # fmt: skip

HEALTH = (
    "Médecin généraliste", "Infirmière libérale", "Kinésithérapeute", "Sage-femme", "Chirurgien-dentiste", "Orthophoniste",
)  # fmt: skip
TRADES = (
    ("Boulanger", "reprise d'une boulangerie"), ("Maraîchère", "une parcelle en bio, deux hectares"),
    ("Restaurateur", "reprise d'un café de village"), ("Potière", "un atelier avec une boutique"),
    ("Créatrice d'entreprise", "un atelier de réparation de vélos"), ("Éleveur", "reprise d'un élevage caprin"),
)  # fmt: skip
FAMILY = ("Enseignante", "Salarié", "En télétravail", "Cadre territorial", "Retraitée", "Ingénieure")
COURSES = ("BTS viticulture", "Licence de géographie", "IUT informatique", "École d'infirmières", "BUT génie civil")
REQUESTS = {
    "health_professional": (
        "Je cherche une maison de santé où travailler à plusieurs. Nous aimerions être là pour la rentrée.",
        "Je suis remplaçante depuis trois ans et voudrais me poser, plutôt en vallée.",
        "Nous quittons la région parisienne ; mon compagnon cherche aussi un emploi.",
    ),
    "entrepreneur": (
        "Je voudrais reprendre une affaire saine dans un village vivant.",
        "J'ai un apport et un CAP ; je cherche un cédant qui accompagne les premiers mois.",
    ),
    "family": (
        "Nous cherchons un village avec école et gare pas trop loin.",
        "Nous aimerions louer d'abord, pour voir un hiver, puis acheter.",
        "Le Diois nous plaît depuis des années ; nous voudrions franchir le pas.",
    ),
    "student": ("Je cherche un logement près du campus de Valence.", "Quelles aides pour s'installer à Valence ?"),
    "ambassador": ("Je parle de la Drôme à tous mes collègues lyonnais, autant le faire avec vous.",),
}
SOURCES = ("Site portail", "Salon des internes, Lyon", "Bouche-à-oreille", "Radio locale", "CCI", "Recherche en ligne")


def name(rng: Random, taken: set[str]) -> tuple[str, str]:
    """A pair not given yet."""
    while True:
        first, last = rng.choice(FIRST_NAMES), rng.choice(LAST_NAMES)
        if f"{first} {last}" not in taken:
            taken.add(f"{first} {last}")
            return first, last


def phone(rng: Random) -> str:
    """06 39 98 00 00 to 99 99: kept for fiction by the numbering plan."""
    return f"+3363998{rng.randrange(1000, 10000)}"
