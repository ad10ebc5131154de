"""Cases at the edge of single rules, beyond their own two examples."""

import json

import pytest

import untoc_network as un

NGO = {"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}
NETWORK = {"id": "net", "name": {"en": "Network"}, "kind": "regional"}


def event(event_id, **more):
    return {"id": event_id, "name": {"en": event_id.upper()}, "kind": "workshop"} | more


def link(kind, event_id, **more):
    return [{"kind": kind, "event_id": event_id} | more]


def found(code, **collections):
    register, report = un.reads(json.dumps({"schema_version": 1} | collections))
    assert report.ok, list(report)
    hits = un.validate(register, on="2026-11-24")
    assert [hit.message for hit in hits if hit.code == "XX001"] == []
    return [(hit.pointer, hit.message) for hit in hits if hit.code == code]


def test_linked_undated_events_that_both_claim_to_come_first_disagree_once():
    a = event("a", links_to=link("back-to-back", "b", order="before"))
    b = event("b", links_to=link("back-to-back", "a", order="before"))
    assert found("EV018", events=[a, b]) == [
        ("/events/1/links_to/0/order", "the stated order of this event and 'a' contradicts what the other event says")
    ]


def test_every_moment_of_an_event_has_the_offset_of_its_zone_or_both_readings_are_told():
    odd = "2026-07-06T10:00-05:00[America/Mexico_City]"
    segments = [{"key": "a", "kind": "panel", "starts_at": odd, "ends_at": "2026-07-06T16:00Z[America/Mexico_City]"}]
    message = (
        "the offset of 2026-07-06T10:00-05:00[America/Mexico_City] is not that of America/Mexico_City on that day: "
        "the offset gives 2026-07-06T15:00:00Z, the local time gives 2026-07-06T16:00:00Z"
    )
    assert found("EV022", events=[event("a", starts_at=odd, ends_at="2026-07-06T17:00-06:00", segments=segments)]) == [
        ("/events/0/segments/0/starts_at", message),
        ("/events/0/starts_at", message),
    ]


@pytest.mark.parametrize(
    ("given", "last"),
    [
        ({"starts_at": "2024-04-26T20:00Z", "ends_at": "2024-04-27T00:00Z"}, "2024-04-26"),
        ({"starts_at": "2024-04-26T20:00Z", "ends_at": "2024-04-27T00:01Z"}, "2024-04-27"),
        ({"starts_at": "2024-04-27T00:00Z", "ends_at": "2024-04-27T00:00Z"}, "2024-04-27"),
        ({"starts": "2024-04-26", "ends_at": "2024-04-26T22:00Z[Europe/Vienna]"}, "2024-04-26"),
        ({"ends_at": "2024-04-27T00:00Z"}, "2024-04-27"),
        ({"starts_at": "2024-04-26T20:00Z"}, None),
        ({"starts_at": "2024-04-26T20:00Z", "ends": "2024-05"}, "2024-05"),
    ],
)
def test_what_ends_at_midnight_ends_with_the_day_before(given, last):
    register, _ = un.reads(json.dumps({"schema_version": 1, "events": [event("a", **given)]}))
    assert register.events[0].last_day == last


@pytest.mark.parametrize("rule", ["EV005", "EV007", "EV008", "EV009", "EV018"])
def test_a_link_to_nothing_is_left_to_the_rule_on_references(rule):
    events = [event("a", links_to=link("back-to-back", "nowhere"))]
    assert found(rule, events=events) == []
    assert len(found("RF002", events=events)) == 1


def test_a_membership_of_nobody_known_is_left_to_the_rule_on_references():
    member = {"id": "m", "network_id": "nowhere", "organization_id": "xa-ngo", "period": {"start": "1990"}}
    founded = NGO | {"founded": "1999"}
    assert found("NW001", organizations=[founded], memberships=[member]) == [
        ("/memberships/0/period/start", "the membership begins (1990) before 'xa-ngo' was founded (1999)")
    ]


def test_a_membership_does_not_outlast_either_side():
    member = {"id": "m", "network_id": "net", "organization_id": "xa-ngo", "period": {"end": "2024"}}
    assert found("NW001", organizations=[NGO | {"dissolved": "2020"}], networks=[NETWORK], memberships=[member]) == [
        ("/memberships/0/period/end", "the membership lasts (2024) beyond the dissolution of 'xa-ngo' (2020)")
    ]


def test_a_network_may_be_part_of_what_is_not_there_or_no_network():
    network = NETWORK | {"links_to": [{"kind": "part-of", "network_id": "nowhere"}]}
    assert found("NW012", networks=[network]) == []


def test_networks_that_are_part_of_each_other_are_a_circle_even_beside_another_link():
    def part_of(*names):
        return {"links_to": [{"kind": "part-of", "network_id": name} for name in names]}

    networks = [
        NETWORK | {"id": "a"} | part_of("hub", "b"),
        NETWORK | {"id": "b"} | part_of("a"),
        NETWORK | {"id": "hub"},
    ]
    assert found("NW012", networks=networks) == [
        ("/networks/1/links_to", "the network is part of 'a', which in turn is part of the network")
    ]


def test_a_unit_of_a_body_that_is_not_there_is_no_circle():
    assert found("SH012", organizations=[NGO | {"parent_id": "nowhere"}]) == []


def test_a_claim_on_a_field_of_what_holds_no_fields_names_nothing():
    claim = {"field": "name.first", "value": "x", "source": {"source_id": "note"}}
    note = {"id": "note", "title": {"en": "Note"}, "kind": "press-note"}
    assert found("SR006", sources=[note], organizations=[NGO | {"claims": [claim]}]) == [
        ("/organizations/0/claims/0/field", "the record has no field 'name.first'")
    ]


def test_claims_on_a_personal_field_are_not_repeated():
    claims = [{"field": "gender", "value": value, "source": {"source_id": "note"}} for value in ("one", "other")]
    note = {"id": "note", "title": {"en": "Note"}, "kind": "press-note"}
    person = {"id": "p1", "name": "A. Example", "claims": claims}
    assert found("SR003", sources=[note], persons=[person]) == [
        ("/persons/0/claims/0", "the sources disagree on 'gender' (…), and no claim is chosen")
    ]


def test_a_joiner_that_spells_a_word_is_not_hidden():
    assert found("SH008", organizations=[NGO | {"name": {"fa": "سازمان\u200cها"}}]) == []
    assert found("SH008", organizations=[NGO | {"name": {"fa": "سازمان\u200b"}}]) == [
        ("/organizations/0/name/fa", "the text holds the invisible character U+200B")
    ]


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("https://example.org", None),
        ("HTTPS://example.org:8080/a?b#c", None),
        ("https://user:secret@example.org", "it carries a user name or password"),
        ("https:///path", "it names no host"),
        ("https://[::1", "it cannot be read"),
        ("https://example.org:99999", "it cannot be read"),
        ("ftp://example.org", "it does not begin with http:// or https://"),
        ("example.org", "it does not begin with http:// or https://"),
    ],
)
def test_what_is_wrong_with_an_address_is_said_without_repeating_it(url, problem):
    source = {"id": "page", "title": {"en": "Page"}, "kind": "web-page", "url": url}
    expected = [("/sources/0/url", f"the address is not a plain web address: {problem}")] if problem else []
    assert found("SH011", sources=[source]) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("write to a.b+c@example.org please", "an e-mail address"),
        ("call +507 6123-4567", "a telephone number"),
        ("call 0043 1 26060 0", "a telephone number"),
        ("CTOC/COP/2018/13, 28-29 March 2022, 1,500 words", None),
        ("9/1 and 10/1", None),
    ],
)
def test_what_looks_personal_in_public_words_is_told_from_dates_and_symbols(text, kind):
    expected = [("/organizations/0/expertise/0/en", f"the text seems to contain {kind}")] if kind else []
    assert found("PR001", organizations=[NGO | {"expertise": [{"en": text}]}]) == expected


