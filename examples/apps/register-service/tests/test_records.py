"""What is read, one record and many: filters, pages, tags, languages, addresses that lead on."""

import json

import pytest
from register_service.addresses import COLLECTIONS

import untoc_network as un


def test_every_collection_of_a_register_is_served(unchanged):
    collections = [name for name in un.labels(un.Register) if isinstance(getattr(un.Register(), name), tuple)]
    records = {name for name in collections if name not in ("redirects", "distinct", "erasures", "lists", "list_rows")}
    assert set(COLLECTIONS) == records
    for name in COLLECTIONS:
        answer = unchanged.get(f"/{name}")
        assert answer.status_code == 200
        shown = {one.id: un.to_dict(one) for one in getattr(unchanged.store.live.view("public").register, name)}
        assert {one["id"]: one for one in answer.json()["items"]} == shown


def test_a_record_is_handed_out_with_the_digest_of_what_was_handed_out(unchanged):
    answer = unchanged.get("/organizations/asj-honduras")
    assert answer.headers["etag"] == f'"{un.digest(un.from_dict(answer.json(), un.Organization))}"'
    assert answer.headers["cache-control"] == "no-cache"
    again = unchanged.get("/organizations/asj-honduras", headers={"If-None-Match": f'"x", W/{answer.headers["etag"]}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", answer.headers["etag"])
    inside = unchanged.get("/organizations/asj-honduras", by="internal")
    assert inside.json()["notes"]
    assert inside.headers["etag"] != answer.headers["etag"]
    assert inside.headers["cache-control"] == "private, no-store"


@pytest.mark.parametrize(("asked", "total", "pages"), [("limit=5", 13, 3), ("kind=ngo&text=a&limit=2", 3, 2)])
def test_pages_lead_through_all_of_a_list(unchanged, asked, total, pages):
    seen, address, read = [], f"/organizations?{asked}", 0
    while address:
        answer = unchanged.get(address)
        assert answer.json()["total"] == total
        seen += [one["id"] for one in answer.json()["items"]]
        address, read = answer.json()["next"], read + 1
        assert answer.headers.get("link") == (f'<{address}>; rel="next"' if address else None)
    assert (read, len(seen), seen) == (pages, total, sorted(seen))


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/organizations?country=HN", {"asj-honduras"}),
        ("/organizations?text=asociacion%20JUSTA", {"asj-honduras"}),
        ("/organizations?text=asociacion&country=CO", set()),
        ("/events?country=PA&kind=regional-consultation&text=americas", {"panama-consultation-2022"}),
        ("/events?theme=organized-crime&country=PA", {"panama-consultation-2022"}),
        ("/sources?text=nothing-has-this", set()),
        ("/persons?text=zzz", set()),
    ],
)
def test_lists_are_narrowed(unchanged, address, expected):
    answer = unchanged.get(address).json()
    assert {one["id"] for one in answer["items"]} == expected
    assert answer["total"] == len(expected)


@pytest.mark.parametrize(
    ("address", "parameters"),
    [
        ("/organizations?kind=cloud", ["kind"]),
        ("/organizations?country=Honduras&limit=0", ["country", "limit"]),
        ("/organizations?limit=501", ["limit"]),
        ("/organizations?nome=x", []),  # what is not known is not repeated: it may be a person's name
        ("/memberships?country=HN", []),
        ("/organizations?theme=", ["theme"]),
    ],
)
def test_parameters_that_are_not_understood_are_named_and_their_values_never(unchanged, address, parameters):
    answer = unchanged.get(address)
    assert answer.status_code == 400
    told = answer.json()
    takes = told.pop("takes")
    assert {"after", "limit", *parameters} <= set(takes)
    assert "nome" not in takes
    assert told == {
        "type": "/problems/bad-parameter",
        "title": "A parameter of the request is not one that this address takes, or has a value that it cannot have.",
        "status": 400,
        "parameters": parameters,
    }


def test_the_address_of_a_merged_record_leads_to_where_it_went(make_service):
    one, other = (un.Organization(id=f"x{n}", name={"en": f"House {n}"}, kind="ngo") for n in "ab")
    register = un.Register(organizations=(one, other))
    service = make_service(un.matching.merge_records(register, "xa", "xb", on="2026-11-01").register)
    answer = service.get("/organizations/xb")
    assert (answer.status_code, answer.headers["location"]) == (308, "/organizations/xa")
    assert service.get("/persons/xb").status_code == 404


