"""What protects somebody, and which records there are, in a merge of two versions: decided once, it holds."""

import attrs
import pytest
from hypothesis import example, given, strategies as st

import untoc_network as un
from untoc_network.matching import merge, merge_records, undo_merge
from untoc_network.matching.three_way_consent_merge import merge_consents
from untoc_network.model.person_tombstone import is_tombstone
from untoc_network.privacy.audience_policy import AT_RISK
from untoc_network.privacy.body_at_risk_masking import LEADING_TO_A_DOOR

ON = "2026-01-01"


def body(record_id="o", **more):
    return un.Organization(id=record_id, **{"name": un.Text(en="Casa"), "kind": un.OrganizationKind.NGO, **more})


def person(record_id="p", **more):
    return un.Person(id=record_id, **{"name": "Ana Ejemplo", **more})


def consent(audience="public", purpose="publication", **days):
    return un.Consent(
        purpose=un.Purpose(purpose),
        audience=un.Audience(audience),
        basis=un.ConsentBasis.FORM,
        **{name: un.PartialDate(day) for name, day in {"given": "2020-01-01", **days}.items() if day},
    )


def of(*records, **more):
    persons = tuple(one for one in records if isinstance(one, un.Person))
    return un.Register(persons=persons, organizations=tuple(one for one in records if one not in persons), **more)


def both_ways(base, one, other):
    """The merge either way round."""
    return merge(base, one, other), merge(base, other, one)


def messages(merged):
    return [f"{finding.code} {finding.message}" for finding in merged.report]


# -- consents ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "one", "other", "left"),
    [
        ([consent()], [consent("members")], [consent(withdrawn="2025-06-01")], [consent("members", withdrawn="2025-06-01")]),
        ([consent()], [consent(withdrawn="2025")], [consent(withdrawn="2027")], [consent(withdrawn="2025")]),
        ([consent()], [], [consent(expires="2030")], []),
        ([consent()], [consent("members")], [consent("internal")], [consent("internal")]),
        ([consent()], [consent(expires="2027")], [consent(expires="2026")], [consent(expires="2026")]),
        ([], [consent()], [consent("members")], [consent("members")]),
        ([consent()], [consent(withdrawn="2025-06")], [consent(), consent("members", given="2025")], [consent(withdrawn="2025-06"), consent("members", given="2025")]),
        ([consent("members")], [consent("members", withdrawn="2025-06")], [consent("members"), consent(given="2025")], [consent("members", withdrawn="2025-06"), consent(given="2025", withdrawn="2025-06")]),
    ],
)  # fmt: skip
def test_of_two_versions_of_a_consent_the_one_that_allows_less_is_left(base, one, other, left):
    for done in both_ways(*(of(person(consents=tuple(held))) for held in (base, one, other))):
        assert done.register["p"].consents == tuple(left)
        told = ["MG006 the two sides disagree on 'consents'; the version that shows less is kept"]
        assert messages(done) == (told if left[1:2] != [consent("members", given="2025")] else [])


def test_consents_that_do_not_contradict_are_all_kept():
    base = of(person(consents=(consent(),)))
    one = of(person(consents=(consent(), consent(purpose="contact"))))
    other = of(person(consents=(consent(), consent(purpose="statistics"))))
    for done in both_ways(base, one, other):
        assert {held.purpose.value for held in done.register["p"].consents} == {"publication", "contact", "statistics"}
        assert done.report.ok


DAYS = st.sampled_from([None, "2020-01-01", "2021", "2022-06", "2023-01-01"])
CONSENTS = st.lists(
    st.builds(
        consent,
        st.sampled_from(list(un.Audience)),
        st.sampled_from(["publication", "contact"]),
        given=DAYS,
        withdrawn=DAYS,
        expires=DAYS,
    ),
    max_size=3,
    unique=True,
).map(tuple)


@example(
    (consent(purpose="contact", given=None),),
    (),
    (
        consent(purpose="contact", given=None, withdrawn="2020-01-01"),
        consent(purpose="contact", given=None, withdrawn="2021"),
    ),
    "2020-06-01",
)
@given(CONSENTS, CONSENTS, CONSENTS, st.sampled_from(["2020-06-01", "2021-06-01", "2022-06-15", "2024-01-01"]))
def test_what_both_sides_changed_allows_what_one_of_them_allows_and_nothing_more(base, ours, theirs, day):
    merged, _ = merge_consents(base, ours, theirs)
    for purpose in ("publication", "contact"):
        mine, other, before = ([one for one in held if one.purpose == purpose] for held in (ours, theirs, base))
        for audience in un.Audience:
            allowed = [un.privacy.may(person(consents=tuple(held)), purpose, audience, day) for held in (mine, other)]
            result = un.privacy.may(person(consents=merged), purpose, audience, day)
            if result:
                assert any(allowed)
            if set(mine) == set(before):  # only the other side spoke of it
                assert result <= allowed[1]


@pytest.mark.parametrize(
    ("kind", "value", "other"),
    [("email", "ana@example.org", "Ana@Example.org"), ("phone", "+507 6000 6000", "00507-60006000")],
)
@pytest.mark.parametrize("decided", [{"withdrawn": "2025-06-01"}, {"expires": "2024-01-01"}, {"audience": "internal"}])
def test_what_was_decided_of_an_address_holds_where_the_other_side_writes_it_in_another_way(
    kind, value, other, decided
):
    contact = un.Contact(kind=un.ContactKind(kind), value=value, consents=(consent(),))
    base = of(person(consents=(consent(),), contacts=(contact,)))
    closed = of(attrs.evolve(base["p"], contacts=(attrs.evolve(contact, consents=(consent(**decided),)),)))
    spelt = of(attrs.evolve(base["p"], contacts=(attrs.evolve(contact, value=other),)))
    for done in both_ways(base, closed, spelt):
        assert [(one.value, one.consents) for one in done.register["p"].contacts] == [(other, (consent(**decided),))]
        assert other not in un.dumps(un.privacy.view(done.register, "public", ON).register).decode()


