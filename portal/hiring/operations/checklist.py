"""What a posting must have before the world may read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import gettext as _

from portal.core.i18n import NATIVE_NAMES
from portal.hiring.models import Posting
from portal.hiring.states import RequisitionState


@dataclass(frozen=True)
class Check:
    """One line of the checklist; ``missing`` says what to do and is empty when it is done.

    ``language`` is the first language in which something is missing, if it is a text.
    """

    key: str
    label: str
    missing: str = ""
    language: str = ""

    @property
    def done(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


def checklist(posting: Posting) -> list[Check]:
    """Every line, done or not, in the order of the page."""
    requisition = posting.requisition
    return [
        _text_check(posting, "title", _("Title"), lambda lacking: _(
            "Write the title in %(languages)s.", languages=lacking)),
        _text_check(posting, "duties", _("Duties"), lambda lacking: _(
            "List the duties in %(languages)s.", languages=lacking)),
        _text_check(posting, "qualifications", _("Qualifications"), lambda lacking: _(
            "List the qualifications in %(languages)s.", languages=lacking)),
        _text_check(posting, "how_to_apply", _("How to apply"), lambda lacking: _(
            "Say how to apply in %(languages)s.", languages=lacking)),
        Check("pay", _("Pay range"), "" if requisition.pay_maximum > 0 else _(
            "Put the pay range into the requisition.")),
        Check("criteria", _("Screening criteria fixed"), "" if posting.criteria else _(
            "Fix what applications are screened by.")),
        Check("approval", _("Requisition approved"), _approval_missing(requisition.state)),
    ]  # fmt: skip


def _approval_missing(state: RequisitionState) -> str:
    if state is RequisitionState.APPROVED:
        return ""
    return _("The requisition must be approved. It is now: %(state)s.", state=state.label)


def _text_check(posting: Posting, part: str, label: str, missing: Callable[[str], str]) -> Check:
    lacking = [tag for tag in posting.languages if not posting.content.get(tag, {}).get(part)]
    if not lacking:
        return Check(part, label)
    names = ", ".join(NATIVE_NAMES[tag] for tag in lacking)
    return Check(part, label, missing(names), lacking[0])
