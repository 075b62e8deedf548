"""``python -m bench --set S|M|L``: makes the set, measures, prints and keeps the table."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from flask import Flask

from bench import report
from bench.clock import Figure
from bench.database import build, copy, database
from bench.generator import SIZES, generate

DONE = "complete"


def main() -> None:
    """Run it."""
    asked = _arguments()
    with ExitStack() as stack:
        folder = asked.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = stack.enter_context(database(asked.database, folder))
        facts = report.machine() | {"set": asked.set, "database": asked.database}
        app, place = _filled(asked, url, folder, facts, stack)
        if asked.only_generate:
            return
        url = str(app.config["SQLALCHEMY_DATABASE_URI"])
        figures = []
        for figure in _measured(app, url, asked):
            figures.append(figure)
            print(report.table([figure]).splitlines()[1], flush=True)
        path = report.keep(f"{asked.set}-{asked.database}", figures, facts)
    print(f"\n{report.table(figures)}\n\nKept in {path} (data in {place}).")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--set", choices=SIZES, default="S", help="how much data")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument(
        "--keep", type=Path, metavar="DIR", help="keep the SQLite set here and use it again"
    )
    parser.add_argument("--times", type=int, default=60, help="how often each page is fetched")
    parser.add_argument("--only", default="", help="parts, such as pages,papers")
    parser.add_argument(
        "--only-generate", action="store_true", help="make the set, measure nothing"
    )
    return parser.parse_args()


def _filled(
    asked: argparse.Namespace, url: str, folder: Path, facts: dict[str, Any], stack: ExitStack
) -> tuple[Flask, Path]:
    """The application on the filled database; a kept set is measured on a copy."""
    folder.mkdir(parents=True, exist_ok=True)
    mark = folder / f"{asked.set}.{DONE}"
    app = build(url, folder)
    if not (mark.exists() and asked.database == "sqlite"):
        began, worked = time.perf_counter(), time.process_time()
        with app.app_context():
            generate(SIZES[asked.set])
        facts["filled_in_seconds"] = round(time.perf_counter() - began)
        facts["processor_seconds"] = round(time.process_time() - worked)
        mark.write_text(str(facts["filled_in_seconds"]))
        print(f"The set {asked.set} took {facts['filled_in_seconds']} s.", file=sys.stderr)
    else:
        facts["filled_in_seconds"] = int(mark.read_text())
    if asked.keep is None or asked.database != "sqlite":
        return app, folder
    from portal.core.db import db

    with app.app_context():
        db.engine.dispose()
    place = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=folder.parent)))
    copy(folder, place)
    return build(f"sqlite:///{place / 'portal.db'}", place), place


def _measured(app: Flask, url: str, asked: argparse.Namespace) -> Iterator[Figure]:
    from bench.certificates import measure_certificates
    from bench.floor import Floor
    from bench.mentoring import measure_mentoring
    from bench.pages import Bench, measure_pages
    from bench.papers import measure_papers
    from bench.readiness import measure_readiness
    from bench.reviews import measure_reviews
    from bench.serving import measure_serving
    from bench.succession import measure_succession
    from bench.visitors import places
    from bench.writes import measure_writes

    os.environ.pop("FONTCONFIG_FILE", None)
    floor = Floor(url)
    base, worst = floor.measure(asked.times * 3)
    yield Figure("floor: a plain page of 50 rows", base, worst, 1, ratio=1.0)
    bench = Bench(app, places(app), floor, asked.times)
    parts: dict[str, Callable[[], Iterator[Figure]]] = {
        "pages": lambda: measure_pages(bench),
        "readiness": lambda: measure_readiness(app),
        "mentoring": measure_mentoring,
        "succession": lambda: measure_succession(bench),
        "certificates": lambda: measure_certificates(bench),
        "writes": lambda: measure_writes(bench),
        "serving": lambda: measure_serving(bench),
        "reviews": lambda: measure_reviews(bench, asked.set),
        "papers": lambda: measure_papers(app, asked.set, asked.times),
    }
    for name, part in parts.items():
        if not asked.only or name in asked.only.split(","):
            yield from part()


if __name__ == "__main__":
    main()