@pytest.mark.parametrize("other", [{"value": "Ana@Example.org"}, {"label": "home"}])
@pytest.mark.parametrize("survivor", [("p", "q"), ("q", "p")])
def test_what_was_withdrawn_from_an_address_is_in_each_spelling_and_under_each_label(other, survivor):
    mail = un.Contact(kind=un.ContactKind.EMAIL, value="ana@example.org", label="office", consents=(consent(),))
    closed = attrs.evolve(mail, consents=(consent(withdrawn="2025-06-01"),))
    two = of(
        person(consents=(consent(),), contacts=(closed,)),
        person("q", consents=(consent(),), contacts=(attrs.evolve(mail, **other),)),
    )
    merged = merge_records(two, *survivor).register
    assert {one.consents for one in merged[survivor[0]].contacts} == {(consent(withdrawn="2025-06-01"),)}
    assert "example.org" not in un.dumps(un.privacy.view(merged, "public", ON).register).decode().lower()


# -- erased persons ----------------------------------------------------------------------------------------------------

MAIL = un.Contact(kind=un.ContactKind.EMAIL, value="ana.ejemplo@example.org")


@pytest.mark.parametrize("record_id", ["p", "ana-ejemplo"])
def test_who_was_erased_on_one_side_stays_erased_with_what_the_other_still_knew(record_id):
    base = of(body(), person(record_id, affiliations=(un.Affiliation(key="x", organization_id="o"),)))
    erased = un.privacy.erase(base, record_id, on=ON)
    changed = of(
        body(notes=(un.Note(text="Ask Ana Ejemplo, at ana.ejemplo@example.org, or Anita Muestra"),)),
        attrs.evolve(base[record_id], other_names=("Anita Muestra",), contacts=(MAIL,)),
        un.Person(id="q", name="Bo Otro", notes=(un.Note(text="sister of Ana Ejemplo"),)),
    )
    for done in both_ways(base, erased.register, changed):
        data = un.dumps(done.register).decode()
        assert not [word for word in ("Ana", "Anita", "Ejemplo", "Muestra", "example.org") if word in data]
        assert [one.id for one in done.register.persons if is_tombstone(one)] == [erased.tombstone_id]
        assert [one.code for one in done.report] == ["MG005"]
        assert done.report.findings[0].subject == erased.tombstone_id
        assert "Bo Otro" in data


def test_a_person_whom_the_other_side_did_not_touch_is_erased_without_a_word():
    base = of(person(), person("q", name="Bo Otro"))
    erased = un.privacy.erase(base, "p", on=ON).register
    for done in both_ways(base, erased, base):
        assert done.register == erased
        assert done.report.ok


def test_whom_the_other_side_added_anew_with_an_address_of_the_erased_person_is_erased_too():
    base = of(body(), person("p", contacts=(MAIL,)))
    erased = un.privacy.erase(base, "p", on=ON)
    same = attrs.evolve(MAIL, value=MAIL.value.upper())
    again = un.Person(id="q", name="Ejemplo Prueba, A.", contacts=(same,))
    named = un.Person(id="r", name="Ana Ejemplo")
    note = un.Note(text="Ask A. Ejemplo Prueba")
    changed = of(body(notes=(note,)), base["p"], again, named)
    for done in both_ways(base, erased.register, changed):
        assert {one.id for one in done.register.persons} == {erased.tombstone_id, "r"}
        data = un.dumps(done.register).decode().lower()
        assert not [word for word in ("prueba", "example.org") if word in data]
        assert [(one.code, one.subject) for one in done.report] == [("MG005", erased.tombstone_id)]


def test_whom_a_side_added_again_who_was_erased_before_is_left_to_that_side():
    erased = un.privacy.erase(of(person("p", contacts=(MAIL,)), person("o-2", name="Bo Otro")), "p", on=ON).register
    twice = un.privacy.erase(erased, "o-2", on=ON).register
    again = erased.with_added(un.Person(id="q", name="Ana Ejemplo", contacts=(MAIL,)))[0]
    for done in both_ways(erased, twice, again):
        assert done.register["q"].contacts == (MAIL,)
        assert done.report.ok


def test_what_names_an_erased_person_on_the_other_side_leads_to_the_tombstone():
    base = of(person("ana-ejemplo"), events=(un.Event(id="e", name=un.Text(en="Talk"), kind=un.EventKind.OTHER),))
    erased = un.privacy.erase(base, "ana-ejemplo", on=ON)
    role = un.EventRole(kind=un.EventRoleKind.SPEAKER, stakeholder_id="ana-ejemplo")
    speaking = attrs.evolve(base, events=(attrs.evolve(base["e"], roles=(role,)),))
    for done in both_ways(base, erased.register, speaking):
        assert [one.stakeholder_id for one in done.register["e"].roles] == [erased.tombstone_id]
        assert (
            not un.validate(done.register, on=ON, rules=un.RuleSet.only("RF")).errors
            if hasattr(un.RuleSet, "only")
            else True
        )


def test_records_whose_ids_named_an_erased_person_stay_the_same_records():
    base = of(person(), body("ana-ejemplo-house"), body("ana-ejemplo-school", parent_id="ana-ejemplo-house"))
    erased = un.privacy.erase(base, "p", on=ON).register
    changed = base.with_replaced(attrs.evolve(base["ana-ejemplo-house"], founded=un.PartialDate("1999")))[0]
    for done in both_ways(base, erased, changed):
        assert [one.id for one in done.register.organizations] == [one.id for one in erased.organizations]
        house, school = sorted(done.register.organizations, key=lambda one: one.parent_id is not None)
        assert (house.founded, school.parent_id) == ("1999", house.id)


