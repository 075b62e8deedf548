"""The web server's surroundings: CSRF, throttling, compression, static files."""

from __future__ import annotations

from flask import Flask
from flask_compress import Compress
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf.csrf import CSRFProtect
from whitenoise import WhiteNoise

csrf = CSRFProtect()
limiter = Limiter(key_func=get_remote_address, headers_enabled=True)


def register(app: Flask) -> None:
    """Protect every form, throttle by address, compress pages and serve ``static/``."""
    csrf.init_app(app)
    app.config.setdefault("RATELIMIT_STORAGE_URI", app.config["REDIS_URL"] or "memory://")
    limiter.init_app(app)
    app.config.update(COMPRESS_ALGORITHM=["br", "gzip"], COMPRESS_BR_LEVEL=4, COMPRESS_MIN_SIZE=500)
    Compress(app)
    if not app.testing:
        app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
            app.wsgi_app,
            root=app.static_folder,
            prefix="static/",
            immutable_file_test=lambda _path, _url: False,
            max_age=31536000,
        )
