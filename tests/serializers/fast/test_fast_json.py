"""The short way of reading and writing comes to what the thorough way comes to, or leaves it to that."""

import copy
import json
import random
import sys
import traceback
import warnings

import attrs
import msgspec
import pytest
from hypothesis import example, given, strategies as st
from tests.profiles import tries

import untoc_network as un
from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.diagnostics.findings import Finding, Severity, to_pointer
from untoc_network.model.field_codes import list_model_classes
from untoc_network.model.register import COLLECTIONS, TABLES
from untoc_network.model.traversal import collect_values
from untoc_network.serializers.codecs import ndjson, ndjson_lines
from untoc_network.serializers.codecs.json_scanner import scan_json
from untoc_network.serializers.fast import code_generation, fast_json as compiled
from untoc_network.serializers.fast.code_generation import make_open_twin
from untoc_network.serializers.fast.fast_json import (
    Decoder,
    LineDecoder,
    RecordReader,
    decode_json,
    encode_json,
    make_reading_cache,
)
from untoc_network.serializers.source.limits import Limits
from untoc_network.serializers.structure.build_register import build_register
from untoc_network.serializers.structure.structuring import to_plain
from untoc_network.testing import invented_register, registers
from untoc_network.values import self_checked_classes
from untoc_network.values.fields import fields_of

LIMITS = Limits()
SAMPLE = json.loads(un.dumps(invented_register(2)))
ODD = st.sampled_from(
    [None, [], {}, "", " ", 0, -1, 10**15, 1.0, True, "x", "XA", "2022-03", "seen", ["x"], {"en": "x"}]
)


def thorough(data):
    return build_register(scan_json(data, LIMITS), None)


def short(data):
    return decode_json(data, un.Register, LIMITS)


def canonical(register):
    """What the thorough way writes."""
    document = to_plain(register) | {"schema_version": 1}
    return (json.dumps(document, ensure_ascii=False, sort_keys=True, indent=2) + "\n").encode()


def agree(data):
    """Whether the short way took it; where it did, the other must come to the same and have nothing to say."""
    register = short(data)
    if register is not None:
        other, report = thorough(data)
        assert register == other
        assert list(report) == []
        assert un.dumps(register) == un.dumps(other)
    return register is not None


def spots(value, path=()):
    yield path
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield from spots(part, (*path, key))


def holder_of(document, path):
    for token in path[:-1]:
        document = document[token]
    return document


@st.composite
def nearly_sound(draw):
    document = copy.deepcopy(SAMPLE)
    for _ in range(draw(st.integers(0, 2))):
        path = draw(st.sampled_from([one for one in spots(document) if one]))
        holder = holder_of(document, path)
        change = draw(st.sampled_from(["replace", "remove", "add", "rename"]))
        if change == "replace":
            holder[path[-1]] = draw(ODD)
        elif change == "remove" or isinstance(holder, list):
            del holder[path[-1]]
        elif change == "add":
            holder[draw(st.sampled_from(["x", "at_risk", "sources", "ending", "certainty", "claims"]))] = draw(ODD)
        else:
            holder["x"] = holder.pop(path[-1])
    text = json.dumps(document, indent=draw(st.sampled_from([None, 2, "\t"])), ensure_ascii=draw(st.booleans()))
    if draw(st.booleans()):
        at = draw(st.integers(0, len(text)))
        text = (
            text[:at]
            + draw(st.sampled_from(['"id": "x", ', "1", " ", "\\u0041", ",", '"kind": "ngo",', "0"]))
            + text[at:]
        )
    return text.encode()


@given(nearly_sound())
@tries(120)
def test_both_ways_come_to_the_same_on_what_is_nearly_sound(data):
    agree(data)


@given(registers(most=1), st.sampled_from([None, 1, "\t"]), st.booleans())
@tries(10)
def test_sound_documents_go_the_short_way_whatever_their_layout(register, indent, escaped):
    document = json.loads(un.dumps(register))
    loose = json.dumps(dict(reversed(document.items())), indent=indent, ensure_ascii=escaped)
    for data in (un.dumps(register), loose.encode()):
        assert agree(data) or len(thorough(data)[1])