def test_two_persons_erased_on_two_sides_stay_two():
    roles = tuple(un.EventRole(kind=un.EventRoleKind.SPEAKER, stakeholder_id=one) for one in ("ana-ejemplo", "bo-otro"))
    event = un.Event(id="e", name=un.Text(en="Talk"), kind=un.EventKind.OTHER, roles=roles)
    base = of(person("ana-ejemplo"), person("bo-otro", name="Bo Otro"), events=(event,))
    one, other = (un.privacy.erase(base, who, on=ON).register for who in ("ana-ejemplo", "bo-otro"))
    for done in both_ways(base, one, other):
        assert len(done.register.persons) == 2
        assert all(map(is_tombstone, done.register.persons))
        assert {role.stakeholder_id for role in done.register["e"].roles} == {one.id for one in done.register.persons}
    same = merge(base, one, un.privacy.erase(base, "ana-ejemplo", on="2026-02-02").register)
    assert [is_tombstone(one) for one in same.register.persons] == [False, True]


def test_one_person_who_was_changed_and_erased_has_one_tombstone():
    base = of(person("ana-ejemplo"))
    changed = base.with_replaced(attrs.evolve(base["ana-ejemplo"], name="Ana Otra"))[0]
    one, other = (un.privacy.erase(register, "ana-ejemplo", on=ON).register for register in (base, changed))
    assert one.persons[0].id != other.persons[0].id, "the id is a digest of what was held"
    for done in both_ways(base, one, other):
        assert [is_tombstone(one) for one in done.register.persons] == [True]


def test_whoever_was_merged_into_an_erased_person_is_erased_with_them():
    base = of(person("p"), person("q", name="Anita Muestra"), body("a"), body("b"))
    erased = un.privacy.erase(base, "p", on=ON).register
    for keep, drop in ("pq", "qp"):
        joined = merge_records(merge_records(base, keep, drop).register, "a", "b").register
        for done in both_ways(base, erased, joined):
            assert "Muestra" not in un.dumps(done.register).decode()
            assert [is_tombstone(one) for one in done.register.persons] == [True]
            assert [one.code for one in done.report] == ["MG005"]
    both = un.privacy.erase(erased, "q", on=ON).register
    for done in both_ways(base, both, joined):
        assert all(map(is_tombstone, done.register.persons))


def test_where_nobody_can_tell_whose_tombstone_it_is_all_who_went_stay_out():
    base = of(person("ana-ejemplo"), person("r", name="Ro Tercera"))
    erased = un.privacy.erase(base, "ana-ejemplo", on=ON).register.without("r")[0]
    changed = attrs.evolve(base, persons=tuple(attrs.evolve(one, gender="woman") for one in base.persons))
    for done in both_ways(base, erased, changed):
        assert [one.name for one in done.register.persons] == ["[…]"]
        assert {one.code for one in done.report} == {"MG005"}


def test_a_tombstone_is_not_merged_with_a_living_record():
    erased = un.privacy.erase(of(person("p"), person("q", name="Bo Otro")), "p", on=ON).register
    for keep, drop in (("p", "q"), ("q", "p")):
        with pytest.raises(un.ImpossibleValue, match="'p' stands for an erased person"):
            merge_records(erased, keep, drop)
    both = un.privacy.erase(erased, "q", on=ON).register
    assert [is_tombstone(one) for one in merge_records(both, "p", "q").register.persons] == [True]


# -- merged records ----------------------------------------------------------------------------------------------------


def test_records_that_both_sides_merged_the_other_way_round_are_one_with_the_content_of_both():
    base = of(
        body("casa", founded=un.PartialDate("1999")),
        body("casa-2", aliases=(un.Alias(name="C", kind=un.AliasKind.ACRONYM),)),
        body("luz"),
    )
    one, other = merge_records(base, "casa", "casa-2").register, merge_records(base, "casa-2", "casa").register
    for done in both_ways(base, one, other):
        assert [held.id for held in done.register.organizations] == ["casa", "luz"]
        assert done.register["casa-2"] is done.register["casa"]
        assert (done.register["casa"].founded, done.register["casa"].aliases[0].name) == ("1999", "C")
        assert messages(done) == [
            "MG004 both sides merged the same records in opposite directions: 'casa' is kept, and 'casa-2' redirects to it"
        ]
        assert un.validate(done.register, on=ON).errors == ()


def test_a_longer_circle_is_one_record_too():
    base = of(body("a"), body("b"), body("c"), body("u", parent_id="c"))
    one = merge_records(merge_records(base, "b", "a").register, "b", "c").register
    other = merge_records(base, "c", "b").register
    for done in both_ways(base, one, other):
        assert {held.id for held in done.register.organizations} == {"b", "a", "u"} or [
            held.id for held in done.register.organizations
        ] == ["b", "u"]
        assert un.validate(done.register, on=ON).errors == ()


def test_what_the_other_side_did_to_a_merged_record_belongs_to_the_one_it_became():
    base = of(body("casa"), body("casa-2"), body("u", parent_id="casa-2"))
    joined = merge_records(base, "casa", "casa-2").register
    changed = of(
        body("casa"),
        body("casa-2", founded=un.PartialDate("1999")),
        body("u", parent_id="casa-2"),
        body("v", parent_id="casa-2"),
    )
    for done in both_ways(base, joined, changed):
        assert [held.id for held in done.register.organizations] == ["casa", "u", "v"]
        assert done.register["casa"].founded == "1999"
        assert [done.register[unit].parent_id for unit in "uv"] == ["casa", "casa"]
        assert done.register["casa-2"].id == "casa"
        assert done.report.ok


def test_a_chain_of_merges_is_followed():
    base = of(body("a"), body("b"), body("c"))
    joined = merge_records(merge_records(base, "b", "a").register, "c", "b").register
    changed = of(body("a", founded=un.PartialDate("1999")), body("b", dissolved=un.PartialDate("2020")), body("c"))
    for done in both_ways(base, joined, changed):
        (left,) = done.register.organizations
        assert (left.id, left.founded, left.dissolved) == ("c", "1999", "2020")
        assert set(done.register.redirects) == set(joined.redirects)
    shorter = merge_records(base, "b", "a").register
    for done in both_ways(base, joined, shorter):
        assert done.register == joined
        assert done.report.ok


