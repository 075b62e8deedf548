"""Who may open a view: exactly one of ``public``, ``signed_in`` or ``allowed`` stands on each."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Protocol, TypeVar, cast

from flask import Flask, abort, current_app, request
from flask_login import current_user
from sqlalchemy.orm.interfaces import ORMOption

from portal.core.db import db

View = TypeVar("View", bound=Callable[..., Any])


class Viewer(Protocol):
    """What a rule may know of the person who asks; accounts provide it."""

    id: int
    person_id: int

    @property
    def is_authenticated(self) -> bool:
        """Whether somebody is signed in."""

    def has_role(self, *roles: str) -> bool:
        """Whether the account holds at least one of these roles."""

    def leads(self, team_path: str) -> bool:
        """Whether a team lies at or below one this person leads."""


Rule = Callable[..., bool]


@dataclass(frozen=True)
class Access:
    """The stamp a decorator leaves on a view, read by the tests of the house."""

    kind: str
    rule: Rule | None = None
    model: type[Any] | None = None


def access_of(view: Callable[..., Any]) -> Access | None:
    """The stamp of a view, or ``None`` if it stands open by mistake."""
    return getattr(view, "access", None)


def _stamp(view: Callable[..., Any], access: Access) -> None:
    if access_of(view) is not None:
        message = f"{view.__name__} has two access decorators"
        raise TypeError(message)
    view.access = access  # type: ignore[attr-defined]


def public(view: View) -> View:
    """Open to everyone, signed in or not."""
    _stamp(view, Access("public"))
    return view


def signed_in(view: View) -> View:
    """Open to whoever is signed in; others are sent to the sign-in page."""

    @functools.wraps(view)
    def guarded(**values: Any) -> Any:  # noqa: ANN401 - views take and return what they like
        require_sign_in()
        return view(**values)

    _stamp(guarded, Access("signed_in"))
    return cast("View", guarded)


def allowed(
    rule: Rule, *, on: type[Any] | None = None, options: Sequence[ORMOption] = ()
) -> Callable[[View], View]:
    """Open to those of whom ``rule`` is true; with ``on``, the row is loaded and handed to both.

    ``<int:offer_id>`` becomes the argument ``offer``; ``options`` say what is loaded with it.
    A row that does not exist is a 404, a rule that says no is a 403, nobody signed in is a
    redirect to the sign-in page (401 for scripts).
    """

    def decorate(view: View) -> View:
        name = _argument_of(view) if on else ""

        @functools.wraps(view)
        def guarded(**values: Any) -> Any:  # noqa: ANN401 - as above
            require_sign_in()
            if on is None:
                if not rule(current_user):
                    abort(403)
                return view(**values)
            row = row_or_404(on, values.pop(f"{name}_id"), options)
            if not rule(current_user, row):
                abort(403)
            return view(**{name: row}, **values)

        _stamp(guarded, Access("allowed", rule, on))
        return cast("View", guarded)

    return decorate


def _argument_of(view: Callable[..., Any]) -> str:
    return view.__code__.co_varnames[0]


def row_or_404(model: type[Any], key: int, options: Sequence[ORMOption] = ()) -> Any:  # noqa: ANN401 - an instance of model
    """Load a row by primary key; a number no database can hold is a 404 as well."""
    row = db.session.get(model, key, options=options) if key < 2**31 else None
    return row if row is not None else abort(404)


def require_sign_in() -> None:
    """Send a stranger to the sign-in page, with the way back; scripts get a plain 401."""
    if not asker().is_authenticated:
        if request.headers.get("HX-Request") or request.accept_mimetypes.best == "application/json":
            abort(401)
        abort(current_app.login_manager.unauthorized())  # type: ignore[attr-defined]


def can(rule: Rule, *rows: Any) -> bool:  # noqa: ANN401 - any model
    """Ask the rule that guards an operation, from a template."""
    viewer = asker()
    return viewer.is_authenticated and rule(viewer, *rows)


def asker() -> Viewer:
    """Whoever asks: an account, or the stranger that Flask-Login puts in its place."""
    return cast("Viewer", current_user)


class Policies:
    """The rules of all features, for templates: ``policy.hiring.move_application``."""

    def __init__(self) -> None:
        self._modules: dict[str, ModuleType] = {}

    def add(self, feature: str, module: ModuleType) -> None:
        """Make a feature's policy module known."""
        self._modules[feature] = module

    def __getattr__(self, feature: str) -> ModuleType:
        """The policy module of a feature."""
        try:
            return self._modules[feature]
        except KeyError:
            raise AttributeError(feature) from None


def register(app: Flask) -> None:
    """Give templates ``can`` and ``policy``."""
    policies = Policies()
    app.extensions["policies"] = policies
    app.jinja_env.globals.update(can=can, policy=policies)


def expose(app: Flask, feature: str, module: ModuleType) -> None:
    """Let templates ask the rules of a feature."""
    app.extensions["policies"].add(feature, module)
