"""Keys that sign badges: made when first needed, retired by a newer one, never deleted."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.certification import queries
from portal.certification.badges import sealing, signing
from portal.certification.models import BadgeKey
from portal.certification.states import CertificationFact
from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import Refused


def current_key(*, by: Account | None) -> BadgeKey:
    """The key that signs now, made if there is none.

    Raises:
        Refused: if its private part cannot be opened.
    """
    key = db.session.scalars(queries.keys().where(BadgeKey.retired_at.is_(None))).first()
    if key is None:
        return _make(CertificationFact.KEY_MADE, by=by)
    open_key(key)
    return key


def open_key(key: BadgeKey) -> signing.Key:
    """The key, ready to sign.

    Raises:
        Refused: if the portal's secret is no longer the one it was sealed under.
    """
    try:
        return signing.Key(key.kid, sealing.unseal(key.private_sealed, key.kid))
    except sealing.SealBrokenError as error:
        raise Refused(
            _("The key that signs badges cannot be opened. Ask HR to change it in the settings.")
        ) from error


def rotate_key(*, by: Account | None) -> BadgeKey:
    """Make a new key and retire the one before; what that one signed still verifies."""
    for key in db.session.scalars(queries.keys().where(BadgeKey.retired_at.is_(None))):
        key.retired_at = clock.now()
    return _make(CertificationFact.KEY_ROTATED, by=by)


def _make(fact: CertificationFact, *, by: Account | None) -> BadgeKey:
    made = signing.make_key()
    key = BadgeKey(
        kid=made.kid,
        public_jwk=made.public_jwk,
        private_sealed=sealing.seal(made.private, made.kid),
        created_at=clock.now(),
    )
    db.session.add(key)
    audit.record(fact, key, by=by)
    return key
