"""Figures as the reader's language writes them, in the unit of their metric."""

from __future__ import annotations

from decimal import Decimal

from flask_babel import gettext as _

from portal.core import i18n
from portal.metrics.models import MetricVersion
from portal.metrics.states import Unit


def figure(value: Decimal | None, version: MetricVersion) -> str:
    """``87 %``, ``412 s``, ``4.3``, rounded as the metric says; a missing one is a dash."""
    if value is None:
        return "–"
    if version.unit is Unit.PERCENT:
        return i18n.percent(value / 100, version.decimals)
    if version.unit is Unit.MONEY:
        places = i18n.currency_digits(version.currency)
        return i18n.money(int(round(value, places).scaleb(places)), version.currency)
    number = i18n.number(round(value, version.decimals), version.decimals)
    text: str = number
    if version.unit is Unit.SECONDS:
        text = _("%(number)s s", number=number)
    elif version.unit is Unit.MINUTES:
        text = _("%(number)s min", number=number)
    return text


def unit_name(version: MetricVersion) -> str:
    """The unit in words; money by its currency."""
    return version.currency if version.unit is Unit.MONEY else str(version.unit.label)
