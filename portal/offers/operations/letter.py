"""Letter templates: the starter pack and later versions."""

from __future__ import annotations

import tomllib
from pathlib import Path

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import Json, db
from portal.core.errors import Refused
from portal.offers import letters, queries
from portal.offers.models import LetterTemplate
from portal.offers.states import OfferFact

STARTER = Path(__file__).parents[1] / "starter" / "letters.toml"


def load_letters(*, by: Account | None) -> int:
    """Add the starter letters that are not there yet; returns how many were added."""
    added = 0
    for entry in tomllib.loads(STARTER.read_text())["letter"]:
        if db.session.scalar(queries.newest_template(entry["key"])) is None:
            _add(entry["key"], 1, entry["content"], by)
            added += 1
    return added


def change_letter(template: LetterTemplate, *, content: Json, by: Account) -> LetterTemplate:
    """Keep a new version of a letter; offers made before keep theirs.

    Raises:
        Refused: naming the field, if a part is empty or a placeholder unknown; or if nothing is
            different.
    """
    letters.check_content(content)
    if content == template.content:
        raise Refused(_("Nothing has changed."))
    return _add(template.key, template.number + 1, content, by)


def _add(key: str, number: int, content: Json, by: Account | None) -> LetterTemplate:
    letter = LetterTemplate(
        key=key,
        number=number,
        content=content,
        created_at=clock.now(),
        created_by_id=by.id if by else None,
    )
    db.session.add(letter)
    audit.record(OfferFact.LETTER_CHANGED, letter, by=by)
    return letter
