"""Who plays: the desk, and the names of the cast. All invented; numbers reserved for fiction."""

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
        "Nadia", "Belkacem", "advisor", "conseillère d’accueil", "+33639980011", ("242600534", "200040509", "242600252")
    ),
    Staff(
        "Lucie", "Arnaud", "advisor", "conseillère d’accueil", "+33639980012", ("200068781", "200040491", "200073096")
    ),
    Staff("Thomas", "Vernet", "advisor", "conseiller d’accueil", "+33639980013"),
    Staff("Claire", "Delmas", "manager", "responsable de l’accueil", "+33639980010"),
    Staff("Samuel", "Brun", "admin", "administrateur", "+33639980019"),
)

WOMEN = (
    "Aline", "Anaïs", "Aurore", "Bérénice", "Chloé", "Coline", "Élodie", "Gaëlle", "Inès", "Jeanne", "Julie", "Laure",
    "Leïla", "Lou-Anne", "Malika", "Margaux", "Mathilde", "Noémie", "Odile", "Ondine", "Pauline", "Rachel", "Salomé",
    "Samira", "Sarah", "Solène", "Sophie", "Victoire", "Yasmine", "Zoé",
)  # fmt: skip
MEN = (
    "Amadou", "Antoine", "Damien", "Émile", "Farid", "Florian", "Hatem", "Hugo", "Ismaël", "Jonas", "Karim", "Lucas",
    "Mehdi", "Nicolas", "Olivier", "Oscar", "Quentin", "Rémi", "Simon", "Tristan", "Valentin", "Yann",
)  # fmt: skip
FROM_ABROAD = (("Fiona", "Kerr"), ("Sanne", "de Wit"), ("Rosalind", "Pryce"), ("Annika", "Lindqvist"))
"""Who writes in English."""

LAST_NAMES = (
    "Amblard", "Arnoux", "Bailly", "Benali", "Besson", "Bonnard", "Boudet", "Brunel", "Castelli", "Chapuis", "Corréard",
    "Courtois", "Delorme", "Duchamp", "Fabre", "Faivre", "Ferrand", "Gauthier", "Girard", "Guérin", "Haddad", "Imbert",
    "Jouve", "Kaplan", "Lacroix", "Lenoir", "Lhoste", "Malaval", "Marchetti", "Marsan", "Mercier", "Mondon", "Morel",
    "Nguyen", "Oukacha", "Perrot", "Pontier", "Reynaud", "Rigaud", "Roussel", "Sabatier", "Slimani", "Tardieu",
    "Thévenet", "Toumi", "Vallon", "Vial", "Viguier", "Villard", "Zouari",
)  # fmt: skip


@dataclass(frozen=True)
class Name:
    first: str
    last: str
    is_woman: bool

    @property
    def email(self) -> str:
        plain = f"{self.first}.{self.last}".lower().replace(" ", "").translate(PLAIN)
        return f"{plain}@example.org"


PLAIN = str.maketrans("àâçéèêëïîôöùûü", "aaceeeeiioouuu")


def name(rng: Random, taken: set[str], last: str = "") -> Name:
    """A pair not given yet."""
    while True:
        is_woman = rng.random() < 0.55
        given = Name(rng.choice(WOMEN if is_woman else MEN), last or rng.choice(LAST_NAMES), is_woman)
        if f"{given.first} {given.last}" not in taken:
            taken.add(f"{given.first} {given.last}")
            return given


def phone(rng: Random) -> str:
    """06 39 98 00 00 to 99 99: kept for fiction by the numbering plan."""
    return f"+3363998{rng.randrange(1000, 10000)}"
