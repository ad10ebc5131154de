"""A list of records against what it said last time: the engine, without any form of list."""

import attrs
import pytest
from hypothesis import example, given
from tests.profiles import tries

import untoc_network as un
from untoc_network.diagnostics.findings import Location
from untoc_network.matching.consent_reimport import reimport_consents
from untoc_network.matching.list_memory import ListMemory, make_list_name_from_file, read_said_digests
from untoc_network.matching.record_merge_context import RecordComparison, RegisterQueries
from untoc_network.matching.record_reimport import RecordReimport
from untoc_network.matching.reimport import prepare_new_record, reimport
from untoc_network.model.listed_record import ListedRecord, ListPlace
from untoc_network.model.remembered_lists_and_erasures import RememberedList, RememberedRow
from untoc_network.testing import objects

DAY, LATER, LATEST = (un.PartialDate(day) for day in ("2024-05-01", "2024-06-01", "2024-07-01"))


def bring(existing, *listed, **more):
    return reimport(existing, listed, list_name="feed", seed=b"x", **more)


def meeting(key="uid-1", *, sequence=None, gives=None, **fields):
    named = {"name": un.Text(en="Meeting"), "kind": un.EventKind.OTHER, "starts": DAY, **fields}
    return ListedRecord(
        record=un.Event(id="x-meeting", **named),
        keys=(key,),
        sequence=sequence,
        gives=gives,
        wanted="meeting",
        where=lambda field, _: [ListPlace(name=f"line 7 ({field})", location=Location(line=7))],
    )


def codes(done):
    return [finding.code for finding in done.findings]


def changed(register, record_id, **fields):
    return register.with_replaced(attrs.evolve(register[record_id], **fields))[0]


# -- events ------------------------------------------------------------------------------------------------------------


def test_an_older_version_is_left_out_and_told():
    first = bring(un.Register(), meeting(sequence=3)).register
    assert [row.sequence for row in first.list_rows] == [3]
    older = bring(first, meeting(sequence=2, starts=LATER))
    assert older.register == first
    assert [finding.message for finding in older.findings] == [
        "line 7 (): version 2 of 'meeting' is older than version 3, which was imported before; the entry is not imported"
    ]
    same = bring(first, meeting(sequence=3, starts=LATER)).register
    assert same["meeting"].starts == LATER
    unnumbered = bring(first, meeting(starts=LATER)).register
    assert unnumbered["meeting"].starts == LATER


def test_what_is_when_is_one_thing():
    first = bring(un.Register(), meeting()).register
    tended = changed(first, "meeting", ends=LATER)
    both = bring(tended, meeting(starts=LATER, ends=LATEST))
    assert (both.register["meeting"].starts, both.register["meeting"].ends) == (DAY, LATER)
    assert codes(both) == ["IM033"]
    moved = bring(first, meeting(starts=None, starts_at=un.Instant("2024-06-01T10:00:00+00:00"))).register["meeting"]
    assert (moved.starts, moved.starts_at) == (None, "2024-06-01T10:00:00+00:00")
    undated = bring(first, meeting(starts=None)).register["meeting"]
    assert undated.starts is None
    kept = bring(first, meeting(starts=None, gives=frozenset({"kind"}))).register["meeting"]
    assert kept.starts == DAY


def test_a_first_import_that_says_more_of_when_adds_it():
    event = un.Event(id="talk", name=un.Text(en="Meeting"), kind=un.EventKind.WORKSHOP, starts=DAY)
    found = bring(un.Register(events=(event,)), meeting(ends=LATER))
    assert (found.register["talk"].ends, found.register["talk"].kind) == (LATER, un.EventKind.WORKSHOP)
    other = bring(un.Register(events=(event,)), meeting(starts=LATER))
    assert [(one.id, one.starts) for one in other.register.events] == [("meeting", LATER), ("talk", DAY)]
    longer = bring(un.Register(events=(attrs.evolve(event, ends=LATEST),)), meeting(ends=LATER))
    assert longer.register["talk"].ends == LATEST
    assert codes(longer) == ["IM033"]
    nothing = bring(un.Register(events=(event,)), meeting(starts=None))
    assert (nothing.register["talk"].starts, codes(nothing)) == (DAY, [])


