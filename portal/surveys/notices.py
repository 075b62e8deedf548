"""Who is told of a survey: those asked, once when it opens and once if they have not answered."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from portal.accounts.models import Account
from portal.accounts.readers import write_to
from portal.accounts.states import AccountState
from portal.core import inbox
from portal.core.db import db
from portal.surveys.models import Survey


class SurveyNotice(inbox.NoticeKind):
    """Notices of surveys."""

    ASKED = "surveys.asked", _l("A short survey waits for you: %(title)s")
    REMINDED = "surveys.reminded_of", _l("Your answers to “%(title)s” are still missing")


def asked(survey: Survey, person_ids: Collection[int]) -> None:
    """Tell some of those asked that it is open."""
    _tell(survey, person_ids, SurveyNotice.ASKED, "surveys/asked")


def reminded(survey: Survey, person_ids: Collection[int]) -> None:
    """Remind some of those who have not answered."""
    _tell(survey, person_ids, SurveyNotice.REMINDED, "surveys/reminder")


def _tell(survey: Survey, person_ids: Collection[int], kind: SurveyNotice, paper: str) -> None:
    usable = sa.and_(Account.person_id.in_(person_ids), Account.state == AccountState.ACTIVE)
    for account in db.session.scalars(sa.select(Account).where(usable).order_by(Account.id)):
        url = f"/surveys/{survey.id}/answer"
        inbox.tell(account.id, kind, url, title=survey.title)
        write_to(account, paper, key=f"{paper}:{survey.id}:{account.id}", survey=survey)
