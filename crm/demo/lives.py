"""The way of a project, piece by piece. A life acts, yields the instant of its next act, and is resumed then.

Believable rather than ideal: some answer late, some never, a lead forgets to call, a meeting is missed.
"""

from collections.abc import Callable, Generator
from datetime import datetime

from crm.demo.scene import Scene

Life = Generator[datetime, None, None]
Part = Callable[[Scene], Life]
FIRST_TALKS = (
    "Très décidés. Préfèrent être appelés le soir, après 18 h 30.", "Rappelle après les congés.",
    "A vécu à Crest enfant ; connaît le coin.", "Hésite encore avec l’Ardèche.", "",
)  # fmt: skip
AFTER_MEETING = (
    "Projet clair, budget à préciser.", "Cherchent à louer d’abord.", "Veut voir l’école avant tout.",
    "Échéance souple : rien ne presse avant l’été.", "",
)  # fmt: skip
MEETINGS = (("telephone", ""), ("video", ""), ("place", "Maison de l’économie, Valence"))
STAYS = {
    "family": (("Gîte des Tilleuls, Die", "Famille Ferrand"), ("Chambre chez l’habitant, Crest", "Odette Vial")),
    "health_professional": (("Maison de santé, La Chapelle-en-Vercors", "Dr Anne Peloux"),),
    "entrepreneur": (("Visite du fonds, Dieulefit", "M. et Mme Chapuis, cédants"),),
    "student": (("Campus de Valence", "Service d’accueil du campus"),),
}
AHEAD = {"family": (14, 21, 28), "health_professional": (12, 20, 28), "entrepreneur": (10, 18), "student": (15,)}
REFUSALS = ("no_availability", "out_of_territory", "out_of_competence")


def called(scene: Scene) -> Life:
    """The desk calls back; sometimes nobody picks up the first time."""
    rng = scene.rng
    yield scene.in_working_days(rng.choice((1, 1, 1, 2, 2, 5)))
    if rng.random() < 0.3:
        scene.call(rng.choice(("message_left", "no_answer")))
        yield scene.in_working_days(1)
    scene.call("reached", rng.choice(FIRST_TALKS))


def asked(scene: Scene) -> Life:
    """A structure is proposed, and has not answered yet."""
    yield from called(scene)
    yield scene.in_working_days(scene.rng.choice((0, 0, 1)))
    scene.propose()


def led(scene: Scene) -> Life:
    """Accepted; or declined, or left in silence, and the next is asked."""
    yield from asked(scene)
    for fate in (scene.rng.random(), 0.0, 0.0):
        yield scene.in_working_days(scene.rng.choice((1, 1, 2, 2, 3)) if fate < 0.85 else 6)
        if fate >= 0.85:
            continue
        if fate < 0.7 and scene.answer("yes"):
            return
        scene.answer(scene.rng.choice(REFUSALS))
        if scene.offer() is None:
            scene.propose()


def meets(scene: Scene) -> Life:
    """The lead calls, late at times; a meeting is held."""
    rng = scene.rng
    yield scene.in_working_days(rng.choice((1, 2, 2, 3, 6)))
    scene.lead_calls()
    way, place = rng.choice(MEETINGS)
    yield scene.meeting(rng.choice((3, 4, 5, 7)), way, place)
    yield scene.in_working_days(rng.choice((0, 1, 1)))
    if rng.random() < 0.12:
        scene.meeting_was("missed_by_them")
        yield scene.meeting(4, way, place)
        yield scene.in_working_days(1)
    scene.meeting_was("kept", rng.choice(AFTER_MEETING))


def stays(scene: Scene) -> Life:
    """A stay is dated and held."""
    rng, journey = scene.rng, scene.dossier.journey
    yield scene.in_working_days(rng.choice((1, 2, 3)))
    place, host = rng.choice(STAYS[journey])
    _, last = scene.stay(rng.choice(AHEAD[journey]), place, host)
    scene.step("confirm_discovery_weekend")
    yield scene.ground.calendar.instant(last, scene.ground.calendar.opens)
    yield scene.in_days(rng.choice((3, 4, 7)))


def decides(scene: Scene) -> Life:
    """They come: an arrival is planned, and the installation begins."""
    scene.arrival = scene.day(scene.rng.choice((32, 45, 60)))
    journey = scene.dossier.journey
    scene.outcome("settling", scene.arrival)
    scene.learn(commune_known=True)
    if journey == "health_professional":
        scene.learn_date("practice_starts", scene.day(scene.rng.choice((75, 100, 140))))
    if journey == "entrepreneur":
        yield scene.in_days(scene.rng.choice((5, 12)))
        scene.learn(business_signed=True)
    if journey == "student":
        scene.learn(decided=True)
    yield scene.in_working_days(2)
    scene.step("begin_installation")


def prepares(scene: Scene) -> Life:
    """What must be found before the move; one in four is not ready in time."""
    journey, arrival = scene.dossier.journey, scene.arrival
    assert arrival is not None
    yield scene.in_days(8)
    if journey == "entrepreneur":
        scene.learn_date("opening_on", arrival)
        scene.learn(funding_met=True)
    if journey == "student":
        scene.learn(lodged=True)
    yield scene.in_days(max((arrival - scene.day(18)).days, 1))
    if scene.rng.random() < 0.75:
        scene.learn(needs_settled=True)
    if journey == "health_professional":
        scene.learn(formalities_done=True)


def arrives(scene: Scene) -> Life:
    assert scene.arrival is not None
    yield scene.in_days((scene.arrival - scene.day(0)).days + scene.rng.choice((1, 3, 6)))
    scene.learn_date("arrived_on", scene.arrival)
    if scene.dossier.journey == "entrepreneur":
        scene.learn(shop_opened=True)
    scene.step("begin_follow_up")


def first_year(scene: Scene) -> Life:
    """They answer how they are, or do not."""
    for months in (1, 3):
        yield scene.in_days(months * 30 + 2)
        if scene.rng.random() < 0.7:
            scene.replies()


PIECES_TO: dict[str, tuple[Part, ...]] = {
    "orientation": (led, meets),
    "discovery_weekend": (led, meets, stays),
    "installation": (led, meets, stays, decides, prepares),
    "follow_up": (led, meets, stays, decides, prepares, arrives, first_year),
}


def to(stage: str) -> Part:
    """Walks to that stage and, in it, as far as time allows but no further."""

    def life(scene: Scene) -> Life:
        for piece in PIECES_TO[stage]:
            yield from piece(scene)

    return life


def gives_up(after: str, reason: str, word: str = "") -> Part:
    """Walks to that stage, then the file is closed."""

    def life(scene: Scene) -> Life:
        yield from to(after)(scene)
        yield scene.in_working_days(scene.rng.choice((2, 5)))
        if after == "discovery_weekend":
            scene.outcome("no")
        scene.close(reason, word)

    return life


def sleeps(after: str, days: int, word: str) -> Part:
    """Walks to that stage, then asks to be spoken to again later."""

    def life(scene: Scene) -> Life:
        yield from to(after)(scene)
        yield scene.in_working_days(scene.rng.choice((2, 4)))
        scene.pause(days, word)

    return life
