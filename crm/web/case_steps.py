"""Steps: taken in one press, or after what they ask; sleep and closing have a page of their own."""

from typing import Any

from flask import abort, g, render_template, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from crm.operations import steps
from crm.operations.case_page import CasePage, page_of
from crm.records.case_files import CaseFile
from crm.web import door, filters
from crm.web.case_blueprint import blueprint, done, found, is_overtaken
from crm.web.case_forms import WORD, CaseForm
from crm.web.case_moved import moved_page, stage_now
from crm.web.case_next import Asks, act_of_step, asks_of, causes, label_of
from crm.web.case_shown import attempts, page_shown, today
from crm.web.case_telling import Telling, telling
from crm.web.case_words import NO, THREE_TRIES, YES, choices_named
from crm.web.languages import language
from crm.web.public_fields import Choice, Day, Paragraph
from workflows.effects import PossibleStep
from workflows.reasons import chosen


class TakeStep(CaseForm):
    """What one step asks, and no more. `tries`: calls in vain, three of which allow closing as unreachable."""

    day = Day(_("Le"))
    reason = Choice(_("Pour quelle raison ?"))
    tell = Choice(_("Le lui dire ?"))
    word = Paragraph(_("Un mot pour le journal"), longest=WORD)

    def __init__(self, *args: Any, asks: Asks, journey: str, tries: int, telling: Telling | None = None, **more: Any):
        self.asks, self.tries, self.telling = asks, tries, telling
        self.coded = choices_named(asks.reasons, journey) if asks.reasons else ()
        super().__init__(*args, **more)
        self.day.named = (
            gettext("Le jour de l’arrivée") if asks.day == "arrived_on" else gettext("Le jour de la reprise")
        )

    def offer(self) -> None:
        self.reason.choices = [(each.code, each.code) for each in self.coded]
        self.tell.choices = [(code, code) for code in (YES, NO)]
        if not self.tell.data:
            self.tell.data = self.telling.chosen if self.telling else YES

    def check_together(self) -> bool:
        right = self._check_day()
        right = self._check_reason() and right
        if self.asks.word and not self.word.data:
            return self.refuse("word", gettext("Quelques mots : ils gardent la preuve au journal."))
        return right

    def _check_day(self) -> bool:
        if not self.asks.day or self.day.errors:
            return not self.day.errors
        if self.day.day is None:
            return self.refuse("day", gettext("Écrivez le jour, par exemple 15/03/2027."))
        if self.asks.day == "wake_on" and self.day.day <= self.today:
            return self.refuse("day", gettext("La reprise est un jour à venir."))
        if self.asks.day == "arrived_on" and self.day.day > self.today:
            return self.refuse("day", gettext("L’arrivée se note une fois qu’elle a eu lieu."))
        return True

    def _check_reason(self) -> bool:
        if not self.asks.reasons or self.reason.errors:
            return not self.reason.errors
        coded = chosen(self.coded, self.reason.data)
        if coded is None:
            return self.refuse("reason", gettext("Choisissez une raison."))
        if coded.asks == "word" and not self.word.data:
            return self.refuse("word", gettext("Quelques mots, pour qui relira ce dossier."))
        if coded.asks == "three_attempts" and self.tries < THREE_TRIES:
            return self.refuse(
                "reason", gettext("Il faut trois essais datés ; %(count)s au journal.", count=self.tries)
            )
        return True


@blueprint.route("/dossiers/<reference>/pas/<step>", methods=["GET", "POST"])
def step(reference: str, step: str) -> Any:
    case_file = found(reference, keeps_typed=True)
    page = page_of(g.session, g.ground, case_file, g.at)
    wanted = next((each for each in page.steps if each.name == step), None)
    if wanted is None:
        return moved_page(case_file) if step in {each.name for each in page.journey.steps} else abort(404)
    form = TakeStep(
        request.form if request.method == "POST" else request.args,
        today=today(),
        asks=asks_of(page, wanted),
        journey=case_file.journey,
        tries=attempts(page),
        telling=telling(page, wanted),
    )
    if request.method == "GET":
        return step_page(page, wanted, form)
    if is_overtaken(case_file):
        return step_page(page, wanted, form, 409, stage_now(page))
    if not form.validate():
        return _again(page, wanted, form)
    take(case_file, wanted, form)
    return done(case_file, _taken(case_file, wanted), undo=True)


def take(case_file: CaseFile, wanted: PossibleStep, form: TakeStep) -> None:
    session, ground, at, by, word = g.session, g.ground, g.at, door.by(), form.word.data or ""
    tell = form.tell.data == YES
    if wanted.name in ("close", "leave"):
        steps.close(session, ground, case_file, form.reason.data, at, by, word, tell)
    elif wanted.name == "pause" and form.day.day:
        steps.pause(session, ground, case_file, form.day.day, at, by, word, tell)
    elif wanted.name == "reopen":
        steps.reopen(session, ground, case_file, at, by, word)
    else:
        asks = form.asks
        facts = {fact: True for fact in (asks.word, "stay_unneeded" if asks.reasons == "stay_unneeded" else "") if fact}
        dates = {asks.day: form.day.day} if asks.day and form.day.day else {}
        values = {"reason": form.reason.data} if form.reason.data else {}
        steps.take_step(session, ground, case_file, wanted.name, at, by, facts, dates, values, word)


def step_page(page: CasePage, wanted: PossibleStep, form: TakeStep, code: int = 200, moved: str = "") -> Any:
    words = {
        "moved": moved,
        "file": page.case_file,
        "step": wanted,
        "label": label_of(page, wanted),
        "form": form,
        "causes": causes(page.foresee(act_of_step(page, wanted))),
        "led": page.case_file.lead_kind == "accepted",
    }
    return render_template("case_files/step.html", **words), code


def _again(page: CasePage, wanted: PossibleStep, form: TakeStep) -> Any:
    """On the page that asked: that of the step, or that of the file."""
    if request.form.get("on_page"):
        return step_page(page, wanted, form, 422)
    return page_shown(page.case_file, 422, "", **{f"step-{wanted.name}": form})


def _taken(case_file: CaseFile, wanted: PossibleStep) -> str:
    journey = g.ground.journey(g.session, case_file.journey, case_file.journey_version)
    return gettext("Étape : %(stage)s.", stage=filters.said(journey.stage(case_file.stage).label[language()]))
