"""The clock's door: it reads the time, commits, and hands the message to whoever carries it."""

from crm.clock.running import ask_again, run_clock
from crm.clock.turning import Turned, turn
from crm.clock.works import Works, put_together

__all__ = ["Turned", "Works", "ask_again", "put_together", "run_clock", "turn"]
