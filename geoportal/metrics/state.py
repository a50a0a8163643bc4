"""The state of the service as series of Prometheus."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from geoportal.errors import StoreUnavailable
from geoportal.feedback.store import Store
from geoportal.intake.raw import checks
from geoportal.metrics.counters import BUCKETS, KINDS, STATUSES, Counters
from geoportal.settings import Settings
from geoportal.snapshot.reader import Snapshot


class State(Collector):
    """What a scrape collects; ``snapshot`` is the served one, None when there is none."""

    def __init__(self, counters: Counters, settings: Settings, snapshot: Snapshot | None) -> None:
        self._counters, self._settings, self._snapshot = counters, settings, snapshot

    def describe(self) -> Iterator[Metric]:
        """Nothing: what there is, is found when it is collected."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        """All of it."""
        yield from _requests(self._counters)
        yield from _data(self._settings, self._snapshot)
        yield from _messages(Store(self._settings.feedback))


def _requests(counters: Counters) -> Iterator[Metric]:
    answered = CounterMetricFamily("geoportal_requests", "Requests answered.", labels=["kind", "status"])
    lasted = HistogramMetricFamily(
        "geoportal_request_duration_seconds", "From a request to the first byte of its answer.", labels=["kind"]
    )
    bounds = [*map(str, BUCKETS), "+Inf"]
    for kind, counts, micros in zip(KINDS, *counters.totals(), strict=True):
        for status, count in zip(STATUSES, counts.sum(axis=1), strict=True):
            answered.add_metric([kind, status], count)
        below = counts.sum(axis=0).cumsum()
        lasted.add_metric([kind], buckets=[*zip(bounds, below, strict=True)], sum_value=micros / 1e6)
    yield answered
    yield lasted


def _data(settings: Settings, held: Snapshot | None) -> Iterator[Metric]:
    yield GaugeMetricFamily("geoportal_ready", "1 when a snapshot is served.", value=held is not None)
    if held is not None:
        published = GaugeMetricFamily(
            "geoportal_snapshot_published_timestamp_seconds",
            "When the served snapshot was taken up.",
            labels=["snapshot"],
        )
        published.add_metric([held.id], (settings.build / "current").stat().st_mtime)
        yield published
        features = GaugeMetricFamily("geoportal_layer_features", "Features of a layer.", labels=["layer"])
        for name, collection in held.collections.items():
            features.add_metric([name], collection.count)
        yield features
    checked = GaugeMetricFamily(
        "geoportal_source_checked_timestamp_seconds", "When the source was last asked and answered.", labels=["source"]
    )
    for source, when in sorted(checks(settings.raw).items()):
        checked.add_metric([source], when)
    yield checked


def _messages(store: Store) -> Iterator[Metric]:
    try:
        counts = store.counts()
    except StoreUnavailable:  # what else there is to tell is told all the same
        return
    kept = GaugeMetricFamily("geoportal_feedback_messages", "Messages from the public.", labels=["state"])
    for state, count in counts.items():
        kept.add_metric([state], count)
    yield kept