@given(registers(most=1))
@tries(10)
def test_both_ways_write_the_same_bytes(register):
    assert un.dumps(register) == canonical(register)


EN = '{"schema_version":1,"sources":[{"id":"x","title":{"en":"%s"},"kind":"report"}]}'


@pytest.mark.parametrize(
    "text",
    [
        '{"schema_version":1,"schema_version":1}',
        '{"schema_version":1,"x":2}',
        '{"schema_version":2}',
        '{"schema_version":1.0}',
        '{"schema_version":1e0}',
        "{}",
        "[]",
        '{"schema_version":1,"title":null}',
        '{"schema_version":1,"title":{}}',
        '{"schema_version":1,"title":{"en":"a","en":"b"}}',
        '{"schema_version":1,"title":{"en":"a","en":":"}}',
        '{"schema_version":1,"title":{"en":"\\u003a","en":"\\u003A"}}',
        '{"schema_version":1,"title":{"en":"\\u003A"},"title":{"en":"\\u003a:"}}',
        '{"schema_version":1,"title":{"english":"a"}}',
        '{"schema_version":1,"as_of":"2022-W13-1"}',
        '{"schema_version":1,"as_of":"2022-02-30"}',
        '{"schema_version":1,"events":[]}',
        '{"schema_version":1,"events":[{"id":"x","name":{"en":"x"},"kind":"workshop","stated_days":1000000000000000}]}',
        '{"schema_version":1,"events":[{"id":"x","name":{"en":"x"},"kind":"workshop","stated_days":2.0}]}',
        '{"schema_version":1,"events":[{"id":"x","name":{"en":"x"},"kind":"workshop","starts_at":"2022-05-06T10:00"}]}',
        '{"schema_version":1,"organizations":[{"id":"x","name":{"en":"x"},"kind":"ngo","seat":{}}]}',
        '{"schema_version":1,"organizations":[{"id":"X","name":{"en":"x"},"kind":"ngo"}]}',
        '{"schema_version":1,"organizations":[{"id":"x\\n","name":{"en":"x"},"kind":"ngo"}]}',
        '{"schema_version":1,"organizations":[{"id":"x\\ny","name":{"en":"x"},"kind":"ngo"}]}',
        '{"schema_version":1,"organizations":[{"id":"","name":{"en":"x"},"kind":"ngo"}]}',
        '{"schema_version":1,"organizations":[{"id":"%s","name":{"en":"x"},"kind":"ngo"}]}' % ("x" * 101),
        '{"schema_version":1,"organizations":[{"id":"x","name":{"en":"x"},"kind":"ngo","parent_id":"X"}]}',
        '{"schema_version":1,"memberships":[{"id":"x","network_id":"n","organization_id":"o","period":{"start":"2022","end":"2021"}}]}',
        EN % "\\ud800",
        EN % "\x01",
        "[" * 100_000,
        EN % "x" + "x",
    ],
)
def test_what_deserves_a_word_goes_the_thorough_way(text):
    register, report = thorough(text.encode("utf-8", "surrogatepass"))
    assert len(report) or register is None
    assert short(text.encode("utf-8", "surrogatepass")) is None


@pytest.mark.parametrize(
    "text",
    [
        EN % "\\u00e9\\/\\n",
        EN % "\\u003a",
        EN % "a:b\\u002c",
        EN % "é\x7f",
        EN.replace('"kind"', '"kind" ') % "x",
        EN % "x" + "\n",
    ],
)
def test_what_is_merely_written_otherwise_goes_the_short_way(text):
    assert agree(text.encode())


def test_a_byte_order_mark_and_a_default_that_is_written_out_change_nothing():
    text = b'{"schema_version":1,"organizations":[{"id":"x","name":{"en":"x"},"kind":"ngo","at_risk":false}]}'
    assert agree(text)
    assert un.loads(b"\xef\xbb\xbf" + text) == un.loads(text)


def test_a_depth_that_a_register_may_have_is_judged_by_the_thorough_way():
    assert decode_json(un.dumps(invented_register(1)), un.Register, Limits(max_depth=3)) is None
    assert not un.reads(un.dumps(invented_register(1)), limits=Limits(max_depth=3))[1].ok


