"""Letter templates: the starter pack and later versions."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import Json, db
from portal.core.errors import Refused, Stale
from portal.offers import letters, queries
from portal.offers.letters import LETTERS, Letter
from portal.offers.models import LetterTemplate
from portal.offers.states import OfferFact


def load_letters(*, by: Account | None) -> int:
    """Add the starter letters that are not there yet; returns how many were added."""
    versions = [letters.present_version(letter) for letter in LETTERS.values()]
    fresh = [version for version in versions if version.id is None]
    for version in fresh:
        _keep_first(version, by)
    return len(fresh)


def letter_in_force(letter: Letter) -> LetterTemplate:
    """The version that is written today; the starter's becomes number 1 when first needed."""
    version = letters.present_version(letter)
    return _keep_first(version, None) if version.id is None else version


def change_letter(template: LetterTemplate, *, content: Json, by: Account) -> LetterTemplate:
    """Keep a new version of a letter; letters made before stay as they were.

    Raises:
        Refused: naming the field, if a part is empty or a placeholder unknown; or if nothing is
            different.
        Stale: if somebody kept another version meanwhile.
    """
    letters.check_content(letters.letter_named(template.key), content)
    if content == template.content:
        raise Refused(_("Nothing has changed."))
    version = LetterTemplate(
        key=template.key,
        number=template.number + 1,
        content=content,
        created_at=clock.now(),
        created_by_id=by.id,
    )
    if not _insert(version):
        raise Stale(
            _("Someone changed this while you had it open. Check it below, then save it again.")
        )
    audit.record(OfferFact.LETTER_CHANGED, version, by=by)
    return version


def _keep_first(version: LetterTemplate, by: Account | None) -> LetterTemplate:
    version.created_by_id = by.id if by else None
    if not _insert(version):
        return db.session.scalars(queries.newest_template(version.key)).one()
    audit.record(OfferFact.LETTER_CHANGED, version, by=by)
    return version


def _insert(version: LetterTemplate) -> bool:
    """Write the row, unless somebody was faster with this number."""
    try:
        with db.session.begin_nested():
            db.session.add(version)
    except IntegrityError:
        return False
    return True
