from __future__ import annotations

import datetime as dt
import json
import random
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import numpy as np
import orjson
import pytest
from flask.testing import FlaskClient

from geoportal.app import create_app
from geoportal.crs import distances_m
from geoportal.finder.answer import Question, Remark
from geoportal.metrics.counters import Counters
from geoportal.settings import Settings
from geoportal.snapshot.reader import Follower
from geoportal.web.current import Service
from geoportal.web.finder import answer as answer_module
from geoportal.web.finder import nearest
from geoportal.web.finder import route as nearest_route
from geoportal.web.finder.answer import made_from
from geoportal.web.front import Front

HERE = "lon=15.0584&lat=50.7699"


@pytest.fixture(scope="module")
def client(mirror_settings: Settings) -> FlaskClient:
    return create_app(mirror_settings).test_client()


@pytest.fixture(scope="module")
def long_way(mirror_settings: Settings) -> FlaskClient:
    """A client of the same service without the short way."""
    app = create_app(mirror_settings)
    front: Any = app.wsgi_app
    app.wsgi_app = front.at_length  # type: ignore[method-assign]
    return app.test_client()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Tuesday evening at which everything stands still."""

    class Clock(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:
            return dt.datetime(2026, 11, 24, 17, 0, tzinfo=dt.UTC).astimezone(tz)

    for module in (nearest, nearest_route):
        monkeypatch.setattr(module, "dt", SimpleNamespace(datetime=Clock, UTC=dt.UTC))


def asked(client: FlaskClient, query: str) -> dict[str, Any]:
    answer = client.get(f"/nearest?{query}")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    assert answer.headers["Content-Type"] == "application/geo+json"
    return orjson.loads(answer.data)


def test_a_feature_says_all_that_a_list_needs(client: FlaskClient):
    answer = asked(client, f"{HERE}&kind=lps-deti&at=2026-11-24T18:00&limit=1")
    (feature,) = answer["features"]
    properties = feature["properties"]
    assert (feature["id"], feature["geometry"]) == (
        "pohotovosti/2", {"type": "Point", "coordinates": [15.065359, 50.7708]},
    )  # fmt: skip
    assert {key: properties[key] for key in ("distance_m", "kind", "state", "until", "opens", "hours")} == {
        "distance_m": 501.0,
        "kind": "lps-deti",
        "state": "open",
        "until": "2026-11-24T21:00:00+01:00",
        "opens": None,
        "hours": "Mo-Fr 17:00-21:00; Sa-Su,PH 08:00-18:00",
    }
    assert properties["week"][0] == {"date": "2026-11-24", "kind": "open", "spans": [["17:00", "21:00"]]}
    assert properties["phones"] == ["+420485312821"]
    assert properties["directions"] == {
        "mapy": "https://mapy.com/fnc/v1/route?mapset=traffic&end=15.065359,50.7708"
        "&routeType=car_fast_traffic&navigate=true",
        "google": "https://www.google.com/maps/dir/?api=1&destination=50.7708,15.065359",
        "geo": "geo:50.7708,15.065359",
    }
    assert [one["source"] for one in properties["statements"]] == ["vzp-pohotovosti", "datalk-pohotovosti-geojson"]
    assert (properties["date"], properties["stale"], properties["disagree"]) == ("2026-09-30", False, True)
    assert "Liberecký kraj, DataLK" in properties["source"]
    assert (answer["distance"], answer["at"]) == ("vzdušnou čarou", "2026-11-24T18:00:00+01:00")
    assert (answer["emergency"], "remark" in answer) == (["155", "112"], False)


def test_its_canonical_link_leads_to_the_feature(client: FlaskClient):
    (feature,) = asked(client, f"{HERE}&kind=zubni&limit=1")["features"]
    path = feature["properties"]["links"][0]["href"].removeprefix("http://localhost")
    assert client.get(path, headers={"Accept": "application/geo+json"}).status_code == 200


def test_a_disputed_state_is_told_with_both_readings(client: FlaskClient):
    answer = asked(client, "lon=15.1684&lat=50.5892&kind=lps-dospeli&at=2026-11-24T21:30&limit=1")
    properties = answer["features"][0]["properties"]
    assert (properties["state"], properties["disputed"]) == ("closed", True)
    assert [(one["state"], one["old"]) for one in properties["statements"]] == [("closed", False), ("open", True)]


def test_holidays_carry_their_name(client: FlaskClient):
    answer = asked(client, f"{HERE}&kind=lps-dospeli&at=2026-12-24T10:00&limit=1")
    assert answer["features"][0]["properties"]["week"][0]["holiday"]["cs"] == "Štědrý den"


def test_where_nothing_is_open_the_next_and_urgent_care_stand_beside(client: FlaskClient):
    answer = asked(client, f"{HERE}&kind=lps-dospeli&at=2026-11-24T09:00&open=true")
    assert answer["features"] == []
    assert [one["id"] for one in answer["next_to_open"]] == ["pohotovosti/1", "pohotovosti/7", "pohotovosti/4"]
    assert [one["properties"]["layer"] for one in answer["urgent"]] == ["nemocnice", "nemocnice"]
    assert "Zavolejte" in next(one["cs"] for one in answer["remarks"] if one["code"] == "nothing-open")


def test_kinds_may_be_repeated_or_have_commas_between(client: FlaskClient):
    both = [f"{HERE}&kind=zubni&kind=lps-deti&limit=9", f"{HERE}&kind=zubni,lps-deti&limit=9"]
    first, second = ([one["id"] for one in asked(client, query)["features"]] for query in both)
    assert first == second
    assert len(first) == 6


@pytest.mark.parametrize("layer", ["pohotovosti", "zzs", "nemocnice"])
def test_a_layer_is_still_a_kind(client: FlaskClient, layer: str):
    assert {one["properties"]["layer"] for one in asked(client, f"{HERE}&kind={layer}")["features"]} == {layer}


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("lon=15", "'lat' is required"),
        ("lon=nan&lat=50", "lon='nan'"),
        ("lon=15&lat=inf", "lat='inf'"),
        ("lon=patnáct&lat=50", "lon='patnáct'"),
        ("lon=181&lat=50", "lon='181'"),
        ("lon=15&lon=16&lat=50", "'lon' is given 2 times"),
        (f"{HERE}&kind=zubní", "did you mean 'zubni'"),
        (f"{HERE}&kind=", "empty part"),
        (f"{HERE}&kind=zubni,,zzs", "empty part"),
        (f"{HERE}&kind=zubni&kind=hasici", "kind='hasici' does not exist"),
        (f"{HERE}&at=vecer", "is not a moment in ISO 8601"),
        (f"{HERE}&at=2099-01-01", "for which public holidays are known"),
        (f"{HERE}&open=ano", "open='ano'"),
        (f"{HERE}&limit=0", "limit='0'"),
        (f"{HERE}&limit=51", "limit='51'"),
        (f"{HERE}&lokce=1", "unknown parameter 'lokce'"),
    ],
)
def test_a_wrong_question_is_refused_by_name(client: FlaskClient, query: str, told: str):
    answer = client.get(f"/nearest?{query}")
    assert answer.status_code == 400
    assert told in answer.get_json(force=True)["description"]


@pytest.mark.parametrize(
    ("query", "code", "told"),
    [
        ("lon=50.7699&lat=15.0584", "swapped", "prohozené"),
        ("lon=14.42&lat=50.09", "outside-region", "mimo Liberecký kraj"),
        ("lon=2.35&lat=48.85", "outside-country", "mimo Českou republiku"),
        (f"{HERE}&at=2020-01-01T10:00", "past", "minula"),
        (f"{HERE}&at=2026-10-25T02:30", "clock-twice", "dvakrát"),
        (f"{HERE}&at=2027-03-28T02:30", "clock-gap", "přeskočí"),
    ],
)
def test_an_odd_question_is_answered_with_a_remark(client: FlaskClient, query: str, code: str, told: str):
    answer = asked(client, query)
    assert told in answer["remark"]
    (remark,) = [one for one in answer["remarks"] if one["code"] == code]
    assert remark["en"] != remark["cs"]


def test_a_plus_in_a_zone_may_have_become_a_blank(client: FlaskClient):
    for zone in ("+01:00", "%2B01:00"):
        assert asked(client, f"{HERE}&at=2026-11-24T18:00{zone}")["at"] == "2026-11-24T18:00:00+01:00"


def test_a_position_is_kept_by_nobody(client: FlaskClient, long_way: FlaskClient):
    for one in (client, long_way):
        assert one.get(f"/nearest?{HERE}").headers["Cache-Control"] == "private, no-store"


PLAIN = [
    HERE, "lon=14.42&lat=50.09", "lon=-15&lat=-50", f"{HERE}&kind=zubni,lps-deti", f"{HERE}&open=true&limit=50",
    f"{HERE}&kind=zzs&open=0", "lat=50.7&lon=15",
]  # fmt: skip


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("query", PLAIN)
@pytest.mark.parametrize("accepted", ["identity", "gzip", "br;q=0.5, gzip;q=1", "zstd, gzip", ""])
def test_the_short_way_answers_as_the_long_one(client: FlaskClient, long_way: FlaskClient, query: str, accepted: str):
    headers = {"Accept-Encoding": accepted} if accepted else {}
    short, long = (one.get(f"/nearest?{query}", headers=headers) for one in (client, long_way))
    assert short.data == long.data
    assert {**short.headers, "Date": ""} == {**long.headers, "Date": ""}  # the server adds the date


KINDS = ("zubni", "lps-deti", "zzs")
NOW = dt.datetime(2026, 11, 24, 17, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize("query", [*PLAIN, f"kind=zubni%2Clps-deti&{HERE}", f"open=1&limit=7&{HERE}&kind=zzs"])
def test_plain_questions_take_the_short_way(query: str):
    assert nearest_route.read_plain(query, KINDS, NOW) is not None


def test_a_plain_question_is_read_whole():
    question = nearest_route.read_plain(f"{HERE}&kind=zubni,zzs,zubni&limit=7&open=true", KINDS, NOW)
    assert question == Question(15.0584, 50.7699, NOW, ("zubni", "zzs"), only_open=True, limit=7)
    assert nearest_route.read_plain("lat=-50&lon=-15.5", KINDS, NOW) == Question(-15.5, -50.0, NOW)


@pytest.mark.parametrize(
    "query",
    [
        "", "lon=15", "lon=15&lat=", "lon=15&lon=16&lat=50", "lon=181&lat=50", "lon=15&lat=91", "lon=1e1&lat=50",
        "lon=15%26lat=50", "lon=١٥&lat=50", f"{HERE}&limit=0", f"{HERE}&limit=51", f"{HERE}&open=ano", f"{HERE}&kind=",
        f"{HERE}&kind=zubni,", f"{HERE}&kind=hasici", f"{HERE}&kind=zubni&kind=zzs", f"{HERE}&at=2026-11-24T18:00",
        f"{HERE}&lokce=1", f"{HERE}\n",
    ],
)  # fmt: skip
def test_every_other_question_is_left_to_the_view(query: str):
    assert nearest_route.read_plain(query, KINDS, NOW) is None


@pytest.mark.usefixtures("clock")
def test_answers_are_those_of_a_look_at_everything(client: FlaskClient):
    everything = {
        one["id"]: one for one in asked(client, f"{HERE}&limit=50&kind=pohotovosti,nemocnice,zzs")["features"]
    }
    lons, lats = np.array([one["geometry"]["coordinates"] for one in everything.values()]).T
    rng = random.Random(8)
    places = [(round(rng.uniform(14.3, 15.7), 5), round(rng.uniform(50.4, 51.1), 5)) for _ in range(40)]
    for lon, lat in [*places, (14.42, 50.09), (2.35, 48.85), (-70.0, -33.0), (15.0584, 50.7699)]:
        distances = dict(zip(everything, distances_m(lon, lat, lons, lats).tolist(), strict=True))
        for query, fits in (
            ("limit=5", lambda told: told["walk_in"]),
            ("kind=zzs,lps-deti&limit=4", lambda told: {one["id"] for one in told["kinds"]} & {"zzs", "lps-deti"}),
            ("limit=2&open=true", lambda told: told["walk_in"] and told["state"] == "open"),
        ):
            found = asked(client, f"lon={lon}&lat={lat}&{query}")["features"]
            fitting = [name for name, one in everything.items() if fits(one["properties"])]
            truth = sorted(fitting, key=distances.__getitem__)[: len(found)]
            assert [one["id"] for one in found] == truth
            assert len(found) == min(int(query.partition("limit=")[2][0]), len(fitting))
            for one in found:
                assert one["properties"]["distance_m"] == pytest.approx(distances[one["id"]], abs=0.0501, rel=0)


def test_a_new_snapshot_answers_from_its_own_services(
    mirror_settings: Settings, facts_settings: Settings, tmp_path: Path
):
    app = create_app(mirror_settings)
    snapshots = [Follower(settings.build)() for settings in (mirror_settings, facts_settings)]
    served = [snapshots[0]]
    service = Service(mirror_settings, app.extensions["geoportal"].site, lambda: served[0])  # type: ignore[arg-type]
    way = nearest_route.NearestRoute(service).find
    app.wsgi_app = Front(app.wsgi_app, [way], Counters(tmp_path))  # type: ignore[method-assign]
    client, seen = app.test_client(), []
    for snapshot in (*snapshots, snapshots[0]):
        served[0] = snapshot
        answer = client.get(f"/nearest?{HERE}&kind=lps-dospeli")
        feature = answer.get_json(force=True)["features"][0]
        seen.append((answer.headers["ETag"].strip('"'), len(feature["properties"]["statements"])))
    assert [statements for _, statements in seen] == [2, 1, 2]
    assert seen[0][0] != seen[1][0]


def test_the_tag_of_an_answer_follows_its_second_its_snapshot_its_address_and_what_is_odd():
    made = {
        made_from(*changed)
        for changed in (
            ("one", 1, (), "https://a"), ("two", 1, (), "https://a"), ("one", 2, (), "https://a"),
            ("one", 1, (), "https://b"), ("one", 1, (Remark("past"),), "https://a"),
        )
    }  # fmt: skip
    assert len(made) == 5


@pytest.mark.usefixtures("clock")
def test_remarks_of_the_short_way_are_in_every_language(client: FlaskClient):
    (remark,) = [one for one in asked(client, "lon=14.42&lat=50.09")["remarks"] if one["code"] == "outside-region"]
    assert set(remark) == {"code", "cs", "en", "de", "pl"}
    assert len(set(remark.values())) == 5


@pytest.mark.usefixtures("clock")
def test_a_remark_in_which_a_position_can_be_read_is_not_kept(client: FlaskClient):
    asked(client, HERE)
    before = answer_module._about.cache_info()
    for place in ("50.71", "50.72", "50.73"):
        assert place in asked(client, f"lon={place}&lat=15.05")["remark"]
    assert answer_module._about.cache_info() == before


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_client_that_has_the_answer_is_told_so(client: FlaskClient, method: str):
    path = f"/nearest?{HERE}&at=2026-11-24T18:00"
    tag = client.get(path).headers["ETag"]
    assert getattr(client, method)(path, headers={"If-None-Match": tag}).status_code == 304


def test_links_follow_the_public_address(mirror_settings: Settings):
    settings = Settings(home=mirror_settings.home, data=mirror_settings.data, base_url="https://mapy.example.cz/gis")
    feature = asked(create_app(settings).test_client(), HERE)["features"][0]
    assert feature["properties"]["links"][0]["href"].startswith("https://mapy.example.cz/gis/collections/")


def test_a_strange_host_is_left_to_flask(client: FlaskClient):
    answer = client.get(f"/nearest?{HERE}", headers={"Host": 'a"b'})
    assert answer.status_code in (200, 400)
    assert b'a"b' not in answer.data


def test_it_is_geojson_in_which_nothing_is_nan(client: FlaskClient):
    answer = client.get(f"/nearest?{HERE}&limit=50&kind=pohotovosti,zzs,nemocnice")

    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    features = json.loads(answer.data, parse_constant=refuse)["features"]
    assert len({one["id"] for one in features}) == len(features) == 34


def test_it_works_over_the_facts_alone(api: FlaskClient):
    answer = asked(api, f"{HERE}&kind=lps-dospeli&at={quote('2026-11-24T18:00')}")
    properties = answer["features"][0]["properties"]
    assert (properties["state"], properties["stale"], answer["travel"]) == ("open", True, None)
    assert "travel_s" not in properties
