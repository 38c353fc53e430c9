"""The communes of a territory, found by code, by name however it is written, or by postal code.

Source of config/drome/communes.csv: @etalab/decoupage-administratif 6.0.0 (data under Licence Ouverte 2.0).
A postal code may span several EPCI: a file is routed by INSEE code, never by postal code.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from config.reading import ConfigurationError
from workflows.folding import fold

SHORTENED = {"st": "saint", "ste": "sainte", "s": "sur", "lez": "les"}
ARTICLES = ("la", "le", "les", "l")
CLOSE_ENOUGH = 82  # of 100; "Valance" is 86 from "Valence"
COLUMNS = {"insee_code", "name", "postal_codes", "population", "epci_siren", "epci_name"}


@dataclass(frozen=True)
class Commune:
    insee_code: str
    name: str
    postal_codes: tuple[str, ...]
    population: int
    epci_siren: str
    epci_name: str

    @property
    def label(self) -> str:
        return f"{self.name} ({', '.join(self.postal_codes)})"


@dataclass(frozen=True)
class Match:
    """The commune meant, if only one can be; otherwise those that come close."""

    commune: Commune | None
    postal_code_differs: bool = False
    close: tuple[Commune, ...] = ()


class Communes:
    def __init__(self, communes: Iterable[Commune]) -> None:
        self.all = tuple(communes)
        self.by_code = {commune.insee_code: commune for commune in self.all}
        self.epcis = {commune.epci_siren: commune.epci_name for commune in self.all if commune.epci_siren}
        self._keys = {commune.insee_code: _key(commune.name) for commune in self.all}

    def named(self, insee_code: str | None) -> Commune | None:
        return self.by_code.get(insee_code or "")

    def search(self, text: str, limit: int = 8) -> tuple[Commune, ...]:
        """Completion of a field: exact first, then names that begin so, then names with a word that begins so."""
        name, postal = _split(text)
        if not name and not postal:
            return ()
        among = [(self._rank(commune, name), commune) for commune in self.all if _has_postal(commune, postal)]
        found = sorted((-rank, -c.population, c.name, c) for rank, c in among if rank)[:limit]
        return tuple(row[3] for row in found)

    def find(self, text: str, postal_code: str = "") -> Match:
        """What a cell of a spreadsheet means. Never a guess: a shortened name needs to be the only one."""
        name, written = _split(text)
        postal = postal_code if re.fullmatch(r"\d{5}", postal_code) else written
        if not name:
            return self._alone([c for c in self.all if postal and postal in c.postal_codes], postal)
        if exact := [c for c in self.all if name in self._full_names(c)]:
            return self._alone([c for c in exact if postal in c.postal_codes] or exact, postal)
        shortened = [c for c in self.all if self._begins(c, name)]
        if there := [c for c in shortened if not postal or postal in c.postal_codes]:
            return self._alone(there, postal)
        return Match(None, close=tuple(shortened[:3]) or self._resembling(name))

    def _alone(self, found: list[Commune], postal: str) -> Match:
        if len(found) != 1:
            return Match(None, close=tuple(sorted(found, key=lambda c: -c.population)[:3]))
        return Match(found[0], postal_code_differs=bool(postal) and postal not in found[0].postal_codes)

    def _resembling(self, name: str) -> tuple[Commune, ...]:
        best = process.extract(name, self._keys, scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH, limit=3)
        return tuple(self.by_code[code] for _, _, code in best)

    def _full_names(self, commune: Commune) -> set[str]:
        key = self._keys[commune.insee_code]
        first, _, rest = key.partition(" ")
        return {key, rest} if first in ARTICLES and rest else {key}

    def _begins(self, commune: Commune, name: str) -> bool:
        return any(full.startswith(f"{name} ") for full in self._full_names(commune))

    def _rank(self, commune: Commune, name: str) -> int:
        key = self._keys[commune.insee_code]
        if not name or key == name:
            return 3
        if any(full.startswith(name) for full in self._full_names(commune)):
            return 2
        return 1 if f" {name}" in key else 0


def communes(folder: Path) -> Communes:
    path = folder / "communes.csv"
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
    except FileNotFoundError:
        raise ConfigurationError([f"{path}: this file does not exist"]) from None
    missing = COLUMNS - set(rows[0] if rows else ())
    if missing:
        raise ConfigurationError([f"{path}, line 1: columns missing: {', '.join(sorted(missing))}"])
    return Communes(_commune(path, number, row) for number, row in enumerate(rows, start=2))


def _commune(path: Path, line: int, row: dict[str, str]) -> Commune:
    codes = tuple(re.findall(r"\d{5}", row["postal_codes"] or ""))
    if not re.fullmatch(r"\d[\dAB]\d{3}", row["insee_code"] or "") or not row["name"]:
        raise ConfigurationError([f"{path}, line {line}: an INSEE code of five characters and a name are expected"])
    population = int(row["population"]) if (row["population"] or "").isdigit() else 0
    return Commune(row["insee_code"], row["name"], codes, population, row["epci_siren"] or "", row["epci_name"] or "")


def _split(text: str) -> tuple[str, str]:
    """The name as it is compared and the postal code (or its beginning), whichever way round they are written."""
    digits = re.search(r"(?<!\d)\d{2,5}(?!\d)", text)
    return _key(text.replace(digits.group(), " ") if digits else text), digits.group() if digits else ""


def _key(name: str) -> str:
    return " ".join(SHORTENED.get(word, word) for word in fold(name).split())


def _has_postal(commune: Commune, postal: str) -> bool:
    return not postal or any(code.startswith(postal) for code in commune.postal_codes)
