"""The decision record: what it holds, in four languages, printed."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pypdf import PdfReader

from portal.core import clock, documents
from portal.core.brand import Brand
from portal.core.documents import Seal, codec
from portal.core.errors import Refused
from portal.hiring import operations as hiring_operations
from portal.hiring.states import OverrideReason, Stage
from portal.interviews import operations as op
from portal.interviews.documents import DecisionRecord, decision_record
from portal.interviews.models import Interview
from portal.interviews.operations import Entry
from portal.interviews.states import Outcome
from tests.factories import hiring, people
from tests.factories import interviews as make

pytestmark = pytest.mark.usefixtures("clock")

SEAL = Seal(
    "7K2M-9QXB", "https://portal.example/verify/7K2M-9QXB", datetime(2026, 11, 24, tzinfo=UTC)
)


@pytest.fixture
def decided(db_session: Any) -> Interview:
    """A Japanese candidate, screened, interviewed by two, amended, decided against the score."""
    hr = people.account(roles=["hr"], person=people.person("Elif", "Şahin"))
    application = hiring.application(given_name="美咲", family_name="髙橋", language="ja")
    make.plan(application.posting.requisition)
    hiring_operations.screen_application(
        application,
        answers={"english": True, "evenings": True, "service": 4, "writing": 3},
        advance=True,
        override_reason=None,
        note="Strong letter",
        by=hr,
    )
    made = op.schedule_interview(
        application,
        panel=[
            make.interviewer("Mert", display_name="Mert Aksoy"),
            make.interviewer("İpek", display_name="İpek Iğdır"),
        ],
        starts_at=clock.now() + timedelta(hours=2),
        minutes=45,
        time_zone="Asia/Tokyo",
        place="会議室 4 ㈱①",
        by=hr,
    )
    db_session.flush()
    first, second = made.scorecards
    make.submit(first, 5, None, note="お客様の話を最後まで聞いた")
    make.submit(second, 2, 4, note="ığüşöç İ")
    asked = made.plan.questions[0].id
    op.amend_scorecard(
        second,
        entries={asked: Entry("Read again", rating=3)},
        reason="Misread",
        by=second.account,
    )
    op.decide(
        made,
        outcome=Outcome.REJECT,
        override_reason=OverrideReason.RISK,
        note="Seen a risk",
        by=hr,
    )
    db_session.flush()
    return made


def test_it_holds_everything_the_decision_rests_on(decided: Interview) -> None:
    record = decision_record(decided, "en")
    assert record.candidate == decided.application.display_name
    assert record.plan_hash == decided.plan.content_hash
    [screening] = record.screenings
    assert (screening.version, screening.score, screening.cut) == (1, 90, 60)
    assert screening.content_hash == decided.application.posting.criteria[0].content_hash
    assert [(c.weight, c.answer) for c in screening.criteria] == [
        (None, True),
        (None, True),
        (60, 4),
        (40, 3),
    ]
    [only] = record.rounds
    first, second = only.scores
    [asked] = first.questions
    assert [(a.who, a.rating, a.note) for a in asked.answers] == [
        ("Mert Aksoy", 5, "お客様の話を最後まで聞いた"),
        ("İpek Iğdır", 3, "Read again"),
    ]
    assert asked.answers[0].anchor.endswith("at level 5.")
    assert second.questions[0].answers[0].not_observed
    assert (first.mean, second.mean) == (4.0, 4.0)
    [change] = only.changes
    assert (change.before_rating, change.after_rating, change.reason) == ("2", "3", "Misread")
    assert (record.decision.score, record.decision.cut) == (400, 340)
    assert record.decision.mechanical is Outcome.ADVANCE
    assert record.decision.override_reason is OverrideReason.RISK
    labels = [event.label for event in record.events]
    for wanted in (
        "Screened against the criteria",
        "Interview scheduled",
        "Scorecard submitted",
        "Panel complete, ratings opened",
        "Scorecard amended",
        "Panel decision made",
    ):
        assert wanted in labels


def test_messages_are_kept_without_the_links_that_open_doors(decided: Interview) -> None:
    messages = decision_record(decided, "en").messages
    assert len(messages) == 2
    assert all(message.language == "ja" for message in messages)
    assert not any(decided.application.status_key in message.text for message in messages)


def test_it_survives_being_frozen(decided: Interview) -> None:
    record = decision_record(decided, "tr")
    assert codec.decode(codec.encode(record)) == record
    assert isinstance(record, DecisionRecord)


@pytest.mark.parametrize("locale", ["en", "tr", "es", "ja"])
def test_it_prints_in_every_language(decided: Interview, locale: str) -> None:
    pdf = documents.render(
        "decision_record",
        decision_record(decided, locale),
        locale=locale,
        brand=Brand(name="Kuzey"),
        country="JP",
        time_zone="Asia/Tokyo",
        seal=SEAL,
    )
    reader = PdfReader(io.BytesIO(pdf))
    text = "".join(page.extract_text() for page in reader.pages)
    assert reader.trailer["/Root"]["/Lang"] == locale
    mean = "4.00" if locale in {"en", "ja"} else "4,00"
    for wanted in ("髙橋", "㈱①", "お客様の話を最後まで聞いた", "Iğdır", mean):
        assert wanted in text.replace("\n", ""), wanted
    assert decided.application.email not in text


@pytest.fixture
def decided_twice(db_session: Any) -> Interview:
    """Two rounds by different panels, the second of them decided last."""
    hr = people.account(roles=["hr"], display_name="Elif Şahin")
    application = hiring.application(stage=Stage.SCREENED)
    make.plan(application.posting.requisition, rounds=2)
    made = None
    for name, ratings in (("Mert Aksoy", (4, 4)), ("Selin Kaya", (2, 4))):
        made = op.schedule_interview(
            application,
            panel=[make.interviewer(display_name=name), make.interviewer()],
            starts_at=clock.now() + timedelta(hours=2),
            minutes=45,
            time_zone="Europe/Istanbul",
            place="Room 4",
            by=hr,
        )
        db_session.flush()
        for card in made.scorecards:
            make.submit(card, *ratings, note=f"Heard by {name}")
        op.decide(made, outcome=Outcome.ADVANCE, override_reason=None, note="", by=hr)
    assert made is not None
    return made


def test_the_last_record_holds_the_rounds_one_after_the_other(decided_twice: Interview) -> None:
    record = decision_record(decided_twice, "en")
    assert [(each.number, each.name, each.score) for each in record.rounds] == [
        (1, "First interview", 400),
        (2, "Second interview", 280),
    ]
    assert [share.means for share in record.shares] == [(4.0, 2.0), (4.0, 4.0)]
    assert [share.mean for share in record.shares] == [3.0, 4.0]
    assert record.decision.score == 340
    assert codec.decode(codec.encode(record)) == record


def test_its_paper_prints_both_rounds_in_their_order(decided_twice: Interview) -> None:
    pdf = documents.render(
        "decision_record",
        decision_record(decided_twice, "en"),
        locale="en",
        brand=Brand(name="Kuzey"),
        country="TR",
        time_zone="Europe/Istanbul",
        seal=SEAL,
    )
    pages = PdfReader(io.BytesIO(pdf)).pages
    text = " ".join("".join(page.extract_text() for page in pages).split())
    first = text.index("First interview: questions, notes and ratings")
    second = text.index("Second interview: questions, notes and ratings")
    assert first < text.index("Heard by Mert Aksoy") < second < text.index("Heard by Selin Kaya")
    assert "340.00 ÷ 100 = 3.40" in text
    assert "The rounds side by side" in text


def test_the_record_of_an_earlier_round_knows_nothing_of_a_later_one(
    decided_twice: Interview, db_session: Any
) -> None:
    first = next(each for each in decided_twice.beside if each.id != decided_twice.id)
    record = decision_record(first, "en")
    [only] = record.rounds
    assert (only.name, record.decision.score) == ("First interview", 400)
    assert "Heard by Selin Kaya" not in codec.encode(record)


def test_printing_is_recorded_after_the_record_is_frozen(decided: Interview) -> None:
    hr = decided.decision.decided_by
    first = op.print_record(decided, locale="en", by=hr)
    second = op.print_record(decided, locale="en", by=hr)
    counts = [
        sum(each.label == "Decision record printed" for each in codec.decode(paper.payload).events)
        for paper in (first, second)
    ]
    assert counts == [0, 1]
    assert (first.locale, first.time_zone) == ("en", "Asia/Tokyo")


def test_without_a_decision_there_is_no_record(db_session: Any) -> None:
    made = make.complete()
    assert made.application.stage is Stage.DECISION
    with pytest.raises(Refused, match="not decided"):
        op.print_record(made, locale="en", by=people.account(roles=["hr"]))
