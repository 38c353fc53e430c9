"""From a row to the message that leaves: its values, its links, its words in their frame, its bytes."""

from crm.outgoing.writing import Writer

__all__ = ["Writer"]
