"""Every blueprint, in the order of the side menu."""

from flask import Blueprint

from crm.web import accounts, case_files, desk, emails, leads, led_files, links, lists, public

BLUEPRINTS: list[Blueprint] = [
    public.blueprint,
    leads.blueprint,
    led_files.blueprint,
    links.blueprint,
    accounts.blueprint,
    desk.blueprint,
    lists.blueprint,
    case_files.blueprint,
    emails.blueprint,
]
