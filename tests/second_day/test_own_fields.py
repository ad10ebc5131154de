"""Fields that nobody declared, through all that is done with a register: none is lost, and none is shown to more."""

import enum
import types
import typing

import attrs
import pytest
from hypothesis import given

import untoc_network as un
from tests.builders import organization, person
from tests.profiles import tries
from untoc_network.app.declared_extensions import read_extensions
from untoc_network.interop.registry import FORMS, export
from untoc_network.matching import diff, merge, merge_records, undo_merge
from untoc_network.privacy import erase, holdings, pseudonymise, view
from untoc_network.privacy.export_guard import refuse_exposed
from untoc_network.testing import plant_canaries, registers
from untoc_network.testing.model_strategies import values

DAY = "2026-11-24"
PERSON = person("p-1", name="Zoraida Quintanilla")
OWN = un.Extra({"coalition": {"fee": 100, "tags": ["founder"]}})


def register_with(extra, *others):
    return un.Register(organizations=(organization("ngo", extra=extra), *others), persons=(PERSON,))


def own_fields(register):
    return {
        (record.id, *field): one
        for record in register
        for field, one in (record.extra.one_by_one() if record.extra else {}).items()
    }


@pytest.mark.parametrize("audience", ["public", "members"])
def test_nobody_beyond_the_internal_circle_sees_one_or_that_there_is_one(audience):
    seen = view(register_with(OWN), audience, DAY)
    (record,) = seen.register.organizations
    assert (record.extra, record.blanks) == (None, ())
    assert [(one.id, one.field, one.reason) for one in seen.redactions if one.field] == [("ngo", "extra", "internal")]


@pytest.mark.unmeasured
@tries(20)
@given(registers())
def test_no_view_shows_a_field_that_the_register_does_not_have(register):
    assert own_fields(view(register, "public", DAY).register) == {}
    held = view(register, "internal", DAY).register
    assert {key[1:] for key in own_fields(held)} <= {key[1:] for key in own_fields(register)}
    assert view(held, "internal", DAY).register == held


def test_the_internal_circle_sees_them_without_what_leads_to_somebody_who_is_withheld():
    said = {"coalition": {"fee": 100, "said": ["by Zoraida\u00ad Quintanilla"], "Quintanilla-Zoraida": 1}}
    seen = view(register_with(un.Extra(said)), "internal", DAY)
    assert seen.register.organizations[0].extra.to_plain() == {"coalition": {"fee": 100, "said": ["by […]"]}}
    assert ("ngo", "extra", "looks-personal") in {(one.id, one.field, one.reason) for one in seen.redactions}
    untouched = view(register_with(un.Extra({"a": {"b": "soft\u00adly"}})), "internal", DAY)
    assert untouched.register.organizations[0].extra == un.Extra({"a": {"b": "softly"}})
    alone = view(register_with(un.Extra({"a": {"Zoraida-Quintanilla": 1}})), "internal", DAY)
    assert alone.register.organizations[0].extra is None


@pytest.mark.parametrize("form", FORMS)
def test_no_form_for_other_tools_shows_them(form):
    register = register_with(un.Extra({"secretspace": {"secretname": "secretvalue"}}))
    assert b"secret" not in export(register, form, on=DAY).data


def test_erasing_a_person_masks_and_tells_them_there():
    said = {"coalition": {"said": "by Zoraida Quintanilla", "maybe": "Zoraida", "fee": 1}}
    register = register_with(un.Extra(said))
    assert {(one.path, one.how) for one in holdings(register, "p-1").held if one.record_id == "ngo"} == {
        ("extra.coalition.said", "mention"),
        ("extra.coalition.maybe", "doubt"),
    }
    done = erase(register, "p-1")
    assert done.register.organizations[0].extra.to_plain()["coalition"]["said"] == "by […]"
    assert ("ngo", "extra") in done.changed
    assert done.to_check == (("ngo", "extra.coalition.maybe"),)


def test_own_fields_of_a_person_are_held_and_go_with_the_person():
    mine = person("p-1", name="Zoraida Quintanilla", extra=un.Extra({"coalition": {"paid": True, "no": 7}}))
    register = un.Register(persons=(mine,))
    assert {(one.path, one.value) for one in holdings(register, "p-1").held} >= {
        ("extra.coalition.paid", "true"),
        ("extra.coalition.no", "7"),
    }
    assert own_fields(erase(register, "p-1").register) == own_fields(pseudonymise(register, bytes(32))) == {}