def test_what_is_read_again_and_again_is_kept_once():
    register = un.loads(un.dumps(invented_register(3)))
    first, second, _ = register.organizations
    assert first.sources is second.sources


def test_an_object_of_every_class_can_be_made_open_and_then_be_frozen(subtests):
    tried = {*code_generation._list_document_classes(self_checked_classes.SelfChecked)}
    for cls in [cls for cls in list_model_classes() if cls is not un.Register]:
        with subtests.test(cls.__name__):
            made = object.__new__(make_open_twin(cls))
            for shape in fields_of(cls):
                setattr(made, shape.name, None)
            made.__class__ = cls
            assert type(made) is cls
            assert cls in tried
            with pytest.raises(attrs.exceptions.FrozenInstanceError):
                setattr(made, fields_of(cls)[0].name, 1)


def test_equal_redirects_are_still_two():
    text = '{"schema_version":1,"redirects":[{"old_id":"a","new_id":"b"},{"old_id":"a","new_id":"b"}]}'
    first, second = un.loads(text).redirects
    assert first is not second


# -- where the short way does not serve, and values that it does not write ---------------------------------------------


def test_on_every_platform_that_is_supported_the_short_way_serves():
    # Were this to fail, all would still come out the same, and take several times as long.
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert compiled.is_usable.__wrapped__()


def twin(cls, slots, setter):
    fields = {"__module__": cls.__module__, "__slots__": slots, "__setattr__": setter}
    return type(cls.__name__, (cls.__base__,), fields)


def of_another_layout(cls):
    return twin(cls, (*cls.__slots__, "more"), object.__setattr__)


def that_forgets(cls):
    return twin(
        cls,
        cls.__slots__,
        lambda self, name, value: object.__setattr__(self, name, None if name != "__class__" else value),
    )


def the_layout_is_another(monkeypatch):
    monkeypatch.setattr(code_generation, "make_open_twin", of_another_layout)


def nothing_is_kept(monkeypatch):
    monkeypatch.setattr(code_generation, "make_open_twin", that_forgets)


def msgspec_is_gone(monkeypatch):
    monkeypatch.setitem(sys.modules, "msgspec", None)


def msgspec_writes_otherwise(monkeypatch):
    encode = msgspec.json.encode
    monkeypatch.setattr(msgspec.json, "encode", lambda value: encode(value).replace(b"\xc3\xa9", b"\\u00e9"))


def msgspec_takes_empty_lists(monkeypatch):
    strict = msgspec.json.Decoder

    class Lenient:
        def __init__(self, kind):
            self.strict = strict(kind)

        def decode(self, data):
            return self.strict.decode(data.replace(b'"organizations":[],', b""))

    monkeypatch.setattr(msgspec.json, "Decoder", Lenient)
    compiled._make_decoder.cache_clear()


FAILING = {
    the_layout_is_another: "TypeError: __class__ assignment: .* object layout differs",
    nothing_is_kept: "TypeError: .*: what became an object of it does not hold what it was filled with",
    msgspec_is_gone: "ModuleNotFoundError: ",
    msgspec_writes_otherwise: "TypeError: msgspec reads or writes otherwise than it is known to",
    msgspec_takes_empty_lists: r'TypeError: msgspec takes \{"organizations":\[\],"schema_version":1\}',
}


@pytest.fixture
def restored():
    """A patch after which nothing remembers what it patched."""
    with pytest.MonkeyPatch.context() as patch:
        yield patch
    for kept in (compiled.is_usable, compiled._make_decoder):
        kept.cache_clear()


@pytest.mark.parametrize(("fail", "said"), FAILING.items(), ids=lambda one: getattr(one, "__name__", ""))
def test_where_the_short_way_does_not_serve_it_says_so_once_and_all_is_the_same(fail, said, restored):
    register = invented_register(3)
    quickly = un.dumps(register)
    lines = ndjson.dumps(register)
    line = lines.splitlines()[1]
    assert ndjson_lines.make_compiled_line_reader(1, LIMITS)(line) is not None
    fail(restored)
    compiled.is_usable.cache_clear()
    with pytest.warns(RuntimeWarning, match=f"several times slower.*: {said}") as heard:
        read = un.loads(quickly)
    assert len(heard) == 1
    assert read == register
    assert un.dumps(read) == quickly
    assert ndjson.dumps(read) == lines
    assert short(quickly) is None
    assert encode_json(register) is None
    assert ndjson_lines.make_compiled_line_reader(1, LIMITS)(line) is None


