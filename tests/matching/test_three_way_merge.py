"""Two versions put together: what conflicts, what is kept, and what is told of it."""

import attrs
import pytest

import untoc_network as un
from untoc_network.matching import merge
from untoc_network.model.organization_and_person import WITHHOLDING

ORGANIZATION = un.Organization(id="o", name=un.Text(en="Refuge"), kind=un.OrganizationKind.UNKNOWN)
CONTACT = un.Contact(kind=un.ContactKind.EMAIL, value="a@example.org")


def of(*records, **more):
    return un.Register(organizations=records, **more)


def merged(base, ours, theirs):
    return merge(*(of(attrs.evolve(ORGANIZATION, **fields)) for fields in (base, ours, theirs)))


def themes(*names):
    return {"themes": tuple(un.Theme(name) for name in names)}


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "result"),
    [
        ({}, {"founded": un.PartialDate("1999")}, {"kind": un.OrganizationKind.NGO}, None),
        ({"name": un.Text(en="A", es="B")}, {"name": un.Text(en="C", es="B")}, {"name": un.Text(en="A")}, {"name": un.Text(en="C")}),
        ({}, {"name": un.Text(en="Refuge", es="B")}, {"name": un.Text(en="Refuge", fr="C")}, {"name": un.Text(en="Refuge", es="B", fr="C")}),
        (themes("gender", "youth"), themes("youth"), themes("gender", "youth", "fraud"), themes("youth", "fraud")),
        (themes("gender"), themes("gender", "fraud"), themes("gender", "fraud", "youth"), themes("gender", "fraud", "youth")),
        (themes("gender"), themes("fraud", "gender", "youth"), themes("gender", "corruption"), themes("fraud", "gender", "corruption", "youth")),
        (themes("gender", "fraud"), themes("fraud", "gender"), themes("gender", "fraud", "youth"), themes("fraud", "youth", "gender")),
        (themes("gender", "fraud"), themes("gender", "fraud", "youth"), themes("fraud", "gender"), themes("fraud", "youth", "gender")),
        ({}, {"expertise": (un.Text(en="Law"),)}, {"expertise": (un.Text(en="Aid"),)}, {"expertise": (un.Text(en="Aid"), un.Text(en="Law"))}),
        ({}, {"contacts": (CONTACT,)}, {"contacts": (attrs.evolve(CONTACT, label="Office"),)}, {"contacts": (attrs.evolve(CONTACT, label="Office"),)}),
    ],
)  # fmt: skip
def test_what_does_not_conflict_is_all_done(base, ours, theirs, result):
    done = merged(base, ours, theirs)
    assert done.conflicts == ()
    assert done.register == of(attrs.evolve(ORGANIZATION, **(ours | theirs if result is None else result)))


def consent(**more):
    return un.Consent(purpose=un.Purpose.CONTACT, audience=un.Audience.PUBLIC, basis=un.ConsentBasis.FORM, **more)


def test_a_withdrawn_consent_stays_withdrawn_whatever_else_the_other_side_did():
    def contacts(label=None, **more):
        return {"contacts": (attrs.evolve(CONTACT, label=label, consents=(consent(**more),)),)}

    done = merged(contacts(), contacts(withdrawn=un.PartialDate("2024")), contacts("Office"))
    assert done.conflicts == ()
    assert done.register["o"].contacts == contacts("Office", withdrawn=un.PartialDate("2024"))["contacts"]


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "kept", "message"),
    [
        ({}, {"founded": un.PartialDate("1999")}, {"founded": un.PartialDate("2001")}, "ours", "both sides changed 'founded': '1999' is kept, '2001' is not"),
        ({}, {"name": un.Text(en="A")}, {"name": un.Text(en="B")}, "ours", "both sides changed 'name.en': 'A' is kept, 'B' is not"),
        ({"name": un.Text(en="A", es="B")}, {"name": un.Text(en="A")}, {"name": un.Text(en="A", es="C")}, "theirs", "one side (ours) removed 'name.es', and the other changed it; it is kept"),
        ({"name": un.Text(en="A", es="B")}, {"name": un.Text(en="A")}, {"name": un.Text(es="B")}, "ours", "both sides changed 'name': 'A' is kept, 'B' is not"),
        ({"founded": un.PartialDate("1998")}, {"founded": un.PartialDate("1999")}, {"founded": None}, "ours", "one side (theirs) removed 'founded', and the other changed it; it is kept"),
        ({}, {"seat": un.Place(country="XA")}, {"seat": un.Place(country="XB", address="1 Way")}, "ours", "both sides changed 'seat': 'XA' is kept, 'XB' is not"),
        (themes("gender", "fraud", "youth"), themes("fraud", "gender", "youth"), themes("youth", "gender", "fraud"), "ours", "both sides changed 'themes': 'fraud, gender, youth' is kept, 'youth, gender, fraud' is not"),
        ({"contacts": (CONTACT,)}, {"contacts": (attrs.evolve(CONTACT, label="A"),)}, {"contacts": (attrs.evolve(CONTACT, label="B"),)}, "ours", "both sides changed 'contacts.label': '…' is kept, '…' is not"),
        ({"contacts": (CONTACT,)}, {}, {"contacts": (attrs.evolve(CONTACT, label="B"),)}, "theirs", "one side (ours) removed 'contacts', and the other changed it; it is kept"),
    ],
)  # fmt: skip
def test_what_conflicts_is_told_and_nothing_personal_with_it(base, ours, theirs, kept, message):
    if "contacts" in base and not ours:  # both sides must have changed the list
        ours = {"contacts": (attrs.evolve(CONTACT, value="b@example.org"),)}
        theirs = {"contacts": (*theirs["contacts"],)}
        done = merged(base, ours, theirs)
        assert [held.value for held in done.register["o"].contacts] == ["b@example.org", "a@example.org"]
    else:
        done = merged(base, ours, theirs)
        if "es" not in base.get("name", {}):
            assert done.register == of(attrs.evolve(ORGANIZATION, **(ours if kept == "ours" else theirs)))
    assert [finding.message for finding in done.report] == [message]
    (finding,) = done.report
    assert finding.subject == "o"
    assert finding.pointer.startswith("/organizations/0/")
    assert not done.report.ok
    assert "example.org" not in f"{done!r}{done.conflicts!r}"