# -- merging -----------------------------------------------------------------------------------------------------------


def test_two_records_that_are_one_have_the_fields_of_both_and_what_contradicts_is_noted():
    other = organization("old", extra=un.Extra({"coalition": {"fee": 90, "since": "2019"}, "other": {"x": 1}}))
    merged = merge_records(register_with(OWN, other), "ngo", "old")
    (record,) = merged.register.organizations
    assert record.extra.to_plain() == {
        "coalition": {"fee": 100, "since": "2019", "tags": ["founder"]},
        "other": {"x": 1},
    }
    assert merged.unsettled == ("extra.coalition.fee",)
    assert [note.text for note in record.notes] == ["old: extra.coalition.fee: 90"]
    assert undo_merge(merged.register, merged.undo).register == register_with(OWN, other)


@pytest.mark.unmeasured
@tries(20)
@given(registers(), values(un.Extra) | values(un.Extra))
def test_no_merge_of_versions_loses_what_one_side_added(register, extra):
    ours = register_with(None).merged(register)[0] if "ngo" not in register.by_id else register_with(None)
    theirs = ours.with_replaced(organization("ngo", extra=extra))[0]
    for one, two in ((ours, theirs), (theirs, ours)):
        done = merge(ours, one, two)
        assert own_fields(done.register) == own_fields(theirs)
        assert done.conflicts == ()


def test_what_both_sides_did_is_put_together_field_by_field():
    base = register_with(un.Extra({"a": {"fee": 1, "gone": 2, "both": 3, "out": 4}}))
    ours = register_with(un.Extra({"a": {"fee": 5, "both": 6, "out": 7, "new": True}}))
    theirs = register_with(un.Extra({"a": {"fee": 1, "gone": 2, "both": 8}, "b": {"x": "y"}}))
    done = merge(base, ours, theirs)
    assert own_fields(done.register) == own_fields(
        register_with(un.Extra({"a": {"fee": 5, "both": 6, "out": 7, "new": True}, "b": {"x": "y"}}))
    )
    assert [(one.rule.code, one.field, one.public) for one in done.conflicts] == [
        ("MG001", "extra.a.both", False),
        ("MG002", "extra.a.out", False),
    ]
    assert merge(base, register_with(None), base).register == register_with(None)
    assert own_fields(merge(base, register_with(None), theirs).register).keys() == {
        ("ngo", "a", "both"),
        ("ngo", "b", "x"),
    }


def test_what_differs_is_told_field_by_field_and_no_value_of_it():
    before, after = (
        register_with(un.Extra({"a": {"b": 1, "c": 1, "e": 1}})),
        register_with(un.Extra({"a": {"b": True, "d": 1, "e": 1}})),
    )
    assert [(one.kind, one.id, one.field, one.params) for one in diff(before, after)] == [
        ("field-changed", "ngo", "extra.a.b", ()),
        ("field-cleared", "ngo", "extra.a.c", ()),
        ("field-set", "ngo", "extra.a.d", ()),
    ]


# -- what is declared --------------------------------------------------------------------------------------------------

PERSONAL = "Quirina Umbral Tolosa"
DECLARED = (
    un.Extension("c", un.Organization, {"open": str, "rooms": int}, sensitivity="public"),
    un.Extension("c", un.Organization, {"fee": int, "grade": ("a", "b")}),
    un.Extension("c", un.Organization, {"door": str}, sensitivity="at_risk"),
    un.Extension("c", un.Organization, {"treasurer": str, "mail": str, "number": int}, sensitivity="personal"),
    un.Extension("c", un.Organization, {"kind": ("vegan", "none")}, sensitivity="personal"),
    un.Extension("c", un.Person, {"passport": str, "born": un.PartialDate}, sensitivity="personal"),
)
AGREED = un.Consent(purpose="publication", audience="members", basis="form")
VALUES = {
    "open": f"said by {PERSONAL}, tolosa@umbral.example, 77120931",
    "rooms": 3,
    "fee": 100,
    "grade": "a",
    "door": "Elm Alley 17",
    "treasurer": PERSONAL,
    "mail": "tolosa@umbral.example",
    "number": 77120931,
    "kind": "vegan",
    "unknown": "vegan, of Elm Alley 17",
}


