"""Counting without reading everything: no further than one beyond what a page says in figures."""

from typing import Any

from sqlalchemy import ScalarSelect, Select, func, literal, select

MOST = 1_000
"""Beyond it a page says "plus de 1 000"."""


def up_to_most(query: Select[Any]) -> ScalarSelect[int]:
    """How many rows the query has, MOST + 1 standing for more: its cost does not grow with their number."""
    few = query.with_only_columns(literal(1).label("one"), maintain_column_froms=True).limit(MOST + 1).subquery()
    return select(func.count()).select_from(few).scalar_subquery()
