"""YAML → Journey. Strict on form (keys, types, spans); what the names refer to is for check.py to say."""

from collections.abc import Mapping

from workflows.journey import Journey


def read_journey(name: str, files: Mapping[str, str], version: int = 0) -> Journey:
    """`files` maps a journey's or a shared part's name to its YAML text: {"family": …, "prospect": …}."""
    raise NotImplementedError
