"""Applications: who answered which posting when, how far each came, and how it was screened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from bench.generator.names import Name
from bench.generator.organisation import person_row
from bench.generator.world import Answer, Opening, World, days, hexes, token
from portal.core.files import StoredFile
from portal.hiring.models import Application, ScreeningResult, StageCount
from portal.hiring.states import OPEN_STAGES, Stage
from portal.people.models import Person

REPEAT = 0.08
ZIPF = 0.6
MOST_HIRED = 450
WITH_CV = 0.7
ENDED = ((Stage.REJECTED, 0.88), (Stage.WITHDRAWN, 0.085), (Stage.HIRED, 0.035))
OPEN = tuple(zip(OPEN_STAGES, (0.7, 0.2, 0.06, 0.025, 0.015), strict=True))
INTERVIEWED_OF_REJECTED = 0.09
PAST_INTERVIEW = {Stage.INTERVIEW, Stage.DECISION, Stage.OFFER, Stage.HIRED}
CONSENT = "I agree that my data is kept for twelve months to decide on this application."
LETTER = (
    "I have looked after customers by phone and chat for three years and like to stay with a "
    "problem until it is solved. Shifts suit me, and I can begin next month."
)
HEADLINES = (
    "Three years in a call centre",
    "Hotel reception, two languages",
    "",
    "Retail, weekends",
)


def plan_answers(world: World) -> None:
    """Draw all applications in the order they arrived."""
    chance = world.chance("answers")
    drawn = sorted(_arrivals(world, chance), key=lambda one: one[0])
    first = world.people + 1
    persons: list[Name] = []
    held: dict[int, set[int]] = {}
    files = 0
    for number, (at, opening) in enumerate(drawn, 1):
        person = _person(world, chance, first, persons, held, opening.id)
        stage = _stage(world, chance, opening)
        took = days(chance.uniform(0.2, 30))
        since = at if stage is Stage.APPLIED else min(at + took, world.now - timedelta(minutes=5))
        met = stage in PAST_INTERVIEW or (
            stage is Stage.REJECTED and chance.random() < INTERVIEWED_OF_REJECTED
        )
        files += (has_cv := chance.random() < WITH_CV)
        name = persons[person - first]
        cv = files if has_cv else None
        world.answers.append(Answer(number, opening, person, name, stage, at, since, met, cv))
    world.known["applicants"] = list(enumerate(persons, first))
    world.people += len(persons)
    world.files = files


def _arrivals(world: World, chance: Random) -> Iterator[tuple[datetime, Opening]]:
    """A moment and a posting for every application; one posting gets its burst in one hour."""
    size = world.size
    for number, opening in enumerate(world.openings):
        count = size.evergreen_total if number == 0 else _zipf(world)[number - 1]
        end = min(opening.closes, world.now) if number else world.now
        span = (end - opening.opens).total_seconds()
        burst = size.burst if number == 1 else 0
        for place in range(count):
            seconds = span / 2 + 3600 * place / burst if place < burst else chance.random() * span
            yield opening.opens + timedelta(seconds=min(seconds, span)), opening


def _zipf(world: World) -> list[int]:
    """How many applications each posting after the first has; their sum is exact."""
    if "zipf" not in world.known:
        total = world.size.applications - world.size.evergreen_total
        weights = [place**-ZIPF for place in range(1, world.size.postings)]
        scale = total / sum(weights)
        counts = [int(weight * scale) for weight in weights]
        counts[0] += total - sum(counts)
        world.known["zipf"] = counts
    found: list[int] = world.known["zipf"]
    return found


def _person(  # noqa: PLR0917 - the state of one loop
    world: World,
    chance: Random,
    first: int,
    persons: list[Name],
    held: dict[int, set[int]],
    opening: int,
) -> int:
    """A new person, or in eight of a hundred cases one who has answered other postings before."""
    if persons and chance.random() < REPEAT:
        person = chance.randrange(len(persons)) + first
        before = held.setdefault(person, {world.known["first"][person - first]})
        if opening not in before:
            before.add(opening)
            return person
    persons.append(world.names[chance.randrange(len(world.names))])
    world.known.setdefault("first", []).append(opening)
    return first + len(persons) - 1


def _stage(world: World, chance: Random, opening: Opening) -> Stage:
    """Closed postings hold ended applications; of the evergreen an exact number is open."""
    still_open = opening.is_open
    if opening.id == 1:
        left, rest = world.known["evergreen"]
        still_open = chance.random() < left / rest
        world.known["evergreen"] = left - still_open, rest - 1
    kinds = OPEN if still_open else ENDED
    stage = chance.choices([kind for kind, _s in kinds], [share for _k, share in kinds])[0]
    hired: Counter[int] = world.known.setdefault("hired_by", Counter())
    hired[opening.id] += stage is Stage.HIRED
    return Stage.REJECTED if hired[opening.id] > MOST_HIRED and stage is Stage.HIRED else stage


def load_people(world: World) -> None:
    """Everybody who ever applied, and the rows of their files."""
    applicants = world.known["applicants"]
    when = {answer.person: answer.at for answer in reversed(world.answers)}
    world.load(
        Person,
        (person_row(number, name, when[number]) for number, name in applicants),
        len(applicants),
    )
    world.load(StoredFile, (_file(one) for one in world.answers if one.cv), world.files)


def _file(answer: Answer) -> dict[str, Any]:
    return {
        "id": answer.cv, "key": token("file", answer.cv)[:32], "name": "cv.pdf",
        "media_type": "application/pdf", "size": 150_000 + answer.id * 7919 % 100_000,
        "sha256": hexes("file", answer.cv), "created_at": answer.at,
    }  # fmt: skip


def load_answers(world: World) -> None:
    """Applications, the count of each stage, and the results of screening."""
    total = len(world.answers)
    screeners = world.ids("hr")
    scored = {answer.id: _score(world, answer) for answer in world.answers}
    world.load(Application, (_row(one, scored[one.id], screeners) for one in world.answers), total)
    counts = Counter((answer.opening.id, answer.stage) for answer in world.answers)
    world.load(
        StageCount,
        ({"posting_id": posting, "stage": stage, "count": count}
         for (posting, stage), count in sorted(counts.items())),
    )  # fmt: skip
    chance = world.chance("screening")
    screened = (one for one in world.answers if scored[one.id] is not None)
    world.load(
        ScreeningResult,
        (_result(world, chance, one, scored[one.id], screeners) for one in screened),
    )


def _score(world: World, answer: Answer) -> int | None:
    """A score at or above the cut for those who went on, below it for most who didn't."""
    if answer.stage in {Stage.APPLIED, Stage.WITHDRAWN}:
        return None
    cut: int = world.known["criteria"][answer.opening.role][2]
    passed = answer.stage is not Stage.REJECTED or answer.interviewed
    return cut + answer.id * 31 % (101 - cut) if passed else answer.id * 31 % cut


