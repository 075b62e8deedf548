"""The way around: each person sees only what is theirs, named by what people do there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flask import request, url_for
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from portal.accounts.models import Account
from portal.accounts.viewer import viewer_if_any
from portal.certification import policy as certification
from portal.hiring import policy as hiring
from portal.metrics import policy as metrics
from portal.people import policy as people
from portal.promotions import policy as promotions
from portal.succession import policy as succession


@dataclass(frozen=True)
class Place:
    """An entry of the navigation; ``key`` is the letter after ``g`` that leads there."""

    label: LazyString
    endpoint: str
    icon: str
    key: str
    seen_by: Callable[[Account], bool]
    under: tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """What the layout draws; ``heading`` stands above the first of a group."""

    label: LazyString
    url: str
    icon: str
    key: str
    current: bool
    count: int = 0
    heading: LazyString | str = ""


def _everyone(_viewer: Account) -> bool:
    return True


def _interviews(viewer: Account) -> bool:
    return viewer.has_role("interviewer", "hr", "manager") or bool(viewer.led_paths)


def _only_own(viewer: Account) -> bool:
    return not metrics.see_team_metrics(viewer)


GROUPS: tuple[tuple[LazyString | str, tuple[Place, ...]], ...] = (
    (
        "",
        (
            Place(_l("Home"), "home.home", "house", "h", _everyone, ("/",)),
            Place(_l("Inbox"), "inbox.inbox", "envelope", "n", _everyone, ("/inbox",)),
        ),
    ),
    (
        _l("New people"),
        (
            Place(
                _l("Hiring"),
                "hiring.overview",
                "briefcase",
                "r",
                hiring.see_hiring,
                ("/hiring", "/offers"),
            ),
            Place(
                _l("Interviews"),
                "interviews.interviews",
                "chat-square-text",
                "i",
                _interviews,
                ("/interviews",),
            ),
        ),
    ),
    (
        _l("My growth"),
        (
            Place(
                _l("My path"),
                "paths.my_path",
                "signpost-split",
                "w",
                _everyone,
                (
                    "/my/path",
                    "/paths",
                    "/my/development",
                    "/development",
                    "/my/openings",
                    "/my/promotion",
                ),
            ),
            Place(
                _l("Goals"), "goals.my_goals", "bullseye", "l", _everyone, ("/my/goals", "/goals")
            ),
            Place(
                _l("1:1s"),
                "meetings.my_meetings",
                "chat-dots",
                "a",
                _everyone,
                ("/my/meetings", "/meetings"),
            ),
            Place(
                _l("Reviews"),
                "reviews.my_reviews",
                "journal-text",
                "v",
                _everyone,
                ("/my/reviews", "/reviews"),
            ),
            Place(
                _l("Training"),
                "training.my_training",
                "mortarboard",
                "t",
                _everyone,
                ("/my/training", "/training"),
            ),
            Place(
                _l("My certificates"),
                "certification.my_certificates",
                "patch-check",
                "c",
                _everyone,
                ("/my/certificates", "/certification"),
            ),
            Place(
                _l("My metrics"),
                "metrics.my_metrics",
                "bar-chart",
                "m",
                _only_own,
                ("/metrics", "/my/metrics"),
            ),
            Place(
                _l("Bonus"),
                "bonuses.my_bonus",
                "cash-coin",
                "b",
                _everyone,
                ("/my/bonus", "/bonuses"),
            ),
            Place(
                _l("Mentoring"),
                "mentoring.mentoring",
                "person-heart",
                "u",
                _everyone,
                ("/mentoring",),
            ),
            Place(
                _l("Onboarding"),
                "onboarding.onboarding",
                "clipboard-check",
                "o",
                _everyone,
                ("/onboarding",),
            ),
        ),
    ),
    (
        _l("All of us"),
        (
            Place(
                _l("Recognition"), "recognition.wall", "award", "k", _everyone, ("/recognition",)
            ),
            Place(_l("Surveys"), "surveys.surveys", "list-check", "y", _everyone, ("/surveys",)),
        ),
    ),
    (
        _l("Teams and plans"),
        (
            Place(_l("People"), "people.people", "people", "p", people.see_people, ("/people",)),
            Place(
                _l("Team certificates"),
                "certification.matrix",
                "table",
                "e",
                certification.see_matrix,
                ("/certification",),
            ),
            Place(
                _l("Metrics"),
                "metrics.team",
                "bar-chart",
                "m",
                metrics.see_team_metrics,
                ("/metrics", "/my/metrics"),
            ),
            Place(
                _l("Promotions"),
                "promotions.promotions",
                "arrow-up",
                "q",
                promotions.see_promotions,
                ("/promotions",),
            ),
            Place(
                _l("Succession"),
                "succession.bench",
                "diagram-3",
                "x",
                succession.see_succession,
                ("/succession",),
            ),
        ),
    ),
    ("", (Place(_l("Settings"), "home.settings", "gear", "s", people.set_up, ("/settings",)),)),
)
"""The places under their headings; the first few are the bar at the foot of a phone."""


def navigation() -> list[Item]:
    """The places of the person who looks, the present one marked; empty for strangers."""
    account = viewer_if_any()
    return list(_items(account)) if account else []


def _items(account: Account) -> Iterator[Item]:
    seen = [
        (heading, [place for place in places if place.seen_by(account)])
        for heading, places in GROUPS
    ]
    # Of two places that share pages the later one is for who sees more than their own.
    every = [place for _heading, places in seen for place in places]
    here = next(filter(_is_here, reversed(every)), None)
    for heading, places in seen:
        for at, place in enumerate(places):
            yield Item(
                place.label, url_for(place.endpoint), place.icon, place.key, place is here,
                heading="" if at else heading,
            )  # fmt: skip


def _is_here(place: Place) -> bool:
    path = request.path
    return any(
        path == under or (under != "/" and path.startswith(under + "/")) for under in place.under
    )