def test_a_record_that_one_side_took_out_and_the_other_changed_is_kept():
    base, other = of(ORGANIZATION), of(attrs.evolve(ORGANIZATION, founded=un.PartialDate("1999")))
    gone = un.Register(redirects=(un.Redirect(old_id="o", new_id="p"),))
    for ours, theirs, side in ((gone, other, "ours"), (other, gone, "theirs")):
        done = merge(base, ours, theirs)
        assert done.register == other
        assert [finding.message for finding in done.report] == [
            f"one side ({side}) removed 'o', and the other changed it; it is kept"
        ]
        assert done.report.findings[0].pointer == "/organizations/0"


def test_what_one_side_refers_to_and_the_other_took_out_is_told():
    unit = un.Organization(id="unit", name=un.Text(en="Unit"), kind=un.OrganizationKind.UNIT, parent_id="o")
    base, referring = of(ORGANIZATION), of(ORGANIZATION, unit)
    for ours, theirs in ((of(), referring), (referring, of())):
        done = merge(base, ours, theirs)
        assert [(finding.code, finding.message, finding.pointer) for finding in done.report] == [
            ("MG003", "the record refers to 'o', which one side removed", "/organizations/0/parent_id")
        ]
    dangling = of(unit)
    assert merge(referring, dangling, referring).register == dangling
    assert merge(referring, dangling, referring).report.ok
    both = merge(referring, dangling, of(ORGANIZATION, attrs.evolve(unit, founded=un.PartialDate("1999"))))
    assert both.report.ok


def test_two_redirects_of_one_id_conflict_unless_one_side_moved_it():
    def led(*targets):
        return un.Register(redirects=tuple(un.Redirect(old_id="o", new_id=target) for target in targets))

    done = merge(led(), led("a"), led("b"))
    assert done.register == led("a")
    assert [finding.message for finding in done.report] == [
        "both sides changed 'redirects[o].new_id': 'a' is kept, 'b' is not"
    ]
    assert done.report.findings[0].pointer == "/redirects"
    assert merge(led("a"), led("a"), led("b")).register == led("b")


def test_both_sides_can_add_one_record():
    one = attrs.evolve(ORGANIZATION, founded=un.PartialDate("1999"), kind=un.OrganizationKind.NGO)
    two = attrs.evolve(ORGANIZATION, kind=un.OrganizationKind.NGO, **themes("youth"))
    done = merge(of(), of(one), of(two))
    assert done.register == of(attrs.evolve(one, **themes("youth")))
    assert done.conflicts == ()


def test_the_frame_of_the_register_is_merged_too():
    base, ours, theirs = (
        un.Register(title=un.Text(title)) for title in ({"en": "A"}, {"en": "A", "es": "B"}, {"en": "C"})
    )
    assert merge(base, ours, theirs).register.title == un.Text(en="C", es="B")
    done = merge(un.Register(), un.Register(language="en"), un.Register(language="es"))
    assert done.register.language == "en"
    assert [finding.pointer for finding in done.report] == ["/language"]


def test_steps_that_both_recorded_stand_in_the_order_of_their_days():
    def review(*days):
        log = tuple(
            un.ReviewEntry(
                step=un.CountryReviewStep.SUBMIT_FEEDBACK, by=f"X{chr(65 + int(day[-1]))}", on=un.PartialDate(day)
            )
            for day in days
        )
        return un.Register(country_reviews=(un.CountryReview(id="r", country="XA", log=log),))

    done = merge(review("2020"), review("2020", "2023"), review("2020", "2022"))
    assert [entry.on for entry in done.register["r"].log] == ["2020", "2022", "2023"]


