"""The two sentences of each fault that check.py finds: what is wrong, and how to mend it."""

from difflib import get_close_matches

from workflows.faults import Fault
from workflows.journey import Deadline, Journey, Label, LeadRules, MailRule, Opening, Rung, Stage, Step, Where

Line = Stage | Step | Deadline | Rung | MailRule | Opening | LeadRules | Journey

SENTENCES: dict[str, tuple[Label, Label]] = {
    # names that nothing bears
    "unknown_stage": (
        Label("{what} nomme une étape inconnue, {name}.", "{what} names an unknown stage, {name}."),
        Label("{close}", "{close}"),
    ),
    "unknown_step": (
        Label("{what} nomme un pas inconnu, {name}.", "{what} names an unknown step, {name}."),
        Label("{close}", "{close}"),
    ),
    "unknown_fact": (
        Label("{what} nomme un fait inconnu, {name}.", "{what} names an unknown fact, {name}."),
        Label("{close}", "{close}"),
    ),
    "unknown_anchor": (
        Label("{what} dépend de {name}, qui n'existe pas.", "{what} hangs on {name}, which does not exist."),
        Label("{close}", "{close}"),
    ),
    "unknown_named_date": (
        Label(
            "{what} dépend de {name}, qui n'est pas une date du territoire.",
            "{what} hangs on {name}, which is no date of the territory.",
        ),
        Label("{close}", "{close}"),
    ),
    "unknown_mail": (
        Label("{what} nomme un courriel inconnu, {name}.", "{what} names an unknown e-mail, {name}."),
        Label("{close}", "{close}"),
    ),
    "unknown_recipient": (
        Label("{what} écrit à {name}, qui n'est personne.", "{what} writes to {name}, who is nobody."),
        Label("{close}", "{close}"),
    ),
    "unknown_deadline": (
        Label("{what} nomme une échéance inconnue, {name}.", "{what} names an unknown deadline, {name}."),
        Label("{close}", "{close}"),
    ),
    # the way
    "opens_nowhere": (
        Label("Aucune étape n'attend un dossier ordinaire.", "No stage awaits an ordinary file."),
        Label("Terminez opens par une étape sans when.", "End opens with a stage that has no when."),
    ),
    "unreachable_stage": (
        Label("Rien ne mène à {what}.", "Nothing leads to {what}."),
        Label("Ajoutez un pas qui y mène, ou retirez-la.", "Add a step that leads to it, or remove it."),
    ),
    "dead_end": (
        Label("On ne sort pas de {what}.", "There is no way out of {what}."),
        Label("Ajoutez un pas qui en part, ou dites kind: final.", "Add a step that leaves it, or say kind: final."),
    ),
    "endless": (
        Label("De {what}, aucun chemin ne mène à une fin.", "From {what}, no way leads to an end."),
        Label("Ajoutez un pas vers une étape finale.", "Add a step to a final stage."),
    ),
    "two_steps_of_one_name": (
        Label("Deux pas nommés {name} partent de {what}.", "Two steps called {name} leave {what}."),
        Label("Renommez l'un des deux.", "Rename one of the two."),
    ),
    # deadlines
    "deadline_leads_nowhere": (
        Label("{what} passe sans que rien n'arrive.", "{what} passes and nothing happens."),
        Label("Ajoutez à then un courriel ou un pas.", "Add an e-mail or a step to then."),
    ),
    "step_not_from_there": (
        Label("{what} prend le pas {name}, qui ne part d'aucune de ses étapes.",
              "{what} takes the step {name}, which leaves none of its stages."),
        Label("Choisissez un pas qui part de là.", "Choose a step that leaves from there."),
    ),
    "timed_fact_in_deadline": (
        Label("{what} s'arrête sur {name}, qui change avec le temps seul.",
              "{what} stops on {name}, which changes by time alone."),
        Label("Nommez un fait que quelqu'un note.", "Name a fact that somebody notes."),
    ),
    "promise_not_kept_here": (
        Label("{what} promet {name}, une échéance d'autres étapes.", "{what} promises {name}, a deadline of others."),
        Label("Ajoutez l'étape à during, ou promettez autre chose.", "Add the stage to during, or promise another."),
    ),
    "promise_contradicted": (
        Label("{what} laisse {own}, quand le territoire promet {promised}.",
              "{what} leaves {own}, when the territory promises {promised}."),
        Label("Raccourcissez ce délai, ou changez promises dans territory.yaml.",
              "Shorten it, or change promises in territory.yaml."),
    ),
    # e-mails
    "repeated_without_stop": (
        Label("{what} se répète et rien ne l'arrête.", "{what} repeats and nothing stops it."),
        Label("Ajoutez unless: et ce qui le rend inutile.", "Add unless: and what makes it useless."),
    ),
    "planned_in_final_stage": (
        Label("{what} est prévu dans l'étape finale {name}, qui ne le garde pas.",
              "{what} is planned in the final stage {name}, which does not keep it."),
        Label("Ajoutez-le à keeps de cette étape, ou retirez-la de during.",
              "Add it to that stage's keeps, or take the stage out of during."),
    ),
    "once_not_for_who_pressed": (
        Label("{what} part à toute heure vers {name}, qui n'a rien pressé.",
              "{what} leaves at any hour to {name}, who pressed nothing."),
        Label("Retirez at: once ; il partira à l'heure ouvrée suivante.",
              "Remove at: once; it will leave at the next sending hour."),
    ),
    "event_stops_before_rule": (
        Label("{what} précède sa date et s'arrête sur l'événement {name}.",
              "{what} comes before its date and stops on the event {name}."),
        Label("Nommez un état : un événement compte depuis la date.", "Name a state: an event counts from the date."),
    ),
    "before_an_event": (
        Label("{what} part avant {name}, que rien n'annonce.", "{what} leaves before {name}, which nothing foretells."),
        Label("Écrivez after, ou nommez une date.", "Write after, or name a date."),
    ),
    "never_true": (
        Label("{what} exige {name} et s'arrête sur {name}.", "{what} asks for {name} and stops on {name}."),
        Label("Retirez-le de when ou de unless.", "Remove it from when or from unless."),
    ),
    "nobody_to_write_to": (
        Label("{what} écrit à {name}, mais ce parcours n'a pas de règles lead.",
              "{what} writes to {name}, but this journey has no lead rules."),
        Label("Ajoutez lead:, ou écrivez à quelqu'un d'autre.", "Add lead:, or write to somebody else."),
    ),
    # texts
    "missing_text": (
        Label("{what} n'a pas de texte {name} ({languages}).", "{what} has no text {name} ({languages})."),
        Label("Écrivez {name}.md dans chaque langue.", "Write {name}.md in each language."),
    ),
    "unfillable_placeholder": (
        Label("{what} : le texte {name} ({languages}) demande {placeholder}, que rien ne remplit ici.",
              "{what}: the text {name} ({languages}) asks for {placeholder}, which nothing fills here."),
        Label("Retirez-le du texte, ou écrivez {optional} si sa ligne peut manquer.",
              "Remove it from the text, or write {optional} if its line may be left out."),
    ),
    # versions
    "renamed_rule": (
        Label("{what} s'appelait {name} : ceux qui l'ont reçu le recevraient encore.",
              "{what} was called {name}: who received it would receive it again."),
        Label("Rendez-lui son nom.", "Give it its name back."),
    ),
}  # fmt: skip


