"""Last year's reviews in Istanbul and Madrid: written, compared, talked about and signed."""

from __future__ import annotations

import tomllib
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import sqlalchemy as sa

from portal.accounts.models import Account
from portal.core.db import db
from portal.core.documents import Document
from portal.core.errors import Refused
from portal.core.jobs.models import Job
from portal.demo.calendar import days_ago
from portal.demo.cast import Cast
from portal.people.models import Site
from portal.reviews import operations as reviews
from portal.reviews import queries
from portal.reviews.models import Review, ReviewCycle, ReviewPart, ReviewRecord, ReviewTemplate
from portal.reviews.states import PartKind, PartState, ReviewState

SEED = 25
SITES = ("istanbul", "madrid")
OPENED, PEERS, PARTS, MANAGERS, COMPARED, SIGNED, CLOSED = 320, 308, 297, 288, 276, 250, 244
"""Days ago."""
SLACK = 4
"""Parts are handed in some days before the last one."""
PEERS_EACH = 3
PRINTED_AFTER = timedelta(minutes=1)
NAME = {
    "en": "Yearly review {year}",
    "tr": "{year} yıllık değerlendirmesi",
    "es": "Evaluación anual {year}",
    "ja": "{year}年 年次評価",
}


@cache
def _bank() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("review_words.toml").read_text(encoding="utf-8"))


def _texts(review: Review) -> Any:  # noqa: ANN401 - nested texts
    """What people write at the site; above the sites they write as at home."""
    bank = _bank()
    language = review.team.site.language
    return bank[language if language in bank else review.person.language]


@dataclass
class Scene:
    """The cycle, who keeps it, and what chance says."""

    cast: Cast
    cycle_id: int
    random: Random = field(default_factory=lambda: Random(SEED))
    accounts: dict[int, Account] = field(default_factory=dict)
    talents: dict[int, float] = field(default_factory=dict)

    def account(self, person_id: int) -> Account:
        """Somebody's account."""
        return self.accounts[person_id]

    def talent(self, person_id: int) -> float:
        """What most people would say of somebody, from 2 to 5."""
        if person_id not in self.talents:
            self.talents[person_id] = min(max(self.random.gauss(3.5, 0.7), 1.8), 4.8)
        return self.talents[person_id]

    def words(self, review: Review, *keys: str) -> Any:  # noqa: ANN401 - texts or lists of them
        """One of the texts in the language of the site."""
        found: Any = _texts(review)
        for key in keys:
            found = found[key]
        return self.random.choice(found) if isinstance(found, list) else found


def close_last_year(cast: Cast) -> None:
    """Play the whole cycle on its days."""
    with days_ago(OPENED):
        reviews.load_templates(by=None)
        cycle = _cycle(cast)
        reviews.launch_cycle(cycle, by=cast.account("hr"))
        db.session.flush()
    scene = Scene(cast, cycle.id)
    scene.accounts = {row.person_id: row for row in db.session.scalars(sa.select(Account))}
    everybody = _everybody(cycle.id)
    for place, review in enumerate(everybody):
        _name_peers(scene, review, everybody, place)
    _write(scene, (PartKind.SELF, PartKind.PEER, PartKind.UPWARD), PARTS)
    _write(scene, (PartKind.MANAGER,), MANAGERS)
    _compare(scene)
    _sign(scene)
    _reopen(scene)
    _print_later(cast)
    with days_ago(CLOSED):
        reviews.close_cycle(cycle, by=cast.account("hr"))


