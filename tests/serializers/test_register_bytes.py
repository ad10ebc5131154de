"""Registers in memory, in every form that is one file."""

import pytest
from hypothesis import given, strategies as st
from tests.profiles import tries

import untoc_network as un
from untoc_network.serializers.registry import REGISTER_FORMATS
from untoc_network.testing import registers

FORMS = [name for name, form in REGISTER_FORMATS.items() if form.files is None]


@pytest.mark.unmeasured
@given(st.sampled_from(FORMS), registers(most=1))
@tries(40)
def test_a_register_comes_back_from_the_bytes_of_every_form(form, register):
    data = un.dumps(register, form=form)
    read, report = un.reads(data, form=form)
    assert (read, report.ok) == (register, True)
    assert un.loads(data, form=form) == register
    assert un.dumps(read, form=form) == data


@pytest.mark.parametrize("form", FORMS)
def test_bytes_are_those_of_a_file(form, tmp_path):
    path = tmp_path / "register.none"
    un.dump(un.example(), path, form=form)
    assert un.dumps(un.example(), form=form) == path.read_bytes()


def test_findings_name_the_input_where_it_has_a_name_and_lines_in_every_form():
    for form, line in (("json", 1), ("yaml", 1), ("ndjson", 1)):
        register, report = un.reads('{"schema_version": 7}', form=form, file="body")
        assert register is None
        assert [(one.code, one.line, one.location.file) for one in report] == [("IO011", line, "body")]
        with pytest.raises(un.InvalidDocument, match="^line 1: IO011 "):
            un.loads('{"schema_version": 7}', form=form)


@pytest.mark.parametrize("form", ["yaml-folder", "csv-folder", "xlsx", "", None, 3])
def test_a_form_that_is_none_or_a_folder_is_refused_by_name(form):
    for call in (
        lambda: un.reads(b"", form=form),
        lambda: un.dumps(un.Register(), form=form),
        lambda: un.loads("", form=form),
    ):
        with pytest.raises(
            un.UnsupportedFormat if isinstance(form, str) else un.ImpossibleValue, match=f"{form}|folder|form"
        ):
            call()
