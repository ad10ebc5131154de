"""A document with faults is read as the thorough way reads it, which looks at nothing but what is faulty.

    python -m pytest tests/serializers/fast/test_sound_records.py --fuzz 300 --fuzz-seed 1

goes on for five minutes, which is some ten thousand documents.
"""

import copy
import json
import random
import time
from collections import Counter

import pytest
from tests.fuzz.mutator import mutate
from tests.profiles import portion

import untoc_network as un
from untoc_network.diagnostics.findings import Finding, Severity, to_pointer
from untoc_network.model.register import TABLES
from untoc_network.serializers.codecs import json_scanner
from untoc_network.serializers.codecs.json import reads
from untoc_network.serializers.codecs.json_scanner import scan_json
from untoc_network.serializers.fast import fast_json, sound_records
from untoc_network.serializers.source.limits import Limits
from untoc_network.serializers.structure import build_register as building, structuring
from untoc_network.serializers.structure.build_register import build_register
from untoc_network.serializers.structure.structuring import to_document
from untoc_network.testing import invented_register

LIMITS = (Limits(), Limits(), Limits(max_findings=3), Limits(max_findings=1), Limits(max_values=500))
ODD = (None, [], {}, "", " ", 0, 10**15, 1.0, 2, True, False, "x", "XA", "2022-03", "2022-02-30", "seen", ["x"], {"en": "x"}, "é")  # fmt: skip
INSERTED = ('"id": "x", ', '"kind":"ngo",', " ", "\\u003a", "1", ",", "\ud800", "\ufeff", "]", "}")
FIELDS = ("descripton", "at_risk", "kind", "sources", "name", "extra", "schema_version", "organizations")


def spots(value, path=()):
    yield path
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield from spots(part, (*path, key))


def value_at(document, path):
    for token in path:
        document = document[token]
    return document


def change(document, dice):
    """Make one more fault in a document, or none."""
    paths = [*spots(document)]
    *way, last = dice.choice(paths[1:])
    holder = value_at(document, way)
    match dice.randrange(5):
        case 0:
            holder[last] = copy.deepcopy(value_at(document, dice.choice(paths)))
        case 1 if len(paths) > 2:
            del holder[last]
        case 2 if isinstance(holder, dict):
            holder["x"] = holder.pop(last)
        case 3 if isinstance(holder, dict):
            holder[dice.choice(FIELDS)] = copy.deepcopy(dice.choice(ODD))
        case _:
            holder[last] = copy.deepcopy(dice.choice(ODD))


def mutants(seed):
    """Documents without end: sound ones, those with faults in their records, and those that are hardly JSON."""
    dice = random.Random(seed)
    known = [json.loads(un.dumps(register)) for register in (un.example(), invented_register(3))]
    texts = tuple(json.dumps(document, indent=indent).encode() for document in known for indent in (None, 2))
    while True:
        if dice.random() < 0.4:
            yield dice, mutate(dice.choice(texts), texts, dice)
            continue
        document = copy.deepcopy(dice.choice(known))
        for _ in range(dice.choice((0, 1, 1, 2, 5, 20))):
            change(document, dice)
        text = json.dumps(document, indent=dice.choice([None, 1, "\t"]), ensure_ascii=dice.random() < 0.5)
        if dice.random() < 0.3:
            at = dice.randint(0, len(text))
            text = text[:at] + dice.choice(INSERTED) + text[at:]
        yield dice, text.encode("utf-8", "surrogatepass")


def finding_at(path):
    where = un.Location(pointer=to_pointer(path))
    return Finding(code="X", slug="x", severity=Severity.ERROR, message="x", location=where)