def declared_register(**more):
    return un.Register(
        organizations=(organization("ngo", extra={"c": VALUES}), organization("other", **more)),
        persons=(person("p-1", name="Ana Open", consents=[AGREED], extra={"c": {"passport": "XA-7712093"}}),),
        extensions=DECLARED,
    )


@pytest.mark.parametrize(
    ("audience", "shown"),
    [
        ("public", {"open": "said by […], […], […]", "rooms": 3}),
        ("members", {"open": "said by […], […], […]", "rooms": 3}),
        (
            "internal",
            {
                "open": "said by […], […], […]",
                "rooms": 3,
                "fee": 100,
                "grade": "a",
                "door": "Elm Alley 17",
                "unknown": "vegan, of Elm Alley 17",
            },
        ),
    ],
)
def test_each_circle_sees_what_is_declared_for_it(audience, shown):
    seen = view(declared_register(), audience, DAY)
    assert seen.register["ngo"].extra.to_plain() == {"c": shown}
    assert seen.register.extensions == DECLARED
    assert view(seen.register, audience, DAY).register == seen.register
    told = {(one.field, one.reason) for one in seen.redactions if one.id == "ngo"}
    assert ("extra.c.treasurer", "no-consent") in told
    assert (("extra.c.door", "at-risk") in told) is (("extra", "internal") in told) is (audience != "internal")
    passport = seen.register["p-1"].extra if "p-1" in seen.register else None
    assert (passport and passport["c"]["passport"]) == (None if audience == "public" else "XA-7712093")


@pytest.mark.parametrize("audience", ["public", "members", "internal"])
@pytest.mark.parametrize(
    "text",
    [
        PERSONAL,
        "Umbral Tolosa, Quirina",
        "QUIRINA UMBRAL TOLOSA",
        "quirinaumbraltolosa",
        "mailto:tolosa@umbral.example",
        "no. 77120931",
        "Elm Alley 17",
    ],
)
def test_a_value_that_could_expose_somebody_is_looked_for_everywhere(audience, text):
    said = declared_register(
        notes=[{"text": text}], expertise=[{"en": text}], extra={"u": {"x": text}, "c": {"open": text}}
    )
    seen = view(said, audience, DAY).register["other"]
    left = [*(note.text for note in seen.notes), *(one["en"] for one in seen.expertise)]
    left += [value for _, value in seen.extra.leaves()] if seen.extra else []
    is_open = audience == "internal" and text == "Elm Alley 17"
    assert all((text in one) is is_open for one in left)
    assert left


def test_the_last_look_finds_own_fields_that_are_not_for_the_audience():
    register = declared_register()
    with pytest.raises(un.WouldExpose) as refused:
        refuse_exposed(register, register, un.Audience.PUBLIC, un.PartialDate(DAY))
    assert {place for place in refused.value.places if "extra" in place} == {
        "ngo extra.c.fee (internal)",
        "ngo extra.c.grade (internal)",
        "ngo extra.c.door (at-risk)",
        "ngo extra.c.treasurer (no-consent)",
        "ngo extra.c.mail (no-consent)",
        "ngo extra.c.number (no-consent)",
        "ngo extra.c.kind (no-consent)",
        "ngo extra.c.unknown (internal)",
    }


def test_what_a_person_has_in_own_fields_is_erased_and_found_elsewhere():
    register = un.Register(
        organizations=(
            organization("ngo", notes=[{"text": "passport XA7712093; call 0050322457781; zq@x.example; Casa Azul 9"}]),
        ),
        persons=(
            person(
                "p-1",
                extra={
                    "c": {
                        "passport": "XA-7712093",
                        "phone": "+503 2245-7781",
                        "mail": "zq@x.example",
                        "at": "Casa Azul 9",
                    }
                },
            ),
        ),
        extensions=[
            un.Extension(
                "c", un.Person, dict.fromkeys(("passport", "phone", "mail", "at"), str), sensitivity="personal"
            )
        ],
    )
    assert {(one.record_id, one.path, one.how) for one in holdings(register, "p-1").held if one.record_id == "ngo"} == {
        ("ngo", "notes[0].text", "mention")
    }
    done = erase(register, "p-1")
    assert done.register["ngo"].notes[0].text == "passport […]; call […]; […]; […]"
    assert done.register["p-1"].extra is None
    assert done.register.extensions == register.extensions