def test_a_record_merged_into_one_that_is_new_has_its_id_on_the_other_side():
    base = of(body("old"), body("u", parent_id="old"), list_rows=(row("old"),))
    joined = merge_records(base.with_added(body("new", founded=un.PartialDate("1999")))[0], "new", "old").register
    changed = of(body("old", kind=un.OrganizationKind.FOUNDATION), body("u", parent_id="old"), list_rows=(row("old"),))
    for done in both_ways(base, joined, changed):
        assert [held.id for held in done.register.organizations] == ["new", "u"]
        assert done.register["new"].founded == "1999"
        assert (done.register["u"].parent_id, done.register.list_rows[0].record_id) == ("new", "new")


def test_a_merge_outweighs_that_the_other_side_took_one_out():
    base = of(body("a", founded=un.PartialDate("1999")), body("b", dissolved=un.PartialDate("2020")))
    joined = merge_records(base, "a", "b").register
    for gone, codes in (("b", []), ("a", ["MG002"])):
        for done in both_ways(base, joined, base.without(gone)[0]):
            (left,) = done.register.organizations
            assert (left.id, left.founded, left.dissolved) == ("a", "1999", "2020")
            assert [one.code for one in done.report] == codes
    for done in both_ways(base, joined, un.Register()):
        assert [held.id for held in done.register.organizations] == ["a"]
        assert [one.code for one in done.report] == ["MG002"]


def test_records_that_have_become_what_cannot_be_one_are_left_to_the_fields():
    base = un.Register(
        sources=tuple(un.Source(id=one, title=un.Text(en="S"), kind=un.SourceKind.WEB_PAGE) for one in "ab")
    )
    joined = merge_records(base, "a", "b").register
    changed = base.with_replaced(attrs.evolve(base["b"], title=un.Text(en="T")))[0]
    for done in both_ways(base, joined, changed):
        assert {held.id for held in done.register.sources} == {"a", "b"}
        assert [one.code for one in done.report] == ["MG002"]


def test_a_chain_through_records_that_the_other_side_never_had_is_followed():
    base = of(body("old"), body("z"), body("y"))
    grown = base.with_added(body("n-1"), body("n-2"))[0]
    joined = merge_records(merge_records(grown, "n-1", "old").register, "n-2", "n-1").register
    changed = base.with_replaced(body("old", founded=un.PartialDate("1999")))[0]
    changed = attrs.evolve(changed, distinct=(pair("n-2", "old"),))
    for done in both_ways(base, joined, changed):
        assert done.register.distinct == ()
        assert [held.id for held in done.register.organizations] == ["n-2", "y", "z"]
        assert done.register["old"].founded == "1999"
        assert set(done.register.redirects) == set(joined.redirects)


# -- bodies at risk ----------------------------------------------------------------------------------------------------

WHERE = un.Place(country="XA", city="Example Town", address="1 Hidden Way")


def test_what_leads_to_a_body_at_risk_stays_out_in_fields_and_texts():
    mail = un.Contact(kind=un.ContactKind.EMAIL, value="door@example.org")
    phone = un.Contact(kind=un.ContactKind.PHONE, value="+100 200 300")
    base = of(body(seat=WHERE, contacts=(mail,)), body("other"))
    guarded = of(body(at_risk=True, seat=un.Place(country="XA")), body("other"))
    changed = of(
        body(seat=attrs.evolve(WHERE, address="2 New Way"), contacts=(mail, phone), founded=un.PartialDate("1999")),
        body(
            "other",
            notes=(un.Note(text="next door: 1 Hidden Way, then 2 New Way, door@example.org"),),
            contacts=(phone,),
        ),
    )
    for done in both_ways(base, guarded, changed):
        left = done.register["o"]
        assert (left.at_risk, left.seat, left.contacts, left.founded) == (True, un.Place(country="XA"), (), "1999")
        assert done.register["other"].notes[0].text == "next door: […], then […], […]"
        assert done.register["other"].contacts == (phone,)
        assert sorted(messages(done)) == [
            "MG006 the two sides disagree on 'contacts'; the version that shows less is kept",
            "MG006 the two sides disagree on 'seat'; the version that shows less is kept",
        ]


def test_what_was_left_of_a_body_at_risk_stays_and_nothing_is_added():
    mail, other = (un.Contact(kind=un.ContactKind.EMAIL, value=f"{name}@example.org") for name in ("door", "office"))
    base = of(body(seat=WHERE, contacts=(mail, other)))
    guarded = of(body(at_risk=True, seat=WHERE, contacts=(other,)))
    changed = of(
        body(
            seat=attrs.evolve(WHERE, city="Port"),
            contacts=(mail, other),
            notes=(un.Note(text="office@example.org, door@example.org"),),
        )
    )
    for done in both_ways(base, guarded, changed):
        left = done.register["o"]
        assert (left.seat.city, left.contacts, left.notes[0].text) == (
            "Example Town",
            (other,),
            "office@example.org, […]",
        )
        assert messages(done) == ["MG006 the two sides disagree on 'seat'; the version that shows less is kept"]


LINK = un.Link(kind=un.LinkKind.WEBSITE, url="https://door.example.org/")
NUMBER = un.Identifier(scheme=un.IdentifierScheme.OTHER, value="list:hidden-number")
DOOR = {
    "seat": un.Place(country="XA", city="Quelimar", venue="Casa Verdemar", address="1 Hidden Way"),
    "contacts": (un.Contact(kind=un.ContactKind.POST, value="PO Box 17, Quelimar", consents=(consent(),)), MAIL),
    "links": (LINK,),
    "identifiers": (NUMBER,),
    "claims": (un.Claim(field="seat.city", value="Quelimar", source=un.Citation(source_id="s")),),
    "notes": (un.Note(text="Casa Verdemar in Quelimar, 1 Hidden Way, list:hidden-number; Casa, Quelimar meets there"),),
    "name": un.Text(en="Casa, Quelimar"),
}
NOTE = "[…] in […], […], list:[…]; Casa, Quelimar meets there"


