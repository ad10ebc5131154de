"""Who sees what: nobody sees more than the view of their circle, in nothing that is answered.

Two registers that differ only in what a circle is not shown give it the same bytes everywhere.
"""

import functools
import operator
import sys

import attrs
import pytest
from register_service.access import ANYBODY
from register_service.addresses import COLLECTIONS
from register_service.problems import Problem

import untoc_network as un

CITED = [{"source_id": "minutes"}]
SAID = {"en": "A summary"}
ON = "2026-11-24"


def agreed(audience):
    return [{"purpose": "publication", "audience": audience, "basis": "form"}]


def make_register():
    """Somebody whom nobody sees, somebody whom members see, a body at risk, and what names them."""
    return un.Register(
        title={"en": "Network"},
        sources=[un.Source(id="minutes", title={"en": "Minutes"}, kind="document")],
        organizations=[
            un.Organization(
                id="xa-house", name={"en": "House of XA"}, kind="ngo", seat={"country": "XA"}, sources=CITED
            ),
            un.Organization(
                id="xb-refuge",
                name={"en": "Refuge of XB"},
                kind="ngo",
                seat={"country": "XB", "city": "Port"},
                at_risk=True,
                themes=["trafficking-in-persons"],
                sources=CITED,
            ),
        ],
        persons=[
            un.Person(id="ana-ejemplo", name="Ana Ejemplo", gender="female", sources=CITED),
            un.Person(
                id="member-7",
                name="Ben Example",
                affiliations=[{"key": "house", "organization_id": "xa-house"}],
                consents=agreed("members"),
                sources=CITED,
            ),
            un.Person(id="speaker-1", name="Cleo Example", consents=agreed("public"), sources=CITED),
        ],
        networks=[
            un.Network(
                id="network",
                name={"en": "Network"},
                kind="regional",
                purpose={"en": "Ask Ana Ejemplo of the Refuge of XB"},
                sources=CITED,
            )
        ],
        memberships=[
            un.Membership(id="m1", network_id="network", organization_id="xa-house", sources=CITED),
            un.Membership(id="m2", network_id="network", organization_id="xb-refuge", sources=CITED),
        ],
        events=[
            un.Event(
                id="talk-by-ana-ejemplo",
                name={"en": "A talk"},
                kind="training",
                starts="2026-12-01",
                roles=[
                    {"stakeholder_id": "ana-ejemplo", "kind": "speaker"},
                    {"stakeholder_id": "xa-house", "kind": "organizer"},
                ],
                join_url="https://example.org/room-1",
                sources=CITED,
            )
        ],
        statements=[
            un.Statement(id="s1", event_id="talk-by-ana-ejemplo", speaker_id="ana-ejemplo", summary=SAID, sources=CITED)
        ],
    )


def replace(register, record_id, **fields):
    return register.with_replaced(attrs.evolve(register[record_id], **fields))[0]


OTHERS = {
    "what is kept of somebody": lambda held: replace(
        held, "ana-ejemplo", gender="male", languages=["es"], notes=[{"text": "Called on Monday"}]
    ),
    "somebody more": lambda held: held.with_added(
        un.Person(id="dora-ejemplo", name="Dora Muestra", sources=CITED),
        un.Statement(id="s2", event_id="talk-by-ana-ejemplo", speaker_id="dora-ejemplo", summary=SAID, sources=CITED),
    )[0],
    "a body at risk more": lambda held: held.with_added(
        un.Organization(id="xc-refuge", name={"en": "Shelter"}, kind="ngo", at_risk=True, sources=CITED),
        un.Membership(id="m0", network_id="network", organization_id="xc-refuge", sources=CITED),
    )[0],
    "notes and rooms": lambda held: replace(
        replace(held, "xa-house", notes=[{"text": "Paid"}]),
        "talk-by-ana-ejemplo",
        join_url="https://example.org/room-2",
    ),
    "the seat of a body at risk": lambda held: replace(held, "xb-refuge", seat={"country": "XB", "city": "Harbour"}),
    "another statement": lambda held: replace(held, "s1", language="es", summary={"es": "De todo"}),
}
FOR_MEMBERS = {
    "somebody whom members see": lambda held: replace(held, "member-7", languages=["fr"]),
    "somebody more whom members see": lambda held: held.with_added(
        un.Person(id="member-8", name="Eva Muestra", consents=agreed("members"), sources=CITED)
    )[0],
}


def ask_everything(service, ids, by):
    """The answers to all that can be asked, with their headers."""
    asked = [("GET", "/health"), ("GET", "/openapi.json"), ("GET", "/calendar.ics"), ("GET", "/nowhere")]
    for name in COLLECTIONS:
        asked += [("GET", f"/{name}"), ("GET", f"/{name}?limit=1"), ("GET", f"/{name}?after=m"), ("POST", f"/{name}")]
        asked += [("GET", f"/{name}{one}") for key in ids.get(name, ()) for one in (f"/{key}", f"?after={key}&limit=1")]
    ids = {key for keys in ids.values() for key in keys}
    asked += [("GET", f"/organizations/{key}") for key in ids]
    asked += [(method, f"/persons/{key}") for key in ids for method in ("PATCH", "DELETE")]
    asked += [("GET", f"/{name}?text={text}") for name in ("persons", "networks") for text in ("ana", "e")]
    asked += [("GET", "/organizations?country=XB"), ("GET", "/organizations?theme=trafficking-in-persons")]
    asked += [("POST", "/imports?list=office")]
    answers = {}
    for method, address in asked:
        content = b'{"founded": null}' if method == "PATCH" else None
        answer = service.ask(method, address, by=by, headers={"If-Match": '"0"'}, content=content)
        answers[method, address] = answer.status_code, sorted(answer.headers.items()), answer.content
    return answers


