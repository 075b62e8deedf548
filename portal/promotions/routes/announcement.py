"""What the team reads: written and previewed before, sent after the day, and the page itself."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core.access import allowed
from portal.core.forms import check_version, form_page, refusals_to
from portal.promotions import operations, policy
from portal.promotions.forms import AnnouncementForm, default_announcement
from portal.promotions.models import Promotion
from portal.promotions.routes import bp
from portal.promotions.states import PromotionState


@bp.route("/promotions/<int:promotion_id>/announcement", methods=["GET", "POST"])
@allowed(policy.write_announcement, on=Promotion)
def write_announcement(promotion: Promotion) -> ResponseReturnValue:
    """Write the text; once the promotion is in effect, saving sends it."""
    form = AnnouncementForm(
        text=promotion.announcement or default_announcement(promotion),
        by_mail=promotion.announce_by_mail,
        version=promotion.version,
    )
    if form.validate_on_submit():
        with refusals_to(form):
            check_version(form, promotion)
            _save(promotion, form)
            return redirect(url_for("promotions.promotion", promotion_id=promotion.id), 303)
    return form_page("promotions/announcement.html", form, promotion=promotion)


def _save(promotion: Promotion, form: AnnouncementForm) -> None:
    me, now = viewer(), promotion.state is PromotionState.EFFECTIVE
    operations.write_announcement(
        promotion, text=form.text.data or "", by_mail=form.by_mail.data, by=me
    )
    if now:
        operations.announce(promotion, by=me)
    flash(_("Announced to both teams.") if now else _("Announcement saved."), "ok")


@bp.get("/promotions/<int:promotion_id>/news")
@allowed(policy.read_news, on=Promotion)
def news(promotion: Promotion) -> str:
    """The announcement as colleagues read it."""
    return render_template("promotions/news.html", promotion=promotion)
