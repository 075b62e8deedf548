"""Pages of the letter templates."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core.access import allowed
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.forms import form_page
from portal.core.i18n import LOCALES
from portal.offers import letters as placeholders
from portal.offers import operations, policy, queries
from portal.offers.forms import LetterForm
from portal.offers.routes import bp


@bp.route("/settings/letters", methods=["GET", "POST"])
@allowed(policy.edit_letters)
def letters() -> ResponseReturnValue:
    """The offer letter, one language at a time; saving makes a new version."""
    wanted = request.args.get("in", "en")
    language = wanted if wanted in LOCALES else "en"
    template = db.session.scalars(queries.newest_template()).one()
    form = LetterForm.of(template, language)
    if form.validate_on_submit():
        content = {**template.content, language: form.letter()}
        try:
            operations.change_letter(template, content=content, by=viewer())
        except Refused as refused:
            form.show_refusal(refused.field, refused.message)
        else:
            flash(_("New version of the letter saved. Offers made before keep theirs."), "ok")
            return redirect(f"{url_for('offers.letters')}?in={language}", 303)
    return form_page(
        "offers/letters.html",
        form,
        template=template,
        language=language,
        known=sorted(placeholders.KNOWN),
    )