def _row(answer: Answer, score: int | None, screeners: list[int]) -> dict[str, Any]:
    at, stage, name = answer.at, answer.stage, answer.name
    moved = stage is not Stage.APPLIED
    reason = None
    if stage is Stage.REJECTED:
        reason = "interview" if answer.interviewed else "below_cut"
    return {
        "id": answer.id, "posting_id": answer.opening.id, "person_id": answer.person,
        "given_name": name.given, "family_name": name.family,
        "email": f"{name.latin}.{answer.person}@people.example",
        "phone": "" if answer.person % 4 == 0 else f"+34 600 {answer.person % 999983:06}",
        "headline": HEADLINES[answer.id % 4], "letter": LETTER if answer.id % 5 < 2 else "",
        "answers": {"must-1": True}, "language": name.language,
        "source": ("careers", "indeed", "referral", "linkedin", "social")[answer.id * 13 % 5],
        "cv_file_id": answer.cv, "status_key": token("status", answer.id), "consent_at": at,
        "consent_country": "TR", "consent_text": CONSENT, "applied_at": at, "stage": stage,
        "stage_since": answer.since, "previous_stage": Stage.APPLIED if moved else None,
        "previous_since": at if moved else None,
        "moved_by_id": screeners[answer.id % len(screeners)] if moved else None,
        "rejection_reason": reason, "screening_score": score,
        "must_haves_met": None if score is None else True, "erased_at": None, "version": 1,
    }  # fmt: skip


def _result(
    world: World, chance: Random, answer: Answer, score: int | None, screeners: list[int]
) -> dict[str, Any]:
    must, weighted, cut = world.known["criteria"][answer.opening.role]
    given: dict[str, Any] = {one["key"]: True for one in must}
    given |= {one["key"]: chance.randint(0, 4) for one in weighted}
    passes = (score or 0) >= cut
    return {
        "id": answer.id, "application_id": answer.id, "criteria_id": answer.opening.id,
        "answers": given, "score": score, "must_haves_met": True, "passes": passes,
        "advanced": passes, "override_reason": None, "note": "",
        "screened_at": min(answer.at + days(0.2), world.now),
        "screened_by_id": screeners[answer.id % len(screeners)],
    }  # fmt: skip
