"""What visitors send to learn whose badge it is."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.core.forms import EmailBox, Form


class AddressForm(Form):
    """The address somebody gave; it is compared with the hash in the badge."""

    address = EmailBox(_l("E-mail address"))
