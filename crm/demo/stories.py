"""The lives that are not ordinary: what goes wrong, what waits, those who were here before the desk kept files."""

from crm.demo.lives import Life, Part, called, led, meets, to
from crm.demo.scene import Scene


def waits(scene: Scene) -> Life:
    """Nobody has called yet."""
    yield scene.until


def unreachable(scene: Scene) -> Life:
    for result in ("no_answer", "message_left", "no_answer"):
        yield scene.in_working_days(scene.rng.choice((1, 2)))
        scene.call(result)


def given_up_unreachable(scene: Scene) -> Life:
    yield from unreachable(scene)
    yield scene.in_working_days(8)
    scene.close("unreachable")


def refused_by_all(scene: Scene) -> Life:
    """Three structures say no; the desk leads meanwhile."""
    yield from called(scene)
    scene.propose()
    for reason in ("no_availability", "out_of_territory", "out_of_competence", "no_availability"):
        yield scene.in_working_days(scene.rng.choice((1, 2)))
        if not scene.answer(reason):
            break


def silent_lead(scene: Scene) -> Life:
    """Accepted, and never called: the person says so."""
    yield from led(scene)
    yield scene.in_working_days(5)
    scene.says_not_called()


def writes_again(scene: Scene) -> Life:
    """Somebody who was on the way writes a second time, through the form."""
    yield from led(scene)
    yield from meets(scene)
    yield scene.before_the_end(hours=19)
    scene.writes_again("Bonjour, la maison visitée jeudi nous plaît. Pouvez-vous nous dire qui contacter à la mairie ?")


def promised_a_call(scene: Scene) -> Life:
    """Called in vain yesterday; to be tried again today."""
    yield scene.before_the_end(hours=26)
    scene.call("message_left")


def muted(scene: Scene) -> Life:
    """A bereavement: nothing leaves to the household for three weeks."""
    yield from to("installation")(scene)
    yield scene.before_the_end(days=4)
    scene.mute(21, "delicate")


def held_back(scene: Scene) -> Life:
    """One e-mail waits: the advisor has just said it by telephone."""
    yield from to("installation")(scene)
    yield scene.before_the_end(days=2)
    scene.hold_next("just_spoken")


def says_stop(scene: Scene) -> Life:
    yield from led(scene)
    yield scene.in_days(6)
    scene.stops()
    yield scene.in_working_days(1)
    scene.close("asked_to_stop")


def sleeper_woken(scene: Scene) -> Life:
    """Slept until this very morning."""
    yield from led(scene)
    yield scene.in_working_days(6)
    scene.pause_until_the_end("Attendait la réponse à une mutation.")


def bad_news(scene: Scene) -> Life:
    """In the first year, somebody answers that it is not going well."""
    yield from to("follow_up")(scene)
    yield scene.before_the_end(hours=30)
    scene.is_not_well()


def intern(scene: Scene) -> Life:
    yield scene.in_working_days(2)
    scene.call("reached", "Encore deux ans d’internat à Lyon. Connaît le Vercors.")


def here_for_a_year(months: int) -> Part:
    """Their installation began on paper; the file was opened in their first year, which ends well."""

    def life(scene: Scene) -> Life:
        yield scene.in_working_days(1)
        scene.call("reached", "Arrivés avant l’ouverture des dossiers : suite reprise du tableau de l’an dernier.")
        if scene.dossier.journey == "entrepreneur":
            scene.learn(shop_opened=True)
        yield scene.at_arrival(months=months, days=2)
        scene.replies()
        yield scene.in_working_days(3)
        scene.call("reached", "Bilan : installés pour de bon.")
        scene.learn(last_answer_given=True, needs_settled=True)
        scene.step("settle")

    return life


def spotted(scene: Scene) -> Life:
    yield scene.until


def invited(scene: Scene) -> Life:
    yield scene.in_working_days(3)
    scene.learn(source_noted=True)
    scene.step("invite")


def approved(scene: Scene) -> Life:
    yield scene.in_working_days(scene.rng.choice((1, 3)))
    scene.learn(approved=True)


def signed(scene: Scene) -> Life:
    yield from approved(scene)
    yield scene.in_days(scene.rng.choice((2, 5)))
    scene.learn(charter_signed=True)
    scene.step("sign")


def active(scene: Scene) -> Life:
    yield from signed(scene)
    yield scene.in_working_days(scene.rng.choice((3, 6)))
    scene.learn(acted_or_called=True)
    scene.step("activate")
    for _ in range(scene.rng.choice((1, 2))):
        yield scene.in_days(scene.rng.choice((20, 35)))
        scene.learn(introduction_confirmed=True)
        scene.learn(acted_since=True)


def referent(scene: Scene) -> Life:
    yield from active(scene)
    yield scene.in_days(20)
    scene.learn(agreed_to_be_referent=True)
    scene.step("promote")


def steps_back(scene: Scene) -> Life:
    yield from active(scene)
    yield scene.in_days(15)
    scene.step("pause")


def leaves(scene: Scene) -> Life:
    yield from signed(scene)
    yield scene.in_days(40)
    scene.close("no_more_time")
