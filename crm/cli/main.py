"""`ancrage`: the commands in the order in which one meets them."""

import click

from config.reading import ConfigurationError
from config.settings import SettingsError
from crm.cli import setting_up
from crm.cli.doctor import doctor
from crm.cli.importing import import_file
from crm.cli.journeys import journeys
from crm.cli.keeping import backup, restore, upgrade
from crm.cli.outbox import emails, why
from crm.cli.playing import forecast, tick
from crm.cli.privacy import erase_person, export_person, register, slips, sweep
from crm.cli.serving import clock, run, web
from crm.cli.users import user
from crm.keeping.faults import KeepingError
from crm.log import lines
from crm.mail.address import MailUrlError
from workflows.faults import JourneyError


class Sentences(click.Group):
    """What is wrong is said in a sentence, never by a traceback."""

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except (SettingsError, ConfigurationError, JourneyError, KeepingError, MailUrlError) as fault:
            raise click.ClickException(str(fault)) from fault


@click.group(cls=Sentences, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Ancrage: the welcome desk of a territory that wants newcomers to come and stay.

    Exit codes: 0 done; 1 refused or nothing done, and a sentence says why; 2 the words of the command were not understood.
    """
    lines.speak()


for command in (
    setting_up.setup, run, web, clock, tick, forecast, emails, why, journeys, import_file, user, doctor, register,
    export_person, erase_person, slips, sweep, backup, restore, upgrade,
):  # fmt: skip
    main.add_command(command)