@pytest.mark.parametrize("form", FORMS)
def test_no_form_for_other_tools_shows_what_is_declared_to_be_public(form):
    assert b"rooms" not in export(declared_register(), form, on=DAY).data


def test_declarations_go_on_with_every_change():
    register = declared_register()
    other = un.Register(extensions=[un.Extension("d", un.Event, {"x": int})])
    added = organization("new")
    results = [
        register.with_added(added)[0],
        register.with_replaced(organization("other", founded="1999"))[0],
        register.without("other")[0],
        merge_records(register, "ngo", "other").register,
        merge(register, register.with_added(added)[0], register).register,
        merge(un.Register(), un.Register(), register).register,
        un.Live(register).attempt(added=[added]).accept().register,
        un.import_bytes(b"Name\nHouse\n", existing=register).register,
    ]
    assert all(one.extensions == DECLARED for one in results)
    assert register.merged(other)[0].extensions == (*DECLARED, *other.extensions)
    merged = merge_records(register, "ngo", "other")
    assert undo_merge(merged.register, merged.undo).register.extensions == DECLARED


def test_of_two_personal_values_one_goes_to_no_note():
    both = declared_register(extra={"c": {"treasurer": "Ben Other", "fee": 5}})
    merged = merge_records(both, "ngo", "other")
    assert merged.unsettled == ("extra.c.fee", "extra.c.treasurer")
    assert merged.left_out == ("extra.c.treasurer",)
    assert [note.text for note in merged.register["ngo"].notes] == ["other: extra.c.fee: 5"]
    assert undo_merge(merged.register, merged.undo).register == both


def test_what_is_public_is_told_with_its_values_where_it_differs():
    before = declared_register(extra={"c": {"rooms": 3, "fee": 1}})
    after = declared_register(extra={"c": {"rooms": 4, "fee": 2, "open": "yes"}})
    assert [(one.field, dict(one.params)) for one in diff(before, after)] == [
        ("extra.c.fee", {}),
        ("extra.c.open", {"after": "yes"}),
        ("extra.c.rooms", {"after": "4", "before": "3"}),
    ]


def test_a_live_register_judges_own_fields_like_a_whole_one():
    live = un.Live(declared_register(), on=DAY)
    wrong = organization("other", extra={"c": {"fee": "x"}})
    step = live.attempt(replaced=[wrong])
    assert [one.code for one in step.introduced] == ["IO004"]
    for one in (step.live, step.live.attempt(replaced=[organization("other")]).live, live.attempt_register(
        attrs.evolve(live.register, extensions=(), organizations=[wrong])).live,
    ):  # fmt: skip
        assert one.report == un.validate(one.register, on=DAY)
    assert [one.code for one in step.live.attempt(replaced=[organization("other")]).resolved][:1] == ["IO004"]


@pytest.mark.parametrize("audience", ["public", "members", "internal"])
def test_no_canary_in_an_own_field_comes_out(audience):
    register = un.Register(
        organizations=(organization("ngo", extra={"c": {"open": "yes"}}),),
        persons=(person("p-1"),),
        extensions=[
            un.Extension("c", un.Organization, {"many": tuple[str, ...], "open": str}, sensitivity="personal"),
            un.Extension("c", un.Person, {"one": str, "born": un.PartialDate}, sensitivity="personal"),
            un.Extension("c", un.Person, {"mild": str}),
        ],
    )
    planted, canaries = plant_canaries(register)
    assert planted["ngo"].extra["c"].keys() == {"many", "open"}
    assert planted["p-1"].extra["c"].keys() == {"one"}
    (own,) = planted["ngo"].extra["c"]["many"]
    told = attrs.evolve(
        planted,
        events=[
            un.Event(
                id="e", name={"en": f"With {own}"}, kind="workshop", notes=[{"text": own}], extra={"u": {"x": own}}
            )
        ],
    )
    assert own in canaries["ngo"]
    written = un.dumps(view(told, audience, DAY).register).decode()
    assert own not in written
    assert planted["p-1"].extra["c"]["one"] not in written