def test_a_cancelled_event_is_held_again_only_by_a_newer_version_of_who_cancelled_it():
    held = {"status": un.EventStatus.CONFIRMED}
    called_off = {"status": un.EventStatus.CANCELLED}
    first = bring(un.Register(), meeting(sequence=1, **held)).register
    by_hand = changed(first, "meeting", **called_off)
    for sequence in (1, 2):
        again = bring(by_hand, meeting(sequence=sequence, **held))
        assert again.register["meeting"].status is un.EventStatus.CANCELLED
    by_feed = bring(first, meeting(sequence=2, **called_off)).register
    assert by_feed["meeting"].status is un.EventStatus.CANCELLED
    assert bring(by_feed, meeting(sequence=2, **held)).register["meeting"].status is un.EventStatus.CANCELLED
    assert bring(by_feed, meeting(sequence=3, **held)).register["meeting"].status is un.EventStatus.CONFIRMED


def test_an_event_that_is_gone_from_a_feed_is_told_and_stays():
    other = meeting("b", name=un.Text(en="Other"))
    other = attrs.evolve(other, record=attrs.evolve(other.record, id="x-other"))
    first = bring(un.Register(), meeting("a"), other).register
    again = bring(first, meeting("a"))
    assert len(again.missing_from_list) == 1
    assert again.register == first


# -- persons -----------------------------------------------------------------------------------------------------------

CASA = un.Organization(id="casa", name=un.Text(es="Casa"), kind=un.OrganizationKind.NGO)


def post(title, key="post-1"):
    return un.Post(key=key, title=un.Text(es=title), organization_id="casa")


def ana(*posts, **fields):
    person = un.Person(id="x-ana", name="Ana Ejemplo", posts=posts, **fields)
    return ListedRecord(record=person, keys=("ana",), wanted="ana")


def test_a_post_that_takes_the_place_of_another_keeps_its_key():
    first = bring(un.Register(organizations=(CASA,)), ana(post("Directora"))).register
    again = bring(first, ana(post("Presidenta"))).register["ana"]
    assert [(one.key, str(one.title)) for one in again.posts] == [("post-1", "Presidenta")]


def test_a_key_that_is_taken_is_given_to_nothing_else():
    person = un.Person(id="p", name="Ana Ejemplo", posts=(post("Vocal"),), contacts=(un.Contact(kind=un.ContactKind.EMAIL, value="a@example.org"),))  # fmt: skip
    existing = un.Register(organizations=(CASA,), persons=(person,))
    again = bring(existing, ana(post("Directora"), post("Tesorera", "post-2"))).register["p"]
    assert [(one.key, str(one.title)) for one in again.posts] == [
        ("post-1", "Vocal"),
        ("post-2", "Directora"),
        ("post-3", "Tesorera"),
    ]


def test_a_role_in_which_something_was_said_stays():
    first = bring(un.Register(organizations=(CASA,)), ana(post("Directora"), post("Vocal", "post-2"))).register
    event = un.Event(id="talk", name=un.Text(en="Talk"), kind=un.EventKind.WORKSHOP)
    said = un.Statement(id="s", event_id="talk", speaker_id="ana", speaking_as=("post-1",), summary=un.Text(en="Words"))
    unsaid = un.Statement(id="t", event_id="talk", summary=un.Text(en="Words"))
    spoken, _ = first.with_added(event, said, unsaid)
    again = bring(spoken, ana())
    assert [one.key for one in again.register["ana"].posts] == ["post-1"]
    assert codes(again) == ["IM032"]


