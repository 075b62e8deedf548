"""The candidate's pages, without an account: read the letter, accept or decline by a link."""

from __future__ import annotations

from typing import Any

from flask import make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from portal.core import files
from portal.core.access import public
from portal.core.documents.operations import require_file
from portal.core.errors import NotFound
from portal.core.forms import refusals_to
from portal.core.i18n import LOCALES, choose_locale
from portal.core.web import limiter
from portal.offers import documents, operations
from portal.offers.forms import AcceptForm, DeclineForm
from portal.offers.models import Offer
from portal.offers.routes import bp
from portal.offers.states import OfferState

TRIES = "30 per minute"


@bp.get("/offer/<token>")
@public
@limiter.limit(TRIES)
def answer(token: str) -> ResponseReturnValue:
    """The offer with its letter, or the answer that was given."""
    operations.note_opening(operations.opened_offer(token).offer)
    return _page(token, "answer")


@bp.get("/offer/<token>/letter")
@public
@limiter.limit(TRIES)
def letter_file(token: str) -> ResponseReturnValue:
    """The letter itself."""
    offer = operations.opened_offer(token).offer
    if offer.document is None:
        raise NotFound
    return files.respond(require_file(offer.document), inline=True)


@bp.route("/offer/<token>/accept", methods=["GET", "POST"])
@public
@limiter.limit(TRIES)
def accept_offer(token: str) -> ResponseReturnValue:
    """Accept by typed name."""
    offer = operations.opened_offer(token).offer
    if offer.state is not OfferState.SENT:
        return _to_answer(token)
    with force_locale(_language(offer)):
        form = AcceptForm()
        if form.validate_on_submit():
            with refusals_to(form):
                operations.accept_offer(token, typed_name=form.typed_name.data, **_origin())
                return _to_answer(token)
        return _page(token, "accept", form)


@bp.route("/offer/<token>/decline", methods=["GET", "POST"])
@public
@limiter.limit(TRIES)
def decline_offer(token: str) -> ResponseReturnValue:
    """Decline, with a word if the candidate likes."""
    offer = operations.opened_offer(token).offer
    if offer.state is not OfferState.SENT:
        return _to_answer(token)
    with force_locale(_language(offer)):
        form = DeclineForm()
        if form.validate_on_submit():
            operations.decline_offer(token, note=form.note.data, **_origin())
            return _to_answer(token)
        return _page(token, "decline", form)


def _to_answer(token: str) -> ResponseReturnValue:
    return redirect(url_for("offers.answer", token=token), 303)


def _language(offer: Offer) -> str:
    """The candidate's language, unless they chose another by the links on top of the page."""
    if request.args.get("lang"):
        choose_locale()
    chosen = session.get("lang")
    return str(chosen) if chosen in LOCALES else offer.language


def _origin() -> dict[str, str]:
    return {
        "address": request.remote_addr or "",
        "browser": request.headers.get("User-Agent", ""),
    }


def _page(token: str, name: str, form: Any = None) -> ResponseReturnValue:  # noqa: ANN401 - a form
    offer = operations.opened_offer(token).offer
    with force_locale(_language(offer)):
        body = render_template(
            f"offers/{name}.html",
            offer=offer,
            token=token,
            form=form,
            consent=documents.consent_of(offer),
            values=documents.values_of(offer),
        )
    response = make_response(body, 422 if form is not None and form.is_submitted() else 200)
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
