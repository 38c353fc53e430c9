"""Every blueprint, in the order of the side menu."""

BLUEPRINTS: list = []
