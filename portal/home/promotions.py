"""Promotions that wait: for a decision, for the person to be told, for an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import sqlalchemy as sa
from flask import url_for
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import clock, i18n
from portal.home.need import Need, Source, by_moment, on_the_day
from portal.promotions import policy, queries
from portal.promotions.models import Promotion, PromotionStep
from portal.promotions.states import PromotionState

PATIENCE = timedelta(days=2)
"""How long a step, or the news to the person, waits before it counts as late."""

FOR_THE_ANSWER = timedelta(days=7)
SOON = timedelta(days=14)
"""A day this near, and still no answer, is worth a word."""


def _own(viewer: Account) -> Iterator[Source]:
    yield Source(
        _going_to,
        Promotion.id,
        by_moment(viewer, FOR_THE_ANSWER),
        _to_answer,
        moment=Promotion.told_at,
    )


def _going_to(asker: Account) -> sa.Select[Promotion]:
    return queries.going_to(asker.person_id)


def _steps(viewer: Account) -> Iterator[Source]:
    yield Source(
        queries.steps_waiting_for,
        PromotionStep.id,
        by_moment(viewer, PATIENCE),
        _to_decide,
        moment=PromotionStep.opened_at,
    )


def _kept(viewer: Account) -> Iterator[Source]:
    if not policy.see_promotions(viewer):
        return
    yield Source(
        _approved,
        Promotion.id,
        by_moment(viewer, PATIENCE),
        _to_tell,
        moment=Promotion.approved_at,
    )
    yield Source(
        _returned,
        Promotion.id,
        by_moment(viewer, PATIENCE),
        _sent_back,
        moment=Promotion.created_at,
    )
    yield Source(_silent, Promotion.id, on_the_day, _unanswered, day=Promotion.starts_on)


def _approved(asker: Account) -> sa.Select[Promotion]:
    return queries.changeable(asker, PromotionState.APPROVED).order_by(Promotion.approved_at)


def _returned(asker: Account) -> sa.Select[Promotion]:
    return queries.changeable(asker, PromotionState.RETURNED).order_by(Promotion.created_at)


def _silent(asker: Account) -> sa.Select[Promotion]:
    until = clock.today(asker.time_zone) + SOON
    return queries.told_and_silent(asker, until).order_by(Promotion.starts_on)


def _to_answer(promotion: Promotion, due: date) -> Need:
    return Need(
        "arrow-up",
        _("A promotion for you: %(role)s", role=i18n.words(promotion.role.title)),
        _("From %(day)s. Read the letter and answer.", day=i18n.date(promotion.starts_on)),
        min(due, promotion.starts_on),
        url_for("promotions.my_promotion"),
        _("Read and answer"),
    )


def _to_decide(step: PromotionStep, due: date) -> Need:
    return _need(step.promotion, due, _("%(who)s: promotion to decide",
                 who=step.promotion.person.display_name), _("Decide"))  # fmt: skip


def _to_tell(promotion: Promotion, due: date) -> Need:
    title = _("%(who)s: promotion approved, tell them", who=promotion.person.display_name)
    return _need(promotion, due, title, _("View"))


def _sent_back(promotion: Promotion, due: date) -> Need:
    title = _("%(who)s: promotion sent back", who=promotion.person.display_name)
    return _need(promotion, due, title, _("View"))


def _unanswered(promotion: Promotion, due: date) -> Need:
    title = _("%(who)s has not answered yet", who=promotion.person.display_name)
    return _need(promotion, due, title, _("View"))


def _need(promotion: Promotion, due: date, title: str, label: str) -> Need:
    why = _(
        "%(role)s from %(day)s",
        role=i18n.words(promotion.role.title),
        day=i18n.date(promotion.starts_on),
    )
    url = url_for("promotions.promotion", promotion_id=promotion.id)
    return Need("arrow-up", title, why, due, url, label)


SOURCES: tuple[Callable[[Account], Iterator[Source]], ...] = (_own, _steps, _kept)
