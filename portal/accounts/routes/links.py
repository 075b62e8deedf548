"""What the links in mails lead to: taking up an invitation, setting a new password."""

from __future__ import annotations

import flask_babel
from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts import operations
from portal.accounts.forms import AskResetForm, NewPasswordForm
from portal.accounts.models import Account, AccountLink
from portal.accounts.routes.blueprint import address_typed, bp, start_page
from portal.accounts.routes.cookie import browser_name, enter
from portal.accounts.states import LinkPurpose
from portal.core.access import public
from portal.core.errors import Gone, Refused
from portal.core.forms import refusal_to_field
from portal.core.web import limiter

FEW = limiter.shared_limit("30 per 10 minutes", scope="account-links")


@bp.route("/reset", methods=["GET", "POST"])
@public
@limiter.limit("20 per 10 minutes", methods=["POST"])
@limiter.limit("5 per 10 minutes", methods=["POST"], key_func=address_typed)
def ask_reset() -> ResponseReturnValue:
    """Ask where to send the link; the answer is the same for every address."""
    form = AskResetForm()
    if form.validate_on_submit():
        operations.ask_reset(form.email.data)
        return redirect(url_for("accounts.reset_asked"), 303)
    return render_template("accounts/ask_reset.html", form=form), 422 if form.errors else 200


@bp.get("/reset/asked")
@public
def reset_asked() -> ResponseReturnValue:
    """Say what happens next."""
    return render_template("accounts/reset_asked.html")


@bp.route("/reset/<token>", methods=["GET", "POST"])
@public
@FEW
def reset_password(token: str) -> ResponseReturnValue:
    """Set a new password by the link of a mail; looking at the page does not use it up."""
    try:
        link = operations.usable_link(token, LinkPurpose.RESET)
        _speak_with(link.account)
        form = NewPasswordForm()
        if form.validate_on_submit():
            operations.reset_password(token, password=form.password.data)
            flash(_("Your password is changed. Sign in with it."), "ok")
            return redirect(url_for("accounts.sign_in"), 303)
    except Refused as refused:
        refusal_to_field(form, refused)
    except Gone:
        return render_template("accounts/link_over.html", purpose=LinkPurpose.RESET), 410
    return _page("accounts/reset_password.html", form, link)


@bp.route("/invitation/<token>", methods=["GET", "POST"])
@public
@FEW
def accept_invitation(token: str) -> ResponseReturnValue:
    """Choose a password and be signed in for the first time."""
    try:
        link = operations.usable_link(token, LinkPurpose.INVITATION)
        _speak_with(link.account)
        form = NewPasswordForm()
        if form.validate_on_submit():
            account = operations.accept_invitation(token, password=form.password.data)
            enter(
                operations.open_session(
                    account, address=request.remote_addr or "", browser=browser_name()
                )
            )
            flash(_("Welcome. Your account is ready."), "ok")
            return start_page()
    except Refused as refused:
        refusal_to_field(form, refused)
    except Gone:
        return render_template("accounts/link_over.html", purpose=LinkPurpose.INVITATION), 410
    return _page("accounts/accept_invitation.html", form, link)


def _speak_with(account: Account) -> None:
    """Use the language the mail was in, unless the reader chose another."""
    if "lang" not in session:
        session["lang"] = account.language
        flask_babel.refresh()  # type: ignore[no-untyped-call]


def _page(template: str, form: NewPasswordForm, link: AccountLink) -> ResponseReturnValue:
    body = render_template(template, form=form, account=link.account)
    return body, 422 if form.errors else 200
