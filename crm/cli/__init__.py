"""The command line door: `ancrage`, one file per subject."""

from crm.cli.main import main

__all__ = ["main"]