@pytest.mark.parametrize("version", [2, True, 1.0])
def test_lines_of_another_version_go_the_thorough_way(version):
    assert ndjson_lines.make_compiled_line_reader(version, LIMITS)(b'{"collection":"sources","record":{}}') is None


def test_a_table_is_written_the_same_however_many_records_it_has():
    register = invented_register(150)
    assert un.dumps(register) == canonical(register)


# -- what is generated shows its code ----------------------------------------------------------------------------------


def traceback_of(call):
    with pytest.raises(AttributeError) as raised:
        call()
    return "".join(traceback.format_exception(raised.value))


@pytest.mark.parametrize(
    ("call", "line"),
    [
        (lambda: code_generation.compile_readers()[un.Source](None, make_reading_cache()), "y.id = k["),
        (lambda: code_generation.compile_writers()[un.Source](None, {}), "v = x.id; d['id'] = v"),
        (lambda: self_checked_classes._compile_check(un.Source)(None), "if not ("),
        (lambda: collect_values([None], un.Source, un.Text), "add(x1.title)"),
    ],
    ids=["readers", "writers", "checks", "gatherers"],
)
def test_what_is_generated_shows_its_code_in_tracebacks(call, line):
    told = traceback_of(call)
    assert 'File "<untoc_network: ' in told
    assert line in told


def test_half_a_surrogate_pair_is_refused_on_writing():
    with pytest.raises(ImpossibleValue, match="half of a surrogate pair"):
        un.dumps(un.Register(title=un.Text(en="\ud800")))


def test_what_is_no_part_of_the_model_goes_the_thorough_way():
    assert encode_json(object()) is None


def test_a_decoder_reads_records_too():
    (source,) = invented_register(1).sources
    assert Decoder(un.Source, LIMITS).read(encode_json(source)) == source


# -- places -----------------------------------------------------------------------------------------------------------


def finding_at(pointer):
    return Finding(code="X", slug="x", severity=Severity.ERROR, message="x", location=un.Location(pointer=pointer))


def shuffled(document, seed):
    order = random.Random(seed)
    mixed = {
        name: (order.sample(value, len(value)) if isinstance(value, list) else value)
        for name, value in document.items()
    }
    return dict(order.sample([*mixed.items()], len(mixed)))


@given(st.integers(0, 9), st.sampled_from([None, 1, "\t"]), st.sampled_from(["", "\n \n", "\ufeff"]), st.randoms())
@example(0, None, "", random.Random(0))
@tries(15)
def test_places_are_those_of_the_thorough_way(seed, indent, before, chosen):
    document = shuffled(json.loads(un.dumps(un.example())) | {"redirects": [{"old_id": "zz", "new_id": "aa"}]}, seed)
    data = (before + json.dumps(document, indent=indent, ensure_ascii=False)).encode()
    register, report = un.reads(data, file="x.json")
    _, explained = build_register(scan_json(data, LIMITS), "x.json")
    assert type(report.origin).__name__ == "LazyLocator"
    canonical = json.loads(un.dumps(register))
    paths = [*spots(canonical)]
    for path in [(), ("title",), ("nothing",), *chosen.sample(paths, 12)]:
        finding = finding_at("".join(f"/{token}" for token in path))
        assert report.origin.locate(finding) == explained.origin.locate(finding)


def test_places_of_what_was_found_are_the_same_on_both_ways():
    text = json.dumps(
        {
            "schema_version": 1,
            "organizations": [{"id": f"x-{number}", "name": {"en": " "}, "kind": "ngo"} for number in (3, 1, 2)],
        },
        indent=1,
    )
    register, report = un.reads(text)
    _, explained = thorough(text.encode())
    found = un.validate(register)
    assert len(found) > 3
    assert report.merge(found) == explained.merge(found)
    assert set(COLLECTIONS)


