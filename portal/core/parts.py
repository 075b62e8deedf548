"""Places on the pages of a feature where features above it add what they know of a row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, ParamSpec, TypeVar

from flask import Flask, current_app

Asked = ParamSpec("Asked")
Shown = TypeVar("Shown")


class Place(Generic[Asked, Shown]):
    """One such place; the feature that owns the page declares it and knows none of the others.

    What is added is asked with the row, and mostly with who looks; where it has nothing to show
    to them it returns ``None``.
    """

    def __init__(self, name: str) -> None:
        self.name = name

    def add(self, app: Flask, make: Callable[Asked, Shown | None]) -> None:
        """Show what ``make`` returns, behind what was added before."""
        app.extensions.setdefault("parts", {}).setdefault(self.name, []).append(make)

    def shown(self, *asked: Asked.args, **named: Asked.kwargs) -> list[Shown]:
        """Everything there is to show."""
        return list(self._found(*asked, **named))

    def first(self, *asked: Asked.args, **named: Asked.kwargs) -> Shown | None:
        """What the first answers that has something to show; the others are not asked."""
        return next(self._found(*asked, **named), None)

    def _found(self, *asked: Asked.args, **named: Asked.kwargs) -> Iterator[Shown]:
        for make in current_app.extensions.get("parts", {}).get(self.name, ()):
            if found := make(*asked, **named):
                yield found
