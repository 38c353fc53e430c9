"""`make bench`: measures, prints, and writes docs/benchmarks.md. Figures of one run compare with each other only."""

import os
import platform
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from tests.benchmarks import many, pages, sizes, steps
from tests.benchmarks.desks import copied, grown, multiplied
from tests.benchmarks.figures import Figure
from tests.databases import PostgresServer

PAGE = Path(__file__).resolve().parents[2] / "docs" / "benchmarks.md"
FILES = int(os.environ.get("FILES", "10_000"))
INTRODUCTION = """# What it costs

Measured by `make bench` ({when}, {machine}). The figures of one run compare with each other, not with those of another
machine: what counts is the ratio, *the bare thing over ours* (1 would be as fast as bare). No test asserts a time.

| what | ours | bare | ratio |
| --- | --- | --- | --- |
"""


def main() -> None:
    figures = []
    with TemporaryDirectory() as folder:
        for figure in measured(Path(folder)):
            print(f"{figure.what}: {figure.ours}  {figure.bare}  {figure.ratio}", flush=True)
            figures.append(figure)
    PAGE.write_text(page(figures))
    print(f"written to {PAGE.relative_to(PAGE.parents[1])}")


def measured(folder: Path) -> Iterator[Figure]:
    yield from steps.on_sqlite(folder)
    server = PostgresServer(Path(mkdtemp(prefix="ancrage-postgres-")))
    try:
        yield from steps.on_postgres(server, folder)
    finally:
        server.stop()
    yield many.imported(folder)
    began = time.process_time()
    parts = grown(f"sqlite:///{folder}/many.db", folder)
    yield Figure("The demo cast grown, eight months of a desk", f"{time.process_time() - began:.0f} s of one processor")
    few = copied(parts, folder / "few.db")
    multiplied(few, 1_000, many.EMAILS_EACH)
    files = multiplied(parts, FILES, many.EMAILS_EACH)
    yield many.foreseen(parts, files)
    yield many.in_memory(parts, files)
    yield many.idle_turn(parts, files)
    yield pages.listed(parts, files)
    yield from sizes.compared(few, parts, files)
    few.database.dispose()
    parts.database.dispose()


def page(figures: list[Figure]) -> str:
    head = INTRODUCTION.format(when=datetime.now(UTC).date().isoformat(), machine=machine())
    return head + "".join(f"| {each.what} | {each.ours} | {each.bare} | {each.ratio} |\n" for each in figures)


def machine() -> str:
    load = os.getloadavg()[0]
    python = sys.version.split()[0]
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, load {load:.1f}, Python {python}"


if __name__ == "__main__":
    main()