def leads_there(record):
    said = un.dumps(of(attrs.evolve(record, name=un.Text(en="Casa"), notes=()))).decode()
    return [word for word in ("Quelimar", "Verdemar", "Hidden", "door.", "hidden-number", "ejemplo@") if word in said]


@pytest.mark.parametrize("name", [name for name in DOOR if name not in ("claims", "notes", "name")])
@pytest.mark.parametrize("before", ["nobody knew it", "nothing of it was known", "it was known", "it was at risk"])
def test_a_body_at_risk_on_one_side_gets_nothing_from_the_other_that_leads_to_its_door(name, before):
    bare, full = body(seat=un.Place(country="XA")), body(seat=un.Place(country="XA"))
    full = attrs.evolve(full, **{name: DOOR[name]})
    guarded = attrs.evolve(bare, at_risk=True, founded=un.PartialDate("1999"))
    base = {
        "nobody knew it": of(),
        "nothing of it was known": of(bare),
        "it was known": of(full),
        "it was at risk": of(attrs.evolve(bare, at_risk=True)),
    }[before]
    for done in both_ways(base, of(guarded), of(full)):
        assert done.register == of(guarded)
        told = (
            []
            if before == "it was known"
            else [f"MG006 the two sides disagree on '{name}'; the version that shows less is kept"]
        )
        more = ["MG006 the two sides disagree on 'at_risk'; the version that shows less is kept"]
        assert sorted(messages(done)) == sorted(told + (more if before == "it was at risk" else []))


def test_the_town_of_a_body_at_risk_stands_in_none_of_its_texts_and_stays_in_names_and_in_texts_of_others():
    full, other = body(**DOOR), body("p", notes=(un.Note(text="Quelimar and 1 Hidden Way"),))
    guarded = body(at_risk=True, name=DOOR["name"], notes=(un.Note(text="ours"),))
    for done in both_ways(of(body(name=DOOR["name"]), body("p")), of(guarded, body("p")), of(full, other)):
        left = done.register["o"]
        assert {note.text for note in left.notes} == {"ours", NOTE}
        assert (leads_there(left), left.name) == ([], DOOR["name"])
        assert done.register["p"].notes[0].text == "Quelimar and […]"


def test_a_merge_of_records_leads_to_no_door_and_undoing_brings_all_of_it_back():
    register = of(body("a", at_risk=True, seat=un.Place(country="XA"), name=DOOR["name"]), body("b", **DOOR))
    for keep, drop in (("a", "b"), ("b", "a")):
        done = merge_records(register, keep, drop)
        assert leads_there(done.register[keep]) == []
        assert NOTE in {note.text for note in done.register[keep].notes}
        told = {"seat.city", "seat.venue", "seat.address", "contacts", "links", "identifiers"}
        assert told <= set(done.unsettled)
        assert undo_merge(done.register, done.undo).register == register


def test_of_a_body_at_risk_the_country_that_its_own_record_names_stays():
    register = of(body("a", at_risk=True, seat=un.Place(country="XA")), body("b", seat=un.Place(country="XB")))
    for keep, drop in (("a", "b"), ("b", "a")):
        done = merge_records(register, keep, drop)
        assert (done.register[keep].seat, "seat.country" in done.unsettled) == (un.Place(country="XA"), True)


def test_undoing_keeps_the_doors_of_both_where_the_one_was_found_to_be_at_risk():
    base = of(body("a"), body("b", **DOOR))
    for keep, drop in (("a", "b"), ("b", "a")):
        joined = merge_records(base, keep, drop)
        bare = {"seat": un.Place(country="XA"), **dict.fromkeys(("contacts", "links", "identifiers", "claims"), ())}
        since = attrs.evolve(joined.register[keep], at_risk=True, notes=(), **bare)
        back = undo_merge(joined.register.with_replaced(since)[0], joined.undo).register
        for one in "ab":
            assert (back[one].at_risk, leads_there(back[one])) == (True, [])


def test_where_both_sides_found_a_body_at_risk_all_goes_that_either_took_out():
    other = attrs.evolve(MAIL, value="office@example.org")
    one = body(at_risk=True, seat=un.Place(country="XA"), links=(LINK,), contacts=(other,))
    two = body(at_risk=True, seat=attrs.evolve(WHERE, city=None), contacts=(MAIL, other))
    for before in (of(), of(body(seat=WHERE, contacts=(MAIL, other), links=(LINK,)))):
        for done in both_ways(before, of(one), of(two)):
            left = done.register["o"]
            assert (left.seat, left.links, left.contacts) == (un.Place(country="XA"), (), (other,))
    known = of(body(at_risk=True))
    for done in both_ways(known, of(body(at_risk=True, links=(LINK,))), of(body(at_risk=True, contacts=(MAIL,)))):
        assert (done.register["o"].links, done.register["o"].contacts) == ((LINK,), (MAIL,))


def test_undoing_keeps_what_a_body_got_since_it_was_found_to_be_at_risk():
    joined = merge_records(of(body("a"), body("b")), "a", "b")
    since = joined.register.with_replaced(attrs.evolve(joined.register["a"], at_risk=True, contacts=(MAIL,)))[0]
    back = undo_merge(since, joined.undo).register
    assert (back["a"].contacts, back["b"].contacts, back["b"].at_risk) == ((MAIL,), (), True)


