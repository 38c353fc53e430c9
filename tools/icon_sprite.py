"""Draws crm/web/static/vendor/icons.svg: one symbol for each icon named in crm/web/static/icons.txt, from @tabler/icons (outline)."""

import re
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
OUTLINES = CHECKOUT / "node_modules" / "@tabler" / "icons" / "icons" / "outline"
STATIC = CHECKOUT / "crm" / "web" / "static"
DRAWING = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


def symbol(name: str) -> str:
    file = OUTLINES / f"{name}.svg"
    if not file.exists():
        sys.exit(f"icons.txt names {name}, which Tabler Icons does not have")
    found = DRAWING.search(file.read_text(encoding="utf-8"))
    return f'<symbol id="{name}" viewBox="0 0 24 24">{found[1].strip() if found else ""}</symbol>'


def sprite() -> str:
    names = (STATIC / "icons.txt").read_text(encoding="utf-8").split()
    return "\n".join(['<svg xmlns="http://www.w3.org/2000/svg">', *map(symbol, names), "</svg>\n"])


if __name__ == "__main__":
    (STATIC / "vendor").mkdir(exist_ok=True)
    (STATIC / "vendor" / "icons.svg").write_text(sprite(), encoding="utf-8")
