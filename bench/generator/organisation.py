"""Sites, the tree of teams, the people who work there from the start, and their accounts."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import sqlalchemy as sa

from bench.generator.names import Name
from bench.generator.world import YEARS, Unit, Worker, World, days
from portal.accounts.models import Account
from portal.accounts.operations.passwords import hash_password
from portal.core.i18n import fold
from portal.people.models import Employment, Person, Role, Site, Team, full_name

SITES = (
    ("istanbul", "İstanbul", "TR", "Europe/Istanbul", "TRY", "tr"),
    ("madrid", "Madrid", "ES", "Europe/Madrid", "EUR", "es"),
    ("osaka", "大阪市", "JP", "Asia/Tokyo", "JPY", "ja"),
    ("dublin", "Dublin", "IE", "Europe/Dublin", "EUR", "en"),
)
TEAM = 15
DEPARTMENT = 10
MOST_HIRED = 6
HIRED_SHARE = 0.03
"""About so many of the applications end in a hire; they fill up to six seats of each team."""
ROLES = {
    "director": "director_customer_support",
    "hr": "hr_partner",
    "admin": "hr_partner",
    "manager": "customer_service_manager",
    "lead": "team_lead",
    "senior": "senior_associate",
    "associate": "customer_service_associate",
}
RIGHTS = {
    "director": ["executive"],
    "hr": ["hr"],
    "admin": ["admin"],
    "manager": ["manager"],
    "lead": ["interviewer"],
    "senior": ["interviewer"],
    "associate": [],
}


def found(world: World) -> None:
    """Everything people work in, and the people who work in it at the start."""
    rows = world.connection.execute(sa.select(Role.key, Role.id, Role.title)).all()
    world.known["roles"] = {row.key: row.id for row in rows}
    world.known["titles"] = {row.id: row.title["en"] for row in rows}
    world.load(Site, _sites())
    _grow(world)
    world.load(Person, (_person_of(world, worker) for worker in world.workers))
    world.load(Team, _team_rows(world))
    world.load(Employment, _employments(world))
    password = hash_password("demo")
    world.load(Account, (_account_of(world, worker, password) for worker in world.workers))


def _sites() -> Iterator[dict[str, Any]]:
    for number, (key, city, country, zone, currency, language) in enumerate(SITES, 1):
        yield {
            "id": number, "key": key, "name": dict.fromkeys(("en", "tr", "es", "ja"), city),
            "street": "1", "postal_code": "10000", "city": city, "region": "", "country": country,
            "time_zone": zone, "currency": currency, "language": language,
        }  # fmt: skip


def _grow(world: World) -> None:
    """Root, a branch for each site, departments of ten teams, teams of fifteen."""
    chance = world.chance("organisation")
    director = _hire(world, chance, "director", team=1, site=4, manager=0)
    for _number in range(max(world.size.employees // 500, 3)):
        _hire(world, chance, "hr", team=1, site=chance.randint(1, 4), manager=director)
    _hire(world, chance, "admin", team=1, site=4, manager=director)
    teams: list[tuple[int, int | None, str, int, int]] = [(1, None, "/1/", 4, director)]
    heads = {}
    for site in range(1, len(SITES) + 1):
        team = len(teams) + 1
        heads[site] = (team, _hire(world, chance, "manager", team, site, director))
        teams.append((team, 1, f"/1/{team}/", site, heads[site][1]))
    left, number = world.size.employees - len(world.workers), 0
    while left >= TEAM:
        site = number % len(SITES) + 1
        branch, head = heads[site]
        department, manager = (
            len(teams) + 1,
            _hire(world, chance, "manager", len(teams) + 1, site, head),
        )
        left, number = left - 1, number + 1
        teams.append((department, branch, f"/1/{branch}/{department}/", site, manager))
        for _place in range(min(DEPARTMENT, left // TEAM)):
            teams.append(_staff(world, chance, len(teams) + 1, teams[department - 1]))
            left -= TEAM
    world.known["teams"] = teams


def _staff(
    world: World, chance: Random, team: int, above: tuple[int, int | None, str, int, int]
) -> tuple[int, int | None, str, int, int]:
    """A lead, two seniors and associates; the other seats wait for hires."""
    department, _branch, path, site, manager = above
    lead = _hire(world, chance, "lead", team, site, manager)
    size = world.size
    hires = HIRED_SHARE * (size.applications - size.evergreen_total)
    waiting = min(MOST_HIRED, int(hires * TEAM / size.employees))
    for seat in range(TEAM - 1 - waiting):
        _hire(world, chance, "senior" if seat < 2 else "associate", team, site, lead)
    path = f"{path}{team}/"
    world.units.append(Unit(team, site, path, department, lead, waiting))
    return team, department, path, site, lead


def _hire(  # noqa: PLR0917 - one person in one line
    world: World, chance: Random, kind: str, team: int, site: int, manager: int
) -> int:
    world.people += 1
    world.accounts += 1
    name = chance.choice(world.names)
    world.workers.append(Worker(world.people, world.accounts, name, kind, team, site, manager))
    return world.people


def person_row(number: int, name: Name, created: Any) -> dict[str, Any]:  # noqa: ANN401
    """A person; one in four gave no phone number."""
    email = f"{name.latin}.{number}@people.example"
    phone = (
        "" if number % 4 == 0 else f"+90 532 {number % 1000:03} {number % 89:02} {number % 97:02}"
    )
    row = {
        "id": number, "given_name": name.given, "family_name": name.family,
        "reading": name.reading, "email": email, "email_folded": email, "phone": phone,
        "language": name.language, "created_at": created,
    }  # fmt: skip
    row["sort_en"], row["sort_tr"], row["sort_es"], row["sort_ja"] = name.sort
    return row


def _person_of(world: World, worker: Worker) -> dict[str, Any]:
    return person_row(worker.person, worker.name, world.now - days(YEARS + worker.person % 1500))


def _team_rows(world: World) -> Iterator[dict[str, Any]]:
    for team, parent, path, site, lead in world.known["teams"]:
        name = f"Team {team}" if path.count("/") == 5 else f"Unit {team}"
        yield {
            "id": team, "name": dict.fromkeys(("en", "tr", "es", "ja"), name),
            "parent_id": parent, "path": path, "site_id": site, "lead_id": lead,
        }  # fmt: skip


def _employments(world: World) -> Iterator[dict[str, Any]]:
    for number, worker in enumerate(world.workers, 1):
        since = world.now - days(YEARS + worker.person % 1500)
        yield {
            "id": number, "person_id": worker.person, "team_id": worker.team,
            "role_id": world.known["roles"][ROLES[worker.kind]], "site_id": worker.site,
            "manager_id": worker.manager or None, "starts_on": since.date(), "ends_on": None,
            "reason": "hire", "shift": "", "source_type": "", "source_id": None,
        }  # fmt: skip
    world.known["employments"] = len(world.workers)


def account_row(  # noqa: PLR0917 - one row
    number: int, person: dict[str, Any], title: str, roles: list[str], led: list[str], password: str
) -> dict[str, Any]:
    """An account in use."""
    shown = full_name(person["given_name"], person["family_name"], person["language"])
    return {
        "id": number, "person_id": person["id"], "email": person["email"], "display_name": shown,
        "subtitle": title, "search_text": fold(f"{shown} {person['email']}")[:600],
        "password_hash": password, "state": "active", "roles": roles, "led_paths": led,
        "language": person["language"], "time_zone": "UTC", "created_at": person["created_at"],
        "last_signed_in_at": None,
    }  # fmt: skip


def _account_of(world: World, worker: Worker, password: str) -> dict[str, Any]:
    if "led" not in world.known:
        world.known["led"] = {lead: path for _t, _p, path, _s, lead in world.known["teams"]}
    led = world.known["led"].get(worker.person)
    title = world.known["titles"][world.known["roles"][ROLES[worker.kind]]]
    paths = [led] if led else []
    return account_row(
        worker.account, _person_of(world, worker), title, RIGHTS[worker.kind], paths, password
    )
