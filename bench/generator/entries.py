"""The search index, written by the application's own functions."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator

from bench.generator.answers import HEADLINES, LETTER
from bench.generator.names import Name
from bench.generator.world import World
from portal.core import search
from portal.core.db import db, session_writes

Entry = tuple[int, Iterable[str | None]]


def load_entries(world: World) -> None:
    """Everybody as a person, applicants as candidates, and every application."""
    applicants = world.known["applicants"]
    everybody = [(worker.person, worker.name) for worker in world.workers] + applicants
    _index(world, "person", (_person(*one) for one in everybody), len(everybody))
    _index(world, "candidate", (_candidate(*one) for one in applicants), len(applicants))
    _index(world, "application", _applications(world), len(world.answers))


def _index(world: World, kind: str, entries: Iterator[Entry], total: int) -> None:
    began = time.perf_counter()

    def counted() -> Iterator[Entry]:
        for number, entry in enumerate(entries, 1):
            if number % 5000 == 0:
                world.progress.draw(f"search: {kind}", number, total)
            yield entry

    with session_writes():
        done = search.reindex(kind, counted())
        db.session.commit()
    world.progress.close(f"search: {kind}", done, time.perf_counter() - began)


def _person(number: int, name: Name) -> Entry:
    return number, (name.given, name.family, name.reading, f"{name.latin}.{number}@people.example")


def _candidate(number: int, name: Name) -> Entry:
    email = f"{name.latin}.{number}@people.example"
    return number, (name.given, name.family, name.reading, email, name.given, name.family, email)


def _applications(world: World) -> Iterator[Entry]:
    for answer in world.answers:
        name = answer.name
        letter = LETTER if answer.id % 5 < 2 else ""
        yield answer.id, (name.given, name.family, name.reading, HEADLINES[answer.id % 4], letter)
