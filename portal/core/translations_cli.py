"""``portal translations``: for people who change texts or translate them."""

from __future__ import annotations

import click

from portal.core import catalogues


@click.group()
def translations() -> None:
    """Gather, check and compile the interface's texts in four languages."""


@translations.command()
def extract() -> None:
    """Put every text of code and templates into the languages' files."""
    template = catalogues.gather()
    catalogues.update(template)
    click.echo(f"{len(template)} texts in {', '.join(catalogues.TRANSLATED)}.")


@translations.command("compile")
def compile_() -> None:
    """Compile the files that changed; the portal also does this when it starts."""
    for path in catalogues.compile_stale():
        click.echo(path.relative_to(catalogues.ROOT))


@translations.command()
def check() -> None:
    """Fail if a text lacks a translation or a placeholder in any language."""
    found = list(catalogues.problems(catalogues.gather()))
    for problem in found:
        click.echo(problem)
    if found:
        raise SystemExit(1)
    click.echo("All texts are translated.")