def fault(line: Line, code: str, where: Where | None = None, **values: str | Label) -> Fault:
    what, fix = SENTENCES[code]
    place = where or line.where
    said = {"what": thing(line), **values}
    return Fault(place.file, place.line, code, filled(what, said), filled(fix, said))


def filled(sentence: Label, values: dict[str, str | Label]) -> Label:
    french, english = (
        sentence[language].format(
            **{name: value if isinstance(value, str) else value[language] for name, value in values.items()}
        )
        for language in ("fr", "en")
    )
    return Label(french[:1].upper() + french[1:], english[:1].upper() + english[1:])


def thing(line: Line) -> Label:
    """What the line is, as each language calls it, with its name."""
    match line:
        case Stage():
            return Label(f"l'étape {line.name}", f"the stage {line.name}")
        case Step():
            return Label(f"le pas {line.name}", f"the step {line.name}")
        case Deadline():
            return Label(f"l'échéance {line.name}", f"the deadline {line.name}")
        case MailRule():
            return Label(f"le courriel {line.rule}", f"the e-mail {line.rule}")
        case Rung():
            return Label("un palier", "a rung")
        case Opening():
            return Label("une ouverture", "an opening")
        case LeadRules():
            return Label("lead", "lead")
    return Label("le parcours", "the journey")


def closest(name: str, known: list[str]) -> Label:
    found = get_close_matches(name, known, 1, 0.6)
    if found:
        return Label(f"Vouliez-vous dire {found[0]} ?", f"Did you mean {found[0]}?")
    listed = ", ".join(sorted(known)) if len(known) <= 12 else ""
    if listed:
        return Label(f"Noms connus : {listed}.", f"Known names: {listed}.")
    return Label("`ancrage journeys facts` donne les noms connus.", "`ancrage journeys facts` prints the known names.")
