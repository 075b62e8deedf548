"""The data of a paper as JSON and back, types kept: dates, times, decimals, tuples, dataclasses."""

from __future__ import annotations

import dataclasses
import importlib
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any

from markupsafe import Markup

TAG = "$"
PACKAGES = ("portal.", "tests.")
"""Where classes named in a payload may come from."""


def encode(value: object) -> Any:  # noqa: ANN401 - JSON
    """Turn a value into JSON that remembers its types.

    Raises:
        TypeError: if the value, or something in it, is of a type that papers do not carry.

    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {f.name: encode(getattr(value, f.name)) for f in dataclasses.fields(value)}
        return {TAG: "data", "of": _name(type(value)), "v": fields}
    if isinstance(value, Enum):
        return {TAG: "enum", "of": _name(type(value)), "v": value.value}
    if isinstance(value, Markup):
        return {TAG: "html", "v": str(value)}
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return _encode_container(value)


def _encode_container(value: object) -> Any:  # noqa: ANN401
    if isinstance(value, list):
        return [encode(item) for item in value]
    if isinstance(value, tuple):
        return {TAG: "tuple", "v": [encode(item) for item in value]}
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value) or TAG in value:
            message = "papers carry dictionaries with plain text keys only"
            raise TypeError(message)
        return {key: encode(item) for key, item in value.items()}
    if isinstance(value, datetime):
        return {TAG: "datetime", "v": value.isoformat()}
    for kind, name in ((date, "date"), (time, "time"), (Decimal, "decimal")):
        if isinstance(value, kind):
            return {TAG: name, "v": str(value)}
    message = f"papers do not carry {type(value).__name__}"
    raise TypeError(message)


_SCALARS = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
    "decimal": Decimal,
    "html": Markup,
}


def decode(value: Any) -> Any:  # noqa: ANN401 - whatever was encoded
    """Bring back what ``encode`` was given.

    Raises:
        TypeError: if the JSON names a type that papers do not carry.

    """
    if isinstance(value, list):
        return [decode(item) for item in value]
    if not isinstance(value, dict):
        return value
    if TAG not in value:
        return {key: decode(item) for key, item in value.items()}
    kind, inner = value[TAG], value["v"]
    if kind == "data":
        return _class(value["of"])(**{name: decode(item) for name, item in inner.items()})
    if kind == "enum":
        return _class(value["of"], Enum)(inner)
    return tuple(decode(item) for item in inner) if kind == "tuple" else _SCALARS[kind](inner)


def _name(kind: type) -> str:
    return f"{kind.__module__}:{kind.__qualname__}"


def _class(name: str, base: type | None = None) -> Any:  # noqa: ANN401 - a class
    module, _, path = name.partition(":")
    found: Any = importlib.import_module(module) if module.startswith(PACKAGES) else None
    for part in path.split("."):
        found = getattr(found, part, None)
    fits = issubclass(found, base) if base and isinstance(found, type) else True
    if not isinstance(found, type) or not fits or not (base or dataclasses.is_dataclass(found)):
        message = f"papers do not carry {name}"
        raise TypeError(message)
    return found
