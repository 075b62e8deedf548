"""What offers show on hiring's pages: an application's and the candidate's own."""

from __future__ import annotations

from flask import Flask, render_template, url_for
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from portal.accounts.models import Account
from portal.core.db import db
from portal.hiring import parts
from portal.hiring.models import Application
from portal.hiring.states import Stage
from portal.offers import policy, queries
from portal.offers.states import OfferState


def connect(app: Flask) -> None:
    """Add the parts to hiring's pages."""
    parts.application_parts.add(app, on_application)
    parts.next_actions.add(app, next_action)
    parts.status_parts.add(app, on_status)
    parts.tabs.add(app, tab)


def on_application(application: Application, viewer: Account) -> Markup | None:
    """The offers on an application with state and dates; terms and pay are a link away."""
    offers = db.session.scalars(queries.offers_of(application.id)).all()
    if not offers:
        return None
    body = render_template(
        "offers/_application_part.html", offers=offers, may_see=policy.see_offer(viewer, offers[0])
    )
    return Markup(body)  # noqa: S704 - our own template escapes


def next_action(application: Application, viewer: Account) -> parts.NextAction | None:
    """Make an offer once the panel says so; then open the one there is."""
    if application.stage not in {Stage.DECISION, Stage.OFFER}:
        return None
    offer = db.session.scalar(queries.live_offer(application.id))
    if offer is not None:
        if not policy.see_offer(viewer, offer):
            return None
        return parts.NextAction(_l("Open offer"), url_for("offers.offer", offer_id=offer.id))
    if not policy.make_offer(viewer, application):
        return None
    advances = db.session.scalar(queries.panel_advances(application.id)) is not None
    if application.stage is Stage.DECISION and not advances:
        return None
    url = url_for("offers.make_offer", application_id=application.id)
    return parts.NextAction(_l("Make offer"), url)


def on_status(application: Application) -> Markup | None:
    """That an offer was sent by mail; the way to it stands only there."""
    offer = db.session.scalar(queries.live_offer(application.id))
    if offer is None or offer.state is not OfferState.SENT:
        return None
    body = render_template("offers/_status_part.html", offer=offer)
    return Markup(body)  # noqa: S704 - as above


def tab(viewer: Account) -> parts.Tab | None:
    """The list of offers, beside the other lists of hiring."""
    if not policy.see_offers(viewer):
        return None
    return parts.Tab("offers", _l("Offers"), url_for("offers.offers"), "file-earmark-text")
