"""What happens to offers when their application moves on or is erased."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.core.access import Viewer
from portal.core.db import db
from portal.core.errors import Refused
from portal.hiring import signals
from portal.hiring.models import Application
from portal.hiring.states import Stage
from portal.offers import operations, queries
from portal.offers.states import OfferState

KEEPS = frozenset({Stage.OFFER, Stage.HIRED})


@signals.application_moved.connect
def follow_application(
    _sender: object, *, application: Application, by: Viewer | None, **_other: object
) -> None:
    """An application that leaves the stage takes its offer along; a sent one is withdrawn first.

    Raises:
        Refused: if a colleague moves an application whose offer the candidate has.
    """
    if application.stage in KEEPS:
        return
    offer = db.session.scalar(queries.live_offer(application.id))
    if offer is None or offer.state is OfferState.ACCEPTED:
        return
    if offer.state is OfferState.SENT and by is not None:
        raise Refused(_("The candidate has an offer. Withdraw it first."))
    operations.withdraw_offer(offer, by=by)


@signals.application_erased.connect
def erase(_sender: object, *, application: Application, **_other: object) -> None:
    """What an offer holds of a candidate goes with the rest of the personal data."""
    operations.erase_offers(application)
