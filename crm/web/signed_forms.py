"""The token of a form that must work without a cookie, in a partner's page: signed, dated, bound to its purpose."""

from datetime import UTC, datetime, timedelta

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

SALT = "public form"
LIVES = timedelta(days=7)


def sign(purpose: str, at: datetime) -> str:
    return str(_signer(purpose).dumps(int(at.timestamp())))


def signed_at(token: str, purpose: str, at: datetime) -> datetime | None:
    """When the form was shown; None when the token is not ours, is of another form, or is over a week old."""
    try:
        shown = datetime.fromtimestamp(int(_signer(purpose).loads(token)), UTC)
    except (BadData, ValueError, TypeError, OverflowError):
        return None
    return shown if timedelta(minutes=-5) <= at - shown <= LIVES else None


def _signer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt=f"{SALT}: {purpose}")
