"""A figure: what was measured, and the bare thing it stands beside."""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Figure:
    """`ours` and `bare` as said, in their unit; `ratio` of the same run: bare over ours, 1 being as fast as bare."""

    what: str
    ours: str
    bare: str = ""
    ratio: str = ""


def seconds(act: Callable[[], object]) -> float:
    gc.collect()
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def middle(times: list[float]) -> float:
    return median(times)


def milliseconds(value: float) -> str:
    return f"{value * 1000:.2f} ms"