@pytest.mark.parametrize("symbol", ["9/11", "10/12", "resolution 9/12"])
def test_a_footnote_mark_glued_to_a_symbol_is_seen(symbol):
    source = {"id": "r", "title": {"en": "Resolution"}, "kind": "resolution", "symbol": symbol}
    assert len(found("SR005", sources=[source])) == 1


@pytest.mark.parametrize("symbol", ["9/1", "9/2", "12/1", "7/1", "109/11", "CTOC/COP/2018/13"])
def test_other_symbols_are_left_alone(symbol):
    source = {"id": "r", "title": {"en": "Resolution"}, "kind": "resolution", "symbol": symbol}
    assert found("SR005", sources=[source]) == []


def test_the_rule_on_a_basis_that_is_only_derived_says_so():
    assert str(un.rules.get_rule("SR005").basis).endswith("(derived)")


def test_a_consent_that_expires_on_the_day_still_holds():
    consent = {"purpose": "contact", "audience": "members", "basis": "form"}
    contact = {"kind": "email", "value": "office@example.org", "consents": [consent | {"expires": "2026-11-24"}]}
    assert found("PR002", organizations=[NGO | {"contacts": [contact]}]) == []
    contact["consents"] = [consent | {"expires": "2026-11-23"}]
    assert len(found("PR002", organizations=[NGO | {"contacts": [contact]}])) == 1
    contact["consents"] = [consent | {"withdrawn": "2026-11-24"}]
    assert len(found("PR002", organizations=[NGO | {"contacts": [contact]}])) == 1
