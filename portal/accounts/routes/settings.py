"""Everyone's accounts: who can sign in, as what, and since when."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.accounts import operations, policy, queries
from portal.accounts.forms import RolesForm
from portal.accounts.models import Account
from portal.accounts.routes.blueprint import bp
from portal.accounts.states import AccountRole, AccountState
from portal.accounts.viewer import viewer
from portal.core import tables
from portal.core.access import allowed
from portal.core.db import db
from portal.core.forms import form_page, refusals_to
from portal.core.returning import flash_with_undo

FILTERS = (
    tables.Filter("q", _l("Name or e-mail"), lambda texts: queries.named(texts[0])),
    tables.Filter("role", _l("Role"), lambda roles: queries.holding(roles[0]), AccountRole),
    tables.Filter("state", _l("State"), lambda states: Account.state == states[0], AccountState),
)
TRAIL = 20


@bp.get("/settings/accounts")
@allowed(policy.read_accounts)
def accounts() -> ResponseReturnValue:
    """List who can sign in."""
    bar = tables.FilterBar(FILTERS, request.args)
    select = bar.narrow(queries.accounts())
    page = tables.page(
        select,
        order=((Account.display_name, False), (Account.id, False)),
        cursor=request.args.get("cursor"),
    )
    return render_template(
        "accounts/accounts.html",
        page=page,
        bar=bar,
        base=url_for("accounts.accounts"),
        count=tables.count(select),
        labels={str(role): role.label for role in AccountRole},
    )


@bp.get("/settings/accounts/<int:account_id>")
@allowed(policy.read_account, on=Account)
def read_account(account: Account) -> ResponseReturnValue:
    """Show one account with what happened to it."""
    return _record(account, RolesForm(obj=account))


@bp.post("/settings/accounts/<int:account_id>/roles")
@allowed(policy.change_roles, on=Account)
def change_roles(account: Account) -> ResponseReturnValue:
    """Set what the account may do."""
    form = RolesForm()
    if form.validate_on_submit():
        with refusals_to(form):
            operations.change_roles(account, form.roles.data, by=viewer())
            flash(_("Roles saved. They count from the next page on."), "ok")
            return _back(account)
    return _record(account, form)


@bp.post("/settings/accounts/<int:account_id>/invitation")
@allowed(policy.resend_invitation, on=Account)
def resend_invitation(account: Account) -> ResponseReturnValue:
    """Send a new invitation."""
    operations.resend_invitation(account, by=viewer())
    flash(_("A new invitation is on its way to %(address)s.", address=account.email), "ok")
    return _back(account)


@bp.post("/settings/accounts/<int:account_id>/close")
@allowed(policy.close_account, on=Account)
def close_account(account: Account) -> ResponseReturnValue:
    """Let nobody in with this account any more."""
    operations.close_account(account, by=viewer())
    undo = url_for("accounts.reopen_account", account_id=account.id)
    flash_with_undo(_("The account is closed."), undo)
    return _back(account)


@bp.post("/settings/accounts/<int:account_id>/reopen")
@allowed(policy.reopen_account, on=Account)
def reopen_account(account: Account) -> ResponseReturnValue:
    """Undo the closing."""
    operations.reopen_account(account, by=viewer())
    flash(_("The account is open again."), "ok")
    return _back(account)


def _back(account: Account) -> ResponseReturnValue:
    return redirect(url_for("accounts.read_account", account_id=account.id), 303)


def _record(account: Account, form: RolesForm) -> ResponseReturnValue:
    return form_page(
        "accounts/read_account.html",
        form,
        account=account,
        trail=db.session.execute(queries.trail_of(account).limit(TRAIL)).all(),
        labels={str(role): role.label for role in AccountRole},
    )
