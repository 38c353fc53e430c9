"""Whether each e-mail of a journey has its text in each language, and each text what fills it."""

from collections.abc import Iterable, Iterator, Mapping

from workflows.availability import missing_placeholders
from workflows.fault_sentences import fault
from workflows.faults import Fault
from workflows.journey import Journey, MailRule
from workflows.words import Text

Texts = Mapping[tuple[str, str], Text]


def broken_texts(journey: Journey, texts: Texts, languages: Iterable[str]) -> Iterator[Fault]:
    for rule in journey.all_mails:
        for language in languages:
            yield from broken_text(journey, rule, texts.get((rule.mail, language)), language)


def broken_text(journey: Journey, rule: MailRule, text: Text | None, language: str) -> Iterator[Fault]:
    if text is None:
        yield fault(rule, "missing_text", name=rule.mail, language=language)
        return
    for name in missing_placeholders(journey, rule, text):
        yield fault(
            rule, "unfillable_placeholder", name=rule.mail, language=language,
            placeholder=f"{{{name}}}", optional=f"{{{name}?}}",
        )  # fmt: skip