@given(st.integers(0, 4))
def test_more_values_than_the_limit_are_refused_on_both_ways(organizations):
    register = invented_register(organizations)
    data = un.dumps(register)
    values = sum(1 + isinstance(part, dict | list) for part in parts_of(json.loads(data)))
    enough, too_few = Limits(max_values=values), Limits(max_values=values - 1)
    for way in (
        lambda limits: un.reads(data, limits=limits),
        lambda limits: build_register(scan_json(data, limits), None),
    ):
        assert way(enough) == (register, un.Report())
        refused, report = way(too_few)
        assert refused is None
        assert [finding.code for finding in report] == ["IO030"]
    assert decode_json(data, un.Register, too_few) is None


def parts_of(value):
    yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from parts_of(part)


def test_a_line_with_more_values_than_the_limit_goes_the_thorough_way():
    record = invented_register(1).organizations[0]
    line = ndjson.format_record_line("organizations", record).rstrip()
    assert LineDecoder(Limits()).read(line) == ("organizations", record)
    assert LineDecoder(Limits(max_values=1)).read(line) is None


def test_a_line_is_the_same_without_compiled_code(monkeypatch):
    record = invented_register(1).organizations[0]
    line = ndjson.format_record_line("organizations", record)
    monkeypatch.setattr(ndjson, "encode_json", lambda _: None)
    assert ndjson.format_record_line("organizations", record) == line


def test_what_is_known_is_forgotten_when_it_grows_too_large_and_nothing_else_changes():
    register = invented_register(3)
    assert Decoder(un.Register, LIMITS, make_reading_cache(most=1)).read(un.dumps(register)) == register


# -- records read one by one, and documents that hold some -------------------------------------------------------------


def test_records_are_read_one_by_one_from_json_and_from_plain_values():
    register = invented_register(2)
    reader = RecordReader(LIMITS)
    for collection in TABLES:
        for record in getattr(register, collection):
            assert reader.read(collection, encode_json(record)) == record
            assert reader.convert(collection, to_plain(record)) == record
    assert reader.read("organizations", b'{"id":"x","kind":"ngos","name":{"en":"X"}}') is None
    assert reader.read("nothing", b"{}") is None
    assert reader.convert("organizations", {"id": "x", "kind": "ngo", "name": {}}) is None
    shallow = RecordReader(Limits(max_depth=3))
    assert shallow.read("sources", encode_json(register.sources[0])) is None
    assert shallow.convert("sources", to_plain(register.sources[0])) is None
    assert shallow.read_all("sources", [b"{}"]) == shallow.build_all("sources", (None,)) == [None]


def test_what_was_made_before_a_fault_is_not_made_again():
    document = json.loads(un.dumps(invented_register(3)))
    document["organizations"][1]["founded"] = "2020-13"
    decoder = Decoder(un.Register, LIMITS)
    struct = decoder.decode(json.dumps(document).encode())
    with pytest.raises(compiled.REFUSALS):
        decoder.build(struct)
    made = struct.organizations[0]
    assert made == invented_register(3).organizations[0]
    first, faulty, last = RecordReader(LIMITS).build_all("organizations", struct.organizations)
    assert (first is made, faulty, last) == (True, None, invented_register(3).organizations[2])


def test_a_document_may_hold_records_that_were_read_already():
    document = json.loads(un.dumps(invented_register(3)))
    document["organizations"][1]["kind"] = "ngos"
    document["organizations"].reverse()
    data = json.dumps(document).encode()
    register, report = thorough(data)
    scanned = scan_json(data, LIMITS)
    reader = RecordReader(LIMITS)
    for name in TABLES:
        records = scanned.document.get(name, [])
        records[:] = [reader.convert(name, one) or one for one in records]
    again, told = build_register(scanned, None)
    assert (again, told) == (register, report)
    assert [finding.code for finding in report] == ["IO003"]
    lost = 0
    for path in spots(json.loads(un.dumps(register))):
        finding = finding_at(to_pointer(path))
        here, there = (one.origin.locate(finding) for one in (report, told))
        assert (here is None) == (there is None)
        assert here is None or here.path == there.path
        lost += here is None
    assert lost
