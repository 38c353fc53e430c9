"""Every blueprint, in the order of the side menu."""

from flask import Blueprint

from crm.web import (
    accounts,
    accounts_team,
    board,
    case_files,
    desk,
    emails,
    health,
    journeys,
    leads,
    led_files,
    links,
    lists,
    partners,
    public,
    restored,
)

BLUEPRINTS: list[Blueprint] = [
    public.blueprint,
    leads.blueprint,
    led_files.blueprint,
    links.blueprint,
    accounts.blueprint,
    desk.blueprint,
    lists.blueprint,
    board.blueprint,
    case_files.blueprint,
    emails.blueprint,
    restored.blueprint,
    partners.blueprint,
    journeys.blueprint,
    accounts_team.blueprint,
    health.blueprint,
]
