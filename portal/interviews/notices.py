"""Who is told what about interviews; no notice carries a rating."""

from __future__ import annotations

import sqlalchemy as sa
from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from portal.accounts.models import Account
from portal.accounts.states import AccountState
from portal.core import inbox, mail
from portal.core.db import Words, db
from portal.interviews.calendar import calendar_object
from portal.interviews.models import Interview
from portal.interviews.states import InterviewState


class InterviewNotice(inbox.NoticeKind):
    """Notices of interviews."""

    ON_PANEL = "interviews.on_panel", _l("You interview %(who)s on %(day)s")
    MOVED = "interviews.moved", _l("The interview with %(who)s is now on %(day)s")
    CALLED_OFF = "interviews.called_off", _l("The interview with %(who)s is called off")
    COMPLETE = "interviews.complete", _l("The panel for %(who)s is complete")


def invite(interview: Interview) -> None:
    """Tell candidate and panel when and where, or that it has moved."""
    moved = interview.sequence > 0
    _mail_candidate(interview, "interviews/moved" if moved else "interviews/invitation")
    kind = InterviewNotice.MOVED if moved else InterviewNotice.ON_PANEL
    for card in interview.scorecards:
        account = card.account
        mail.send(
            "interviews/panel_moved" if moved else "interviews/panel_invitation",
            to=account.email,
            name=account.display_name,
            locale=account.language,
            context={"interview": interview, "role": role_title(interview), "account": account},
            key=f"panel-{interview.id}-{interview.sequence}-{account.id}",
        )
        _tell(account.id, kind, interview, f"/interviews/scorecards/{card.id}")


def call_off(interview: Interview) -> None:
    """Take the interview out of the candidate's calendar and tell the panel."""
    _mail_candidate(interview, "interviews/cancelled")
    for card in interview.scorecards:
        _tell(card.account_id, InterviewNotice.CALLED_OFF, interview, f"/interviews/{interview.id}")


def panel_complete(interview: Interview) -> None:
    """Tell the panel and HR that the ratings can be seen."""
    hr = [
        account.id
        for account in db.session.scalars(
            sa.select(Account).where(Account.state == AccountState.ACTIVE)
        )
        if account.has_role("hr")
    ]
    panel = [card.account_id for card in interview.scorecards]
    for account_id in dict.fromkeys([*panel, *hr]):
        _tell(account_id, InterviewNotice.COMPLETE, interview, f"/interviews/{interview.id}/panel")


def role_title(interview: Interview) -> Words:
    """The title of the role the interview is for, in every language."""
    return interview.application.posting.requisition.role.title


def _mail_candidate(interview: Interview, kind: str) -> None:
    application = interview.application
    method = "CANCEL" if interview.state is InterviewState.CANCELLED else "REQUEST"
    with force_locale(application.language):
        calendar = calendar_object(interview)
    mail.send(
        kind,
        to=application.email,
        name=application.display_name,
        locale=application.language,
        context={
            "interview": interview,
            "application": application,
            "role": role_title(interview),
        },
        key=f"interview-{interview.id}-{interview.sequence}",
        attachments=(mail.Attachment.calendar(calendar, method=method),),
    )


def _tell(account_id: int, kind: InterviewNotice, interview: Interview, url: str) -> None:
    inbox.tell(
        account_id,
        kind,
        url,
        who=interview.application.display_name,
        day=interview.starts_at.date().isoformat(),
    )
