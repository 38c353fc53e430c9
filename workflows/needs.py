"""The kinds of need of a household, in both languages, and those that a journey opens by default."""

NEEDS: dict[str, dict[str, str]] = {
    "housing": {"fr": "logement", "en": "housing"},
    "spouse_job": {"fr": "emploi du conjoint", "en": "spouse's job"},
    "job": {"fr": "emploi", "en": "job"},
    "school": {"fr": "école", "en": "school"},
    "childcare": {"fr": "garde d'enfants", "en": "childcare"},
    "practice": {"fr": "lieu d'exercice", "en": "practice"},
    "premises": {"fr": "local ou terrain", "en": "premises or land"},
    "takeover": {"fr": "entreprise à reprendre", "en": "business to take over"},
    "funding": {"fr": "financement", "en": "funding"},
    "recruitment": {"fr": "recrutement", "en": "recruitment"},
    "course": {"fr": "formation", "en": "course of study"},
    "transport": {"fr": "transports", "en": "transport"},
    "healthcare": {"fr": "accès aux soins", "en": "access to care"},
    "social_life": {"fr": "vie sociale", "en": "social life"},
}

_ALWAYS = {
    "health_professional": ("housing", "practice"),
    "entrepreneur": ("premises", "funding"),
    "family": ("housing",),
    "student": ("housing",),
}


def opened_by_default(
    journey: str, *, co_applicant: bool, child_under_3: bool, child_at_school: bool
) -> tuple[str, ...]:
    """A spouse's job, a crèche and a school are needs of whoever has a spouse and children."""
    needs = list(_ALWAYS.get(journey, ()))
    if co_applicant and journey in ("health_professional", "family"):
        needs.append("spouse_job")
    if journey in ("health_professional", "family"):
        needs += ["childcare"] * child_under_3 + ["school"] * child_at_school
    return tuple(needs)
