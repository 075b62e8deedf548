"""The columns a table may have, and which heading of a file means which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from flask_babel import force_locale
from flask_babel import gettext as _

from portal.core import i18n
from portal.core.forms.box import Text


class Kind(Enum):
    """What stands in a column."""

    TEXT = auto()
    DATE = auto()
    NUMBER = auto()


@dataclass(frozen=True)
class Column:
    """One column: its key in the rows, and its heading.

    The heading is known in each language, and under the ``aliases`` other systems give it. A text
    has at most ``most`` letters, a number lies between ``least`` and ``most``.
    """

    key: str
    heading: Text
    kind: Kind = Kind.TEXT
    needed: bool = True
    aliases: tuple[str, ...] = ()
    least: int = 0
    most: int = 250
    example: str = ""

    def names(self) -> set[str]:
        """Everything the heading may be, folded."""
        found = {self.key, *self.aliases}
        for locale in i18n.LOCALES:
            with force_locale(locale):
                found.add(str(self.heading))
        return {folded(name) for name in found}


def folded(heading: str) -> str:
    """A heading without case, accents and signs: ``E-Mail *`` and ``email`` are the same."""
    return re.sub(r"[\W_]+", "", i18n.fold(heading))


@dataclass(frozen=True)
class Match:
    """The place of each column in the lines of a file, and what is wrong with its headings."""

    places: dict[str, int]
    unknown: list[str]
    problems: list[str]


def match(headings: Sequence[str], columns: Sequence[Column]) -> Match:
    """Find the columns by their headings, in any order."""
    names = {name: column for column in columns for name in column.names()}
    places: dict[str, int] = {}
    unknown, problems = [], []
    for place, heading in enumerate(headings):
        column = names.get(folded(heading)) if heading.strip() else None
        if column is None:
            unknown += [heading.strip()] if heading.strip() else []
        elif column.key in places:
            problems.append(
                _("The column “%(name)s” is there twice. Keep one.", name=column.heading)
            )
        else:
            places[column.key] = place
    missing = [str(one.heading) for one in columns if one.needed and one.key not in places]
    if missing:
        problems.append(_missing(missing, headings))
    return Match(places, unknown, problems)


def _missing(missing: list[str], headings: Sequence[str]) -> str:
    there = [heading.strip()[:60] for heading in headings[:20] if heading.strip()]
    message: str = _(
        "These columns are missing: %(missing)s. The first row names: %(there)s.",
        missing=", ".join(missing),
        there=", ".join(there) or "–",
    )
    return message