def test_a_patch_from_a_narrower_view_takes_no_own_field_away():
    register = declared_register()
    whole = register["ngo"]
    seen = view(register, "public", DAY).register["ngo"]
    for patch in (
        {"extra": un.to_dict(seen)["extra"]},
        {"extra": {"c": {"rooms": 3, "fee": None}}},
        {"founded": "1999"},
    ):
        changed, report = un.patched(whole, patch, seen=seen, extensions=DECLARED)
        assert (changed.extra, report) == (whole.extra, un.Report())
    changed, _ = un.patched(whole, {"extra": {"c": {"rooms": 4}}}, seen=seen, extensions=DECLARED)
    assert (
        own_fields(un.Register(organizations=[changed])).keys() == own_fields(un.Register(organizations=[whole])).keys()
    )
    for patch in ({"extra": None}, {"extra": {"c": {"fee": 1}}}):
        changed, report = un.patched(whole, patch, seen=seen, extensions=DECLARED)
        assert (changed, [one.code for one in report]) == (None, ["IO039"])


# -- choices ---------------------------------------------------------------------------------------------------------


class Mandate(enum.Enum):
    OF_HERS = "Mandate of Zoraida Quintanilla"
    OF_ALL = "Mandate of all"


OF_HERS, OF_ALL = (one.value for one in Mandate)
CHOICES = {
    "tuple": (OF_HERS, OF_ALL),
    "literal": typing.Literal["Mandate of Zoraida Quintanilla", "Mandate of all"],
    "enumeration": Mandate,
    "settings": read_extensions(
        "", [{"namespace": "a", "of": "organizations", "fields": {"b": {"one-of": [OF_HERS, OF_ALL]}}}]
    )[0].fields["b"],
}


def with_choices(hint, value, *others, **more):
    declared = un.Extension("c", un.Organization, {"one": hint, "many": types.GenericAlias(tuple, (hint, ...))})
    extra = un.Extra({"c": {"one": value, "many": [OF_ALL, value, OF_ALL]}})
    register = un.Register(
        organizations=(organization("ngo", extra=extra), *others), persons=(PERSON,), extensions=(declared,), **more
    )
    return un.loads(un.dumps(register), extensions=[declared])


@pytest.mark.parametrize("hint", CHOICES.values(), ids=CHOICES)
@pytest.mark.parametrize(
    "narrow",
    [
        lambda register: view(register, "internal", DAY).register,
        lambda register: erase(register, "p-1").register,
        lambda register: pseudonymise(register, bytes(32)),
    ],
    ids=["view", "erase", "pseudonymise"],
)
def test_a_choice_that_names_somebody_goes_for_what_is_left_of_it_is_none(hint, narrow):
    after = narrow(with_choices(hint, OF_HERS))
    assert un.to_dict(after.organizations[0])["extra"] == {"c": {"many": [OF_ALL, OF_ALL]}}
    assert "IO003" not in {finding.code for finding in un.validate(after)}
    assert un.loads(un.dumps(after), extensions=after.extensions) == after


def test_choices_that_name_nobody_stay_and_one_that_no_longer_is_a_text_is_no_matter():
    register = with_choices((OF_HERS, OF_ALL), OF_ALL)
    assert view(register, "internal", DAY).register.organizations[0].extra == register.organizations[0].extra
    alone = un.Extension(
        "c", un.Organization, {"many": tuple[typing.Literal["Zoraida Quintanilla"], ...], "one": ("a",)}
    )
    extra = un.Extra({"c": {"many": ["Zoraida Quintanilla"], "one": 5}})
    register = attrs.evolve(register_with(extra), extensions=(alone,))
    seen = view(register, "internal", DAY).register
    assert seen.organizations[0].extra == un.Extra({"c": {"one": 5}})
    gone = view(
        attrs.evolve(register_with(un.Extra({"c": {"many": ["Zoraida Quintanilla"]}})), extensions=(alone,)),
        "internal",
        DAY,
    )
    assert gone.register.organizations[0].extra is None


