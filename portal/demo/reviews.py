"""The yearly review as it runs: some have written, some are late, peers wait for a word."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

import sqlalchemy as sa

from portal.core import clock
from portal.core.db import db
from portal.demo.calendar import days_ago
from portal.demo.cast import Cast
from portal.demo.review_words import ANSWERS, NOTES
from portal.people.models import Person
from portal.reviews import operations as reviews
from portal.reviews import queries
from portal.reviews.models import Review, ReviewCycle, ReviewPart
from portal.reviews.operations import Entry, Terms
from portal.reviews.states import PartKind, PartState

BEGAN = 18
"""Days ago."""

LEVELS = (2, 3, 3, 3, 4, 4, 4, 5)


def run(cast: Cast) -> None:
    """Begin the cycle of the year for everybody, and let two teams write."""
    random = Random(20261207)
    with days_ago(BEGAN):
        cycle = _launch(cast)
    istanbul, madrid = (cast.team(cast.site(key)) for key in ("istanbul", "madrid"))
    associate = cast.person("associate")
    for team in (istanbul, madrid):
        members = cast.members(team)
        for number, person in enumerate(members):
            review = _review(cycle, person)
            if review is None:
                continue
            if number == 0:  # who leads the team has no peers in it
                _hand_in(cast, review, PartKind.SELF, random, days=4)
                _hand_in(cast, review, PartKind.UPWARD, random, days=2, most=4)
                continue
            if person.id == associate.id:
                _name(cast, review, members[2:] or members, agreed=2)
                _begin(cast, review, random)
                continue
            _name(cast, review, [one for one in members[1:] if one.id != person.id], agreed=3)
            if number % 4 != 3:
                _hand_in(cast, review, PartKind.SELF, random, days=5)
                _hand_in(cast, review, PartKind.PEER, random, days=3, most=3)


def _launch(cast: Cast) -> ReviewCycle:
    template = next(
        one
        for one in db.session.scalars(queries.published_templates())
        if one.key == "yearly_review"
    )
    hr, today = cast.account("hr"), clock.today()
    year = today.year
    names = {
        "en": f"Yearly review {year}",
        "tr": f"{year} yıllık değerlendirmesi",
        "es": f"Evaluación anual {year}",
        "ja": f"{year}年 年次評価",
    }
    terms = Terms(
        name=names,
        starts_on=date(year, 1, 1),
        ends_on=date(year, 12, 31),
        population={"team_ids": [], "role_ids": [], "site_ids": [], "employed_by": None},
        weights={key: int(value) for key, value in template.weights.items()},
        least_raters=3,
        peers_wanted=3,
        opens_on=today,
        peers_due_on=today + timedelta(days=BEGAN + 1),
        parts_due_on=today + timedelta(days=BEGAN + 6),
        manager_due_on=today + timedelta(days=BEGAN + 17),
        calibration_due_on=today + timedelta(days=BEGAN + 31),
        signing_due_on=today + timedelta(days=BEGAN + 52),
    )
    cycle = reviews.add_cycle(template, terms, by=hr)
    reviews.launch_cycle(cycle, by=hr)
    db.session.flush()
    return cycle


def _review(cycle: ReviewCycle, person: Person) -> Review | None:
    found = sa.select(Review).where(Review.cycle_id == cycle.id, Review.person_id == person.id)
    return db.session.scalar(found)


def _name(cast: Cast, review: Review, peers: Sequence[Person], *, agreed: int) -> None:
    """The person proposes three; who answers for them agrees to some of them."""
    by = cast.account_of(review.person)
    manager = cast.account_of(review.manager) if review.manager else cast.account("hr")
    fit = [one for one in peers if one.id not in {review.person_id, review.manager_id}][:3]
    with days_ago(12):
        parts = [reviews.name_peer(review, one, by=by) for one in fit]
    with days_ago(10):
        for part in parts[:agreed]:
            reviews.decide_peer(part, agreed=True, by=manager)


def _begin(cast: Cast, review: Review, random: Random) -> None:
    """A self-review that is half written."""
    part = _parts(review, PartKind.SELF)[0]
    with days_ago(1):
        _write(cast, part, random, whole=False)


def _hand_in(
    cast: Cast, review: Review, kind: PartKind, random: Random, *, days: int, most: int = 1
) -> None:
    for number, part in enumerate(_parts(review, kind)[:most]):
        with days_ago(max(days - number * 0.3, 0.2)):
            _write(cast, part, random, whole=True)


def _parts(review: Review, kind: PartKind) -> list[ReviewPart]:
    found = sa.select(ReviewPart).where(
        ReviewPart.review_id == review.id,
        ReviewPart.kind == kind,
        ReviewPart.state == PartState.OPEN,
    )
    return list(db.session.scalars(found.order_by(ReviewPart.id)))


def _write(cast: Cast, part: ReviewPart, random: Random, *, whole: bool) -> None:
    author, language = cast.account_of(part.author), part.author.language
    asked = reviews.asked_of(part)
    entries, answers = {}, {}
    subjects = asked.rated if whole else asked.rated[:3]
    for subject in subjects:
        level = random.choice(LEVELS)
        notes = NOTES.get(level)
        note = random.choice(notes)[language] if notes else ""
        entries[subject] = Entry(level, note=note)
    for key in asked.questions if whole else asked.questions[:1]:
        answers[key] = random.choice(ANSWERS[key])[language]
    reviews.save_part(part, asked, entries=entries, answers=answers, by=author)
    if whole:
        reviews.submit_part(part, asked, by=author)