def test_an_item_that_the_list_changes_is_changed_where_nobody_else_did():
    def casa(title):
        link = un.Link(kind=un.LinkKind.WEBSITE, url="https://a.example.org/", title=title)
        body = un.Organization(id="x-casa", name=un.Text(es="Casa"), kind=un.OrganizationKind.NGO, links=(link,))
        return ListedRecord(record=body, keys=("casa",), wanted="casa")

    first = bring(un.Register(), casa("One")).register
    again = bring(first, casa("Two"))
    assert [one.title for one in again.register["casa"].links] == ["Two"]
    assert [(one.field, one.what) for one in again.edits] == [("links", "changed")]
    tended = changed(first, "casa", links=(attrs.evolve(first["casa"].links[0], title="By hand"),))
    both = bring(tended, casa("Two"))
    assert [one.title for one in both.register["casa"].links] == ["By hand"]
    assert codes(both) == ["IM033"]
    assert codes(bring(tended, casa("One"))) == []
    gone = attrs.evolve(casa("One"), record=attrs.evolve(casa("One").record, links=()))
    left = bring(tended, gone)
    assert left.register["casa"] == tended["casa"]
    assert [finding.message for finding in left.findings] == [
        "feed: the list no longer has the value, which was changed in the register ('casa', links);"
        " the register stays unchanged"
    ]


def test_a_contact_with_a_consent_of_its_own_is_not_taken_out():
    def casa(*values):
        contacts = tuple(un.Contact(kind=un.ContactKind.EMAIL, value=value) for value in values)
        body = un.Organization(id="x-casa", name=un.Text(es="Casa"), kind=un.OrganizationKind.NGO, contacts=contacts)
        return ListedRecord(record=body, keys=("casa",), wanted="casa")

    first = bring(un.Register(), casa("a@example.org")).register
    consent = un.Consent(purpose=un.Purpose.CONTACT, audience=un.Audience.PUBLIC, basis=un.ConsentBasis.FORM, withdrawn=LATER)  # fmt: skip
    tended = changed(first, "casa", contacts=(attrs.evolve(first["casa"].contacts[0], consents=(consent,)),))
    again = bring(tended, casa("b@example.org"))
    assert [one.value for one in again.register["casa"].contacts] == ["a@example.org", "b@example.org"]
    assert codes(again) == ["IM033"]


def test_two_entries_of_one_record_hold_what_either_says():
    def casa(key, *values):
        contacts = tuple(un.Contact(kind=un.ContactKind.EMAIL, value=value) for value in values)
        body = un.Organization(id=f"x-{key}", name=un.Text(es="Casa"), kind=un.OrganizationKind.NGO, contacts=contacts)
        return ListedRecord(record=body, keys=(key,), stated_id="casa")

    existing = un.Register(organizations=(CASA,))
    first = bring(existing, casa("one", "a@example.org"), casa("two", "b@example.org")).register
    again = bring(first, casa("one", "b@example.org"), casa("two", "a@example.org"))
    assert {one.value for one in again.register["casa"].contacts} == {"a@example.org", "b@example.org"}
    only = bring(first, casa("two", "b@example.org"))
    assert only.missing_from_list == ()
    assert len(only.register["casa"].contacts) == 2


def test_the_tombstone_of_an_old_register_is_no_record_to_fill():
    tomb = un.privacy.erase(un.Register(persons=(un.Person(id="p-1", name="Ana Ejemplo"),)), "p-1").register
    stated = attrs.evolve(ana(), stated_id="p-1")
    again = bring(attrs.evolve(tomb, erasures=()), stated)
    assert again.register["p-1"] == tomb["p-1"]
    assert codes(again) == ["IM038"]


# -- the memory --------------------------------------------------------------------------------------------------------


def test_nothing_that_is_personal_is_remembered_as_it_stands():
    text = "Name;Country;Email;Contact;Contact email\nCasa Abierta;XA;a@example.org;Ana Ejemplo;ana@example.org\n"
    register = un.import_bytes(text.encode(), file="m.csv").register
    remembered = repr((attrs.asdict(register.lists[0]), [attrs.asdict(row) for row in register.list_rows]))
    for value in ("Abierta", "Ejemplo", "example.org", "Email"):
        assert value not in remembered


def test_another_list_gives_other_digests_of_the_same():
    one, other = (ListMemory(un.Register(), "l", seed) for seed in (b"1", b"2"))
    assert one.digest("a") == ListMemory(un.Register(), "l", b"1").digest("a") != other.digest("a")
    assert one.digest("a", "b") != one.digest("ab")
    values = [None, True, 1, "1", ("1",), (("1",),), {"a": "1"}, un.Text(a="1") if False else un.Text(en="1"), DAY]
    assert len({one.digest("f", value) for value in values}) > 6