def _cycle(cast: Cast) -> ReviewCycle:
    template = db.session.scalars(
        sa.select(ReviewTemplate).where(ReviewTemplate.key == "yearly_review")
    ).one()
    today = datetime.now(UTC).date()
    ends_on = (today - timedelta(days=OPENED)).replace(day=1) - timedelta(days=1)
    starts_on = date(ends_on.year - 1, ends_on.month, 1) + timedelta(days=32)
    sites = db.session.scalars(sa.select(Site.id).where(Site.key.in_(SITES)).order_by(Site.id))
    return reviews.add_cycle(
        template,
        reviews.Terms(
            name={key: text.format(year=ends_on.year) for key, text in NAME.items()},
            starts_on=starts_on.replace(day=1),
            ends_on=ends_on,
            population={"team_ids": [], "role_ids": [], "site_ids": list(sites),
                        "employed_by": None},
            weights={"self": 15, "manager": 50, "peer": 25, "upward": 10},
            least_raters=3,
            peers_wanted=PEERS_EACH,
            opens_on=today - timedelta(days=OPENED),
            peers_due_on=today - timedelta(days=PEERS),
            parts_due_on=today - timedelta(days=PARTS),
            manager_due_on=today - timedelta(days=MANAGERS),
            calibration_due_on=today - timedelta(days=COMPARED),
            signing_due_on=today - timedelta(days=SIGNED),
        ),
        by=cast.account("hr"),
    )  # fmt: skip


def _everybody(cycle_id: int) -> list[Review]:
    found = (
        sa.select(Review)
        .where(Review.cycle_id == cycle_id, Review.state != ReviewState.CANCELLED)
        .options(sa.orm.joinedload(Review.person), sa.orm.joinedload(Review.team))
        .order_by(Review.id)
    )
    return list(db.session.scalars(found))


def _name_peers(scene: Scene, review: Review, everybody: list[Review], place: int) -> None:
    """Colleagues of the team, else of the site; the manager agrees in the same breath."""
    if review.manager_id is None:
        return
    known = [*everybody[place + 1 :], *everybody[:place]]
    near = [one for one in known if one.team.site_id == review.team.site_id]
    near.sort(key=lambda one: one.team_id != review.team_id)
    by, named = scene.account(review.manager_id), 0
    with days_ago(PEERS + 2):
        for one in near:
            if named == PEERS_EACH:
                break
            # Who leads or reports to somebody is no peer.
            with suppress(Refused):
                reviews.name_peer(review, one.person, by=by)
                named += 1


def _write(scene: Scene, kinds: tuple[PartKind, ...], last: int) -> None:
    """Fill in every open part of these kinds and hand it in; one in thirty is forgotten."""
    found = (
        sa.select(ReviewPart)
        .join(Review)
        .where(
            Review.cycle_id == scene.cycle_id,
            ReviewPart.state == PartState.OPEN,
            ReviewPart.kind.in_(kinds),
        )
        .order_by(ReviewPart.id)
    )
    for part in list(db.session.scalars(found)):
        if part.kind is not PartKind.MANAGER and scene.random.random() < 1 / 30:
            continue
        with days_ago(last + scene.random.uniform(0.1, SLACK)):
            _fill(scene, part)


def _fill(scene: Scene, part: ReviewPart) -> None:
    asked = reviews.asked_of(part)
    kind = "peer" if part.kind is PartKind.UPWARD else str(part.kind)
    middle = scene.talent(part.review.person_id) + scene.random.gauss(0, 0.25)
    entries = {subject: _entry(scene, part, middle) for subject in asked.rated}
    known = _texts(part.review)[kind]
    name = part.review.person.given_name
    answers = {
        # Neighbours, such as the peers of one person, say different things.
        key: known[key][part.id % len(known[key])].format(name=name)
        for key in asked.questions
        if key in known
    }
    by = scene.account(part.author_id)
    reviews.save_part(part, asked, entries=entries, answers=answers, by=by)
    reviews.submit_part(part, asked, by=by)


def _entry(scene: Scene, part: ReviewPart, middle: float) -> reviews.Entry:
    nameless = part.kind in {PartKind.PEER, PartKind.UPWARD}
    if nameless and scene.random.random() < 0.08:
        return reviews.Entry(cannot_tell=True)
    level = min(max(round(middle + scene.random.gauss(0, 0.6)), 1), 5)
    if level in {3, 4}:
        return reviews.Entry(level)
    tone = "high" if level == 5 else "low"
    return reviews.Entry(level, note=scene.words(part.review, "note", tone))


