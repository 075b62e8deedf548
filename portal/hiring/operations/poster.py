"""Printing the poster of a posting."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, documents
from portal.core.documents import Document
from portal.core.errors import Refused
from portal.hiring.documents.poster import KIND, poster_of
from portal.hiring.models import Posting
from portal.hiring.states import HiringFact, PostingState


def print_poster(posting: Posting, *, language: str, by: Account) -> Document:
    """Freeze what the poster shows and have it printed in one of the posting's languages.

    Raises:
        Refused: if the posting is not published, or has no text in that language.
    """
    if posting.state is not PostingState.OPEN:
        raise Refused(_("Publish the posting first: the code on the poster leads to its page."))
    if language not in posting.languages:
        raise Refused(_("The posting has no text in this language."), field="language")
    site = posting.requisition.site
    document = documents.issue(
        KIND,
        poster_of(posting, language),
        subject=posting,
        locale=language,
        by=by,
        country=site.country,
        time_zone=site.time_zone,
    )
    audit.record(HiringFact.POSTER_PRINTED, posting, by=by, language=language)
    return document