def test_a_row_of_which_only_the_key_is_known_only_adds():
    first = bring(un.Register(), meeting(page="https://example.org/a")).register
    rows = tuple(attrs.evolve(row, said=()) for row in first.list_rows)
    again = bring(attrs.evolve(first, list_rows=rows), meeting(starts=LATER, place=un.Place(city="Port")))
    event = again.register["meeting"]
    assert (event.starts, event.page, event.place) == (DAY, "https://example.org/a", un.Place(city="Port"))
    assert [finding.message for finding in again.findings] == [
        "line 7 (starts): the list contradicts the register ('meeting', starts); the register stays unchanged"
    ]


@pytest.mark.parametrize("said", ["", "starts", "starts:", ":::", "starts:a.b.c~~", "contacts:~"])
def test_a_memory_that_somebody_wrote_wrong_does_no_harm(said):
    first = bring(un.Register(), meeting()).register
    rows = tuple(attrs.evolve(row, said=(said,)) for row in first.list_rows)
    broken = attrs.evolve(first, list_rows=(*rows, RememberedRow(list_name="other", key="k", record_id="meeting", said=(said,))))  # fmt: skip
    again = bring(broken, meeting(starts=LATER))
    assert again.register["meeting"].name == first["meeting"].name
    assert read_said_digests(None) == {}


def test_a_row_that_leads_to_another_class_of_record_is_no_row_of_it():
    first = bring(un.Register(), meeting()).register
    rows = tuple(attrs.evolve(row, record_id="casa") for row in first.list_rows)
    existing = un.Register(organizations=(CASA,), lists=first.lists, list_rows=rows)
    assert bring(existing, meeting()).ids == {"x-meeting": "meeting"}


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("out/Miembros_2024-03-01 (2).xlsx", "miembros"),
        ("members-march-2025.csv", "members"),
        ("members mar 24.csv", "members"),
        ("miembros20240301.csv", "miembros"),
        ("listado v2.csv", "listado"),
        ("red-del-mar.csv", "red-del-mar"),
        ("2024.csv", "2024"),
        ("enero.csv", "enero"),
        ("…", "list"),
        (None, "list"),
    ],
)
def test_a_list_is_called_after_its_file_without_dates_and_numbers(file, name):
    assert make_list_name_from_file(file, "list") == name


def test_headers_are_recognised_by_their_digests():
    memory = ListMemory(un.Register(lists=(RememberedList(name="l", salt="s", headers=("old",)),)), "l")
    assert memory.to_record(()).headers == ("old",)
    assert memory.to_record(("a", "b")).headers == memory.to_record(("b", "a", "a")).headers


def test_an_entry_that_says_no_version_is_of_the_last_that_was_said():
    first = bring(un.Register(), meeting(sequence=3)).register
    unnumbered = bring(first, meeting()).register
    assert [row.sequence for row in unnumbered.list_rows] == [3]


def test_a_body_at_risk_is_left_with_what_the_list_says_no_longer_taken_out():
    def casa(seat, **fields):
        body = un.Organization(id="x", name=un.Text(es="Casa"), kind=un.OrganizationKind.NGO, seat=seat, **fields)
        return ListedRecord(record=body, keys=("casa",), wanted="casa")

    first = bring(un.Register(), casa(un.Place(country="XA", city="Port"))).register
    risky = bring(first, casa(un.Place(country="XA"), at_risk=True)).register
    assert risky["casa"].seat == un.Place(country="XA")
    nowhere = bring(un.Register(), casa(un.Place(city="Port"), at_risk=True)).register
    assert nowhere["casa"].seat is None
    placeless = bring(first, casa(None, at_risk=True)).register
    assert placeless["casa"].seat is None


