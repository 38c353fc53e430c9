"""Journey files as the command line is given them: by path, folder or not at all, with what they include beside them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import click

from config.settings import Settings
from config.territory import Territory
from crm.mail.texts import read_texts
from workflows.check import check_files
from workflows.check_texts import Texts
from workflows.faults import Fault
from workflows.reading import declared_name


@dataclass(frozen=True)
class JourneyFile:
    """`name` is what the file calls itself, failing that its own name."""

    name: str
    path: Path
    text: str

    @property
    def shown(self) -> str:
        here = Path.cwd()
        return str(self.path.relative_to(here) if self.path.is_relative_to(here) else self.path)


def read(path: Path) -> JourneyFile:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8.") from error
    return JourneyFile(declared_name(text) or path.stem, path.absolute(), text)


def asked_for(paths: Iterable[Path], default: Path) -> list[JourneyFile]:
    """A folder stands for all its files."""
    found = [
        each for path in list(paths) or [default] for each in (sorted(path.glob("*.yaml")) if path.is_dir() else [path])
    ]
    return [read(path) for path in found]


def around(file: JourneyFile, default: Path) -> dict[str, JourneyFile]:
    """The file by its name, with those of its folder and, failing that, of the territory: what it may include."""
    others = [read(path) for folder in (default, file.path.parent) for path in sorted(folder.glob("*.yaml"))]
    return {each.name: each for each in others} | {file.name: file}


@dataclass(frozen=True)
class Judge:
    """What journeys are held against: the texts, and what the territory says."""

    texts: Texts
    languages: tuple[str, ...]
    named_dates: tuple[str, ...]
    promises: Mapping[str, int]


def faults_of(file: JourneyFile, default: Path, judge: Judge) -> list[Fault]:
    """A shared part is judged through every journey around it."""
    files = around(file, default)
    found = check_files(
        texts_of(files), judge.texts, judge.languages, judge.named_dates, promises=judge.promises, only=[file.name]
    )
    return [replace(each, file=files[each.file.removesuffix(".yaml")].shown) for each in found]


def texts_of(files: Mapping[str, JourneyFile]) -> dict[str, str]:
    return {name: file.text for name, file in files.items()}


def journey_folder(settings: Settings) -> Path:
    return settings.territory / "journeys"


def judge_of(settings: Settings, territory: Territory) -> Judge:
    return Judge(
        texts=read_texts(settings.templates / "emails"),
        languages=territory.languages,
        named_dates=tuple(name for name, years in territory.named_dates.items() if years),
        promises=territory.promises.model_dump(),
    )
