"""Who is told what about interviews; no notice carries a rating."""

from __future__ import annotations

import sqlalchemy as sa
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.accounts import queries as accounts
from portal.accounts.models import Account
from portal.accounts.states import AccountState
from portal.core import clock, i18n, inbox, mail
from portal.core.db import Words, db
from portal.core.mail.models import OutgoingMail
from portal.interviews.calendar import calendar_object, zones_shown
from portal.interviews.models import Interview, Scorecard
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
        _mail_panel(card, "interviews/panel_moved" if moved else "interviews/panel_invitation")
        _tell(card.account_id, kind, interview, f"/interviews/scorecards/{card.id}")


def call_off(interview: Interview) -> None:
    """Take the interview out of everyone's calendar; one whose time has passed needs no mail."""
    ahead = interview.starts_at > clock.now()
    if ahead:
        _mail_candidate(interview, "interviews/cancelled")
    for card in interview.scorecards:
        if ahead:
            _mail_panel(card, "interviews/panel_cancelled")
        _tell(card.account_id, InterviewNotice.CALLED_OFF, interview, f"/interviews/{interview.id}")


def panel_complete(interview: Interview) -> None:
    """Tell the panel and HR that the ratings can be seen."""
    in_hr = sa.select(Account.id).where(
        Account.state == AccountState.ACTIVE, accounts.holding("hr")
    )
    panel = [card.account_id for card in interview.scorecards]
    for account_id in dict.fromkeys([*panel, *db.session.scalars(in_hr)]):
        _tell(account_id, InterviewNotice.COMPLETE, interview, f"/interviews/{interview.id}/panel")


def forget(interview: Interview) -> None:
    """Delete the panel's mails and notices, which carry the candidate's name."""
    urls = [f"/interviews/{interview.id}", f"/interviews/{interview.id}/panel"]
    urls += [f"/interviews/scorecards/{card.id}" for card in interview.scorecards]
    db.session.execute(sa.delete(inbox.Notice).where(inbox.Notice.url.in_(urls)))
    ours = OutgoingMail.key.startswith(f"interview-panel:{interview.id}:", autoescape=True)
    db.session.execute(sa.delete(OutgoingMail).where(ours))


def role_title(interview: Interview) -> Words:
    """The title of the role the interview is for, in every language."""
    return interview.application.posting.requisition.role.title


def _method(interview: Interview) -> str:
    return "CANCEL" if interview.state is InterviewState.CANCELLED else "REQUEST"


def _mail_candidate(interview: Interview, kind: str) -> None:
    application = interview.application
    with force_locale(application.language):
        calendar = calendar_object(interview)
    mail.send(
        kind,
        to=application.email,
        name=application.display_name,
        person_id=application.person_id,
        locale=application.language,
        context={
            "interview": interview,
            "application": application,
            "role": role_title(interview),
            "zones_shown": zones_shown,
        },
        # Hiring erases every mail whose key begins like this with its application.
        key=f"application:{application.id}:interview:{interview.id}:{interview.sequence}",
        attachments=(mail.Attachment.calendar(calendar, method=_method(interview)),),
    )


def _mail_panel(card: Scorecard, kind: str) -> None:
    interview, account = card.interview, card.account
    with force_locale(account.language):
        calendar = calendar_object(interview, for_panel=account)
    mail.send(
        kind,
        to=account.email,
        name=account.display_name,
        person_id=account.person_id,
        locale=account.language,
        context={
            "interview": interview,
            "card": card,
            "account": account,
            "role": role_title(interview),
            "zones_shown": zones_shown,
        },
        key=f"interview-panel:{interview.id}:{interview.sequence}:{account.id}",
        attachments=(mail.Attachment.calendar(calendar, method=_method(interview)),),
    )


def _tell(account_id: int, kind: InterviewNotice, interview: Interview, url: str) -> None:
    inbox.tell(account_id, kind, url, who=_who(interview), day=_day(interview))


def _who(interview: Interview) -> str | Words:
    """The candidate, and in which round where there are several."""
    who = interview.application.display_name
    if interview.round_name is None:
        return who
    name = interview.round_name
    return i18n.in_each_language(lambda: _("%(who)s (%(round)s)", who=who, round=i18n.words(name)))


def _day(interview: Interview) -> Words:
    """The day at the place of the interview, as each language writes it."""
    return i18n.in_each_language(lambda: i18n.date(interview.starts_at, zone=interview.time_zone))