def test_a_choice_that_has_the_town_of_a_body_at_risk_goes_from_views_and_when_records_come_together():
    hint = ("Office of Tampico", "Office of all")
    declared = un.Extension(
        "c", un.Organization, {"one": hint, "many": tuple[typing.Literal[hint], ...]}, sensitivity="public"
    )
    extra = un.Extra({"c": {"one": hint[0], "many": list(hint)}})
    risky = organization("risky", at_risk=True, seat=un.Place(city="Tampico"))
    register = un.Register(organizations=(organization("ngo", extra=extra), risky), extensions=(declared,))
    seen = view(register, "public", DAY).register
    assert seen[un.Organization, "ngo"].extra.to_plain() == {"c": {"many": ["Office of all"]}}
    assert un.loads(un.dumps(seen), extensions=[declared]) == seen
    other = organization("zz", seat=un.Place(city="Tampico"), extra=extra, at_risk=False)
    known = organization("aa", at_risk=True)
    both = un.Register(organizations=(known, other), extensions=(declared,))
    merged = merge_records(both, "aa", "zz").register
    assert merged.organizations[0].extra.to_plain() == {"c": {"many": ["Office of all"]}}


# -- short values ----------------------------------------------------------------------------------------------------

SHORT = {
    "李小龙": ("与李小龙合作", "与[…]合作"),
    "李明": ("与李明合作", "与[…]合作"),
    "李": ("李树", "李树"),
    "Bo Li": ("Ask Bo Li for it", "Ask […] for it"),
    "@anap": ("Write to @anap today, not to anap or x@anap.org", "Write to @[…] today, not to anap or x@anap.org"),
    "4471": ("Locker 4471, not 44711", "Locker […], not 44711"),
    "1998": ("Founded in 1998", "Founded in 1998"),
    "HIV": ("The HIV clinic, not Hiva or hiv", "The […] clinic, not Hiva or hiv"),
    "open": ("Open to all, in the open", "Open to all, in the open"),
}


@pytest.mark.parametrize("held", SHORT)
def test_a_short_own_value_is_looked_for_as_a_name_of_its_length_is(held):
    said, left = SHORT[held]
    declared = un.Extension("c", un.Person, {"value": str, "yes": bool}, sensitivity="personal")
    kept = organization("ngo", notes=(un.Note(text=said),), extra=un.Extra({"c": {"said": said}}))
    who = attrs.evolve(PERSON, extra=un.Extra({"c": {"value": held, "yes": False}}))
    register = un.Register(organizations=(kept,), persons=(who,), extensions=(declared,))
    for after in (view(register, "internal", DAY).register, erase(register, "p-1").register):
        assert after.organizations[0].extra.to_plain() == {"c": {"said": left}}
        assert after.organizations[0].notes[0].text == left


# -- lists -----------------------------------------------------------------------------------------------------------

SHEETS = {
    "no value of the type": (int, "Refuge;Sor Inés", {}),
    "a second value": (str, "Refuge;Sor Inés;Zoé", {"c": {"x": "Sor Inés"}}),
    "two readings": (un.PartialDate, "Refuge;03/04/2022", {}),
    "no choice": (("yes", "no"), "Refuge;Sor Inés", {}),
    "some of several": (tuple[int, ...], "Refuge;5 | Sor Inés", {"c": {"x": [5]}}),
}


@pytest.mark.parametrize("sensitivity", ["personal", "at_risk", "internal"])
@pytest.mark.parametrize("case", SHEETS)
def test_a_cell_that_does_not_fit_a_withheld_field_is_told_and_kept_nowhere(case, sensitivity):
    hint, rows, held = SHEETS[case]
    declared = un.Extension("c", un.Organization, {"x": hint}, sensitivity=sensitivity)
    listed = f"Name;extra.c.x;extra.c.x\n{rows}\nOther;1\n".encode()
    imported = un.import_bytes(listed, file="list.csv", extensions=[declared])
    refuge = next(one for one in imported.register.organizations if one.id == "refuge")
    column = rows.count(";") + 1
    told = [finding for finding in imported.report if finding.code == "IM029" and finding.line == 2]
    assert un.to_dict(refuge).get("extra", {}) == held
    if sensitivity == "internal":
        assert refuge.notes
        assert not told
    else:
        (finding,) = told
        assert not refuge.notes
        assert finding.message.startswith(f"{' ABC'[column]}2")
        assert "'extra.c.x' does not fit its own field" in finding.message
        fates = {(fate.place, fate.what) for fate in imported.cells if (fate.row, fate.column) == (2, column)}
        assert fates == {("finding", "IM029")}
