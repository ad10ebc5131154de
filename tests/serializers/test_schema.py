"""The form of a register as JSON Schema: what it accepts, what it refuses, and that it is current."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, strategies as st
from tests.profiles import tries

import untoc_network as un
from untoc_network.cli.main import main
from untoc_network.model.register import COLLECTION_OF, COLLECTIONS
from untoc_network.serializers.schema import openapi_schemas, register_schema, schema_text
from untoc_network.testing import objects, registers
from untoc_network.values.fields import fields_of

ROOT = Path(__file__).parents[2]
SCHEMA = register_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def errors(document):
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in VALIDATOR.iter_errors(document)]


def test_it_is_a_schema_and_the_committed_one_is_current():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert (ROOT / "docs" / "_static" / "register.schema.json").read_text(encoding="utf-8") == schema_text()


@pytest.mark.parametrize("name", ["americas-2022", "mechanism-2024"])
def test_it_accepts_the_real_registers(name):
    assert errors(json.loads((ROOT / "examples" / f"{name}.json").read_bytes())) == []


@given(registers(most=1))
@tries(20)
def test_it_accepts_whatever_the_library_writes(register):
    assert errors(json.loads(un.dumps(register))) == []


@pytest.mark.parametrize(
    "example", ["misspelt-field", "invalid-kind", "missing-field", "null", "wrong-type", "no-offset", "impossible-date"]
)
def test_it_refuses_what_the_reader_refuses_in_the_same_place(example):
    text = (ROOT / "examples" / "broken" / f"{example}.json").read_bytes()
    (finding,) = un.reads(text)[1]
    (error,) = VALIDATOR.iter_errors(json.loads(text))
    place = "".join(f"/{token}" for token in error.absolute_path)
    assert finding.pointer.startswith(place)
    assert finding.pointer.count("/") - place.count("/") <= 1


def test_every_field_is_there_with_its_label_description_and_sensitivity():
    classes = {"Register": un.Register} | {
        name: getattr(un, name) for name, schema in SCHEMA["$defs"].items() if "properties" in schema
    }
    for name, cls in classes.items():
        schema = SCHEMA if name == "Register" else SCHEMA["$defs"][name]
        assert [one for one in schema["properties"] if one != "$schema"] == [shape.name for shape in fields_of(cls)]
        for shape in fields_of(cls):
            field = schema["properties"][shape.name]
            assert field["title"] == shape.label
            assert field["description"].startswith(shape.description)
            assert field["x-sensitivity"] == shape.sensitivity


def test_references_say_where_they_lead():
    fields = SCHEMA["$defs"]["Membership"]["properties"]
    assert fields["network_id"]["description"] == "The network. The id of a record in `networks`."
    assert SCHEMA["$defs"]["Contribution"]["properties"]["target_id"]["description"].endswith("in any record.")


def walk(schema):
    yield schema
    for below in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from walk(below)


def test_every_enumeration_and_form_of_text_is_defined_once_under_the_name_of_the_library():
    fields = [field for one in SCHEMA["$defs"].values() for field in one.get("properties", {}).values()]
    assert not [
        one for field in fields for one in walk(field) if isinstance(one, dict) and {"enum", "pattern"} & set(one)
    ]
    assert SCHEMA["$defs"]["OrganizationKind"]["enum"] == list(un.OrganizationKind)
    assert SCHEMA["$defs"]["Organization"]["properties"]["countries"]["items"] == {"$ref": "#/$defs/CountryCode"}
    assert all(hasattr(un, name) for name in SCHEMA["$defs"])


def test_the_schemas_for_openapi_are_the_same_under_their_own_references():
    schemas = openapi_schemas()
    assert {one["$ref"] for one in walk(schemas) if isinstance(one, dict) and "$ref" in one} <= {
        f"#/components/schemas/{name}" for name in schemas
    }
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+", name) for name in schemas)
    register = schemas.pop("Register")
    same = json.loads(json.dumps([register, schemas]).replace("#/components/schemas/", "#/$defs/"))
    assert same == [{key: SCHEMA[key] for key in register}, SCHEMA["$defs"]]


def test_an_empty_register_is_one_and_another_version_is_none():
    assert errors({"schema_version": 1}) == []
    assert errors({}) == [": 'schema_version' is a required property"]
    assert errors({"schema_version": 2}) == ["schema_version: 1 was expected"]


def test_the_command_prints_or_writes_it(capsys, tmp_path):
    assert main(["schema"]) == 0
    assert capsys.readouterr().out == schema_text()
    assert main(["schema", "-o", str(tmp_path / "s.json")]) == 0
    assert (tmp_path / "s.json").read_text(encoding="utf-8") == schema_text()


@pytest.mark.parametrize("cls", COLLECTIONS.values(), ids=lambda cls: cls.__name__)
def test_the_schema_of_a_record_names_enumerations_and_plain_types(cls):
    schema = un.record_schema(cls)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert (schema["title"], schema["$schema"]) == (cls.__name__, SCHEMA["$schema"])
    assert all(schema["$defs"][name] == SCHEMA["$defs"][name] for name in schema["$defs"])
    assert schema["properties"] == SCHEMA["$defs"][cls.__name__]["properties"]
    assert cls.__name__ not in schema["$defs"]


@given(st.sampled_from([*COLLECTIONS.values()]).flatmap(objects))
@tries(30)
def test_the_schema_of_a_record_accepts_it_as_that_of_a_register_does(record):
    plain = un.to_dict(record)
    validator = jsonschema.Draft202012Validator(un.record_schema(type(record)))
    name = COLLECTION_OF[type(record)]
    assert validator.is_valid(plain) == VALIDATOR.is_valid({"schema_version": 1, name: [plain]})
    assert not validator.is_valid({**plain, "unknown": 1})


def test_the_schema_of_what_is_no_record_is_refused():
    with pytest.raises(un.ImpossibleValue, match="^cls: expected a class of records, such as Organization, got Place$"):
        un.record_schema(un.Place)
