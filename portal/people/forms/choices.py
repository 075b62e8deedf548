"""What can be chosen: countries, currencies, zones, and rows of the organisation by their ids."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from babel import Locale, numbers

from portal.core import i18n
from portal.core.db import db
from portal.people import queries
from portal.people.models import Person, Role, Site

Offer = list[tuple[Any, str]]

MOST_TEAMS = 100
"""More than this is no list to choose from, and takes longer to print than the rest of a page."""


def countries() -> Offer:
    """ISO 3166 codes with the countries' names in the reader's language and order."""
    return list(_countries(i18n.current_locale()))


@cache
def _countries(locale: str) -> tuple[tuple[str, str], ...]:
    named = Locale.parse(locale).territories.items()
    real = [(code, name) for code, name in named if code.isalpha() and code not in _NO_COUNTRY]
    return tuple(sorted(real, key=lambda pair: i18n.sort_key(pair[1], locale)))


_NO_COUNTRY = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})


def country_name(code: str) -> str:
    """The country's name in the reader's language."""
    return dict(_countries(i18n.current_locale())).get(code, code)


def currencies() -> Offer:
    """The currencies people are paid in somewhere today, with their names."""
    return list(_currencies(i18n.current_locale()))


@cache
def _currencies(locale: str) -> tuple[tuple[str, str], ...]:
    used = {code for country, _name in _countries("en")
            for code in numbers.get_territory_currencies(country)}  # fmt: skip
    return tuple((code, f"{code} – {numbers.get_currency_name(code, locale=locale)}")
                 for code in sorted(used))  # fmt: skip


def languages() -> Offer:
    """The four languages by their own names."""
    return list(i18n.NATIVE_NAMES.items())


def sites() -> Offer:
    """Sites by name."""
    rows = db.session.execute(queries.sites().with_only_columns(Site.id, Site.name))
    return [(key, i18n.words(name)) for key, name in rows]


def roles() -> Offer:
    """Roles by title."""
    rows = db.session.execute(queries.roles().with_only_columns(Role.id, Role.title))
    return [(key, i18n.words(title)) for key, title in rows]


def teams() -> Offer:
    """Teams with the names of those above them, in the order of the tree."""
    return _labelled(db.session.execute(queries.team_names()).all())


def upper_teams(chosen: str) -> Offer:
    """As many whole levels of the tree as make a list to choose from, and the one chosen now."""
    rows = list(db.session.execute(queries.upper_teams(MOST_TEAMS + 1)))
    if len(rows) > MOST_TEAMS:
        cut = _level(rows[-1])
        rows = [team for team in rows if _level(team) < cut] or rows[:MOST_TEAMS]
    known = {team.id for team in rows}
    if chosen.isdecimal() and len(chosen) < 10 and int(chosen) not in known:
        way = db.session.execute(queries.way_to_team(int(chosen)))
        rows += [team for team in way if team.id not in known]
    return _labelled(rows)


def teams_below(team_id: int) -> Offer:
    """The teams directly below one, by name."""
    named = [(key, i18n.words(name)) for key, _above, _path, name in
             db.session.execute(queries.teams_below(team_id))]  # fmt: skip
    locale = i18n.current_locale()
    return sorted(named, key=lambda pair: i18n.sort_key(pair[1], locale))


def _level(team: Any) -> int:  # noqa: ANN401 - a row of ``queries.team_names``
    return str(team.path).count("/")


def _labelled(teams: Sequence[Any]) -> Offer:
    labels: dict[int | None, str] = {}
    locale = i18n.current_locale()
    for team in in_order(teams):
        above = labels.get(team.parent_id)
        name = i18n.words(team.name, locale)
        labels[team.id] = f"{above} › {name}" if above else name
    return list(labels.items())


def in_order(teams: Sequence[Any]) -> list[Any]:
    """The tree read from the top: each team, then what lies below it, siblings by name.

    Teams, or rows of ``queries.team_names``.
    """
    below: dict[int | None, list[Any]] = {}
    # Asked once: there may be hundreds of teams.
    locale = i18n.current_locale()
    by_name = sorted(teams, key=lambda one: i18n.sort_key(i18n.words(one.name, locale), locale))
    for team in by_name:
        below.setdefault(team.parent_id, []).append(team)

    def walk(parent: int | None) -> list[Any]:
        return [row for team in below.get(parent, []) for row in (team, *walk(team.id))]

    return walk(None)


def people() -> Offer:
    """Everybody employed today or later, by name."""
    rows: list[Person] = list(db.session.scalars(queries.staff()))
    return [(person.id, person.display_name) for person in rows]