def test_what_a_list_may_not_say_of_a_body_at_risk_takes_nothing_away_either():
    reached = (un.Contact(kind=un.ContactKind.EMAIL, value="a@example.org"),)
    body = un.Organization(
        id="x",
        name=un.Text(es="Casa"),
        kind=un.OrganizationKind.NGO,
        seat=un.Place(country="XA", city="Port"),
        contacts=reached,
        founded=un.PartialDate("1990"),
    )
    person = un.Person(
        id="x-ana",
        name="Ana Ejemplo",
        contacts=reached,
        posts=(un.Post(key="head", organization_id="x", title=un.Text(es="Directora")),),
    )

    def said(**fields):
        changed_body = attrs.evolve(body, **fields)
        return [
            ListedRecord(record=changed_body, keys=("1",), wanted="casa"),
            ListedRecord(record=person, keys=("2",), wanted="ana"),
        ]

    first = bring(un.Register(), *said()).register
    risky = changed(first, "casa", at_risk=True)
    again = bring(risky, *said(founded=None))
    assert codes(again) == ["IM037"] * 3
    assert again.register["casa"] == attrs.evolve(risky["casa"], founded=None)
    assert again.register["ana"] == risky["ana"]


def test_a_web_address_that_is_none_is_no_sign():
    def casa(url):
        link = attrs.evolve(un.Link(kind=un.LinkKind.WEBSITE, url="https://a.example.org/"))
        object.__setattr__(link, "url", url)
        body = un.Organization(id="x", name=un.Text(es="Casa"), kind=un.OrganizationKind.NGO)
        object.__setattr__(body, "links", (link,))
        return ListedRecord(record=body, keys=("casa",), wanted="casa")

    assert bring(un.Register(), casa("https://[")).ids == {"x": "casa"}


# -- corners -----------------------------------------------------------------------------------------------------------


def test_a_person_whom_the_list_calls_by_another_name_keeps_the_one_of_the_register():
    first = bring(un.Register(organizations=(CASA,)), ana()).register
    tended = changed(first, "ana", name="Ana María Ejemplo", other_names=("Ana Ejemplo",))
    again = bring(tended, ana())
    assert (again.register["ana"], codes(again)) == (tended["ana"], [])


def test_a_citation_that_was_taken_out_stays_out_without_a_word():
    cited = (un.Citation(source_id="s"),)
    source = un.Source(id="s", title=un.Text(en="S"), kind=un.SourceKind.DOCUMENT)
    first = bring(un.Register(sources=(source,)), meeting(sources=cited)).register
    again = bring(changed(first, "meeting", sources=()), meeting(sources=cited))
    assert (again.register["meeting"].sources, codes(again)) == ((), [])


def test_days_that_cannot_be_together_stay_as_they_were():
    network = un.Network(id="n", name=un.Text(en="N"), kind=un.NetworkKind.REGIONAL)

    def member(start):
        period = un.Period(start=start)
        membership = un.Membership(id="x-m", network_id="n", organization_id="casa", period=period)
        return ListedRecord(record=membership, keys=("m",), wanted="m")

    first = bring(un.Register(organizations=(CASA,), networks=(network,)), member(DAY)).register
    ended = changed(first, "m", period=un.Period(start=DAY, end=LATER))
    again = bring(ended, member(LATEST))
    assert again.register["m"] == ended["m"]
    assert codes(again) == ["IM033"]


def body(**fields):
    named = {"name": un.Text(es="Mesa Verde"), "kind": un.OrganizationKind.NGO, **fields}
    return ListedRecord(record=un.Organization(id="x-body", **named), keys=(str(named["name"]),), wanted="mesa-verde")


def test_a_body_is_found_by_another_name_that_it_has_and_by_its_acronym_beside_a_sign():
    called = (un.Alias(name="Mesa Verde", kind=un.AliasKind.FORMER), un.Alias(name="MV", kind=un.AliasKind.ACRONYM))
    mail = (un.Contact(kind=un.ContactKind.EMAIL, value="info@mv.example.org"),)
    casa = attrs.evolve(CASA, aliases=called, contacts=mail)
    existing = un.Register(organizations=(casa,))
    assert bring(existing, body()).ids == {"x-body": "casa"}
    assert bring(existing, body(name=un.Text(es="MV"), contacts=mail)).ids == {"x-body": "casa"}
    assert bring(existing, body(name=un.Text(es="MV"))).ids == {"x-body": "mesa-verde"}


