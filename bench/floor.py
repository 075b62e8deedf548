"""The floor: what a page of fifty rows costs by Flask, SQLAlchemy and Jinja alone."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Flask, render_template_string
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from bench.clock import spread, timed

PAGE = """<!doctype html><title>Floor</title><table>
{% for row in rows %}<tr><td>{{ row.id }}</td><td>{{ row.given_name }}</td>
<td>{{ row.family_name }}</td><td>{{ row.email }}</td><td>{{ row.phone }}</td></tr>
{% endfor %}</table>"""


class Base(DeclarativeBase):
    """Models of the floor alone."""


class Person(Base):
    """Five columns of the table of persons."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    given_name: Mapped[str]
    family_name: Mapped[str]
    email: Mapped[str]
    phone: Mapped[str]


class Floor:
    """The plain page, to be fetched by turns with what is measured: a busy machine slows both."""

    def __init__(self, url: str) -> None:
        self.engine = sa.create_engine(url)
        self.client = self._app().test_client()

    def _app(self) -> Flask:
        plain = Flask("floor")
        newest = sa.select(Person).order_by(Person.id.desc()).limit(50)

        @plain.get("/")
        def rows() -> str:
            with Session(self.engine) as session:
                return render_template_string(PAGE, rows=session.scalars(newest).all())

        return plain

    def fetch(self, _number: int = 0) -> None:
        """Fetch the page once."""
        self.client.get("/").get_data()

    def measure(self, times: int) -> tuple[float, float]:
        """Median and 95th percentile, in milliseconds."""
        return spread(timed(self.fetch, times, warm=20))
