"""What is sent to break the service: each is refused as what it is, and none makes it fail."""

import asyncio
import json
import logging

import pytest

NGO = "/organizations/asj-honduras"
DEEP = 100_000
WHOLE = '{"id": "xa", "kind": "ngo", "name": {"en": "House"}, %s}'
HOSTILE = {
    "nothing": b"",
    "NUL": b"\x00",
    "NUL in a text": (WHOLE % '"founded": "19\\u000099"').encode(),
    "bare NUL in a text": (WHOLE % '"founded": "19\x0099"').encode(),
    "half a surrogate": (WHOLE % '"founded": "\\ud800"').encode(),
    "half a surrogate as a key": (WHOLE % '"\\udfff": 1').encode(),
    "half a surrogate in bytes": (WHOLE % '"founded": "').encode() + b'\xed\xa0\x80"}',
    "no UTF-8": b'{"id": "\xff\xfe"}',
    "UTF-16": (WHOLE % '"founded": "1999"').encode("utf-16"),
    "NaN": (WHOLE % '"founded": NaN').encode(),
    "1e400": (WHOLE % '"founded": 1e400').encode(),
    "a long number": (WHOLE % f'"founded": {"9" * 20_000}').encode(),
    "deep lists": b"[" * DEEP,
    "deep lists, closed": b"[" * DEEP + b"]" * DEEP,
    "deep objects": b'{"extra":' * DEEP + b"1" + b"}" * DEEP,
    "deep in a field": (WHOLE % f'"notes": {"[" * DEEP}{"]" * DEEP}').encode(),
    "double keys": (WHOLE % '"kind": "media"').encode(),
    "many keys": json.dumps({f"k{number}": number for number in range(2_000)}).encode(),
    "many values": json.dumps([0] * 50_000).encode(),
    "a list": b"[]",
    "a text": b'"House"',
    "null": b"null",
    "two documents": b"{} {}",
    "no JSON": b"id: xa\nkind: ngo\n",
    "a BOM": b"\xef\xbb\xbf[1]",
    "a long text": (WHOLE % f'"founded": "{"x" * 1_000_000}"').encode(),
    "another id": b'{"id": "xb"}',
    "a class": (WHOLE % '"__class__": {"__init__": 1}').encode(),
}
KEYS = [
    "%00",
    "%ED%A0%80",
    "..%2F..%2Fetc",
    "x" * 5000,
    "%F0%9F%92%A9",
    "a%0D%0ASet-Cookie:x",
    "'; drop table untoc_records",
    "{key}",
]


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_no_body_makes_the_service_fail(unchanged, body):
    tag = unchanged.get(NGO, by="writer").headers["etag"]
    answers = [
        unchanged.change("POST", "/organizations", body),
        unchanged.change("PATCH", NGO, body, tag=tag),
        unchanged.change("POST", "/imports?list=office", body, media_type="text/csv"),
        unchanged.change("POST", "/imports?list=office", body, media_type="application/octet-stream"),
    ]
    assert [one.status_code for one in answers[:2]] == [422, 422]
    assert all(one.status_code in (200, 422) for one in answers[2:])
    assert all(one.headers["content-type"] in ("application/problem+json", "application/json") for one in answers)
    assert unchanged.store.revision == 1


@pytest.mark.parametrize("key", KEYS)
def test_no_address_makes_the_service_fail(unchanged, key):
    answers = [
        unchanged.get(f"/organizations/{key}"),
        unchanged.get(f"/organizations?after={key}"),
        unchanged.get(f"/organizations?text={key}"),
        unchanged.get(f"/organizations?{key}=1"),
        unchanged.get(f"/organizations/{key}", headers={"If-None-Match": "\x00" if key == "%00" else ",,,"}),
        unchanged.change("PATCH", f"/organizations/{key}", b"{}", tag='"0"'),
        unchanged.change("DELETE", f"/organizations/{key}", tag=",W/,"),
        unchanged.get(f"/nowhere/{key}", headers={"Accept-Language": ";;q=,es;q=1e400,fr;q=nan"}),
    ]
    assert {one.status_code for one in answers} <= {200, 400, 404, 405}
    assert all("Set-Cookie" not in one.headers for one in answers)


# -- bodies that are too large -----------------------------------------------------------------------------------------