def test_an_id_that_the_list_uses_is_one_of_this_register_where_the_name_agrees():
    likely = attrs.evolve(body(name=un.Text(es="La Casa")), likely_id="casa")
    assert bring(un.Register(organizations=(CASA,)), likely).ids == {"x-body": "casa"}


def test_a_number_of_no_register_is_no_sign_and_a_telephone_is_a_person_s():
    number = (un.Identifier(scheme=un.IdentifierScheme.OTHER, value="7"),)
    existing = un.Register(organizations=(attrs.evolve(CASA, identifiers=number),))
    assert bring(existing, body(name=un.Text(es="Casa Azul"), identifiers=number)).ids == {"x-body": "mesa-verde"}
    phone = (un.Contact(kind=un.ContactKind.PHONE, value="+507 6000-0000"),)
    known = un.Person(id="p-1", name="Ana M. Ejemplo", contacts=phone)
    written = (un.Contact(kind=un.ContactKind.PHONE, value="+507 60000000"),)
    found = bring(un.Register(persons=(known,), organizations=(CASA,)), ana(contacts=written))
    assert found.ids == {"x-ana": "p-1"}


def test_what_two_rows_of_other_lists_say_stays():
    mail = (un.Contact(kind=un.ContactKind.EMAIL, value="a@example.org"), un.Contact(kind=un.ContactKind.EMAIL, value="b@example.org"))  # fmt: skip
    mine = body(contacts=mail)
    first = bring(un.Register(), mine).register
    for name in ("other", "third"):
        first = reimport(first, [body(contacts=mail[:1])], list_name=name).register
    again = bring(first, body()).register["mesa-verde"]
    assert [contact.value for contact in again.contacts] == ["a@example.org"]


def test_a_row_of_what_was_taken_out_may_go_from_the_list():
    first = bring(un.Register(), body()).register
    left, _ = first.without("mesa-verde")
    again = bring(left)
    assert (again.missing_from_list, again.register) == ((), left)


@given(objects(un.Organization) | objects(un.Person) | objects(un.Event) | objects(un.Membership))
@example(
    un.Person(
        id="p",
        name="P",
        posts=(un.Post(key="chair", title=un.Text(en="Chair", es="Silla"), organization_id="o"),),
        contacts=(un.Contact(kind=un.ContactKind.EMAIL, value="p@example.org"),),
    )
)
@example(un.Organization(id="o", name=un.Text(en="O"), kind=un.OrganizationKind.NGO, seat=un.Place()))
@tries(20)
def test_a_new_record_says_what_merging_it_with_itself_would_say(record):
    def nothing(*_, **__):
        return False

    memory = ListMemory(un.Register(), "feed")
    listed = ListedRecord(record=record, keys=("k",))
    queries = RegisterQueries(is_said_elsewhere=nothing, was_ever_agreed=nothing)
    consents, again = (RecordComparison(memory, listed, None, queries, nothing, nothing) for _ in range(2))
    new = prepare_new_record(record)
    said = [*memory.said_by(new)]
    if hasattr(new, "contacts"):
        new = reimport_consents(consents, new, new)
    assert RecordReimport(again).merge(new) == new
    assert sorted([*said, *consents.said]) == sorted({*(one.removesuffix("~") for one in again.said), *consents.said})


# -- who was erased ----------------------------------------------------------------------------------------------------

ERASED = un.privacy.erase(
    un.Register(
        organizations=(un.Organization(id="casa", name=un.Text(es="Casa de Luz"), kind=un.OrganizationKind.NGO),),
        persons=(
            un.Person(
                id="p",
                name="Ana Ejemplo",
                contacts=(un.Contact(kind=un.ContactKind.EMAIL, value="ana@example.org"),),
                affiliations=(un.Affiliation(key="a", organization_id="casa"),),
            ),
        ),
    ),
    "p",
    on="2026-01-01",
).register


