"""Places where a test may have the process killed: what is promised about a crash is shown by crashing."""

import os
import signal
from dataclasses import dataclass


@dataclass(frozen=True)
class Failpoint:
    """`claimed`, `marked` and `outcome` come right after their commit, `dot` between the answer and its commit."""

    at: str = ""

    def reached(self, point: str) -> None:
        if point == self.at:
            os.kill(os.getpid(), signal.SIGKILL)
