"""The filter bar: what the address asks for, as conditions, and as tags that can be taken off."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, NamedTuple, TypeVar

import sqlalchemy as sa
from werkzeug.datastructures import MultiDict

from portal.core.forms.box import Text

Row = TypeVar("Row", bound=tuple[Any, ...])
Where = Callable[[list[Any]], Any]


class Kept(NamedTuple):
    """One value that narrows the list, and the address arguments without it."""

    label: str
    text: str
    without: dict[str, list[str]]


@dataclass(frozen=True)
class Filter:
    """One thing to narrow a list by.

    ``where`` turns the chosen values into a condition. ``offer`` are enum members or
    ``(value, label)``; without it the filter takes free text, such as a search.
    """

    name: str
    label: Text
    where: Where
    offer: Iterable[Any] = ()
    several: bool = False

    def options(self) -> dict[str, tuple[Any, str]]:
        """The value and label of each choice, by the text in the address."""
        pairs = (
            (item, getattr(item, "label", item.name)) if isinstance(item, Enum) else item
            for item in self.offer
        )
        return {
            str(value.value if isinstance(value, Enum) else value): (value, str(label))
            for value, label in pairs
        }


@dataclass
class FilterBar:
    """The filters of a list with what an address sets them to; unknown values count as nothing."""

    filters: Sequence[Filter]
    args: Mapping[str, Any]
    chosen: dict[str, list[str]] = field(init=False)

    def __post_init__(self) -> None:
        """Read the address."""
        args = self.args if isinstance(self.args, MultiDict) else MultiDict(self.args)
        self.chosen = {}
        self._options = {one.name: one.options() for one in self.filters}
        for one in self.filters:
            values = list(dict.fromkeys(value.strip()[:200] for value in args.getlist(one.name)))
            known = self._options[one.name]
            values = [v for v in values if v and "\x00" not in v and (v in known or not known)]
            if values:
                self.chosen[one.name] = values if one.several else values[:1]

    def __bool__(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.chosen)

    def value(self, name: str) -> str:
        """What a filter's input shows."""
        return next(iter(self.chosen.get(name, ())), "")

    def narrow(self, select: sa.Select[Row]) -> sa.Select[Row]:
        """The select with every chosen condition."""
        for one in self.filters:
            if values := self.chosen.get(one.name):
                known = self._options[one.name]
                select = select.where(one.where([known[v][0] if known else v for v in values]))
        return select

    def options(self, name: str) -> list[tuple[str, str]]:
        """Address text and label of each choice of a filter."""
        return [(sent, label) for sent, (_value, label) in self._options[name].items()]

    def kept(self) -> list[Kept]:
        """What narrows the list, each with the arguments that take it off."""
        return [
            Kept(str(one.label), self._text(one.name, value), self._without(one.name, value))
            for one in self.filters
            for value in self.chosen.get(one.name, ())
        ]

    def arguments(self, **changes: str | None) -> dict[str, list[str]]:
        """The arguments of the present list for ``url_for``, with changes (``None`` takes off)."""
        changed = {name: [value] for name, value in changes.items() if value is not None}
        return {k: list(v) for k, v in self.chosen.items() if k not in changes} | changed

    def _text(self, name: str, value: str) -> str:
        known = self._options[name]
        return known[value][1] if known else value

    def _without(self, name: str, value: str) -> dict[str, list[str]]:
        left = dict(self.chosen)
        left[name] = [other for other in left[name] if other != value]
        return {key: values for key, values in left.items() if values}