def test_what_a_list_says_anew_of_who_was_erased_is_masked_in_every_text_and_told():
    mail = un.Contact(kind=un.ContactKind.EMAIL, value="ana@example.org")
    phone = un.Contact(kind=un.ContactKind.PHONE, value="+507 6111 1111", label="Ana Ejemplo")
    notes = (un.Note(text="ask Ana Ejemplo: mornings"), un.Note(text="ana@example.org, Ana Ejemplo"), un.Note(text="b"))
    casa = un.Organization(
        id="x-casa",
        name=un.Text(es="Casa de Luz"),
        kind=un.OrganizationKind.NGO,
        expertise=(un.Text(en="Law: Ana Ejemplo", es="Luz"),),
        seat=un.Place(city="Ana Ejemplo"),
        links=(un.Link(kind=un.LinkKind.WEBSITE, url="https://ana-ejemplo.example.org"),),
        contacts=(mail, phone, un.Contact(kind=un.ContactKind.PHONE, value="+507 6222 2222", label="Luis")),
        notes=notes,
    )
    places = {notes[0]: "D2", notes[1]: "E2", mail: "F2"}
    listed = ListedRecord(
        record=casa, keys=("casa",), where=lambda field, item: [ListPlace(name=places.get(item, f"? {field}"))]
    )
    done = bring(ERASED, listed)
    found = done.register["casa"]
    assert [note.text for note in found.notes] == ["ask […]: mornings", "[…], […]", "b"]
    assert found.expertise == (un.Text(en="Law: […]", es="Luz"),)
    assert found.seat == un.Place(city="[…]")
    assert (found.links, [one.label for one in found.contacts]) == ((), ["Luis"])
    told = {(finding.subject, finding.message.partition(":")[0]) for finding in done.findings}
    assert told == {("p", one) for one in ("D2", "E2", "F2", "? expertise", "? seat.city", "? links", "? contacts")}
    sure = [finding.message for finding in done.findings if finding.message.startswith("E2")]
    assert sure == ["E2: the entry is about a person who was erased ('p'); the entry is not imported"]
    assert {one.code for one in done.left_out} == {"IM038"}
    again = bring(done.register, listed)
    assert again.register == done.register
    assert bring(again.register, listed).edits == ()


def test_a_meeting_gets_no_id_of_who_was_erased():
    event = un.Event(
        id="x-talk",
        name=un.Text(en="Talk with Ana Ejemplo"),
        kind=un.EventKind.OTHER,
        starts=DAY,
        notes=(un.Note(text="Join Ejemplo, Ana (ana@example.org)"),),
    )
    listed = ListedRecord(record=event, keys=("1",), wanted="talk-with-ana-ejemplo")
    anybody = bring(ERASED, listed).register
    assert [note.text for note in anybody["talk-with-ana-ejemplo"].notes] == ["Join […] ([…])"]
    role = un.EventRole(kind=un.EventRoleKind.ORGANIZER, stakeholder_id="casa")
    at_casa = attrs.evolve(listed, record=attrs.evolve(event, roles=(role,)))
    (held,) = bring(ERASED, at_casa).register.events
    assert (held.id, held.name) == ("talk-with-erased", un.Text(en="Talk with […]"))


def test_where_a_masked_note_of_a_body_at_risk_stood_is_still_known():
    note = un.Note(text="by the port, ask Ana Ejemplo")
    casa = un.Organization(
        id="x", name=un.Text(es="Casa de Luz"), kind=un.OrganizationKind.NGO, at_risk=True, notes=(note,)
    )
    where = lambda _, item: [ListPlace(name="C2")] if item == note else []  # noqa: E731
    done = bring(ERASED, ListedRecord(record=casa, keys=("1",), exposing=frozenset({note}), where=where))
    assert done.register["casa"].notes == ()
    assert [finding.message[:3] for finding in done.findings] == ["C2:", "C2:"]


def test_an_address_that_is_none_is_no_sign_of_a_body():
    body = un.Organization(
        id="casa",
        name=un.Text(es="Casa Abierta"),
        kind=un.OrganizationKind.NGO,
        links=(un.Link(kind=un.LinkKind.WEBSITE, url="https://[casa"),),
    )
    held = un.Register(organizations=(body,))
    done = reimport(held, [ListedRecord(record=attrs.evolve(body, id="row"), keys=("casa",))], list_name="l")
    assert done.ids == {"row": "casa"}
