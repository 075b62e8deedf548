"""Templates of mails that exist for the tests alone."""

from __future__ import annotations

TEMPLATES = {
    "mail/test/hello.subject.txt": "{{ _('Welcome') }}\n  {{ who }}",
    "mail/test/hello.txt": "{% extends 'mail/_base.txt' %}{% block content %}"
    "Dear {{ who }},\n\n\n\n"
    "see {{ link('mail.read_mail', mail_id=7) }}{% endblock %}",
    "mail/test/hello.html": "{% extends 'mail/_base.html' %}{% block content %}"
    "<p>Dear {{ who }}</p>{% endblock %}",
    "mail/test/blank.subject.txt": "\n {% if none %}x{% endif %}",
    "mail/test/blank.txt": "x",
    "mail/test/blank.html": "<p>x</p>",
    "mail/test/bodiless.subject.txt": "x",
    "mail/test/bodiless.txt": " \n",
    "mail/test/bodiless.html": "<p>x</p>",
    "mail/test/hollow.subject.txt": "x",
    "mail/test/hollow.txt": "x",
    "mail/test/hollow.html": "<p> </p>",
}
