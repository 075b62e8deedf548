"""The kinds of paper the features print, each with its name and the rule who may open it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel.speaklater import LazyString

from portal.core.access import Viewer
from portal.core.documents.models import Document

Rule = Callable[[Viewer, Document], bool]


@dataclass(frozen=True)
class Kind:
    """A kind of paper; ``rule`` may load the subject of the document it is asked about."""

    name: str
    label: LazyString | str
    rule: Rule


KINDS: dict[str, Kind] = {}


def register_kind(name: str, label: LazyString | str, rule: Rule) -> None:
    """Make a kind known; the feature that issues it does so when it is loaded."""
    KINDS[name] = Kind(name, label, rule)


def label_of(name: str) -> LazyString | str:
    """What people call papers of this kind."""
    kind = KINDS.get(name)
    return kind.label if kind else name.replace("_", " ")
