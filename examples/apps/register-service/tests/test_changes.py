"""What is changed: with a tag of what was seen, by a caller who may, and as that caller saw it."""

import concurrent.futures
import itertools
import json
import threading

import attrs
import pytest
from register_service.access import ANYBODY
from register_service.desk import choose_visible
from starlette.testclient import TestClient

import untoc_network as un
import untoc_network_store

NGO = "/organizations/asj-honduras"


def body(**fields):
    return json.dumps(fields).encode()


def test_a_record_is_made_changed_and_removed(service):
    made = service.change("POST", "/organizations", body(id="xa", kind="ngo", name={"en": "House"}, founded="1999"))
    assert (made.status_code, made.headers["location"]) == (201, "/organizations/xa")
    assert [one["code"] for one in made.json()["introduced"]] == ["SR001"]
    assert service.get("/organizations/xa", by="writer").headers["etag"] == made.headers["etag"]
    changed = service.change("PATCH", "/organizations/xa", body(founded=None), tag=made.headers["etag"])
    assert changed.status_code == 200
    assert "founded" not in changed.json()["record"]
    removed = service.change("DELETE", "/organizations/xa", tag=f'"x", {changed.headers["etag"]}')
    assert (removed.status_code, removed.json()["record"], "etag" in removed.headers) == (200, None, False)
    assert [one["code"] for one in removed.json()["resolved"]] == ["SR001"]
    assert service.get("/organizations/xa").status_code == 404
    log = service.store.log(id="xa")
    assert [(one.by, str(one.at)) for one in log] == [("office-2", "2026-11-24T12:00:00+00:00")] * 3


@pytest.mark.parametrize(
    ("method", "tag", "status", "name"),
    [
        ("PATCH", None, 428, "etag-needed"),
        ("DELETE", None, 428, "etag-needed"),
        ("PATCH", "*", 428, "etag-needed"),
        ("PATCH", '"0"', 412, "changed-since"),
        ("DELETE", '"0"', 412, "changed-since"),
    ],
)
def test_who_does_not_say_what_they_saw_changes_nothing(service, method, tag, status, name):
    answer = service.change(method, NGO, b"{}" if method == "PATCH" else b"", tag=tag)
    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{name}")
    assert service.store.revision == 1


def test_an_id_is_taken_once(service):
    answer = service.change("POST", "/organizations", body(id="csu-officer", kind="ngo", name={"en": "House"}))
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/id-taken")


def test_of_eight_writers_with_one_tag_one_wins(service):
    tag = service.get(NGO, by="writer").headers["etag"]
    start = threading.Barrier(8)

    def write(number):
        client = TestClient(service.app)
        start.wait()
        headers = {"Authorization": f"Bearer {service.tokens['writer']}", "If-Match": tag}
        answer = client.patch(NGO, json={"founded": f"19{90 + number}"}, headers=headers)
        return answer.status_code, answer.json()

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(write, range(8)))
    assert sorted(status for status, _ in answers) == [200] + [412] * 7
    (won,) = (told["record"]["founded"] for status, told in answers if status == 200)
    assert service.get(NGO).json()["founded"] == won
    assert service.store.revision == 2


def test_a_change_that_brings_errors_is_refused_with_its_findings_in_the_language_of_the_caller(service):
    tag = service.get(NGO, by="writer").headers["etag"]
    patch = body(parent_id="nobody")
    answer = service.change("PATCH", NGO, patch, tag=tag, headers={"Accept-Language": "es"})
    assert (answer.status_code, answer.json()["title"]) == (422, "El contenido tiene errores; no se modificó nada.")
    (finding,) = answer.json()["findings"]
    assert (finding["code"], finding["severity"], finding["subject"]) == ("RF002", "error", "asj-honduras")
    assert (
        finding["message"]
        == next(
            iter(
                un.i18n.translated(
                    un.Report(
                        service.store.live.attempt(
                            replaced=[un.patched(service.store.live.register["asj-honduras"], patch)[0]]
                        ).introduced
                    ),
                    "es",
                )
            )
        ).message
    )
    assert service.store.revision == 1


