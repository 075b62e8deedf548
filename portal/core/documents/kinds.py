"""The kinds of paper the features print, each with its name and the rule who may open it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel.speaklater import LazyString

from portal.core.access import Viewer
from portal.core.documents.models import Document
from portal.core.states import State

Rule = Callable[[Viewer, Document], bool]


@dataclass(frozen=True)
class Present:
    """How what a paper says stands today, for strangers: nothing the paper does not say itself."""

    state: State
    text: str


@dataclass(frozen=True)
class Kind:
    """A kind of paper; ``rule`` and ``present`` may load the subject of the document given."""

    name: str
    label: LazyString | str
    rule: Rule
    present: Callable[[Document], Present | None] | None = None


KINDS: dict[str, Kind] = {}


def register_kind(
    name: str,
    label: LazyString | str,
    rule: Rule,
    present: Callable[[Document], Present | None] | None = None,
) -> None:
    """Make a kind known; the feature that issues it does so when it is loaded.

    ``present`` tells whoever checks a paper how it stands today, for papers that can lose force.
    """
    KINDS[name] = Kind(name, label, rule, present)


def present_of(document: Document) -> Present | None:
    """How what a paper says stands today, if papers of its kind can lose force."""
    kind = KINDS.get(document.kind)
    return kind.present(document) if kind and kind.present else None


def label_of(name: str) -> LazyString | str:
    """What people call papers of this kind."""
    kind = KINDS.get(name)
    return kind.label if kind else name.replace("_", " ")
