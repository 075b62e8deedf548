"""One's own account: language, time zone, password, and where one is signed in."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext, refresh
from flask_wtf import FlaskForm

from portal.accounts import operations, policy, queries
from portal.accounts.forms import (
    ChangePasswordForm,
    LanguageForm,
    PreferencesForm,
    zone_offer,
)
from portal.accounts.models import AccountSession
from portal.accounts.routes.blueprint import bp
from portal.accounts.routes.cookie import browser_name, enter, present_session
from portal.accounts.viewer import viewer
from portal.core.access import allowed, signed_in
from portal.core.db import db
from portal.core.forms import refusals_to
from portal.core.returning import came_from
from portal.core.web import limiter


@bp.get("/account")
@signed_in
def account() -> ResponseReturnValue:
    """Show what is known of the person who asks, and let them change it."""
    return _page()


@bp.post("/account/preferences")
@signed_in
def change_preferences() -> ResponseReturnValue:
    """Change language and time zone."""
    form = _preferences()
    if not form.validate_on_submit():
        return _page(preferences=form)
    operations.change_language(viewer(), form.language.data, by=viewer())
    operations.change_time_zone(viewer(), form.time_zone.data, by=viewer())
    return _saved()


@bp.post("/account/language")
@signed_in
def change_language() -> ResponseReturnValue:
    """Change the language from the menu of any page, and stay there."""
    form = LanguageForm()
    if not form.validate_on_submit():
        abort(422)
    operations.change_language(viewer(), form.language.data, by=viewer())
    back = came_from()
    return redirect(back, 303) if back else _saved()


@bp.post("/account/password")
@signed_in
@limiter.limit(
    "10 per 10 minutes",
    key_func=lambda: str(viewer().id),
    deduct_when=lambda response: response.status_code == 422,
)
def change_password() -> ResponseReturnValue:
    """Change the password; this browser stays signed in, all others do not."""
    form = ChangePasswordForm()
    if form.validate_on_submit():
        with refusals_to(form):
            token = operations.change_password(
                viewer(),
                present=form.present.data,
                password=form.password.data,
                address=request.remote_addr or "",
                browser=browser_name(),
            )
            enter(token)
            flash(_("Your password is changed. You are signed out everywhere else."), "ok")
            return redirect(url_for("accounts.account"), 303)
    return _page(password=form)


@bp.post("/account/sessions/<int:account_session_id>/end")
@allowed(policy.revoke_session, on=AccountSession)
def revoke_session(account_session: AccountSession) -> ResponseReturnValue:
    """Sign one browser out."""
    operations.revoke_session(account_session, by=viewer())
    flash(_("That browser is signed out."), "ok")
    return redirect(url_for("accounts.account"), 303)


@bp.post("/account/sessions/end-others")
@signed_in
def revoke_other_sessions() -> ResponseReturnValue:
    """Sign every other browser out."""
    ended = operations.revoke_other_sessions(viewer(), keep=present_session(), by=viewer())
    flash(
        ngettext(
            "%(num)s other browser is signed out.", "%(num)s other browsers are signed out.", ended
        ),
        "ok",
    )
    return redirect(url_for("accounts.account"), 303)


@bp.post("/account/calendar")
@signed_in
def make_feed() -> ResponseReturnValue:
    """Make the address of one's calendar, or a new one; it is shown this once."""
    return _page(feed_token=operations.make_feed(viewer(), by=viewer()))


@bp.post("/account/calendar/stop")
@signed_in
def stop_feed() -> ResponseReturnValue:
    """Stop it."""
    operations.stop_feed(viewer(), by=viewer())
    flash(_("Your calendar address works no more."), "ok")
    return redirect(url_for("accounts.account"), 303)


def _preferences(**options: None) -> PreferencesForm:
    form = PreferencesForm(obj=viewer(), **options)
    # Python's own zone list may call the account's zone by another name.
    form.time_zone.offer = zone_offer(viewer().time_zone)
    return form


def _saved() -> ResponseReturnValue:
    refresh()  # type: ignore[no-untyped-call]
    flash(_("Saved."), "ok")
    return redirect(url_for("accounts.account"), 303)


def _page(
    preferences: PreferencesForm | None = None,
    password: ChangePasswordForm | None = None,
    *,
    feed_token: str = "",
) -> ResponseReturnValue:
    sent: FlaskForm | None = preferences or password
    body = render_template(
        "accounts/account.html",
        form=sent,
        preferences=preferences or _preferences(formdata=None),
        password=password or ChangePasswordForm(formdata=None),
        sessions=db.session.scalars(queries.sessions_of(viewer())).all(),
        present=present_session(),
        feed=db.session.scalar(queries.feed_of(viewer())),
        feed_token=feed_token,
    )
    return body, 422 if sent else 200
