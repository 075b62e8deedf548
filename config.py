"""Settings, read from PORTAL_* variables; nothing secret has a default outside development."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def _flag(name: str, default: bool) -> bool:
    return os.environ.get(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


class Settings:
    """What every kind of installation shares; each attribute can be set by ``PORTAL_<NAME>``.

    Raises:
        RuntimeError: if a setting without a safe default is missing.
    """

    TESTING = False

    def __init__(self) -> None:
        env = os.environ.get
        self.VAR = Path(env("PORTAL_VAR", str(ROOT / "var")))
        self.SQLALCHEMY_DATABASE_URI = _database_url(env("PORTAL_DATABASE_URL", ""), self.VAR)
        self.SECRET_KEY = self.secret_key()
        self.BASE_URL = env("PORTAL_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
        self.FILES_URL = env("PORTAL_FILES_URL", f"file://{self.VAR / 'files'}")
        self.FILES_OPTIONS = env("PORTAL_FILES_OPTIONS", "{}")
        self.SMTP_URL = env("PORTAL_SMTP_URL", "")
        self.MAIL_FROM = env("PORTAL_MAIL_FROM", "Portal <portal@localhost>")
        self.REDIS_URL = env("PORTAL_REDIS_URL", "")
        self.DEMO = _flag("PORTAL_DEMO", default=False)
        self.TRUSTED_PROXIES = int(env("PORTAL_TRUSTED_PROXIES", "0"))
        self.MAX_CONTENT_LENGTH = int(env("PORTAL_MAX_UPLOAD_MIB", "12")) * 1024 * 1024
        self.MAX_FORM_MEMORY_SIZE = 2 * 1024 * 1024
        self.MAX_FORM_PARTS = 500
        self.SESSION_COOKIE_SECURE = self.BASE_URL.startswith("https://")
        self.ARGON2 = {"time_cost": 2, "memory_cost": 19456, "parallelism": 1}

    DEMO_ACCOUNTS = (
        "hr",
        "interviewer1",
        "interviewer2",
        "lead",
        "manager",
        "associate",
        "director",
        "admin",
    )
    SESSION_COOKIE_HTTPONLY = True
    SESSION_COOKIE_SAMESITE = "Lax"
    BABEL_DEFAULT_LOCALE = "en"
    BABEL_TRANSLATION_DIRECTORIES = str(ROOT / "portal" / "translations")
    WTF_CSRF_TIME_LIMIT = None
    RATELIMIT_ENABLED = True

    def secret_key(self) -> str:
        """The key that signs cookies and links.

        Raises:
            RuntimeError: if PORTAL_SECRET_KEY is not set.
        """
        key = os.environ.get("PORTAL_SECRET_KEY", "")
        if len(key) < 32:
            message = "Set PORTAL_SECRET_KEY to at least 32 random characters."
            raise RuntimeError(message)
        return key


class Development(Settings):
    """``make run``: everything below ``var/``, with a key made once and kept there."""

    def secret_key(self) -> str:
        """The configured key, or one made on first use and kept in ``var/secret-key``."""
        if key := os.environ.get("PORTAL_SECRET_KEY"):
            return key
        path = self.VAR / "secret-key"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(secrets.token_urlsafe(48))
            path.chmod(0o600)
        return path.read_text()


class Testing(Development):
    """The test suite: cheap password hashes, no throttling unless a test asks for it."""

    TESTING = True
    RATELIMIT_ENABLED = False

    def __init__(self) -> None:
        super().__init__()
        self.ARGON2 = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}
        self.BASE_URL = "http://localhost"
        self.SMTP_URL = ""
        self.SESSION_COOKIE_SECURE = False

    def secret_key(self) -> str:
        """A fixed key, since tests keep no secrets."""
        return "only-for-the-tests-only-for-the-tests"


def _database_url(url: str, var: Path) -> str:
    if not url:
        var.mkdir(parents=True, exist_ok=True)
        return f"sqlite:///{var / 'portal.db'}"
    return url.replace("postgres://", "postgresql://", 1)


def from_environment() -> Settings:
    """The settings named by PORTAL_ENV: development (default), production or testing."""
    kinds = {"development": Development, "production": Settings, "testing": Testing}
    return kinds[os.environ.get("PORTAL_ENV", "development")]()
