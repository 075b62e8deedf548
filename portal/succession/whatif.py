"""A what-if as somebody may see it: who leaves, the chain told in words and drawn, what is lost."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core.charts import Step, StepChain
from portal.core.db import db
from portal.core.i18n import listed
from portal.people.models import Person, Team
from portal.succession.board import Bench, bench_of
from portal.succession.chain import Move, Outcome, chain
from portal.succession.coverage import Coverage, Post, coverage
from portal.succession.effects import Effects, effects_of
from portal.succession.wording import seat_name


@dataclass(frozen=True)
class WhatIf:
    """What follows if these people leave on a day."""

    leavers: list[Person]
    day: date
    bench: Bench
    outcome: Outcome
    after: Coverage
    effects: Effects

    def place(self, post: int) -> str:
        """What a position is called."""
        return seat_name(self.bench.row(post).key_position.position)

    def name(self, person_id: int) -> str:
        """What somebody is called."""
        return self.bench.people[person_id].display_name

    def chains(self) -> list[tuple[Step, ...]]:
        """One chain for each position that falls empty because of the leavers, or is empty now."""
        first = self.outcome.rounds[0].empty if self.outcome.rounds else ()
        moves = {move.post: move for move in self.outcome.moves}
        return [tuple(self._steps(post, moves)) for post in first]

    def _steps(self, post: int, moves: dict[int, Move]) -> Iterator[Step]:
        at: int | None = post
        while at is not None:
            move = moves.get(at)
            if move is None:
                yield self._end(at)
                return
            yield Step(self.place(at), _("%(who)s takes over", who=self.name(move.person)))
            at = move.leaves

    def _end(self, post: int) -> Step:
        people = self.outcome.emergency.get(post)
        if people is None:
            return Step(self.place(post), _("stays empty: nobody is ready"), bad=True)
        who = listed(self.name(person) for person in people)
        return Step(self.place(post), _("only emergency cover: %(who)s", who=who), bad=True)

    @property
    def drawing(self) -> StepChain | None:
        """The chains as a picture."""
        found = tuple(self.chains())
        return StepChain(_("Who moves where"), found) if found else None

    @property
    def sentences(self) -> list[str]:
        """The whole story, move by move."""
        told = [self._told(move) for move in self.outcome.moves]
        return told + [
            _("%(post)s: %(what)s.", post=step.label, what=step.note)
            for step in map(self._end, self.outcome.unfilled)
        ]

    def _told(self, move: Move) -> str:
        values = {"who": self.name(move.person), "post": self.place(move.post)}
        if move.leaves is None:
            return _("%(who)s takes over %(post)s and leaves no key position.", **values)
        return _(
            "%(who)s takes over %(post)s and leaves %(left)s.",
            **values, left=self.place(move.leaves),
        )  # fmt: skip


def what_if(
    viewer: Account, leaver_ids: Collection[int], day: date, team: Team | None = None
) -> WhatIf:
    """Work out what follows; nothing is kept. The viewer is never among the leavers."""
    gone = {key for key in leaver_ids if key != viewer.person_id}
    bench = bench_of(viewer, day, team)
    found = sa.select(Person).where(Person.id.in_(gone)).order_by(Person.by_name(), Person.id)
    outcome = chain(bench.posts, gone)
    return WhatIf(
        list(db.session.scalars(found)), day, bench, outcome,
        coverage(_afterwards(bench.posts, outcome, gone)), effects_of(viewer, gone, day),
    )  # fmt: skip


def _afterwards(posts: Collection[Post], outcome: Outcome, gone: Collection[int]) -> Iterator[Post]:
    """The positions once everybody has moved: who moved is no longer ready for another."""
    used = {*gone, *(move.person for move in outcome.moves)}
    for post in posts:
        yield Post(
            post.id, post.holder,
            ready=tuple(one for one in post.ready if one not in used),
            named=tuple(one for one in post.named if one not in used),
        )  # fmt: skip
