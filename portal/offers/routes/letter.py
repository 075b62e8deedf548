"""Pages of the letters HR words: the list, one language of one at a time, and its preview."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core import documents, files
from portal.core.access import allowed
from portal.core.brand import brand
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.forms import check_version, form_page
from portal.core.i18n import LOCALES
from portal.offers import letters as wording
from portal.offers import operations, policy, queries
from portal.offers.forms import LetterForm
from portal.offers.routes import bp


@bp.get("/settings/letters")
@allowed(policy.edit_letters)
def letters() -> str:
    """Every letter whose text HR keeps, with the version in force."""
    stored = {one.key: one for one in db.session.scalars(queries.newest_templates())}
    return render_template(
        "offers/letters.html",
        rows=[(letter, stored.get(letter.key)) for letter in wording.LETTERS.values()],
    )


@bp.route("/settings/letters/<string:key>", methods=["GET", "POST"])
@allowed(policy.edit_letters)
def change_letter(key: str) -> ResponseReturnValue:
    """One language of a letter; saving makes a new version."""
    letter, language = wording.letter_named(key), _language()
    template = wording.present_version(letter)
    form = LetterForm.of(letter, template, language)
    if form.validate_on_submit():
        try:
            check_version(form, template)
            template = operations.letter_in_force(letter)
            content = {**template.content, language: form.text()}
            operations.change_letter(template, content=content, by=viewer())
        except Refused as refused:
            form.show_refusal(refused)
        else:
            flash(_("New version saved. Letters made before stay as they were."), "ok")
            return redirect(f"{url_for('offers.change_letter', key=key)}?in={language}", 303)
    return form_page(
        "offers/change_letter.html", form, letter=letter, template=template, language=language
    )


@bp.get("/settings/letters/<string:key>/preview")
@allowed(policy.edit_letters)
def preview_letter(key: str) -> Response:
    """The letter as it would be printed, with the names of its placeholders."""
    letter, language = wording.letter_named(key), _language()
    pdf = documents.render(
        letter.template,
        wording.preview(wording.present_version(letter), language),
        locale=language,
        brand=brand(),
        preview=True,
    )
    return files.show_pdf(pdf, name=f"{key}-{language}.pdf")


def _language() -> str:
    wanted = request.args.get("in", "en")
    return wanted if wanted in LOCALES else "en"
