"""The cast: who plays what, and how many days ago they wrote. Every stage of every journey has somebody in it."""

from dataclasses import dataclass

from crm.demo import stories
from crm.demo.lives import Life, Part, asked, called, gives_up, sleeps, to
from crm.demo.scene import Scene

IMPORTED = "imported"
SHEET = """Nom;Prénom;Adresse e-mail;Téléphone;Profil;Commune souhaitée;Origine;Remarque
Aubert;Florence;florence.aubert@example.org;06 39 98 41 07;Infirmière libérale;Die;Salon des internes, Lyon;Disponible à l'été
Costa;Manuel;manuel.costa@example.org;06 39 98 41 12;Salarié;Crest;Salon des internes, Lyon;Cherche pour deux, un enfant
Hérault;Lise;lise.herault@example.org;06 39 98 41 19;Boulanger;Nyons;CCI;Reprise, apport de 40 000 euros
""".encode()
"""The list of last autumn's fair, as the desk kept it."""


@dataclass(frozen=True)
class Role:
    """`arrived`: so many days ago, for a file added at the stage where it already stood."""

    journey: str
    life: Part
    days_ago: float
    twist: str = ""
    stage: str | None = None
    arrived: int = 0


def _each(journey: str, life: Part, *days_ago: float, twist: str = "") -> tuple[Role, ...]:
    return tuple(Role(journey, life, days, twist) for days in days_ago)


def _taken_in_hand(scene: Scene) -> Life:
    """Of the imported, the first is called; the two others still write to nobody."""
    yield from called(scene)


FAMILIES = (
    *_each("family", stories.waits, 0.3, 1.1),
    *_each("family", stories.waits, 7.2),
    *_each("family", stories.promised_a_call, 2.2),
    *_each("family", asked, 6),
    *_each("family", stories.unreachable, 12),
    *_each("family", stories.refused_by_all, 24),
    *_each("family", stories.silent_lead, 15),
    *_each("family", to("orientation"), 16, 20),
    *_each("family", to("orientation"), 19, twist="english"),
    *_each("family", to("orientation"), 23, twist="no_email"),
    *_each("family", to("orientation"), 21, twist="no_mailbox"),
    *_each("family", to("orientation"), 26, twist="cut_off"),
    *_each("family", stories.writes_again, 31, twist="couple"),
    *_each("family", to("discovery_weekend"), 37, 44, 55),
    *_each("family", to("installation"), 72, 84),
    *_each("family", to("installation"), 78, twist="english"),
    *_each("family", stories.muted, 92, twist="couple"),
    *_each("family", to("follow_up"), 165, 190, 228),
    *_each("family", stories.bad_news, 205, twist="couple"),
    Role("family", stories.here_for_a_year(12), 232, stage="follow_up", arrived=400),
    *_each("family", sleeps("orientation", 120, "Attend la naissance, au printemps."), 80),
    *_each("family", stories.sleeper_woken, 120),
    *_each("family", gives_up("orientation", "gave_up_moving", "Reste finalement à Grenoble."), 110),
    *_each("family", gives_up("discovery_weekend", "no_housing"), 140),
    *_each("family", stories.given_up_unreachable, 180),
)
HEALTH = (
    *_each("health_professional", stories.waits, 0.8),
    *_each("health_professional", asked, 8),
    *_each("health_professional", stories.intern, 60, 130, 210, twist="intern"),
    *_each("health_professional", to("orientation"), 15, 22),
    *_each("health_professional", to("discovery_weekend"), 40, 52),
    *_each("health_professional", to("installation"), 76, 88),
    *_each("health_professional", stories.held_back, 70),
    *_each("health_professional", to("follow_up"), 170, 215, 238),
    Role("health_professional", stories.here_for_a_year(12), 225, stage="follow_up", arrived=392),
    *_each("health_professional", sleeps("orientation", 90, "Finit un remplacement à Gap."), 66),
    *_each("health_professional", gives_up("discovery_weekend", "no_post_or_practice"), 155),
    *_each("health_professional", stories.says_stop, 100),
    Role("health_professional", _taken_in_hand, 4, IMPORTED),
)
ENTREPRENEURS = (
    *_each("entrepreneur", stories.waits, 1.4, 9),
    *_each("entrepreneur", to("orientation"), 18, 25),
    *_each("entrepreneur", to("discovery_weekend"), 42, 50),
    *_each("entrepreneur", to("installation"), 75, 90),
    *_each("entrepreneur", to("follow_up"), 180, 220),
    Role("entrepreneur", stories.here_for_a_year(12), 235, stage="follow_up", arrived=396),
    *_each("entrepreneur", sleeps("orientation", 60, "Attend l'accord de la banque."), 48),
    *_each("entrepreneur", gives_up("orientation", "funding_refused"), 125),
)
STUDENTS = (
    *_each("student", stories.waits, 1.9),
    *_each("student", to("orientation"), 17),
    *_each("student", to("discovery_weekend"), 46),
    *_each("student", to("installation"), 82),
    *_each("student", to("follow_up"), 160, 200),
    Role("student", stories.here_for_a_year(7), 240, stage="follow_up", arrived=430),
    *_each("student", sleeps("orientation", 150, "Repasse un concours au printemps."), 95),
    *_each("student", gives_up("orientation", "not_admitted"), 135),
)
AMBASSADORS = (
    *_each("ambassador", stories.spotted, 6, twist="spotted"),
    *_each("ambassador", stories.invited, 24, twist="spotted"),
    *_each("ambassador", stories.spotted, 2.6),
    *_each("ambassador", stories.approved, 13),
    *_each("ambassador", stories.signed, 15),
    *_each("ambassador", stories.active, 110, 195),
    *_each("ambassador", stories.referent, 160),
    *_each("ambassador", stories.steps_back, 140),
    *_each("ambassador", stories.leaves, 175),
)
CAST: tuple[Role, ...] = (*FAMILIES, *HEALTH, *ENTREPRENEURS, *STUDENTS, *AMBASSADORS)
