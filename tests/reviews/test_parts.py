"""Parts: kept as they are written, handed in, given back, declined."""

from __future__ import annotations

from typing import Any

import pytest

from portal.core.db import db
from portal.core.errors import Refused
from portal.core.mail.models import OutgoingMail
from portal.reviews import operations
from portal.reviews.models import ReviewPart
from portal.reviews.operations import Entry
from portal.reviews.states import PartKind, PartState, ReviewState
from tests.factories import reviews as make

pytestmark = pytest.mark.usefixtures("db_session", "clock")


def refusal(action: Any, *values: Any, **named: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        action(*values, **named)
    return caught.value


def opened(**values: Any) -> tuple[make.Scene, ReviewPart, str]:
    """A scene with an open self-review, and the subject of its one competency."""
    scene = make.review(**values)
    part = make.part(scene.review, PartKind.SELF, scene.self)
    return scene, part, f"c{scene.competency.id}"


def save(part: ReviewPart, by: Any, **entries: Entry) -> None:
    asked = operations.asked_of(part)
    operations.save_part(part, asked, entries=entries, answers={"strengths": "Listens"}, by=by)
    db.session.flush()


def submit(part: ReviewPart, by: Any) -> None:
    operations.submit_part(part, operations.asked_of(part), by=by)


def test_a_part_asks_for_competencies_goals_and_words() -> None:
    _scene, part, subject = opened()
    asked = operations.asked_of(part)
    assert (asked.rated, asked.questions) == ([subject], ["strengths"])


def test_a_draft_keeps_levels_notes_and_words_and_changes_them() -> None:
    scene, part, subject = opened()
    save(part, scene.self, **{subject: Entry(3, note="Seen")})
    save(part, scene.self, **{subject: Entry(cannot_tell=True)})
    assert operations.entries_of(part) == {subject: Entry(cannot_tell=True)}
    assert part.answers == {"strengths": "Listens"}
    assert part.saved_at is not None


def test_handing_in_makes_the_score() -> None:
    scene, part, subject = opened()
    save(part, scene.self, **{subject: Entry(4)})
    submit(part, scene.self)
    assert (part.state, part.score) == (PartState.SUBMITTED, 4.0)
    assert refusal(submit, part, scene.self).message.startswith("You have handed in")


def test_who_cannot_tell_hands_in_without_a_score() -> None:
    scene, part, subject = opened()
    save(part, scene.self, **{subject: Entry(cannot_tell=True)})
    submit(part, scene.self)
    assert part.score is None


@pytest.mark.parametrize("level", [1, 2, 5])
def test_levels_far_from_the_middle_need_a_note(level: int) -> None:
    scene, part, subject = opened()
    save(part, scene.self, **{subject: Entry(level)})
    assert refusal(submit, part, scene.self).field == f"note-{subject}"


def test_what_is_missing_is_named_at_its_field() -> None:
    _scene, part, subject = opened()
    found = operations.problems(operations.asked_of(part), {}, {})
    assert list(found) == [f"level-{subject}", "text-strengths"]


def test_no_level_beyond_the_scale_no_strange_subject_no_endless_note() -> None:
    scene, part, subject = opened()
    assert refusal(save, part, scene.self, **{subject: Entry(6)}).field == f"level-{subject}"
    assert refusal(save, part, scene.self, c999999=Entry(3)).field is None
    long = Entry(3, note="x" * 4001)
    assert refusal(save, part, scene.self, **{subject: long}).field == f"note-{subject}"


def test_nothing_is_written_once_the_result_is_made() -> None:
    scene, part, subject = opened(state=ReviewState.CALIBRATION)
    assert "closed" in refusal(save, part, scene.self, **{subject: Entry(3)}).message


def test_given_back_it_is_open_again_and_the_author_hears_why() -> None:
    scene, part, subject = opened()
    save(part, scene.self, **{subject: Entry(3)})
    submit(part, scene.self)
    assert refusal(operations.return_part, part, reason=" ", by=scene.manager).field == "reason"
    operations.return_part(part, reason="Say more", by=scene.manager)
    assert (part.state, part.score, part.reason) == (PartState.OPEN, None, "Say more")
    assert db.session.query(OutgoingMail).filter_by(kind="reviews/returned").count() == 1
    submit(part, scene.self)
    refusal(operations.decline_part, part, reason="No", by=scene.self)


def test_only_peers_and_reports_decline_and_say_why() -> None:
    scene = make.review()
    part = make.part(scene.review, PartKind.PEER)
    assert refusal(operations.decline_part, part, reason="", by=scene.hr).field == "reason"
    operations.decline_part(part, reason="Hardly met", by=scene.hr)
    assert part.state is PartState.DECLINED
