"""The lives of the cast. A life does something, yields the instant of its next act, and is resumed then.

Believable rather than ideal: some answer late, some never, some projects fail, a lead forgets to call.
"""

from collections.abc import Generator
from datetime import datetime

from crm.demo.scene import Scene

Life = Generator[datetime, None, None]


def led(scene: Scene) -> Life:
    """From the request to a lead: called back, proposed, accepted; or declined, or left in silence, then the next."""
    rng = scene.rng
    yield scene.in_working_days(rng.choice((1, 1, 1, 2, 2, 5)))
    if rng.random() < 0.3:
        scene.call(rng.choice(("message_left", "no_answer")))
        yield scene.in_working_days(1)
    scene.call(
        "reached", rng.choice(("Très décidés. Préfèrent le soir, après 18 h 30.", "Rappelle après les congés.", ""))
    )
    yield scene.in_working_days(rng.choice((0, 0, 1)))
    scene.propose()
    for _ in range(4):
        yield scene.in_working_days(rng.choice((1, 1, 2, 2, 3, 6)))
        fate = rng.random()
        if fate < 0.72:
            if scene.answer("yes"):
                break
        elif fate < 0.9:
            scene.answer(rng.choice(("no_availability", "out_of_territory", "out_of_competence", "followed_elsewhere")))


def oriented(scene: Scene) -> Life:
    """The lead calls (or forgets), a meeting is held."""
    rng = scene.rng
    yield scene.in_working_days(rng.choice((1, 2, 2, 3, 7)))
    scene.lead_calls()
    way, place = rng.choice((("telephone", ""), ("video", ""), ("place", "Maison de l'économie, Valence")))
    starts = scene.meeting(rng.choice((3, 4, 5, 8)), way, place)
    yield starts
    yield scene.in_working_days(rng.choice((0, 1, 1, 3)))
    if rng.random() < 0.12:
        scene.meeting_was("missed_by_them")
        starts = scene.meeting(4, way, place)
        yield starts
        yield scene.in_working_days(1)
    scene.meeting_was("kept", rng.choice(("Projet clair, budget à préciser.", "Cherchent à louer d'abord.", "")))


def stays(scene: Scene, place: str, host: str, ahead: int) -> Life:
    """A stay is dated, held, and its outcome told."""
    rng = scene.rng
    yield scene.in_working_days(rng.choice((1, 2, 4)))
    _, last = scene.stay(ahead, place, host)
    scene.step("confirm_discovery_weekend")
    yield scene.ground.calendar.instant(last, scene.ground.calendar.opens)
    yield scene.in_days(rng.choice((3, 4, 7, 12)))


def family(scene: Scene) -> Life:
    yield from led(scene)
    if scene.rng.random() < 0.15:
        yield from gives_up(scene, "gave_up_moving")
        return
    yield from oriented(scene)
    if scene.rng.random() < 0.18:
        scene.pause(scene.rng.choice((45, 90, 120)), "Attend la réponse à une mutation.")
        return
    yield from stays(scene, "Gîte des Tilleuls", "Famille Ferrand", scene.rng.choice((14, 21, 28)))
    if scene.rng.random() < 0.2:
        scene.outcome("no")
        yield from gives_up(scene, scene.rng.choice(("no_housing", "no_spouse_job", "territory_does_not_suit")))
        return
    yield from settles(scene, scene.rng.choice((25, 40, 70)))


def health_professional(scene: Scene) -> Life:
    yield from led(scene)
    yield from oriented(scene)
    yield from stays(scene, "Maison de santé", "Dr Anne Peloux", scene.rng.choice((12, 20, 30)))
    if scene.rng.random() < 0.15:
        scene.outcome("no")
        yield from gives_up(scene, "no_post_or_practice")
        return
    scene.learn_date("practice_starts", scene.day(scene.rng.choice((60, 100, 150))))
    yield from settles(scene, scene.rng.choice((30, 60, 90)))
    scene.learn(formalities_done=True)


def entrepreneur(scene: Scene) -> Life:
    yield from led(scene)
    yield from oriented(scene)
    if scene.rng.random() < 0.25:
        yield from gives_up(scene, scene.rng.choice(("funding_refused", "no_business_or_premises")))
        return
    yield from stays(scene, "Visite du fonds", "M. et Mme Chapuis, cédants", scene.rng.choice((10, 18)))
    scene.outcome("settling")
    yield scene.in_days(scene.rng.choice((20, 35)))
    scene.learn(business_signed=True)
    scene.step("begin_installation")
    yield scene.in_days(20)
    scene.learn_date("opening_on", scene.day(scene.rng.choice((30, 60))))
    scene.learn(funding_met=True)
    yield scene.in_days(65)
    scene.learn(shop_opened=True)
    scene.learn_date("arrived_on", scene.day(-5))
    scene.step("begin_follow_up")


def student(scene: Scene) -> Life:
    yield from led(scene)
    yield from oriented(scene)
    yield from stays(scene, "Campus de Valence", "Service d'accueil du campus", 15)
    scene.outcome("settling", scene.day(40))
    scene.learn(commune_known=True, decided=True)
    scene.step("begin_installation")
    yield scene.in_days(25)
    scene.learn(lodged=True)
    yield scene.in_days(20)
    scene.learn_date("arrived_on", scene.day(-2))
    scene.step("begin_follow_up")


def intern(scene: Scene) -> Life:
    yield scene.in_working_days(2)
    scene.call("reached", "Encore deux ans d'internat à Lyon. Connaît le Vercors.")


def ambassador(scene: Scene) -> Life:
    rng = scene.rng
    yield scene.in_working_days(rng.choice((1, 3, 4)))
    scene.learn(approved=True)
    yield scene.in_days(rng.choice((2, 5, 12)))
    if rng.random() < 0.2:
        return
    scene.learn(charter_signed=True)
    scene.step("sign")
    yield scene.in_working_days(rng.choice((3, 6)))
    scene.learn(acted_or_called=True)
    scene.step("activate")
    for _ in range(rng.choice((0, 1, 2))):
        yield scene.in_days(rng.choice((20, 45)))
        scene.learn(introduction_confirmed=True)
        scene.learn(acted_since=True)
    if rng.random() < 0.3:
        yield scene.in_days(40)
        scene.learn(agreed_to_be_referent=True)
        scene.step("promote")


def late(scene: Scene) -> Life:
    """Nobody has called yet."""
    yield scene.in_working_days(400)


def unreachable(scene: Scene) -> Life:
    for _ in range(3):
        yield scene.in_working_days(scene.rng.choice((2, 3)))
        scene.call("no_answer")
    yield scene.in_working_days(10)
    scene.close("unreachable")


def says_stop(scene: Scene) -> Life:
    yield from led(scene)
    yield scene.in_days(6)
    scene.stops()


def gives_up(scene: Scene, reason: str) -> Life:
    yield scene.in_working_days(scene.rng.choice((2, 5)))
    scene.close(reason)


def settles(scene: Scene, ahead: int) -> Life:
    """The arrival is planned, noted, and the first year begins."""
    arrival = scene.day(ahead)
    scene.outcome("settling", arrival)
    scene.learn(commune_known=True)
    yield scene.in_working_days(2)
    scene.step("begin_installation")
    yield scene.in_days(max(ahead - 20, 2))
    if scene.rng.random() < 0.8:
        scene.learn(needs_settled=True)
    yield scene.in_days(22)
    if scene.rng.random() < 0.15:
        return
    scene.learn_date("arrived_on", arrival)
    scene.step("begin_follow_up")
    yield scene.in_days(34)
    scene.replies()
