"""Upstream files brought home: from their addresses, or from a mirror. What fails keeps the last good file."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Literal
from urllib.parse import quote, urlsplit

import requests

from geoportal.cards.source import SourceCard
from geoportal.errors import FetchFailed, GeoportalError
from geoportal.intake.content import offence
from geoportal.intake.download import CHUNK, Advance, Download, Patience, is_unreachable, open_session, reason
from geoportal.intake.pages import joined
from geoportal.intake.raw import Record, digest, load_record, note_check, save_record, settle, staging
from geoportal.settings import Settings

Progress = Callable[[str, int, int | None], None]  # "source/file", bytes so far, bytes in all where known
Status = Literal["new", "unchanged", "kept", "failed"]

HOSTS_AT_ONCE = 8  # most of the time is spent waiting


@dataclass(frozen=True)
class FetchResult:
    """What became of one file: ``kept`` means that fetching failed and the last good file stays in use."""

    source: str
    file: str
    status: Status
    message: str
    sha256: str | None = None
    bytes: int | None = None


@dataclass(frozen=True)
class _Errand:
    """One file to bring: from ``address`` (a URL, or a path where the mirror is a folder) to ``target``.

    ``mirrored`` files are complete as they are.
    """

    card: SourceCard
    address: str
    target: Path
    mirrored: bool

    @property
    def label(self) -> str:
        return f"{self.card.id}/{self.target.name}"

    @property
    def host(self) -> str:
        return urlsplit(self.address).netloc

    @property
    def limit(self) -> int:
        return self.card.max_mb * 1_000_000


def fetch(
    cards: Iterable[SourceCard],
    settings: Settings,
    progress: Progress | None = None,
    patience: Patience | None = None,
) -> list[FetchResult]:
    """One result for each file of ``cards``, in their order; tables of ours are not fetched.

    Different hosts are asked at the same time (``progress`` is called from several threads), one host for one file
    after the other; a host that can't be reached is not asked for its other files.
    """
    errands = [errand for card in cards for errand in _errands(card, settings)]
    by_host: dict[str, list[_Errand]] = {}
    for errand in errands:
        by_host.setdefault(errand.host, []).append(errand)
    patience = patience or Patience()
    with ThreadPoolExecutor(max_workers=HOSTS_AT_ONCE) as pool:
        runs = [pool.submit(_run, group, progress, patience) for group in by_host.values()]
    results = {errand.target: result for run in runs for errand, result in run.result()}
    return [results[errand.target] for errand in errands]


def _errands(card: SourceCard, settings: Settings) -> Iterable[_Errand]:
    for url, path, name in card.downloads:
        address = url
        if settings.mirror and "://" in settings.mirror:
            address = f"{settings.mirror.rstrip('/')}/{quote(path)}"
        elif settings.mirror:
            address = str(Path(settings.mirror) / path)
        yield _Errand(card, address, settings.raw / card.id / name, bool(settings.mirror))


def _run(errands: list[_Errand], progress: Progress | None, patience: Patience) -> list[tuple[_Errand, FetchResult]]:
    results: list[tuple[_Errand, FetchResult]] = []
    silent: str | None = None  # why the host can't be reached, once that is known
    with open_session(patience) as session:
        for errand in errands:
            try:
                if silent is not None:
                    raise FetchFailed(silent)
                result = _result(errand, progress, Download(session, patience, errand.limit))
            except (GeoportalError, requests.RequestException, OSError) as error:
                silent = silent or (f"{errand.host} can't be reached" if is_unreachable(error) else None)
                result = _not_brought(errand, reason(error))
            results.append((errand, result))
    return results


def _result(errand: _Errand, progress: Progress | None, download: Download) -> FetchResult:
    def advance(done: int, total: int | None) -> None:
        if progress is not None:
            progress(errand.label, done, total)

    status, record = _bring(errand, download, advance)
    note_check(errand.target)
    words = {"new": f"fetched {record.bytes} bytes", "unchanged": "has not changed"}
    message = f"{errand.label}: {words[status]}"
    return FetchResult(errand.card.id, errand.target.name, status, message, record.sha256, record.bytes)


def _not_brought(errand: _Errand, why: str) -> FetchResult:
    source, name, target, label = errand.card.id, errand.target.name, errand.target, errand.label
    if not target.is_file():
        return FetchResult(source, name, "failed", f"{label}: could not be fetched: {why}")
    state = target.stat()
    record = load_record(target)
    since = record.fetched_at[:10] if record else datetime.fromtimestamp(state.st_mtime, UTC).date().isoformat()
    message = f"{label}: could not be fetched, the file of {since} stays in use: {why}"
    return FetchResult(source, name, "kept", message, record.sha256 if record else digest(target), state.st_size)


def _bring(errand: _Errand, download: Download, advance: Advance) -> tuple[Status, Record]:
    known = load_record(errand.target) if errand.target.is_file() else None
    with staging(errand.target) as stream:
        if errand.host:
            headers = _over_http(errand, download, stream, known, advance)
        else:
            headers = _from_folder(errand, stream, advance)
        if headers is None and known is not None:
            return "unchanged", known
        stream.flush()
        staged = Path(stream.name)
        if wrong := offence(staged, errand.card, errand.target.name):
            raise FetchFailed(f"{errand.address}: what was delivered {wrong}")
        return _keep(errand, stream, _record(errand, staged, headers or {}), known)


def _keep(errand: _Errand, stream: IO[bytes], record: Record, known: Record | None) -> tuple[Status, Record]:
    target = errand.target
    status: Status = "new"
    if target.is_file() and (known.sha256 if known else digest(target)) == record.sha256:
        status = "unchanged"
        record = replace(record, fetched_at=known.fetched_at if known else record.fetched_at)
    else:
        settle(stream, target)
    record = replace(record, mtime_ns=target.stat().st_mtime_ns)
    if record != known:
        save_record(target, record)
    return status, record


def _record(errand: _Errand, staged: Path, headers: Mapping[str, str]) -> Record:
    return Record(
        address=errand.address,
        etag=headers.get("ETag"),
        last_modified=headers.get("Last-Modified"),
        sha256=digest(staged),
        bytes=staged.stat().st_size,
        fetched_at=datetime.now(UTC).isoformat(timespec="seconds"),
        mtime_ns=0,
    )


def _over_http(
    errand: _Errand, download: Download, stream: IO[bytes], known: Record | None, advance: Advance
) -> Mapping[str, str] | None:
    if errand.card.reader == "ogc" and not errand.mirrored and _from_service(errand, download, stream, advance):
        return {}
    headers = download.into(stream, errand.address, known, advance)
    if headers is None or errand.card.reader not in ("arcgis-featureserver", "ogc"):
        return headers
    stream.seek(0)
    whole = joined(errand.card.reader, stream.read(), errand.address, download.page, errand.limit)
    if whole is None:
        return headers
    stream.seek(0)
    stream.truncate()
    stream.write(whole)
    return {}  # the first page's ETag says nothing about the others


def _from_service(errand: _Errand, download: Download, stream: IO[bytes], advance: Advance) -> bool:
    """Whether the address is a service to ask through GDAL, whose answer is then in ``stream``."""
    from geoportal.intake.service import collect, service_address  # with GDAL, which other sources do without

    service = service_address(errand.card, errand.address)
    if service is None:
        return False
    size = stream.write(collect(service, errand.card.read.table, download.patience))
    if size > errand.limit:
        raise FetchFailed(
            f"{errand.address}: is larger than {errand.card.max_mb} MB; raise 'max_mb' in the source card"
        )
    advance(size, size)
    return True


def _from_folder(errand: _Errand, stream: IO[bytes], advance: Advance) -> Mapping[str, str]:
    source = Path(errand.address)
    if not source.is_file():
        raise FetchFailed(f"the mirror has no file '{errand.address}'")
    size = source.stat().st_size
    if size > errand.limit:
        raise FetchFailed(
            f"{errand.address}: is larger than {errand.card.max_mb} MB; raise 'max_mb' in the source card"
        )
    with source.open("rb") as original:
        shutil.copyfileobj(original, stream, CHUNK)
    advance(size, size)
    return {}
