"""The table of forms, and what is called with it."""

import pytest

import untoc_network as un

from .conftest import ON


def test_every_form_has_its_media_type_and_suffixes_of_its_own():
    suffixes = [suffix for form in un.exchange.FORMS.values() for suffix in form.suffixes]
    assert len(suffixes) == len(set(suffixes))
    assert all("/" in form.media_type for form in un.exchange.FORMS.values())
    assert [form.name for form in un.exchange.FORMS.values() if form.reads] == ["calendar", "popolo"]
    assert [form.extra for form in un.exchange.FORMS.values() if form.extra] == ["ics"]


def test_files_are_written_and_read_by_their_suffix(tmp_path, register):
    report = un.exchange.write(register, tmp_path / "a.ics", on=ON)
    again, told = un.exchange.read_file(tmp_path / "a.ics")
    assert {one.code for one in report} == {"EX001", "EX002", "PR006"}
    assert "timed" in again
    assert {one.location.file for one in told} == {str(tmp_path / "a.ics")}
    un.exchange.write(register, tmp_path / "a.txt", on=ON, form="svg")
    assert (tmp_path / "a.txt").read_bytes().startswith(b"<svg")


def test_the_same_register_gives_the_same_bytes(register):
    for form in un.exchange.FORMS:
        assert un.exchange.export(register, form, on=ON).data == un.exchange.export(register, form, on=ON).data


@pytest.mark.parametrize(
    ("call", "error", "said"),
    [
        (
            lambda: un.exchange.export(un.Register(), "pdf", on=ON),
            un.UnsupportedFormat,
            "pdf: the form is not one of calendar, jsonld",
        ),
        (
            lambda: un.exchange.write(un.Register(), "a.pdf", on=ON),
            un.UnsupportedFormat,
            r"a.pdf: the suffix is not one of .dot, .geojson",
        ),
        (
            lambda: un.exchange.read_data(b"", "svg"),
            un.UnsupportedFormat,
            "svg can only be written; forms that can be read: calendar, popolo",
        ),
        (
            lambda: un.exchange.export(un.Register(), "svg", on="2026-11"),
            un.ImpossibleValue,
            "an export is made for a whole day",
        ),
        (
            lambda: un.exchange.export(un.Register(), "svg", on=ON, most=0),
            un.ImpossibleValue,
            "at least one of each kind",
        ),
        (
            lambda: un.exchange.export(un.Register(), "svg", on=ON, language="<b>"),
            un.ImpossibleValue,
            "a language is named by its tag",
        ),
    ],
)
def test_a_bad_call_is_an_exception(call, error, said):
    with pytest.raises(error, match=said):
        call()


@pytest.mark.parametrize("form", un.exchange.FORMS)
def test_what_no_file_can_carry_is_refused_by_record_and_field(form):
    register = un.Register(networks=(un.Network(id="net", name=un.Text(en="Net"), kind=un.NetworkKind.REGIONAL),))
    register["net"].name._wordings["en"] = "\ud83d"
    with pytest.raises(un.InvalidDocument, match=r"^networks\[0\].name of 'net': IO015 the text holds half"):
        un.exchange.export(register, form, on=ON)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            {"langauge": "es"},
            r"^langauge: export has no such argument; the arguments are register, form, on, language, ",
        ),
        ({"language": None}, "^language: expected text, got None"),
        ({"most": "3"}, "^most: expected a number, got a value of type str"),
        ({"previous": "text"}, "^previous: expected bytes or None, got a value of type str"),
        ({"view": "all"}, "^view: expected one of organization-network, "),
        ({"view": 3}, "^view: expected a GraphView or text, got a value of type int"),
        ({"on": None}, "^on: expected a PartialDate or a date or text, got None"),
    ],
)
def test_a_wish_that_cannot_be_is_refused_by_name(given, message):
    with pytest.raises(un.ImpossibleValue, match=message):
        un.exchange.export(un.example(), "svg", **({"on": ON} | given))


def test_a_view_may_be_given_by_its_value():
    by_name = un.exchange.export(un.example(), "svg", on=ON, view="organization-event")
    assert (
        by_name.data
        == un.exchange.export(un.example(), "svg", on=ON, view=un.exchange.GraphView.ORGANIZATION_EVENT).data
    )