def test_content_that_cannot_be_read_is_told_with_line_and_hint(service):
    sent = b'{"id": "xb",\n "kind": "ngo", "name": {"en": "XB"},\n "fonded": "1999", "kind": "ngo"}'
    answer = service.change("POST", "/organizations", sent, headers={"Accept-Language": "pt"})
    assert answer.status_code == 422
    told = {one["code"]: one for one in answer.json()["findings"]}
    assert (told["IO002"]["line"], told["IO002"]["pointer"]) == (3, "/fonded")
    assert "founded" in told["IO002"]["hint"]
    assert told["IO007"]["line"] == 3


def test_bodies_come_in_a_media_type_that_is_read(service):
    answer = service.change("POST", "/organizations", b"{}", media_type="text/plain")
    assert (answer.status_code, answer.headers["accept"]) == (415, "application/json")
    assert (
        service.change("PATCH", NGO, b"{}", tag='"0"', media_type="application/json; charset=utf-8").status_code == 412
    )


# -- what its maker does not see ---------------------------------------------------------------------------------------

CITED = [{"source_id": "minutes"}]


def make_register(*, consents=()):
    """An event at which somebody speaks who agreed to be known to nobody."""
    return un.Register(
        sources=[un.Source(id="minutes", title={"en": "Minutes"}, kind="document")],
        organizations=[un.Organization(id="xa", name={"en": "House"}, kind="ngo", sources=CITED)],
        persons=[un.Person(id="p1", name="Ana Ejemplo", consents=consents, sources=CITED)],
        events=[
            un.Event(
                id="meeting",
                name={"en": "Meeting"},
                kind="training",
                starts="2026-05-01",
                roles=[{"stakeholder_id": "p1", "kind": "speaker"}, {"stakeholder_id": "xa", "kind": "organizer"}],
                sources=CITED,
            )
        ],
    )


def test_a_patch_of_what_was_seen_in_part_never_undoes_what_was_not_seen(make_service):
    service = make_service(make_register())
    seen = service.get("/events/meeting", by="writer")
    roles = seen.json()["roles"]
    assert [one["stakeholder_id"] for one in roles] == ["xa"]
    kept = service.change(
        "PATCH", "/events/meeting", body(roles=roles, name={"es": "Reunión"}), tag=seen.headers["etag"]
    )
    assert kept.status_code == 200
    held = service.store.live.register["meeting"]
    assert ([one.stakeholder_id for one in held.roles], held.name["es"]) == (["p1", "xa"], "Reunión")
    for value in ([], None, [*roles, *roles]):
        answer = service.change("PATCH", "/events/meeting", body(roles=value), tag=kept.headers["etag"])
        assert answer.status_code == 422
        assert [(one["code"], one["pointer"]) for one in answer.json()["findings"]] == [("IO039", "/roles")]
        assert "p1" not in answer.text
    assert service.store.live.register["meeting"] == held


def test_findings_on_what_is_not_shown_are_not_told(make_service):
    service = make_service(make_register())
    assert service.get("/persons/p1", by="writer").status_code == 404
    removed = service.change(
        "DELETE", "/sources/minutes", tag=service.get("/sources/minutes", by="writer").headers["etag"]
    )
    assert removed.status_code == 422
    assert {one["subject"] for one in removed.json()["findings"]} == {"xa", "meeting"}
    assert removed.json()["findings_not_shown"] == 1
    assert "p1" not in removed.text


def test_a_record_under_another_id_is_changed_under_that_id(make_service):
    named = un.Event(id="talk-by-ana-ejemplo", name={"en": "A talk"}, kind="training", starts="2026-05", sources=CITED)
    service = make_service(make_register().with_added(named)[0])
    (key,) = {one["id"] for one in service.get("/events", by="writer").json()["items"]} - {"meeting"}
    seen = service.get(f"/events/{key}", by="writer")
    answers = [
        service.change("PATCH", f"/events/{key}", sent, tag=seen.headers["etag"])
        for sent in (body(id="another"), body(starts="never"), body(project_id="nothing"), body(starts="2026-06"))
    ]
    assert [one.status_code for one in answers] == [422, 422, 422, 200]
    assert [one["subject"] for answer in answers[:2] for one in answer.json()["findings"]] == [key, key]
    assert answers[3].json()["record"]["id"] == key
    assert service.store.live.register["talk-by-ana-ejemplo"].starts == un.PartialDate("2026-06")
    assert [one.text for one in answers if "ejemplo" in one.text] == []
    assert service.get("/events/talk-by-ana-ejemplo", by="writer").status_code == 404
    taken = service.change("POST", "/events", body(**seen.json()))
    assert (taken.status_code, "ejemplo" in taken.text) == (409, False)


