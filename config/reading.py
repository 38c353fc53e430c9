"""A YAML file of the territory, read into a strict model; what is wrong is said with file, line and key."""

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

Model = TypeVar("Model", bound=BaseModel)
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""In C where the wheel has it: each command reads these files."""

SENTENCES = {
    "missing": "this key is missing",
    "extra_forbidden": "this key is not known",
    "string_type": "a text is expected, in quotation marks if it looks like a number or an hour",
    "int_type": "a whole number is expected",
    "bool_type": "true or false is expected",
    "tuple_type": "a list is expected",
    "dict_type": "lines of “key: value” are expected",
    "model_type": "lines of “key: value” are expected",
    "string_too_short": "this text is empty",
    "literal_error": "one of the known words is expected",
    "string_pattern_mismatch": "this text is not of the form expected",
    "greater_than_equal": "this number is too small",
}


class ConfigurationError(ValueError):
    """A file of the territory cannot be used; the message says where, what and the fix, one fault a line."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def read_into(model: type[Model], path: Path) -> Model:
    node = _composed(path)
    repeated = _repeated_keys(node)
    if repeated:
        raise ConfigurationError([f"{path}, line {line}, {key}: this key is written twice" for key, line in repeated])
    try:
        return model.model_validate(_frozen(_loaded(path)))
    except ValidationError as error:
        raise ConfigurationError([_fault(path, node, each) for each in error.errors()]) from error


def _composed(path: Path) -> yaml.Node:
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=LOADER)
    except FileNotFoundError:
        raise ConfigurationError([f"{path}: this file does not exist"]) from None
    except UnicodeDecodeError:
        raise ConfigurationError([f"{path}: this file is not in UTF-8; save it again as UTF-8"]) from None
    except yaml.YAMLError as error:
        raise ConfigurationError([f"{path}, {_at(error)}: this is not readable YAML"]) from None
    if not isinstance(node, yaml.MappingNode):
        raise ConfigurationError([f"{path}: lines of “key: value” are expected"])
    return node


def _loaded(path: Path) -> Any:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)
    except (yaml.YAMLError, ValueError) as error:  # an impossible date such as 2027-02-30 is a bare ValueError
        raise ConfigurationError([f"{path}: a value cannot be read ({error})"]) from None


def _frozen(value: Any) -> Any:
    """Lists as tuples, so that strict types accept them."""
    if isinstance(value, dict):
        return {key: _frozen(each) for key, each in value.items()}
    return tuple(_frozen(each) for each in value) if isinstance(value, list) else value


def _at(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"line {mark.line + 1}" if mark else str(error)


def _repeated_keys(node: yaml.Node, under: str = "") -> list[tuple[str, int]]:
    if isinstance(node, yaml.SequenceNode):
        return [fault for child in node.value for fault in _repeated_keys(child, under)]
    if not isinstance(node, yaml.MappingNode):
        return []
    seen: set[str] = set()
    faults = []
    for key, value in node.value:
        if key.value in seen:
            faults.append((f"{under}{key.value}", key.start_mark.line + 1))
        seen.add(key.value)
        faults += _repeated_keys(value, f"{under}{key.value}.")
    return faults


def _fault(path: Path, node: yaml.Node, error: ErrorDetails) -> str:
    key = ".".join(str(part) for part in error["loc"] if part != "[key]")
    return f"{path}, line {_line(node, error['loc'])}{', ' + key if key else ''}: {_sentence(error)}"


def _sentence(error: ErrorDetails) -> str:
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    sentence = SENTENCES.get(error["type"], error["msg"])
    return sentence if error["type"] in ("missing", "extra_forbidden") else f"{sentence} (read: {error['input']!r})"


def _line(node: yaml.Node, loc: tuple[int | str, ...]) -> int:
    """The line of the deepest part of the path that is written in the file."""
    line = node.start_mark.line + 1
    for part in loc:
        if isinstance(node, yaml.MappingNode):
            found = [(key, value) for key, value in node.value if key.value == str(part)]
            if not found:
                return line
            line, node = found[0][0].start_mark.line + 1, found[0][1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
    return line
