"""Copies what the pages load from node_modules to crm/web/static/vendor (nothing comes from a third party)."""

import shutil
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
PACKAGES = CHECKOUT / "node_modules"
VENDOR = CHECKOUT / "crm" / "web" / "static" / "vendor"

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


if __name__ == "__main__":
    copy_to(VENDOR, ASSETS)
    copy_to(VENDOR / "fonts", FONTS)
    print(f"Page assets: {len(ASSETS) + len(FONTS)} files in {VENDOR.relative_to(CHECKOUT)}")