def test_what_a_hint_proposes_is_not_told_where_it_is_hidden(make_service):
    hidden = un.Person(id="ana-ejemplo", name="Ana Ejemplo", sources=CITED)
    service = make_service(make_register().with_added(hidden)[0])
    sent = {"id": "s1", "event_id": "meeting", "speaker_id": "ana-ejempla", "summary": {"en": "Said"}, "sources": CITED}
    answer = service.change("POST", "/statements", body(**sent))
    assert (answer.status_code, "ana-ejemplo" in answer.text) == (422, False)


def test_what_is_changed_by_somebody_else_where_it_is_not_seen_is_no_conflict(make_service):
    service = make_service(make_register())
    tag = service.get("/events/meeting", by="writer").headers["etag"]
    see, changed = service.desk.see, []

    def see_and_be_late(caller):
        seen = see(caller)
        if not changed:
            held = seen.live.register["meeting"]
            roles = [one for one in un.to_dict(held)["roles"] if one["stakeholder_id"] != "p1"]
            changed.append(service.store.commit(seen.live.attempt(replaced=[un.patched(held, {"roles": roles})[0]])))
        return seen

    service.desk.see = see_and_be_late
    answer = service.change("PATCH", "/events/meeting", body(page="https://example.org"), tag=tag)
    assert (answer.status_code, service.store.revision) == (200, 3)
    held = service.store.live.register["meeting"]
    assert (str(held.page), len(held.roles)) == ("https://example.org", 1)


def test_whoever_is_late_each_time_is_told(make_service):
    service = make_service(make_register())
    tag = service.get("/events/meeting", by="writer").headers["etag"]
    see, kinds = service.desk.see, itertools.cycle(["chair", "speaker"])

    def see_and_be_late(caller):
        seen = see(caller)
        held = seen.live.register["meeting"]
        roles = [
            one | {"kind": next(kinds)} if one["stakeholder_id"] == "p1" else one for one in un.to_dict(held)["roles"]
        ]
        service.store.commit(seen.live.attempt(replaced=[un.patched(held, {"roles": roles})[0]]))
        return seen

    service.desk.see = see_and_be_late
    answer = service.change("PATCH", "/events/meeting", body(page="https://example.org"), tag=tag)
    assert (answer.status_code, answer.json()["type"], service.store.revision) == (412, "/problems/changed-since", 9)


def test_who_is_erased_is_in_no_answer_any_more(make_service):
    service = make_service(make_register(consents=[{"purpose": "publication", "audience": "public", "basis": "form"}]))
    assert service.get("/persons/p1").json()["name"] == "Ana Ejemplo"
    with untoc_network_store.open(service.settings.database_url, on="2026-11-24") as elsewhere:
        assert elsewhere.erase("p1", by="office-1", on="2026-11-24").bytes_cleared
    for by in (None, "members", "writer"):
        assert "Ejemplo" not in service.get("/persons", by=by).text + service.get("/events/meeting", by=by).text
    files = b"".join(file.read_bytes() for file in service.settings.tokens_file.parent.glob("register.db*"))
    assert b"Ejemplo" not in files


# -- lists of members --------------------------------------------------------------------------------------------------

SHEET = b"Name;Country;Type;Website\nRefugio Nuevo;PA;ONG;https://example.org\n;XX;;\n"


def bring(service, sheet, *, tag=None, name="office", by="writer", **more):
    return service.change("POST", f"/imports?list={name}", sheet, tag=tag, by=by, media_type="text/csv", **more)