def _compare(scene: Scene) -> None:
    """HR makes the results; some are changed beside others; all are released."""
    hr, other = scene.cast.account("hr"), scene.cast.account("hr3")
    cycle = db.session.get_one(ReviewCycle, scene.cycle_id)
    with days_ago(MANAGERS - 2):
        for who in (hr, other):
            reviews.make_results(cycle, by=who)
    changed = [one for one in _everybody(scene.cycle_id) if one.rating is not None][3::9]
    with days_ago(COMPARED + 1):
        for place, review in enumerate(changed):
            assert review.rating is not None
            step = 0.5 if place % 2 else -0.5
            rating = min(max(review.rating + step, 1.5), 4.5)
            if rating != review.rating and review.person_id != hr.person_id:
                reason = scene.words(review, "talk", "compared")
                reviews.change_rating(review, rating=rating, reason=reason, by=hr)
    with days_ago(COMPARED):
        keys = [one.id for one in _everybody(scene.cycle_id)]
        for who in (hr, other):
            reviews.release_many(keys, scene.cycle_id, by=who)


def _sign(scene: Scene) -> None:
    """Everybody talks and signs; one does not agree."""
    own = scene.cast.person("associate").id
    for place, review in enumerate(_released(scene)):
        disagrees = place == 5 and review.person_id != own
        day = SIGNED + scene.random.uniform(1, COMPARED - SIGNED - 2)
        with days_ago(day):
            _talk(scene, review)
        _sign_both(scene, review, day, disagrees=disagrees)


def _released(scene: Scene) -> list[Review]:
    """Those that can be signed; who has no manager waits."""
    return [
        one for one in _everybody(scene.cycle_id)
        if one.state is ReviewState.RELEASED and one.manager_id is not None
    ]  # fmt: skip


def _talk(scene: Scene, review: Review) -> None:
    assert review.manager_id is not None
    plan = _texts(review)["talk"]["plan"]
    chosen = scene.random.sample(plan, 2)
    first = datetime.now(UTC).date() - timedelta(days=SIGNED)
    steps = [
        reviews.Step(what, how, first + timedelta(days=90 + 60 * number))
        for number, (what, how) in enumerate(chosen)
    ]
    summary = scene.words(review, "talk", "summary")
    by = scene.account(review.manager_id)
    reviews.change_talk(review, summary=summary, plan=steps, by=by)


def _sign_both(scene: Scene, review: Review, day: float, *, disagrees: bool = False) -> None:
    assert review.manager_id is not None
    whole = db.session.scalars(queries.whole_review(review.id)).unique().one()
    words = scene.words(review, "talk", "differ" if disagrees else "agree")
    with days_ago(day):
        reviews.sign(whole, agrees=not disagrees, comment=words,
                     by=scene.account(review.person_id))  # fmt: skip
    with days_ago(day - 0.2):
        reviews.sign(whole, agrees=True, comment=scene.words(review, "talk", "boss"),
                     by=scene.account(review.manager_id))  # fmt: skip


def _reopen(scene: Scene) -> None:
    """Something was forgotten in one review: the second edition says it."""
    team = scene.cast.team(scene.cast.site("istanbul"))
    signed = [
        one for one in _everybody(scene.cycle_id)
        if one.state is ReviewState.SIGNED and one.team_id == team.id
    ]  # fmt: skip
    if not signed:
        return
    review, hr = signed[-1], scene.cast.account("hr")
    with days_ago(SIGNED):
        reviews.reopen(review, reason=scene.words(review, "talk", "reopened"), by=hr)
        reviews.change_rating(
            review, rating=min((review.rating or 3.0) + 0.5, 5.0),
            reason=scene.words(review, "talk", "reopened"), by=hr,
        )  # fmt: skip
        reviews.release(review, by=hr)
    _sign_both(scene, review, SIGNED - 2)


def _print_later(cast: Cast) -> None:
    """Leave the papers to the worker of the portal, but for those of the demo's first accounts."""
    soon = datetime.now(UTC) + PRINTED_AFTER
    now = [cast.person(name).id for name in ("associate", "lead")]
    others = (
        sa.select(Document.id)
        .join(ReviewRecord, ReviewRecord.id == Document.subject_id)
        .join(Review, Review.id == ReviewRecord.review_id)
        .where(Document.kind == "review", Review.person_id.not_in(now))
    )
    keys = [f"documents.render:{key}" for key in db.session.scalars(others)]
    db.session.execute(sa.update(Job).where(Job.key.in_(keys)).values(run_at=soon))
