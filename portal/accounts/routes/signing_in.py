"""Signing in and out."""

from __future__ import annotations

import flask
from flask import Response, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts import operations, queries
from portal.accounts.forms import SignInForm
from portal.accounts.routes.blueprint import address_typed, bp, start_page
from portal.accounts.routes.cookie import browser_name, enter, present_session
from portal.accounts.viewer import viewer_if_any
from portal.core.access import public
from portal.core.db import db
from portal.core.forms import form_page, refusals_to
from portal.core.i18n import LOCALES
from portal.core.returning import is_own_page
from portal.core.web import limiter


def _failed(response: Response) -> bool:
    return response.status_code == 422


@bp.route("/sign-in", methods=["GET", "POST"])
@public
@limiter.limit("50 per 10 minutes", methods=["POST"], deduct_when=_failed)
@limiter.limit("10 per 10 minutes", methods=["POST"], key_func=address_typed, deduct_when=_failed)
def sign_in() -> ResponseReturnValue:
    """Ask who it is; go on to the page they wanted."""
    wanted = request.args.get("next", "")
    if request.method == "GET" and viewer_if_any():
        return redirect(wanted, 303) if is_own_page(wanted) else start_page()
    form = SignInForm()
    if form.validate_on_submit():
        with refusals_to(form):
            token = operations.sign_in(
                form.email.data,
                form.password.data,
                address=request.remote_addr or "",
                browser=browser_name(),
            )
            enter(token)
            return redirect(wanted, 303) if is_own_page(wanted) else start_page()
    return _page(form, wanted)


def _page(form: SignInForm, wanted: str) -> ResponseReturnValue:
    demo = db.session.scalars(queries.demo_accounts()).all() if current_app.config["DEMO"] else ()
    back = wanted if is_own_page(wanted) else None
    return form_page(
        "accounts/sign_in.html",
        form,
        demo=demo,
        here=url_for("accounts.sign_in", next=back),
        # Choosing a language must not forget the page somebody was going to.
        alternates={code: url_for("accounts.sign_in", next=back, lang=code) for code in LOCALES},
    )


@bp.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """End this session; someone whose session is over already is as welcome."""
    if viewer_if_any() and (session := present_session()):
        operations.sign_out(session)
    flask.session.clear()
    flash(_("You are signed out."), "ok")
    return redirect(url_for("accounts.sign_in"), 303)
