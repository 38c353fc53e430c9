"""The figures of the desk as Prometheus reads them. Their table stands in docs/watching.md."""

from collections.abc import Iterable, Iterator

from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector, CollectorRegistry

from crm.operations.standing import Figures
from workflows.situation import MailStatus


class Registry(CollectorRegistry):
    """Of one reading: nothing is kept between two, so that several processes never tell different things."""

    def __init__(self, told: Figures) -> None:
        super().__init__(auto_describe=False)
        self.register(Reading(told))


class Reading(Collector):
    def __init__(self, told: Figures) -> None:
        self.told = told

    def collect(self) -> Iterator[Metric]:
        yield by_status(self.told)
        for name, words, value in gauges(self.told):
            if value is not None:
                yield GaugeMetricFamily(f"ancrage_{name}", words, value=value)

    def describe(self) -> Iterable[Metric]:
        return []


def by_status(told: Figures) -> GaugeMetricFamily:
    """Each status has its line, also at nought: a figure that is absent raises no alarm."""
    family = GaugeMetricFamily("ancrage_emails", "E-mails by status.", labels=["status"])
    for status in MailStatus:
        family.add_metric([status.value], told.emails.get(status.value, 0))
    return family


def gauges(told: Figures) -> list[tuple[str, str, float | None]]:
    return [
        ("oldest_ready_email_seconds", "Age of the e-mail that has been ready longest; 0 when none is.", told.oldest_ready or 0),
        ("sending_stopped", "1 while the mail server takes nothing from us.", float(told.sending_stopped)),
        ("clock_last_turn_seconds", "Seconds since the clock last turned; absent when it never did.", told.since_turn),
        ("open_case_files", "Case files neither settled nor closed.", told.open_files),
        ("worklist_lines", "Lines that wait for a person.", told.lines),
    ]  # fmt: skip