def test_what_together_could_never_be_is_a_conflict():
    post = un.Post(key="head", title=un.Text(en="Head"), organization_id="o")

    def person(**period):
        return un.Register(
            persons=(un.Person(id="p", name="A", posts=(attrs.evolve(post, period=un.Period(**period)),)),)
        )

    base = person(start=un.PartialDate("2020"))
    ours, theirs = (
        person(start=un.PartialDate("2022")),
        person(start=un.PartialDate("2020"), end=un.PartialDate("2021")),
    )
    done = merge(base, ours, theirs)
    assert done.register == ours
    assert [finding.message for finding in done.report] == [
        "both sides changed 'posts[head].period': '2022' is kept, '2020 2021' is not"
    ]


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [
        ("seat", un.Place(country="XA", city="Villa Uno"), un.Place(country="XA", city="Villa Dos")),
        ("seat", un.Place(country="XA", venue="Villa Uno"), un.Place(country="XA", venue="Villa Dos")),
        ("name", un.Text(en="Villa Uno"), un.Text(en="Villa Dos")),
        ("founded", un.PartialDate("2001"), un.PartialDate("2002")),
        (
            "links",
            (un.Link(kind=un.LinkKind.WEBSITE, url="https://uno.example.org"),),
            (un.Link(kind=un.LinkKind.WEBSITE, url="https://dos.example.org"),),
        ),
    ],
)
@pytest.mark.parametrize("risky", ["base", "ours", "theirs"])
def test_a_conflict_about_a_body_at_risk_repeats_nothing_of_it(field, one, other, risky):
    def make(side, **values):
        body = un.Organization(id="refuge", name=un.Text(en="R"), kind=un.OrganizationKind.NGO, at_risk=side == risky)
        return un.Register(organizations=(attrs.evolve(body, **values),))

    if risky == "base":
        sides = [
            attrs.evolve(make("base"), organizations=(attrs.evolve(make("base")["refuge"], **{field: value}),))
            for value in (one, other)
        ]
    else:
        sides = [make("ours", **{field: one}), make("theirs", **{field: other})]
    report = un.matching.merge(make("base"), *sides).report
    told = str(report.to_dict())
    assert "Uno" not in told
    assert "Dos" not in told
    assert "200" not in told


def test_a_conflict_about_the_place_of_an_event_that_a_body_at_risk_hosts_repeats_nothing_of_it():
    refuge = un.Organization(id="refuge", name=un.Text(en="R"), kind=un.OrganizationKind.NGO, at_risk=True)
    role = un.EventRole(kind=un.EventRoleKind.ORGANIZER, stakeholder_id="refuge")
    talk = un.Event(id="talk", name=un.Text(en="Talk"), kind=un.EventKind.WORKSHOP, roles=(role,))
    base, ours, theirs = (
        un.Register(organizations=(refuge,), events=(attrs.evolve(talk, place=place),))
        for place in (None, un.Place(city="Villa Uno"), un.Place(city="Villa Dos"))
    )
    told = str(un.matching.merge(base, ours, theirs).report.to_dict())
    assert "Villa" not in told
    open_body = attrs.evolve(refuge, at_risk=False)
    sides = (attrs.evolve(one, organizations=(open_body,)) for one in (base, ours, theirs))
    assert "Villa" in str(un.matching.merge(*sides).report.to_dict())


# -- what a body declined ----------------------------------------------------------------------------------------------

DECLINED = ("publication",)


def house(record_id="casa", **fields):
    return un.Organization(id=record_id, name={"es": "Casa"}, kind="ngo", **fields)


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("field", WITHHOLDING)
def test_a_no_that_one_side_took_out_stays_where_the_other_worked_on_the_body_too(field, turned):
    withheld = {field: DECLINED}
    sides = [house(**withheld, founded="2001"), house()]
    base, *both = (
        un.Register(organizations=(one,)) for one in (house(**withheld), *(sides[::-1] if turned else sides))
    )
    merged = merge(base, *both)
    assert [(getattr(one, field), one.founded) for one in merged.register.organizations] == [(DECLINED, "2001")]
    assert [finding.code for finding in merged.report] == ["MG006"]


@pytest.mark.parametrize("field", WITHHOLDING)
def test_what_was_declined_since_a_merge_is_declined_of_both_when_it_is_undone(field):
    made = un.matching.merge_records(un.Register(organizations=(house(), house("casa-2"))), "casa", "casa-2")
    now, _ = made.register.with_replaced(house(**{field: DECLINED}))
    undone = un.matching.undo_merge(now, made.undo).register
    assert {one.id: getattr(one, field) for one in undone.organizations} == {"casa": DECLINED, "casa-2": DECLINED}