def test_what_leads_to_a_door_is_what_views_leave_out_and_the_rule_forbids():
    fields = {field.partition(".")[0] for field in LEADING_TO_A_DOOR}
    assert fields == set(AT_RISK)
    closer = {f"seat.{field.name}" for field in attrs.fields(un.Place)} - {"seat.country"}
    assert {field for field in LEADING_TO_A_DOOR if "." in field} == closer
    for field in closer:
        seat = un.Place(country="XA", **{field.partition(".")[2]: "Quelimar"})
        assert "PR003" in {finding.code for finding in un.validate(of(body(at_risk=True, seat=seat)))}


def test_at_risk_on_either_side_holds():
    base, guarded = of(body()), of(body(at_risk=True, seat=WHERE))
    for done in both_ways(base, guarded, of(body(founded=un.PartialDate("1999"), seat=WHERE))):
        assert (done.register["o"].at_risk, done.register["o"].founded) == (True, "1999")
    lifted = of(body(seat=WHERE))
    for done in both_ways(guarded, lifted, of(body(at_risk=True, seat=WHERE, founded=un.PartialDate("1999")))):
        assert done.register["o"].at_risk
        assert messages(done) == ["MG006 the two sides disagree on 'at_risk'; the version that shows less is kept"]
    assert merge(guarded, lifted, guarded).register == lifted
    for done in both_ways(base, guarded, un.Register()):
        assert done.register["o"].at_risk
    for done in both_ways(base, guarded, of(body(at_risk=True, seat=WHERE, name=un.Text(en="X")))):
        assert done.report.ok


@pytest.mark.parametrize(
    ("guarded", "other", "left", "unsettled"),
    [
        (un.Place(country="XA"), WHERE, un.Place(country="XA"), ("seat.city", "seat.address")),
        (None, WHERE, un.Place(country="XA"), ("seat.city", "seat.address")),
        (None, un.Place(city="Port"), None, ("seat.city",)),
        (un.Place(country="XA", city="Port"), None, un.Place(country="XA", city="Port"), ()),
        (None, None, None, ()),
    ],
)
def test_a_merge_of_records_brings_no_body_at_risk_closer(guarded, other, left, unsettled):
    register = of(body("a", at_risk=True, seat=guarded), body("b", seat=other))
    for keep, drop in (("a", "b"), ("b", "a")):
        done = merge_records(register, keep, drop)
        record = done.register[keep]
        assert (record.at_risk, record.seat) == (True, left)
        assert {field for field in done.unsettled if field != "at_risk"} == set(unsettled)
        assert "Hidden" not in un.dumps(done.register).decode()
        assert undo_merge(done.register, done.undo).register == register


# -- memories ----------------------------------------------------------------------------------------------------------


def row(record_id="o", *said, key="k", name="members", sequence=None):
    return un.model.remembered_lists_and_erasures.RememberedRow(
        list_name=name, key=key, record_id=record_id, said=said, sequence=sequence
    )


def known(name="members", salt="s", *headers):
    return un.model.remembered_lists_and_erasures.RememberedList(name=name, salt=salt, headers=headers)


def test_memories_of_lists_are_united_and_a_row_that_both_remember_differently_only_adds():
    base = of(body(), lists=(known(),), list_rows=(row("o", "a"), row("o", "b", key="l")))
    one = attrs.evolve(
        base, lists=(known("members", "s", "h"),), list_rows=(row("o", "a2", sequence=1), row("o", "b2", key="l"))
    )
    other = attrs.evolve(
        base,
        lists=(known("members", "s", "i"), known("feed", "t")),
        list_rows=(row("o", "a3", sequence=2), row("o", "b", key="l"), row("o", "c", name="feed")),
    )
    for done in both_ways(base, one, other):
        assert set(done.register.list_rows) == {row(sequence=2), row("o", "b2", key="l"), row("o", "c", name="feed")}
        assert {(held.name, frozenset(held.headers)) for held in done.register.lists} == {
            ("members", frozenset("hi")),
            ("feed", frozenset()),
        }
    forgotten = attrs.evolve(base, list_rows=(row("o", "a"),))
    for done in both_ways(base, forgotten, base):
        assert done.register == forgotten
    for done in both_ways(base, forgotten, attrs.evolve(base, list_rows=(row("o", "a"), row("o", "d", key="l")))):
        assert done.register.list_rows == (row("o", "a"), row(key="l"))


def test_a_list_that_both_sides_came_to_know_by_themselves_has_one_key():
    one, other = (of(body(), lists=(known("members", salt),), list_rows=(row("o", salt, key=salt),)) for salt in "st")
    done = merge(of(body()), one, other)
    assert (done.register.lists, done.register.list_rows) == (one.lists, one.list_rows)


def test_an_erasure_on_either_side_holds():
    def erasure(*digests, salt="s"):
        return un.model.remembered_lists_and_erasures.Erasure(record_id="p", salt=salt, digests=digests)

    base = of(person(), erasures=(erasure("a"),))
    one, other = (attrs.evolve(base, erasures=held) for held in ((erasure("b"), erasure("x", salt="t")), ()))
    for done in both_ways(base, one, other):
        assert done.register.erasures == one.erasures
    assert merge(base, one, base).register.erasures == (erasure("b", "a"), erasure("x", salt="t"))


def pair(one, other, **more):
    return un.model.remembered_lists_and_erasures.DistinctPair(one_id=one, other_id=other, **more)


def test_records_told_apart_on_one_side_and_merged_on_the_other_stay_merged_and_that_is_told():
    base = of(body("a"), body("b"), body("c"))
    apart = attrs.evolve(base, distinct=(pair("a", "b"), pair("b", "c")))
    for done in both_ways(base, merge_records(base, "a", "b").register, apart):
        assert [held.id for held in done.register.organizations] == ["a", "c"]
        assert done.register.distinct == (pair("a", "c"),)
        assert messages(done) == [
            "MG007 one side merged 'a' and 'b', but they are recorded as not being duplicates; they stay merged"
        ]
    for done in both_ways(base, apart, attrs.evolve(base, distinct=(pair("a", "c"),))):
        assert set(done.register.distinct) == {pair("a", "b"), pair("b", "c"), pair("a", "c")}