def read_thoroughly(data, limits):
    """What the thorough way comes to alone: no part of a record is read the short way, and each is tried to the end."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(structuring, "convert_plain", lambda *_: None)
        patch.setattr(building, "convert_plain", lambda *_, **__: None)
        patch.setattr(building.RecordReader, "convert", lambda *_: None)
        patch.setattr(
            building, "_can_do_without", lambda _, found, path: all(len(one.drop) > len(path) for one in found)
        )
        return build_register(scan_json(data, limits), "x.json")


def agree(data, limits, dice):
    """Whether both ways come to the same objects, findings and places."""
    register, report = reads(data, file="x.json", limits=limits)
    thorough, told = read_thoroughly(data, limits)
    assert register == thorough
    assert report == told
    if register is not None:
        paths = [*spots(to_document(register))]
        asked = [finding_at(path) for path in [(), ("zz",), *dice.sample(paths, min(len(paths), 15))]]
        places = [told.origin.locate(one) for one in asked]
        assert [report.origin.locate(one) for one in asked] == places
        if dice.random() < 0.05:
            assert [report.origin.without_text().locate(one) for one in asked] == places


def test_both_ways_agree_on_mutated_documents(request, record_property):
    seconds, seed = request.config.getoption("fuzz"), request.config.getoption("fuzz_seed")
    started, tried = time.monotonic(), 0
    for dice, data in mutants(seed):
        agree(data, dice.choice(LIMITS), dice)
        tried += 1
        if time.monotonic() - started > seconds if seconds else tried >= portion(300):
            break
    record_property("inputs", tried)


@pytest.mark.parametrize("gaps", [("", ", ", ", "), (" ", ",", "\n\n, "), ("\n", " ,\t", ",")])
@pytest.mark.parametrize("name", ["A", "Ñandú 😀"])
def test_records_stand_where_they_stand_however_far_apart(gaps, name):
    sound = ({"id": one, "name": {"es": name}, "kind": "ngo"} for one in "abc")
    texts = [json.dumps(one, ensure_ascii=False) for one in (*sound, {"id": "d"})]
    for order in (texts, texts[::-1]):
        listed = "".join(part for pair in zip((*gaps, ","), order, strict=True) for part in pair)
        agree(f'{{"schema_version": 1, "organizations": [{listed}]}}'.encode(), Limits(), random.Random(1))


# -- what is looked at, and how often ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def thousand():
    return json.loads(un.dumps(invented_register(1_000)))


def is_record(path):
    return len(path) == 2 and path[0] in TABLES


@pytest.fixture
def looked_at(monkeypatch):
    """What the thorough way scans and reads of a document, and how often the bytes are gone through."""
    seen = Counter()

    def count(holder, name, key):
        call = getattr(holder, name)

        def counted(self, *given, **named):
            told = key(self, *given)
            if told is not None:
                seen[told] += 1
            return call(self, *given, **named)

        monkeypatch.setattr(holder, name, counted)

    count(json_scanner._JsonScanner, "_scan_value", lambda self, _: "scanned" if is_record(self.path) else None)
    count(building._RecordReader, "_salvage_object", lambda _, cls, *__: "read" if cls is not un.Register else None)
    count(fast_json.Decoder, "decode", lambda self, *_: "whole" if self._cls is un.Register else None)
    count(sound_records, "_split_list", lambda *_: "split")
    return seen


FAULTS = {
    "a misspelt key": lambda record: record.update(descripton="x"),
    "a wrong date": lambda record: record.update(founded="2022-02-30"),
    "an unknown value": lambda record: record.update(kind="ngos"),
    "a bad id": lambda record: record.update(id="BAD"),
    "a null": lambda record: record.update(seat=None),
    "a huge number": lambda record: record.update(members=10**30),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_of_a_thousand_records_the_thorough_way_looks_at_the_faulty_one(fault, thousand, looked_at):
    document = copy.copy(thousand)
    document["organizations"] = [*document["organizations"]]
    faulty = document["organizations"][500] = dict(document["organizations"][500])
    FAULTS[fault](faulty)
    _, report = un.reads(json.dumps(document))
    assert [finding.path[:2] for finding in report] == [("organizations", 500)]
    lists = sum(isinstance(part, list) for part in document.values())
    assert looked_at == {"scanned": 1, "read": 1, "whole": 1, "split": lists}


DOUBLED = '{"schema_version": 1, %s}'


@pytest.mark.parametrize(
    ("text", "code", "scanned"),
    [
        ('"persons": [{"id": "a", "name": "A", "name": "B"}], "organizations": %s', "IO007", 1),
        ('"organizations": [{"id": "a"}], "organizations": %s', "IO007", 1),
        ('"organizations": %s, "organizations": [{}]', "IO007", 1),
        ('"unknown": {"id": 1}, "organizations": %s', "IO002", 0),
        ('"organizations": %s, "persons": [{"id" 1}]', "IO012", 1),
        ('"persons": [{"id": "a"}, {"id": "b"} {}], "organizations": %s', "IO012", 1),
        ('"organizations": %s, "persons": [', "IO012", 1),
    ],
)
def test_faults_of_the_whole_leave_sound_records_alone(text, code, scanned, thousand, looked_at):
    data = DOUBLED % text % json.dumps(thousand["organizations"][:100])
    register, report = un.reads(data)
    assert code in {finding.code for finding in report}
    assert looked_at["scanned"] <= scanned + 2
    assert (register, report) == build_register(scan_json(data.encode(), Limits.large()), None)


def test_a_record_is_scanned_once_for_all_that_is_found_in_it(thousand, monkeypatch):
    _, report = un.reads(json.dumps(thousand))
    scanned = Counter()
    scan = json_scanner._JsonScanner._scan_alone
    monkeypatch.setattr(
        json_scanner._JsonScanner,
        "_scan_alone",
        lambda self, offset: (scanned.update([offset]), scan(self, offset))[1],
    )
    found = un.Report(
        finding_at(("organizations", number, field)) for number in (7, 700) for field in ("id", "name", "kind")
    )
    assert len(report.merge(found)) == 6
    assert sorted(scanned.values()) == [1, 1]


def test_defaults_that_are_written_out_in_each_record_are_read_the_short_way(thousand, looked_at):
    document = thousand | {"organizations": [one | {"at_risk": False} for one in thousand["organizations"][:100]]}
    register, report = un.reads(json.dumps(document))
    assert report == un.Report()
    assert looked_at["scanned"] == looked_at["read"] == 0
    assert len(register.organizations) == 100


def test_an_earlier_version_of_the_form_is_left_to_those_who_migrate_it(looked_at):
    document = json.loads(un.dumps(invented_register(2))) | {"schema_version": 0}
    assert [finding.code for finding in un.reads(json.dumps(document))[1]] == ["IO011"]
    assert looked_at["scanned"] == sum(len(part) for part in document.values() if isinstance(part, list))


def test_what_is_nested_too_deep_or_broken_all_over_is_left_to_the_thorough_way():
    deep = DOUBLED % ('"organizations": [' + "[" * 100_000)
    broken = DOUBLED % ('"organizations": [{"id": "a"}, ' + '{"a": ' * 50 + "1 1" + "}" * 50 + "]")
    text_first = DOUBLED % ('"organizations": [' + '"}",' * 50 + "x")
    for data in (deep, broken, text_first):
        assert un.reads(data) == build_register(scan_json(data.encode(), Limits()), None)
    assert sound_records._split_list(text_first.encode(), text_first.index("[")) == []