@pytest.mark.parametrize(
    ("asked", "language", "title"),
    [
        ("es-PA,es;q=0.9,en;q=0.5", "es", "En esta dirección no hay nada, o nada que usted pueda ver."),
        ("de, fr;q=0.2", "fr", "Il n’y a rien à cette adresse, ou rien que vous puissiez voir."),
        ("pt-BR", "pt", "Neste endereço não há nada, ou nada que você possa ver."),
        ("es;q=0, pt;q=nonsense, *", "en", "There is nothing at this address, or nothing that you may see."),
    ],
)
def test_problems_are_told_in_a_language_of_the_caller(unchanged, asked, language, title):
    answer = unchanged.get("/persons/nobody", headers={"Accept-Language": asked})
    assert (answer.headers["content-type"], answer.headers["content-language"]) == (
        "application/problem+json",
        language,
    )
    assert answer.json() == {"type": "/problems/not-found", "title": title, "status": 404}


def test_addresses_and_methods_that_there_are_not_are_problems_too(unchanged):
    assert unchanged.get("/nowhere").json()["type"] == "/problems/not-found"
    answer = unchanged.ask("PUT", "/organizations/asj-honduras")
    assert (answer.status_code, answer.json()["type"]) == (405, "/problems/method-not-allowed")
    assert answer.headers["allow"] == "DELETE, GET, PATCH"
    assert unchanged.ask("OPTIONS", "/health").headers["allow"] == "GET"


def test_the_calendar_has_what_is_public_and_a_tag(unchanged):
    answer = unchanged.get("/calendar.ics", headers={"Accept-Language": "es"})
    assert answer.headers["content-type"].startswith("text/calendar")
    register = unchanged.store.live.register
    assert answer.content == un.exchange.export(register, "calendar", on="2026-11-24", language="es").data
    again = unchanged.get("/calendar.ics", headers={"Accept-Language": "es", "If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    assert unchanged.get("/calendar.ics", by="writer").content == unchanged.get("/calendar.ics").content


def test_the_calendar_is_made_anew_where_what_stands_in_it_changes(service, monkeypatch):
    made, export = [], un.exchange.export
    monkeypatch.setattr(un.exchange, "export", lambda *given, **more: made.append(given) or export(*given, **more))
    first = service.get("/calendar.ics").content
    live = service.store.live
    changed = un.patched(live.register["asj-honduras"], {"founded": "1998"})[0]
    service.store.commit(live.attempt(replaced=[changed]))
    assert service.get("/calendar.ics").content == first
    live = service.store.live
    moved = un.patched(live.register["panama-consultation-2022"], {"name": {"en": "Consultation"}})[0]
    service.store.commit(live.attempt(replaced=[moved]))
    assert service.get("/calendar.ics").content != first
    assert len(made) == 2
    assert service.get("/calendar.ics", headers={"Accept-Language": "es"}).content != first
    assert len(made) == 3


def test_health_says_that_all_is_well_or_that_the_register_cannot_be_reached(service, tmp_path):
    assert service.get("/health").json() == {"status": "ok"}
    service.store.close()
    for file in (tmp_path / "service").glob("register.db*"):
        file.unlink()
    answer = service.get("/health", headers={"Accept-Language": "fr"})
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")
    assert answer.json()["title"] == "Le registre est inaccessible pour le moment. Réessayez dans un instant."
    assert service.get("/organizations").status_code == 503


def test_the_description_has_the_schemas_of_the_library_and_says_who_may_ask(unchanged):
    told = unchanged.get("/openapi.json").json()
    schemas = told["components"]["schemas"]
    assert {name: schemas[name] for name in un.openapi_schemas()} == json.loads(json.dumps(un.openapi_schemas()))
    references = {part.partition('"')[0] for part in json.dumps(told).split('"#/components/schemas/')[1:]}
    assert references <= schemas.keys()
    assert told["paths"]["/organizations/{key}"]["get"]["security"] == [{}, {"token": []}]
    assert told["paths"]["/organizations/{key}"]["patch"]["security"] == [{"token": []}]
    named = [one["name"] for one in told["paths"]["/organizations"]["get"]["parameters"]]
    assert named == ["text", "kind", "country", "theme", "after", "limit"]
    assert not {"HTTPValidationError", "ValidationError"} & schemas.keys()
