"""What visitors send to check a paper."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.core.forms import FileBox, Form, TextField


class CodeForm(Form):
    """The code printed on the paper; asked by GET, so that the answer has an address."""

    class Meta(Form.Meta):
        """Nothing is changed by asking."""

        csrf = False

    code = TextField(_l("Code on the paper"))


class CompareForm(Form):
    """The file somebody was given."""

    pdf = FileBox(_l("PDF file to compare"), endings=(".pdf",))