def test_what_is_remembered_of_a_merged_record_is_of_the_one_it_became_and_back():
    base = of(
        body("a"),
        body("b"),
        body("c"),
        list_rows=(row("b", "x"), row("c", "y", key="l")),
        distinct=(pair("b", "c"), pair("a", "b")),
    )
    joined = merge_records(base, "a", "b")
    assert set(joined.register.list_rows) == {row("a", "x"), row("c", "y", key="l")}
    assert joined.register.distinct == (pair("a", "c"),)
    back = undo_merge(joined.register, joined.undo).register
    assert (set(back.list_rows), set(back.distinct)) == (set(base.list_rows), set(base.distinct))


# -- undone ------------------------------------------------------------------------------------------------------------


def test_undoing_brings_no_erased_person_back():
    joined = merge_records(of(person("p"), person("q")), "p", "q")
    erased = un.privacy.erase(joined.register, "p", on=ON).register
    with pytest.raises(un.ImpossibleValue, match="'p' was erased or removed since"):
        undo_merge(erased, joined.undo)


@pytest.mark.parametrize(
    ("since", "left"),
    [
        ((consent(withdrawn="2025"),), (consent(withdrawn="2025"),)),
        ((consent("members"),), (consent("members"),)),
        ((), ()),
        ((consent(), consent(purpose="contact")), (consent(),)),
        ((consent(), consent("internal", withdrawn="2025")), (consent(withdrawn="2025"),)),
    ],
)
def test_undoing_brings_no_consent_back_that_was_withdrawn_narrowed_or_taken_out(since, left):
    def reached(held):
        return (attrs.evolve(MAIL, consents=held),)

    base = of(*(body(one, consents=(consent(),), contacts=reached((consent(),))) for one in "ab"))
    joined = merge_records(base, "a", "b")
    now = joined.register.with_replaced(
        attrs.evolve(joined.register["a"], consents=since, contacts=reached(since), at_risk=True)
    )[0]
    back = undo_merge(now, joined.undo).register
    assert (back["b"].consents, back["b"].contacts) == (left, reached(left))
    assert (back["a"].at_risk, back["b"].at_risk) == (True, True)
    for day in ("2025-06-01", ON):
        for audience in un.Audience:
            assert un.privacy.may(back["a"], "publication", audience, day) <= un.privacy.may(
                now["a"], "publication", audience, day
            )


def test_undoing_gives_each_record_its_own_consents_again():
    withdrawn = consent(withdrawn="2021")
    base = of(body("a", consents=(withdrawn,)), body("b", consents=(consent(),)))
    joined = merge_records(base, "a", "b")
    assert joined.register["a"].consents == (withdrawn,)
    assert undo_merge(joined.register, joined.undo).register == base
    changed = joined.register.with_replaced(attrs.evolve(joined.register["a"], consents=()))[0]
    assert undo_merge(changed, joined.undo).register["b"].consents == ()


def test_undoing_gives_no_record_a_consent_that_came_since():
    withdrawn = consent(withdrawn="2021")
    base = of(body("a"), body("b", consents=(consent(), withdrawn)))
    joined = merge_records(base, "a", "b")
    since = (*joined.register["a"].consents, consent(given="2026"))
    now = joined.register.with_replaced(attrs.evolve(joined.register["a"], consents=since))[0]
    assert undo_merge(now, joined.undo).register["b"].consents == (withdrawn,)


def test_what_has_no_consents_is_undone_as_it_was():
    event = un.Event(id="e", name=un.Text(en="Talk"), kind=un.EventKind.OTHER)
    base = un.Register(events=(event, attrs.evolve(event, id="f")))
    joined = merge_records(base, "e", "f")
    assert undo_merge(joined.register, joined.undo).register == base
    gone = joined.register.without("e")[0]
    assert "f" in undo_merge(gone, joined.undo).register.by_id


# -- whatever both sides did -------------------------------------------------------------------------------------------

SECRETS = {"p": ("Zqx Wvyk", "zqx@example.org"), "q": ("Brrk Hlomp", "brrk@example.org")}


def start():
    """Persons with a contact and a consent, bodies that are parts of each other, and an event that names them."""
    persons = [
        person(
            one,
            name=name,
            contacts=(un.Contact(kind=un.ContactKind.EMAIL, value=mail, consents=(consent(),)),),
            consents=(consent(), consent("members", purpose="contact")),
            affiliations=(un.Affiliation(key="x", organization_id="a"),),
        )
        for one, (name, mail) in SECRETS.items()
    ]
    bodies = [body(one, seat=WHERE, contacts=(MAIL,)) for one in "abc"]
    roles = tuple(un.EventRole(kind=un.EventRoleKind.SPEAKER, stakeholder_id=one) for one in "pqa")
    event = un.Event(id="e", name=un.Text(en="Talk"), kind=un.EventKind.OTHER, roles=roles)
    return of(*persons, *bodies, body("u", parent_id="b"), events=(event,), list_rows=(row("b", "x"),))


def merged_into(keep, drop):
    def step(register):
        if (
            keep in register.by_id
            and drop in register.by_id
            and is_tombstone(register[keep]) == is_tombstone(register[drop])
        ):
            return merge_records(register, keep, drop).register
        return register

    return step


def changed(record_id, **fields):
    def step(register):
        held = register.by_id.get(record_id)
        return (
            register if held is None or is_tombstone(held) else register.with_replaced(attrs.evolve(held, **fields))[0]
        )

    return step


def erased(record_id):
    def step(register):
        held = register.by_id.get(record_id)
        return register if held is None or is_tombstone(held) else un.privacy.erase(register, record_id, on=ON).register

    return step