def send(service, chunk, times, *headers):
    """Send a body piece by piece, and tell the status and how many pieces were taken."""
    taken, status = 0, []

    async def receive():
        nonlocal taken
        taken += 1
        return {"type": "http.request", "body": chunk, "more_body": taken < times}

    async def answer(message):
        status.append(message.get("status"))

    token = f"Bearer {service.tokens['writer']}".encode()
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/organizations",
        "query_string": b"",
        "headers": [(b"content-type", b"application/json"), (b"authorization", token), *headers],
    }
    asyncio.run(service.app(scope, receive, answer))
    return status[0], taken


def test_a_body_of_100_megabytes_is_refused_before_it_is_read(service):
    piece = b" " * 2**20
    length = (b"content-length", str(100 * 2**20).encode())
    assert send(service, piece, 100, length) == (413, 0)
    assert send(service, piece, 100) == (413, 9)  # that is announced as nothing: up to the limit
    assert send(service, piece, 100, (b"content-length", b"1")) == (413, 9)
    assert send(service, piece, 8) == (422, 8)


def test_a_length_that_is_none_is_refused(service):
    for length in (b"many", b"-1", b"9" * 5000, "²".encode("latin-1"), b""):
        assert send(service, b"{}", 1, (b"content-length", length)) == (413, 0)


def test_whoever_may_not_write_is_refused_before_the_body_is_read(service):
    service.tokens["writer"] = service.tokens["members"]
    assert send(service, b"{}", 1) == (403, 0)


def test_what_is_no_request_is_handed_on(service):
    async def run():
        sent = []
        messages = iter([{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}])

        async def receive():
            return next(messages)

        async def answer(message):
            sent.append(message["type"])

        await service.app({"type": "lifespan", "state": {}}, receive, answer)
        return sent

    assert asyncio.run(run()) == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


# -- faults, and what is logged ----------------------------------------------------------------------------------------


def get_log(caplog):
    """What was logged by all but the client of these tests."""
    return "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith("httpx"))


def test_a_fault_of_the_service_is_told_and_logged_without_what_it_failed_on(service, caplog):
    caplog.set_level(logging.INFO)

    def fail(*_, **__):
        raise RuntimeError("Ana Ejemplo")

    service.desk.create = fail
    sent = b'{"id": "xa", "kind": "ngo", "name": {"en": "Ana Ejemplo"}}'
    answer = service.change("POST", "/organizations", sent, headers={"Accept-Language": "es"})
    assert (answer.status_code, answer.json()["title"]) == (
        500,
        "El servicio falló con esta solicitud. Es un fallo del servicio y quedó anotado.",
    )
    assert service.get("/persons?text=Ana%20Ejemplo").status_code == 200
    assert service.get("/persons/Ana%20Ejemplo").status_code == 404
    assert service.get("/Ana%20Ejemplo?Ana").status_code == 404
    assert "RuntimeError at test_hostile_requests.py:" in caplog.text
    assert "POST /organizations 500" in caplog.text
    assert "by office-2" in caplog.text
    assert [word for word in ("Ana", "Ejemplo", service.tokens["writer"]) if word in get_log(caplog)] == []


def test_a_failure_before_the_application_answers_is_told_too(service, caplog):
    async def fail(*_):
        raise RuntimeError("Ana Ejemplo")

    service.app._app = fail
    answer = service.get("/organizations")
    assert (answer.status_code, answer.json()["type"]) == (500, "/problems/fault")
    assert "Ana" not in caplog.text


def test_a_client_that_goes_away_is_no_fault(service, caplog):
    caplog.set_level(logging.INFO)

    async def run():
        async def receive():
            return {"type": "http.disconnect"}

        async def answer(_):
            pass

        token = f"Bearer {service.tokens['writer']}".encode()
        headers = [(b"content-type", b"application/json"), (b"authorization", token)]
        scope = {"type": "http", "method": "POST", "path": "/organizations", "query_string": b"", "headers": headers}
        await service.app(scope, receive, answer)

    asyncio.run(run())
    assert "POST /organizations 499" in caplog.text
    assert "ERROR" not in caplog.text


def test_values_of_a_record_are_in_no_log(service, caplog):
    caplog.set_level(logging.DEBUG)
    person = {"id": "p-9", "name": "Ana Ejemplo", "contacts": [{"kind": "email", "value": "ana@example.org"}]}
    made = service.change("POST", "/persons", json.dumps(person).encode())
    assert made.status_code in (201, 422)
    service.change("POST", "/imports?list=office", b"Name;Contact person\nHouse;Ana Ejemplo\n", media_type="text/csv")
    assert "POST /persons" in get_log(caplog)
    assert [word for word in ("Ana", "Ejemplo", "ana@example.org") if word in get_log(caplog)] == []
