"""Copies what the pages load from node_modules to crm/web/static/vendor (nothing comes from a third party)."""

import re
import shutil
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
PACKAGES = CHECKOUT / "node_modules"
STATIC = CHECKOUT / "crm" / "web" / "static"
VENDOR = STATIC / "vendor"

FONTS = [
    f"@fontsource-variable/{family}/files/{family}-{alphabet}-wght-normal.woff2"
    for family in ("inter", "bricolage-grotesque")
    for alphabet in ("latin", "latin-ext")
]

ASSETS = [
    "@tabler/core/dist/css/tabler.min.css",
    "htmx.org/dist/htmx.min.js",
    "sortablejs/Sortable.min.js",
]


def copy_to(folder: Path, sources: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for source in sources:
        shutil.copyfile(PACKAGES / source, folder / Path(source).name)


def symbol(name: str) -> str:
    drawing = (PACKAGES / "@tabler/icons/icons/outline" / f"{name}.svg").read_text()
    shapes = " ".join(re.findall(r"<(?!svg)[a-z]+[^>]*/>", drawing))
    return f'  <symbol id="{name}" viewBox="0 0 24 24">{shapes}</symbol>'


def draw_icons() -> int:
    """One sheet with the icons that the pages name; an icon that does not exist stops us here."""
    names = (STATIC / "icons.txt").read_text().split()
    symbols = "\n".join(symbol(name) for name in names)
    (VENDOR / "icons.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n')
    return len(names)


if __name__ == "__main__":
    copy_to(VENDOR, ASSETS)
    copy_to(VENDOR / "fonts", FONTS)
    print(f"Page assets: {len(ASSETS)} files, {len(FONTS)} fonts and {draw_icons()} icons")