@pytest.mark.parametrize(
    ("by", "differences"),
    [
        (None, OTHERS | FOR_MEMBERS),
        ("members", OTHERS),
        ("internal", {name: OTHERS[name] for name in ("what is kept of somebody", "somebody more")}),
    ],
    ids=["nobody", "members", "internal"],
)
def test_registers_that_differ_in_what_is_hidden_are_answered_alike(make_service, by, differences):
    audience = "public" if by is None else by
    key, first = bytes.fromhex("17" * 32), make_register()
    registers = [first, *(change(first) for change in differences.values())]
    registers.append(functools.reduce(lambda held, change: change(held), differences.values(), first))
    for register in registers[1:]:
        assert register != first
        views = (un.privacy.view(one, audience, ON, key=key).register for one in (first, register))
        assert operator.eq(*views)
    ids = {
        name: {record.id for register in registers for record in getattr(register, name)} | {"nobody"}
        for name in COLLECTIONS
    }
    services = [make_service(register, f"{by}-{number}") for number, register in enumerate((first, registers[-1]))]
    services[1].tokens = services[0].tokens
    services[1].settings.tokens_file.write_bytes(services[0].settings.tokens_file.read_bytes())
    answers, others = (ask_everything(service, ids, by) for service in services)
    for asked, answer in answers.items():
        assert others[asked] == answer, asked
    told = b"".join(content for _, _, content in answers.values()).lower()
    words = ["ana ejemplo", "ana-ejemplo"]
    words += ["refuge of xb", "room-1"] if by != "internal" else []
    words += ["ben example"] if by is None else []
    assert [word for word in words if word.encode() in told] == []


def test_what_is_hidden_is_answered_as_what_nobody_has(make_service):
    service = make_service(make_register())

    def ask(method, key, by):
        answer = service.ask(method, f"/persons/{key}", by=by, content=b"{}", headers={"If-Match": '"0"'})
        return answer.status_code, sorted(answer.headers.items()), answer.content

    for by, statuses in ((None, [404, 401, 401]), ("members", [404, 403, 403]), ("wrong", [401, 401, 401])):
        for method, status in zip(("GET", "PATCH", "DELETE"), statuses, strict=True):
            hidden, unknown = ask(method, "ana-ejemplo", by), ask(method, "nobody", by)
            assert hidden == unknown
            assert hidden[0] == status
    assert service.get("/organizations/speaker-1").content == service.get("/organizations/nobody").content


def test_what_is_hidden_takes_the_same_steps_as_what_nobody_has(make_service):
    service = make_service(make_register())
    service.desk.see(ANYBODY)

    def count_calls(key):
        calls = []
        sys.setprofile(lambda frame, event, _: calls.append(frame.f_code) if event == "call" else None)
        try:
            with pytest.raises(Problem):
                service.desk.see(ANYBODY).find(un.Person, key)
        finally:
            sys.setprofile(None)
        return [code.co_qualname for code in calls]

    count_calls("nobody")  # what is loaded once
    assert count_calls("ana-ejemplo") == count_calls("nobody")


@pytest.mark.parametrize(
    ("authorization", "status"),
    [("Bearer wrong", 401), ("Basic wrong", 401), ("", 401), ("Bearer", 401), ("Bearer é", 401)],
)
def test_a_token_that_is_none_is_refused_also_where_anybody_may_read(service, authorization, status):
    answer = service.get("/organizations", headers={"Authorization": authorization.encode("latin-1")})
    assert (answer.status_code, answer.headers["www-authenticate"]) == (status, "Bearer")
    assert answer.json()["type"] == "/problems/token-unknown"


def test_a_token_that_is_taken_out_of_the_file_is_none_any_more(service):
    assert service.get("/organizations", by="members").status_code == 200
    service.settings.tokens_file.write_text("{}")
    assert service.get("/organizations", by="members").status_code == 401
    service.settings.tokens_file.unlink()
    assert service.get("/organizations", by="members").status_code == 401
    assert service.get("/organizations").status_code == 200


def test_an_unreadable_file_of_tokens_lets_nobody_in(service):
    service.settings.tokens_file.write_text('{"x": {"id": "member-1", "audience": "members", "writes": true}}')
    assert service.get("/organizations", by="writer").status_code == 500
    assert service.get("/organizations").status_code == 200


def test_each_circle_sees_its_view(make_service):
    service = make_service(make_register())
    for by, audience in ((None, "public"), ("members", "members"), ("internal", "internal")):
        shown = [one["id"] for one in service.get("/persons", by=by).json()["items"]]
        view = un.privacy.view(service.store.register, audience, ON, key=bytes.fromhex("17" * 32))
        assert shown == sorted(one.id for one in view.register.persons)
    answer = service.change("PATCH", "/persons/member-7", b"{}", tag='"0"', by="internal")
    assert (answer.status_code, answer.json()["title"]) == (403, "This token permits reading only.")