def test_a_list_is_tried_first_and_then_does_exactly_what_was_told(service):
    tried = bring(service, SHEET)
    assert (tried.status_code, tried.json()["applied"], service.store.revision) == (200, False, 1)
    assert [(one["id"], one["what"]) for one in tried.json()["edits"]] == [
        ("sheet-office", "added"),
        ("refugio-nuevo", "added"),
    ]
    assert ("IM004", 3) in [(one["code"], one.get("line")) for one in tried.json()["findings"]]
    assert bring(service, SHEET + b"Casa;PA;ONG;\n", tag=tried.headers["etag"]).status_code == 412
    assert bring(service, SHEET, tag='"0"').status_code == 412
    assert bring(service, SHEET, tag="*").status_code == 428
    assert service.store.revision == 1
    done = bring(service, SHEET, tag=tried.headers["etag"])
    assert done.json() == tried.json() | {"applied": True}
    assert service.get("/organizations/refugio-nuevo").json()["seat"] == {"country": "PA"}
    again = bring(service, SHEET)
    assert again.json()["edits"] == []


def test_a_list_that_brings_errors_is_told_to_be_refused_and_is(service):
    sheet = b"Name;Country;E-mail\nRefugio;PA;ana.ejemplo@example.org\n"
    tried = bring(service, sheet, headers={"Accept-Language": "es"})
    errors = [one for one in tried.json()["introduced"] if one["severity"] == "error"]
    assert (tried.json()["acceptable"], [one["code"] for one in errors]) == (False, ["SH013"])
    done = bring(service, sheet, tag=tried.headers["etag"], headers={"Accept-Language": "es"})
    assert (done.status_code, done.json()["findings"]) == (422, errors)
    assert "ana.ejemplo" not in tried.text + done.text
    assert service.store.revision == 1


def test_a_list_whose_outcome_has_changed_since_is_not_imported(service):
    tried = bring(service, SHEET)
    service.change("POST", "/organizations", body(id="refugio-nuevo", kind="media", name={"es": "Refugio"}))
    assert bring(service, SHEET, tag=tried.headers["etag"]).status_code == 412


def test_what_is_no_list_is_told(service):
    answer = bring(service, b"nothing\nat all\n", headers={"Accept-Language": "fr"})
    assert (answer.status_code, answer.json()["title"]) == (
        422,
        "Le contenu comporte des erreurs\N{NO-BREAK SPACE}; rien n’a été modifié.",
    )
    assert answer.json()["findings"][0]["code"].startswith("IM")
    assert bring(service, SHEET, name="No%20name").status_code == 400
    assert bring(service, b"", name="x").status_code == 422


def test_edits_of_what_is_not_shown_are_counted(make_service):
    register = make_register(consents=[{"purpose": "publication", "audience": "internal", "basis": "form"}])
    service = make_service(register)
    sheet = b"Name;Country;Contact person\nHouse;XA;Ben Ejemplo\n"
    tried = bring(service, sheet)
    assert tried.json()["edits_not_shown"] > 0
    assert "ben-ejemplo" not in tried.text
    assert service.store.revision == 1


def test_whom_an_import_shows_to_more_is_named_before_it_is_done(make_service):
    service = make_service(un.Register())
    first = b"Name;Country;Contact person\nHouse;XA;Ben Ejemplo\n"
    bring(service, first, tag=bring(service, first).headers["etag"])
    agreed = b"Name;Country;Contact person;Contact person consent to publish;Contact person consent scope;"
    agreed += b"Contact person consent basis\nHouse;XA;Ben Ejemplo;yes;public;form\n"
    tried = bring(service, agreed, name="other")
    assert [one["subject"] for one in tried.json()["findings"] if one["code"] == "IM035"] == ["house-contact-1"]
    assert bring(service, agreed, name="other", tag=tried.headers["etag"]).json()["applied"]
    assert service.get("/persons/house-contact-1").status_code == 200


@pytest.mark.parametrize("text", ["p1", "of 'p1'", "x\np1", "–p1,", 'a "p1"', "ñ\tp1 b"])
def test_an_id_is_found_wherever_it_stands(make_service, text):
    service = make_service(make_register())
    seen = (service.desk.see(ANYBODY),)
    finding = next(iter(un.reads(b"[]")[1]))
    assert list(choose_visible([attrs.evolve(finding, hint=text)], seen)) == []
    assert list(choose_visible([attrs.evolve(finding, hint="p2, p1-b, np1 and xa")], seen)) != []
