"""Names of handlers and the ticks of schedules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from portal.core.jobs import registry


@pytest.fixture(autouse=True)
def own_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "HANDLERS", {})
    monkeypatch.setattr(registry, "SCHEDULES", {})


def test_a_handler_is_found_by_its_name() -> None:
    @registry.handler("a.b")
    def work() -> None: ...

    assert registry.handler_of("a.b") is work


def test_two_functions_cannot_share_a_name() -> None:
    registry.handler("a.b")(print)
    with pytest.raises(ValueError, match="two handlers"):
        registry.handler("a.b")(repr)


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(LookupError, match="no handler for"):
        registry.handler_of("a.b")


@pytest.mark.parametrize(
    "schedule", [{}, {"every": timedelta(1), "cron": "* * * * *"}, {"cron": "never"}]
)
def test_a_periodic_job_needs_exactly_one_good_schedule(schedule: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="needs one schedule"):
        registry.periodic("a.b", **schedule)  # type: ignore[arg-type]


def test_ticks_of_a_distance_fall_on_its_multiples() -> None:
    schedule = registry.Schedule(every=timedelta(minutes=5))
    assert schedule.last_tick(datetime(2026, 11, 24, 9, 7, 3, tzinfo=UTC)) == datetime(
        2026, 11, 24, 9, 5, tzinfo=UTC
    )


@pytest.mark.parametrize(("minute", "hour"), [(29, 8), (30, 9), (31, 9)])
def test_ticks_of_a_cron_line_include_the_very_minute(minute: int, hour: int) -> None:
    schedule = registry.Schedule(cron="30 * * * *")
    last = schedule.last_tick(datetime(2026, 11, 24, 9, minute, tzinfo=UTC))
    assert last == datetime(2026, 11, 24, hour, 30, tzinfo=UTC)