def left_out(record_id):
    def step(register):
        if record_id not in register.by_id or any(
            one.record.id != record_id for one in register.referrers.get(record_id, ())
        ):
            return register
        return register.without(record_id)[0]

    return step


def apart(one, other):
    def step(register):
        if register.resolved(one) == register.resolved(other) or not {one, other} <= set(register.by_id):
            return register
        return un.matching.not_duplicates(register, one, other)

    return step


STEPS = {
    **{
        f"join {one} {other}": merged_into(one, other)
        for one, other in ("ab", "ba", "bc", "cb", "ca", "ac", "pq", "qp")
    },
    **{f"erase {one}": erased(one) for one in "pq"},
    **{f"leave out {one}": left_out(one) for one in "acup"},
    **{f"apart {one} {other}": apart(one, other) for one, other in ("ab", "bc", "pq")},
    "founded": changed("b", founded=un.PartialDate("1999")),
    "founded later": changed("b", founded=un.PartialDate("2001")),
    "noted": changed("c", notes=(un.Note(text="Zqx Wvyk (zqx@example.org) met Brrk Hlomp at 1 Hidden Way"),)),
    "unit moves": changed("u", parent_id="c"),
    "at risk": changed("b", at_risk=True, seat=un.Place(country="XA"), contacts=()),
    "moved": changed("b", seat=attrs.evolve(WHERE, address="2 New Way")),
    "withdrawn": changed("p", consents=(consent(withdrawn="2025-01-01"),)),
    "narrowed": changed("p", consents=(consent("members"),)),
    "no consent": changed("p", consents=()),
    "known as": changed("p", other_names=("Zqxita Wvyk",)),
    "named anew": changed("q", name="Brrk Hlompov", gender="woman"),
    "extended": changed("p", consents=(consent(expires="2030-01-01"),)),
}


SEQUENCES = st.lists(st.sampled_from(sorted(STEPS)), max_size=4)


@given(SEQUENCES, SEQUENCES)
def test_whatever_both_sides_did_what_protects_holds_and_nothing_is_broken(mine, others):
    base = start()
    ours, theirs = base, base
    for step in mine:
        ours = STEPS[step](ours)
    for step in others:
        theirs = STEPS[step](theirs)
    done = merge(base, ours, theirs)
    steps = {*mine, *others}
    assert_it_can_be_read_and_breaks_no_rule(done, ours, theirs)
    assert_who_is_erased_is_nowhere(done.register, ours, theirs, steps)
    assert_who_is_at_risk_is_at_risk(done.register, ours, theirs)
    if not steps & {"join p q", "join q p"}:
        assert_nothing_more_is_agreed_to(done.register, ours, theirs)


def assert_it_can_be_read_and_breaks_no_rule(done, ours, theirs):
    result = done.register
    assert un.loads(un.dumps(result)) == result
    mine, other, both = (
        {(one.code, one.subject) for one in un.validate(side, on=ON).errors} for side in (ours, theirs, result)
    )
    told = {one.code for one in done.report}
    new = {code for code, _ in both - mine - other}
    assert not new or (new == {"RF002"} and "MG003" in told)
    assert {one.old_id for one in result.redirects}.isdisjoint(result.by_id)
    assert all(redirect.new_id in result for redirect in result.redirects)


def assert_who_is_erased_is_nowhere(result, ours, theirs, steps):
    data = un.dumps(result).decode()
    for one, (name, mail) in SECRETS.items():
        if f"erase {one}" in steps and not steps & {"join p q", "join q p"}:
            later = "Zqxita" if one == "p" else "Hlompov"
            assert not [said for said in (*name.split(), mail, later) if said in data]
    for record in (*ours.persons, *theirs.persons):
        held = result.by_id.get(result.resolved(record.id))
        assert not is_tombstone(record) or held is None or is_tombstone(held)


def assert_who_is_at_risk_is_at_risk(result, ours, theirs):
    for record in (*ours.organizations, *theirs.organizations):
        held = result.by_id.get(result.resolved(record.id))
        if record.at_risk and held is not None:
            assert held.at_risk
            assert held.seat is None or held.seat.address in (None, record.seat.address)


def assert_nothing_more_is_agreed_to(result, ours, theirs):
    held = result.by_id.get("p")
    for side in (ours, theirs):
        beside = side.by_id.get("p")
        for purpose in un.Purpose:
            for audience in un.Audience:
                if held is not None and beside is not None and un.privacy.may(held, purpose, audience, ON):
                    assert un.privacy.may(beside, purpose, audience, ON)


# -- undoing what others went on with -------------------------------------------------------------------------------------


@pytest.mark.parametrize("speaker", ["a", "b"])
def test_a_withdrawal_from_a_merged_record_holds_for_both_when_the_merge_is_undone(speaker):
    bodies = (body(one, consents=(consent(),) if one == speaker else ()) for one in "ab")
    merged = merge_records(of(*bodies), "a", "b")
    withdrawn = consent(withdrawn="2025-01-01")
    register, _ = merged.register.with_replaced(attrs.evolve(merged.register["a"], consents=(withdrawn,)))
    undone = undo_merge(register, merged.undo).register
    assert [one.consents for one in undone.organizations] == [(withdrawn,), (withdrawn,)]
    assert un.privacy.view(undone, "public", "2026-01-01").register.organizations == ()


def test_a_merge_into_a_record_that_was_merged_on_is_undone_last():
    first = merge_records(of(body("a"), body("b"), body("c")), "a", "b")
    second = merge_records(first.register, "c", "a")
    with pytest.raises(un.ImpossibleValue) as refused:
        undo_merge(second.register, first.undo)
    assert str(refused.value) == "'a' was itself merged into 'c' since; undo that merge first"
    back = undo_merge(undo_merge(second.register, second.undo).register, first.undo)
    assert [one.id for one in back.register.organizations] == ["a", "b", "c"]
