"""The console script ``geoportal``. Exit status: 0 done, 1 the data or cards are wrong, 2 wrong usage."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import Any

import click

from geoportal import __version__
from geoportal.errors import GeoportalError, Problems, alternatives
from geoportal.feedback.commands import COMMANDS
from geoportal.settings import Settings, load_settings


def _reporting(command: Callable[..., Any]) -> Callable[..., Any]:
    """Turns a refusal into its sentences on stderr and exit status 1."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except Problems as error:
            for problem in error.problems:
                click.echo(f"✗ {problem}", err=True)
            click.echo(f"{len(error.problems)} problem(s)", err=True)
        except GeoportalError as error:
            click.echo(f"✗ {error}", err=True)
        sys.exit(1)

    return run


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Map service of a region's data portal: official sources in, checked layers and map pages out.

    Settings come from the environment (GEOPORTAL_HOME, GEOPORTAL_DATA, GEOPORTAL_MIRROR, GEOPORTAL_HOST,
    GEOPORTAL_PORT, GEOPORTAL_WORKERS, GEOPORTAL_BASE_URL, GEOPORTAL_HUB_URL,
    GEOPORTAL_SMTP, GEOPORTAL_FEEDBACK_TO); .env.example explains each.
    """


@main.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]…")
@_reporting
def fetch(sources: tuple[str, ...]) -> None:
    """Download the upstream files named by the source cards; what fails keeps the last good file."""
    failed = _fetch(load_settings(), sources)
    sys.exit(1 if failed else 0)


@main.command()
@click.option("--force", is_flag=True, help="Build even if nothing in the input has changed.")
@click.option("--no-fetch", is_flag=True, help="Use only what was fetched before.")
@_reporting
def build(force: bool, no_fetch: bool) -> None:
    """Read sources, check, join, and write a new snapshot; files that were never fetched are fetched first."""
    _build(load_settings(), force, fetching=not no_fetch)


@main.command()
@_reporting
def check() -> None:
    """Validate every card and every source at hand, without writing anything."""
    from geoportal.build.check import check_all

    for line in check_all(load_settings()):
        click.echo(line)


@main.command()
@_reporting
def layers() -> None:
    """List the layers with counts, CRS, dates and licences."""
    from geoportal.snapshot.reader import Follower

    held = Follower(load_settings().build)()
    for collection in held.collections.values():
        what = f"{collection.id:16} {collection.count:6} {collection.geometry:8} CRS84, EPSG:5514 (gpkg)"
        click.echo(f"{what}  {collection.date:12} {collection.licence['name']}")
    for absent in held.manifest["absent"]:
        if absent["kind"] == "layer":
            click.echo(f"{absent['id']:16}      - {absent['reason']}")


@main.command()
@_reporting
def serve() -> None:
    """Serve the current snapshot, building one first if none can be read; follows a newer one without a restart."""
    settings = load_settings()
    from geoportal.snapshot.store import is_readable

    if not is_readable(settings.build):
        _build(settings, force=False, fetching=True)
    from geoportal.server.run import run

    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    click.echo(f"http://{host}:{settings.port}")
    run(settings)


@main.group()
def feedback() -> None:
    """Read, answer, export and delete what the public wrote through the form."""


for _name, _command in COMMANDS.items():
    feedback.command(_name)(_reporting(_command))


@main.command()
@_reporting
def links() -> None:
    """List the dead ones among the links that cards and the site file have to other portals."""
    from geoportal.build.links import check_links, links_of

    settings = load_settings()
    verdicts = check_links(links_of(settings))
    for verdict in verdicts:
        if verdict.state != "alive":
            click.echo(f"{verdict.state:8} {verdict.url}  {verdict.reason}  ({', '.join(verdict.places)})")
    dead = sum(verdict.state == "dead" for verdict in verdicts)
    click.echo(f"{len(verdicts)} links, {dead} dead", err=True)
    sys.exit(1 if dead else 0)


def _build(settings: Settings, force: bool, fetching: bool) -> None:
    from geoportal.build import build as run_build

    if fetching:
        _fetch(settings, (), missing_only=settings.mirror is None)
    result = run_build(settings, force, say=lambda line: click.echo(line, err=True))
    if not result.fresh:
        click.echo(f"nothing changed, snapshot {result.snapshot_id} stays")
        return
    from geoportal.build.report import summarise

    for line in summarise(result.manifest):
        click.echo(line)


def _fetch(settings: Settings, wanted: tuple[str, ...], missing_only: bool = False) -> int:
    """Fetches and reports; returns how many sources failed. Raises ``Problems`` for an unknown source."""
    from geoportal.cards import load_inventory
    from geoportal.intake.raw import files

    inventory = load_inventory(settings.home)
    cards, allowed = inventory.sources, inventory.site.publication.allow
    unknown = [f"source '{name}' does not exist; {alternatives(name, cards)}" for name in wanted if name not in cards]
    if unknown:
        raise Problems(unknown)
    welcome = wanted or [name for name, card in cards.items() if card.cleared or name in allowed]
    chosen = [card for name, card in cards.items() if card.url and name in welcome]
    if missing_only:
        chosen = [card for card in chosen if not files(card, settings)]
    if not chosen:
        return 0
    from geoportal.intake.fetch import fetch as run_fetch

    with click.progressbar(length=1, label="fetching", file=sys.stderr, item_show_func=lambda name: name) as bar:
        results = run_fetch(chosen, settings, _progress(bar))
    for result in results:
        if result.status != "unchanged":
            click.echo(f"{result.status:9} {result.message}", err=True)
    click.echo(f"{sum(result.status == 'unchanged' for result in results)} of {len(results)} files unchanged", err=True)
    return sum(result.status in ("kept", "failed") for result in results)


def _progress(bar: Any) -> Callable[[str, int, int | None], None]:
    """Moves ``bar`` by the bytes of all files; a size that the server does not tell grows with what has come."""
    sizes: dict[str, tuple[int, int]] = {}
    lock = Lock()

    def advance(name: str, done: int, total: int | None) -> None:
        with lock:
            sizes[name] = (done, max(total or 0, done, 1))
            bar.length = sum(whole for _, whole in sizes.values())
            bar.update(sum(had for had, _ in sizes.values()) - bar.pos, current_item=name)

    return advance
