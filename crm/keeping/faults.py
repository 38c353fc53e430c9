"""What keeps us from keeping, as a sentence for whoever asked."""


class KeepingError(Exception):
    pass
