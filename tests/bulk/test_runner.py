"""Checking in a stream finds what reading and validating finds, in the same order, whatever the parts and jobs."""

import gc
import json
import multiprocessing
import pickle
import tracemalloc
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial

import attrs
import pytest
from hypothesis import HealthCheck, Phase, given, strategies as st
from tests.profiles import some, tries

import untoc_network as un
from untoc_network.app import check_files as command
from untoc_network.bulk import finding_spool, record_stream, runner
from untoc_network.bulk.comparison_needs import compares_records, needs_whole_records, project_record
from untoc_network.bulk.cross_record_check import CrossRecordCheck, _to_projected_register
from untoc_network.bulk.part_check import split_file
from untoc_network.cli.main import main
from untoc_network.model.register import COLLECTIONS, TABLES as LISTS, Register
from untoc_network.rules import engine
from untoc_network.rules.catalogue import catalogue, get_rule
from untoc_network.rules.rule import Context
from untoc_network.serializers.fast import fast_json as compiled
from untoc_network.testing import invented_register
from untoc_network.testing.model_strategies import registers
from untoc_network.values.dates import PartialDate

ON = "2026-11-24"
FRAME = '{"schema_version":1,"title":{"en":"x"}}'
TROUBLE = (
    "",
    "",
    '{"x',
    '{"collection":"persons","record":{"id":"lost-one"}}',
    '{"collection":"organizations","record":{"id":"null-one","name":{"en":"x"},"kind":"ngo","seat":null,"x":2}}',
    '{"collection":"organizations","record":{"id":"unit","name":{"en":"x"},"kind":"unit","parent_id":"lost-one"}}',
    '{"collection": "organizations","record":{"id":"loose","name":{"en":"x"},"kind":"ngo"}}',
    '{"collection":"organizations","record":{"id":"no-list","name":{"en":"x"},"kind":"ngo","sources":5}}',
    '{"collection":"nothing","record":{}}',
)


def failing_examples():
    """Every record of every example of the catalogue, as lines: all rules find something among them."""
    for rule in catalogue():
        for _, example in rule.explanation.examples if rule.on is not None else ():
            document = json.loads(example)
            for name in (name for name in LISTS if name in document):
                for record in document[name]:
                    yield json.dumps({"collection": name, "record": record}, separators=(",", ":"), ensure_ascii=False)


EXAMPLES = [*failing_examples()]


@pytest.fixture
def written(tmp_path):
    def write(*lines, frame=FRAME):
        path = tmp_path / "big.ndjson"
        path.write_text("\n".join([frame, *lines]) + "\n", encoding="utf-8")
        return path

    return write


def whole(path, **how):
    register, report = un.read(path)
    report = attrs.evolve(
        report, findings=[one for one in report if one.code != "IO040"]
    )  # told of registers read whole
    return report if register is None else report.merge(un.validate(register, on=ON, **how))


@pytest.fixture
def small_chunks(monkeypatch):
    monkeypatch.setattr(record_stream.read_chunks, "__kwdefaults__", {"size": 7})


def test_all_rules_find_the_same_in_small_chunks(written, small_chunks):
    path = written(*EXAMPLES)
    report = un.bulk.check(path, on=ON)
    assert list(report) == list(whole(path))
    assert len({finding.code for finding in report}) > 120


def test_trouble_in_lines_has_the_same_consequences(written, small_chunks):
    middle = len(EXAMPLES) // 2
    path = written(*EXAMPLES[:middle], *TROUBLE, *EXAMPLES[middle:], "", "")
    assert list(un.bulk.check(path, on=ON)) == list(whole(path))


def line(collection, record):
    return json.dumps({"collection": collection, "record": record}, separators=(",", ":"), ensure_ascii=False)


PERSON = {
    "id": "person",
    "name": "A. Example",
    "consents": [{"purpose": "contact", "audience": "members", "basis": "form"}],
}
BODY = {"id": "body", "name": {"en": "Body"}, "kind": "ngo"}
HELD = {"affiliations": [{"key": "one", "organization_id": "body"}]}
EVENT = {"id": "talk", "name": {"en": "Talk"}, "kind": "workshop"}
MISSPELT = ("aperson-7x", "bperson7", "xperson-12", "person-99", "nobody-like-any")
DIALOGUE = EVENT | {"kind": "constructive-dialogue"}
NAMING = {"id": "said", "event_id": "talk", "speaker_id": "body", "summary": {"en": "In France and in Jordan"}}
GIVEN = {"title": {"en": "Training police in France"}, "kind": "statement"}
ACCEPTING = {"accepted": [{"rule": "RF002", "reason": "known"}]}


@pytest.mark.parametrize(
    "lines",
    {
        "a person whom nothing names": [("persons", PERSON | HELD), ("organizations", BODY)],
        "a person twice": [("persons", PERSON | HELD), ("persons", PERSON | HELD), ("organizations", BODY)],
        "one id in two collections": [("persons", PERSON | HELD | {"id": "body"}), ("organizations", BODY)],
        "a person without a body": [("persons", PERSON | HELD)],
        "a body that is a person": [("persons", PERSON | HELD), ("persons", PERSON | {"id": "body"})],
        "a person with an acceptance": [("persons", PERSON | HELD | ACCEPTING), ("organizations", BODY)],
        "a needed acceptance": [("persons", PERSON | HELD | ACCEPTING)],
        "a person without a role": [("persons", PERSON), ("organizations", BODY)],
        "a person without a role who is named": [
            ("persons", PERSON),
            ("events", EVENT | {"roles": [{"kind": "chair", "stakeholder_id": "person"}]}),
        ],
        "a speaker": [
            ("organizations", BODY),
            ("persons", PERSON | HELD),
            ("persons", PERSON | HELD | {"id": "other"}),
            ("events", EVENT),
            *(
                ("statements", {"id": key, "event_id": "talk", "speaker_id": "person", "speaking_as": [key]} | said)
                for key, said in (("one", {"summary": {"en": "x"}}), ("two", {"summary": {"en": "x"}}))
            ),
        ],
        "a redirected person": [
            ("organizations", BODY),
            ("persons", PERSON | HELD),
            ("redirects", {"old_id": "old", "new_id": "person"}),
            ("events", EVENT | {"roles": [{"kind": "chair", "stakeholder_id": "old"}]}),
        ],
        "a redirect to a person who is misspelt": [
            ("organizations", BODY),
            *(("persons", PERSON | HELD | {"id": f"person-{number}"}) for number in range(30)),
            ("redirects", {"old_id": "old", "new_id": "person-07x"}),
        ],
        "persons who are misspelt": [
            ("organizations", BODY),
            ("organizations", BODY | {"id": "person-9"}),
            *(
                ("persons", PERSON | HELD | {"id": f"{letter}person-{number}"})
                for letter in "ab"
                for number in range(30)
            ),
            ("events", EVENT | {"roles": [{"kind": "chair", "stakeholder_id": wanted} for wanted in MISSPELT]}),
        ],
        "a misspelt person with an unknown field": [
            ("persons", PERSON | {"id": f"person-{number}", "nmae": "A."}) for number in range(3)
        ]
        + [("organizations", BODY), ("events", EVENT | {"roles": [{"kind": "chair", "stakeholder_id": "person-1x"}]})],
        "a body misspelt as a person is called": [
            ("organizations", BODY),
            ("persons", PERSON | HELD | {"id": "bodyy"}),
            ("persons", PERSON | HELD | {"id": "other", "affiliations": [{"key": "one", "organization_id": "bodyyy"}]}),
        ],
        "a statement in a dialogue": [("organizations", BODY), ("events", DIALOGUE), ("statements", NAMING)],
        "a statement before its dialogue": [("statements", NAMING), ("events", DIALOGUE), ("organizations", BODY)],
        "a statement elsewhere": [("organizations", BODY), ("events", EVENT), ("statements", NAMING)],
        "a statement at what two events are called": [
            ("events", EVENT),
            ("statements", NAMING),
            ("events", DIALOGUE),
            ("constructive_dialogues", {"id": "talk"}),
        ],
        "a statement at an event that is redirected to a dialogue": [
            ("events", EVENT),
            ("events", DIALOGUE | {"id": "dialogue"}),
            ("organizations", BODY),
            ("statements", NAMING),
            ("redirects", {"old_id": "talk", "new_id": "dialogue"}),
        ],
        "a redirected person who is there": [
            ("organizations", BODY),
            ("persons", PERSON | HELD),
            ("redirects", {"old_id": "person", "new_id": "body"}),
        ],
        "contributions": [
            ("events", EVENT),
            ("events", DIALOGUE | {"id": "event"}),
            ("constructive_dialogues", {"id": "dialogue", "event_id": "event"}),
            ("contributions", GIVEN | {"id": "one", "stage": "follow-up", "target_id": "dialogue"}),
            ("contributions", GIVEN | {"id": "two", "stage": "constructive-dialogue", "target_id": "talk"}),
            ("contributions", GIVEN | {"id": "three", "stage": "follow-up", "target_id": "talk"}),
        ],
        "a redirected body": [
            ("persons", PERSON | HELD),
            ("organizations", BODY | {"id": "new"}),
            ("redirects", {"old_id": "body", "new_id": "new"}),
            ("redirects", {"old_id": "nowhere", "new_id": "neww"}),
        ],
    }.values(),
)
def test_what_is_left_out_is_read_again_where_it_matters(written, small_chunks, lines):
    path = written(*(line(*one) for one in lines))
    assert list(un.bulk.check(path, on=ON)) == list(whole(path))


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (("redirects", {"old_id": "old", "new_id": "body"}), set()),
        (("redirects", {"old_id": "old", "new_id": "person-7"}), {"person-7"}),
        (("events", EVENT | {"roles": [{"kind": "chair", "stakeholder_id": "person-70x"}]}), {"person-70"}),
    ],
)
def test_where_references_lead_astray_few_persons_are_kept(written, more, expected):
    persons = (("persons", PERSON | HELD | {"id": f"person-{number}"}) for number in range(200))
    project = ("projects", {"id": "project", "name": {"en": "Project"}, "sources": [{"source_id": "person-1x"}]})
    path = written(*(line(*one) for one in (("organizations", BODY), project, *persons, more)))
    settling = CrossRecordCheck(str(path), un.Limits(), map, split_file(path, 3))
    settling.join(map(partial(un.bulk.check_part, path), settling.spans))
    ids = {person.id for person in settling.register(Register()).persons}
    assert expected <= ids
    assert len(ids) <= len(expected) * 16


@pytest.mark.parametrize(("kind", "summary"), [("workshop", ""), ("constructive-dialogue", "x"), (None, "x")])
def test_texts_are_kept_of_what_may_belong_to_a_dialogue(kind, summary):
    statement = un.Statement(id="said", event_id="talk", speaker_id="body", summary=un.Text(en="x"))
    known = {"talk": un.Event(id="talk", name=un.Text(en="Talk"), kind=un.EventKind(kind))} if kind else {}
    assert project_record(statement, known=known).summary == un.Text(en=summary)


def test_persons_that_are_read_again_may_be_laid_out_by_hand(written):
    said = {"id": "said", "event_id": "talk", "speaker_id": "person", "speaking_as": ["two"], "summary": {"en": "x"}}
    body, talk, statement = line("organizations", BODY), line("events", EVENT), line("statements", said)
    path = written(body, json.dumps({"collection": "persons", "record": PERSON | HELD}), talk, statement)
    report = un.bulk.check(path, on=ON)
    assert list(report) == list(whole(path))
    assert "EV016" in {finding.code for finding in report}


def test_processes_and_parts_find_the_same(written):
    path = written(*EXAMPLES[:40], *TROUBLE, *EXAMPLES[40:80])
    expected = list(whole(path))
    assert list(un.bulk.check(path, on=ON, jobs=2)) == expected
    shared = []

    def run(work, parts):
        shared.append(len(parts))
        return (pickle.loads(pickle.dumps(pickle.loads(pickle.dumps(work))(part))) for part in parts)

    assert list(un.bulk.check(path, on=ON, jobs=2, run=run)) == expected
    assert shared == [2 * runner.PARTS_PER_JOB] * 2, "to check them, and to look for what leads astray"


def test_processes_that_hash_otherwise_find_the_same_and_read_nothing_again(tmp_path):
    path = tmp_path / "register.ndjson"
    un.bulk.write_records(path, invented_register(40))
    shared = []
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:

        def run(work, parts):
            shared.append(len(parts))
            return pool.map(work, parts)

        assert len({*pool.map(hash, ["x"] * 8), hash("x")}) > 1, "else this shows nothing"
        assert list(un.bulk.check(path, on=ON, jobs=2, run=run)) == list(whole(path))
    assert shared == [2 * runner.PARTS_PER_JOB]


def test_workers_in_another_folder_find_the_same(written, monkeypatch):
    monkeypatch.chdir(written(*TROUBLE, *EXAMPLES[:20]).parent)

    def run(work, spans):
        with monkeypatch.context() as elsewhere:
            elsewhere.chdir("/")
            return [*map(work, spans)]

    assert list(un.bulk.check("big.ndjson", on=ON, run=run)) == list(whole("big.ndjson"))


def test_without_the_short_way_it_is_the_same(written, monkeypatch):
    path = written(*EXAMPLES[:30], *TROUBLE)
    expected = list(un.bulk.check(path, on=ON))
    monkeypatch.setattr(compiled, "is_usable", lambda: False)
    assert list(un.bulk.check(path, on=ON)) == expected == list(whole(path))


@pytest.mark.parametrize("frame", ['{"schema_version":2}', "{", '{"schema_version":1,"title":null}', EXAMPLES[0]])
def test_where_something_is_to_be_said_about_the_frame_the_file_is_read_whole(written, frame):
    path = written(*EXAMPLES[:3], frame=frame)
    assert list(un.bulk.check(path, on=ON)) == list(whole(path))


def test_your_own_rules_run_on_all_records_together(written):
    @un.rules.rule("MY001", on=un.Organization, severity=un.Severity.ERROR, message="there are {number}")
    def organization_is_alone(organizations, context):
        yield un.rules.violation(organizations[0], number=len(context.register.organizations))

    path = written(*EXAMPLES[:50])
    (found,) = un.bulk.check(path, rules=[organization_is_alone], on=ON)
    assert list(whole(path, rules=[organization_is_alone])) == [found]
    assert compares_records(organization_is_alone)


def test_your_own_rules_see_whole_records(written):
    @un.rules.rule("MY004", on=un.Person, severity=un.Severity.ERROR, message="it has {letters} letters")
    def person_has_no_name(persons, context):
        for person in persons:
            yield un.rules.violation(person, "name", letters=len(person.name))

    path = written(line("persons", PERSON | HELD), line("organizations", BODY))
    (found,) = un.bulk.check(path, rules=[person_has_no_name], on=ON)
    assert list(whole(path, rules=[person_has_no_name])) == [found]
    assert found.message == "it has 10 letters"


def test_a_finding_on_the_register_stands_in_the_first_line(written):
    @un.rules.rule("MY002", on=Register, severity=un.Severity.ERROR, message="it has a title")
    def register_has_no_title(registers, context):
        for register in registers:
            yield un.rules.violation(register, "title", "en")

    path = written(*EXAMPLES[:2])
    assert list(un.bulk.check(path, rules=[register_has_no_title])) == list(whole(path, rules=[register_has_no_title]))


@pytest.mark.parametrize("how", [{}, {"jobs": 2, "run": map}])
def test_a_rule_that_breaks_down_in_every_chunk_is_told_once(written, small_chunks, how):
    @un.rules.rule("MY003", on=object, severity=un.Severity.ERROR, message="never", looks=())
    def record_breaks_the_rule(records, context):
        raise ZeroDivisionError
        yield

    path = written(*EXAMPLES[:20])
    (found,) = un.bulk.check(path, rules=[record_breaks_the_rule], **how)
    assert found.code == "XX001"
    assert list(whole(path, rules=[record_breaks_the_rule])) == [found]


def test_organizations_of_one_name_are_found_in_whatever_chunks(written, small_chunks):
    one = '{"collection":"organizations","record":{"id":"%s","kind":"ngo","name":{"en":"%s"},"seat":{"country":"XA"}}}'
    lines = [one % (f"one-{number}", f"The Name {number}") for number in range(20)]
    path = written(*lines, one % ("other", "NAME 3"), one % ("unlike", "Something"))
    report = un.bulk.check(path, on=ON)
    assert list(report) == list(whole(path))
    assert [finding.subject for finding in report if finding.code == "SH007"] == ["other"]


def test_progress_is_told_in_bytes(written, small_chunks):
    told = []
    path = written(*EXAMPLES[:20])
    un.bulk.check(path, on=ON, progress=lambda done, of: told.append((done, of)))
    size = path.stat().st_size
    assert told[-1] == (size, size)
    assert len(told) > 2


REPRESENTED = (
    ("organizations", {"id": "ministry", "name": {"en": "Ministry"}, "kind": "government-body", "represents": "PA"}),
    ("persons", {"id": "envoy", "name": "A. Example", "posts": [{"key": "p", "title": {"en": "x"}, "organization_id": "ministry"}]}),
    ("events", DIALOGUE),
    ("statements", {"id": "said", "event_id": "talk", "speaker_id": "envoy", "speaking_as": ["p"], "summary": {"en": "Panama has done much."}}),
)  # fmt: skip


@pytest.mark.parametrize("order", [1, -1])
def test_a_state_may_speak_of_itself_through_a_post_in_a_stream_too(written, small_chunks, order):
    path = written(*(line(*one) for one in REPRESENTED[::order]))
    assert list(un.bulk.check(path, on=ON)) == list(whole(path))
    assert "CD011" not in {finding.code for finding in whole(path)}
    other = [
        (name, {**record, "represents": "FR"} if name == "organizations" else record) for name, record in REPRESENTED
    ]
    path = written(*(line(*one) for one in other[::order]))
    assert list(un.bulk.check(path, on=ON)) == list(whole(path))
    assert "CD011" in {finding.code for finding in whole(path)}


def test_an_organization_with_the_id_of_a_network_breaks_no_rule(written, small_chunks):
    network = {"id": "body", "name": {"en": "Net"}, "kind": "regional", "coordinator_ids": ["ngo"]}
    stated = [{"value": 2, "qualifier": "exact", "unit": "organizations", "basis": "members", "as_of": "2020-01-01"}]
    gone = BODY | {"id": "gone", "dissolved": "2019"}
    path = written(
        line("organizations", BODY),
        line("organizations", BODY | {"id": "ngo"}),
        line("organizations", gone),
        line("networks", network | {"stated_members": stated}),
        line("networks", network | {"id": "other"}),
        line("memberships", {"id": "m1", "network_id": "body", "organization_id": "ngo"}),
        line("memberships", {"id": "m2", "network_id": "body", "organization_id": "gone"}),
    )
    report = un.bulk.check(path, on=ON)
    assert list(report) == list(whole(path))
    told = [(finding.code, finding.subject) for finding in report if finding.code in {"NW005", "NW007", "XX001"}]
    assert told == [("NW007", "body"), ("NW005", "other")]


def test_events_that_stand_twice_are_judged_the_same(written, small_chunks):
    back = {"links_to": [{"kind": "back-to-back", "event_id": "other"}]}
    there = {"links_to": [{"kind": "back-to-back", "event_id": "talk"}]}
    path = written(*(line("events", one) for one in (EVENT | back, EVENT | back, EVENT | {"id": "other"} | there)))
    assert list(un.bulk.check(path, on=ON)) == list(whole(path))
    assert "EV007" not in {finding.code for finding in whole(path)}


@tries(
    40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to make a whole register smaller takes many minutes
)
@given(st.data())
def test_registers_of_any_kind_are_judged_the_same(written, small_chunks, data):
    drawn = [*data.draw(registers())]
    names = {cls: name for name, cls in COLLECTIONS.items()}
    own = [un.dumps(un.Register(**{names[type(one)]: (one,)})) for one in drawn]
    lines = [
        line(names[type(one)], json.loads(text)[names[type(one)]][0]) for one, text in zip(drawn, own, strict=True)
    ]
    some = data.draw(st.lists(st.sampled_from(EXAMPLES), max_size=30))
    path = written(*data.draw(st.permutations([*lines, *some])))
    assert list(un.bulk.check(path, on=ON)) == list(whole(path))


@pytest.mark.unmeasured
def test_the_examples_of_every_rule_are_judged_the_same(written, subtests):
    for rule in some(rule for rule in catalogue() if rule.on is not None):
        with subtests.test(rule.code):
            for _, example in rule.explanation.examples:
                document = json.loads(example)
                path = written(*(line(name, record) for name in LISTS for record in document.get(name, ())))
                assert list(un.bulk.check(path, on=ON)) == list(whole(path))


def test_a_rule_of_yours_that_looks_at_its_record_alone_needs_no_whole_records(written, small_chunks):
    @un.rules.rule("MY005", on=un.Person, severity=un.Severity.ERROR, message="it is there", looks=())
    def person_is_absent(persons, context):
        yield from (un.rules.violation(person) for person in persons)

    path = written(*EXAMPLES[:60])
    assert list(un.bulk.check(path, rules=[person_is_absent], on=ON)) == list(whole(path, rules=[person_is_absent]))
    assert not compares_records(person_is_absent)
    assert not needs_whole_records(person_is_absent)


# -- many findings -----------------------------------------------------------------------------------------------------


def faulty(number):
    """Lines with two findings of reading and some of rules in each, one of them on another record that is not there."""
    return [
        line("organizations", BODY | {"id": f"body-{at}", "colour": "red", "parent_id": "nobody", "founded": "2099"})
        for at in range(number)
    ]


@pytest.mark.parametrize("how", [{}, {"jobs": 2, "run": map}])
def test_of_each_rule_the_first_findings_are_told_and_the_others_counted(written, small_chunks, how):
    path = written(*faulty(40), *EXAMPLES[:20])
    every = list(whole(path))
    report = un.bulk.check(path, on=ON, most_of_a_rule=3, **how)
    told = [finding for finding in report if finding.code != "XX006"]
    of_each = {code: [one for one in every if one.code == code] for code in {one.code for one in every}}
    assert told == [one for one in every if one in of_each[one.code][:3]]
    left_out = {one.params for one in report if one.code == "XX006"}
    assert left_out == {(("number", len(some) - 3), ("rule", code)) for code, some in of_each.items() if len(some) > 3}
    assert report.ok is un.Report(tuple(every)).ok is False
    assert {one.location.file for one in report} == {str(path)}
    assert list(un.bulk.check(path, on=ON, most_of_a_rule=None, **how)) == every


def test_what_follows_from_what_could_not_be_read_is_not_counted_either(written, small_chunks):
    lost = line("organizations", {"id": "nobody", "name": {"en": "x"}, "kind": 1})
    path = written(*faulty(20), lost)
    every = list(whole(path))
    assert "RF002" not in {one.code for one in every}
    report = un.bulk.check(path, on=ON, most_of_a_rule=1)
    assert len(every) == sum(dict(one.params)["number"] if one.code == "XX006" else 1 for one in report)


def test_a_file_that_is_read_whole_is_told_as_shortly(written):
    path = written(*faulty(5), frame='{"schema_version":1,"title":null}')
    report = un.bulk.check(path, on=ON, most_of_a_rule=2)
    assert max(Counter(one.code for one in report if one.code != "XX006").values()) == 2
    assert "XX006" in {one.code for one in report}


def test_every_finding_can_be_had_one_by_one(written, small_chunks, monkeypatch):
    monkeypatch.setattr(finding_spool, "RUN", 10)
    path = written(*faulty(40), *TROUBLE, *EXAMPLES[:20])
    found = un.bulk.iterate_findings(path, on=ON)
    assert iter(found) is found
    assert list(found) == list(whole(path))


def test_a_report_without_any_finding_of_a_rule_would_hide_errors(written):
    with pytest.raises(un.ImpossibleValue, match="one finding of each rule"):
        un.bulk.check(written(), most_of_a_rule=0)


@pytest.mark.unmeasured
def test_memory_does_not_grow_with_the_number_of_findings(written, small_chunks, monkeypatch):
    """Records with many findings each take hardly more than the same records without; whole, they take many times it."""
    monkeypatch.setattr(finding_spool, "RUN", 20)
    monkeypatch.setattr(finding_spool, "BATCH", 2)
    wrong = {"dissolved": "1950", "founded": "2099", "seat": {"country": "AN"}}
    sound = {"dissolved": "2001", "founded": "1999", "seat": {"country": "XA"}}

    def peak(check, more):
        lines = [line("organizations", BODY | {"id": f"body-{at}"} | more) for at in range(800)]
        check(written(*lines[:60]), on=ON)  # so that nothing is loaded while memory is measured
        path = written(*lines)
        gc.collect()  # what other tests left is not counted
        tracemalloc.start()
        try:
            check(path, on=ON)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    few = partial(un.bulk.check, most_of_a_rule=2)
    usual = peak(few, sound)
    assert peak(few, wrong) < 1.1 * usual
    assert peak(partial(un.bulk.check, most_of_a_rule=None), wrong) > 2 * usual


# -- what the parts rest on -------------------------------------------------------------------------------------------


def test_no_rule_looks_at_other_records_unless_it_is_said_to():
    document = {"schema_version": 1}
    for line in map(json.loads, EXAMPLES):
        document.setdefault(line["collection"], []).append(line["record"])
    register, _ = un.reads(json.dumps(document))
    alone = [rule for rule in catalogue() if rule.on is not None and not compares_records(rule)]
    looked = []

    class Watched(Context):
        def __getattribute__(self, name):
            if watching and name in ("register", "get", "nearest", "place_of"):
                looked.append(name)
            return super().__getattribute__(name)

    for one in (register, un.load("examples/mechanism-2024.json"), un.example()):
        watching = False
        context = Watched(register=one, on=PartialDate(ON), codes=frozenset(rule.code for rule in catalogue()))
        for wanted in (un.Text, un.Url, un.Consent):
            context.values(wanted)
        records = {rule: [*engine.list_records_for_rule(rule, context)] for rule in alone}
        assert context.wordings
        for rule in alone:
            watching = True
            list(rule.check(records[rule], context) or ())
            watching = False
            assert not looked, f"{rule.code} looks at other records: say so in its looks"
    assert len(alone) > 80


def test_comparing_needs_nothing_that_is_left_out():
    register = un.load("examples/mechanism-2024.json")
    rules = [rule for rule in catalogue() if rule.on is not None and compares_records(rule) and rule.area != "RF"]
    lists = {name: tuple(project_record(one, sharing=True) for one in getattr(register, name)) for name in COLLECTIONS}
    thin = _to_projected_register(register, lists)
    judge = partial(engine.run_rules, rules=un.RuleSet(rules=tuple(rules)), on=PartialDate(ON))
    assert list(judge(thin)) == list(judge(register))


def test_parts_cover_the_file_and_begin_with_whole_lines(written):
    path = written(*EXAMPLES[:50], *[""] * 30, *EXAMPLES[50:60])
    content = path.read_bytes()
    for number in (1, 2, 7, 500):
        parts = split_file(path, number)
        assert parts[0][0] == 0
        assert parts[-1][1] == len(content)
        assert [end for _, end in parts[:-1]] == [start for start, _ in parts[1:]]
        assert all(
            start == 0 or content[start - 1 : start] == b"\n" != content[start : start + 1] for start, _ in parts
        )


def test_rules_go_to_other_processes_by_name():
    assert pickle.loads(pickle.dumps(get_rule("RF001"))) is get_rule("RF001")


# -- reading and writing records --------------------------------------------------------------------------------------


def test_records_are_read_on_from_an_offset(tmp_path):
    path = tmp_path / "some.ndjson"
    register = invented_register(3)
    un.bulk.write_records(path, iter(register), frame=un.Register(title=register.title))
    assert un.load(path) == register
    seen = [*un.bulk.stream_records(path)]
    assert [record for _, record in seen] == list(register)
    offset, _ = seen[4]
    assert [*un.bulk.stream_records(path, offset)] == seen[5:]


def test_what_is_no_record_is_not_written(tmp_path):
    with pytest.raises(un.ImpossibleValue, match="expected a record, got a value of type Text"):
        un.bulk.write_records(tmp_path / "some.ndjson", [un.Text(en="x")])
    assert not list(tmp_path.iterdir())


def test_a_line_beyond_the_limit_is_told_and_the_next_is_read(written):
    path = written(EXAMPLES[0], '{"collection":"sources","record":{"id":"' + "x" * 3000, EXAMPLES[1])
    limits = un.Limits(max_bytes=1000)
    report = un.bulk.check(path, on=ON, limits=limits)
    assert [finding.line for finding in report if finding.code == "IO011"] == [3] or report.errors
    assert {finding.line for finding in report.errors} >= {3}
    assert len([*un.bulk.stream_records(path, limits=limits)]) == 2


def test_a_line_of_whose_envelope_anything_is_to_be_said_goes_the_thorough_way():
    read = compiled.LineDecoder(un.Limits(max_bytes=100)).read
    record = b'"record":{"id":"x","title":{"en":"x"},"kind":"report"}'
    assert read(b'{"collection":"sources",%s}' % record)[0] == "sources"
    for line in (
        b'{"collection":"nothing",%s}' % record,
        b'{"collection":"sources"}',
        b'{"collection":"sources","note":1,%s}' % record,
        b'{"collection":"sources","collection":"sources",%s}' % record,
        b'{"collection":"sources",%s} x' % record,
        b'{"collection":"sources",%s}' % record + b" " * 100,
    ):
        assert read(line) is None


# -- the command ------------------------------------------------------------------------------------------------------


def test_the_command_streams_when_asked_and_when_the_file_is_large(written, monkeypatch, capsys):
    path = written(*EXAMPLES[:20])
    outputs = []
    for more in ([], ["--stream"], ["--jobs", "2"]):
        main(["validate", str(path), "--on", ON, *more])
        outputs.append(capsys.readouterr().out)
    monkeypatch.setattr(command, "STREAMED_FROM", 10)
    main(["validate", str(path), "--on", ON])
    outputs.append(capsys.readouterr().out)
    assert len(set(outputs)) == 1


def test_the_command_counts_what_it_leaves_out_and_a_baseline_knows_all(written, tmp_path, capsys):
    path = written(*faulty(5))
    few = ["validate", str(path), "--on", ON, "--stream", "--select", "IO002", "--most-of-a-rule", "2"]
    assert main(few) == 1
    out = capsys.readouterr().out
    assert out.count("error IO002") == 2
    assert "3 more findings of rule IO002 left out here" in out
    baseline = str(tmp_path / "known.json")
    assert main([*few, "--write-baseline", baseline]) == 1
    assert capsys.readouterr().out.count("error IO002") == 5
    assert main([*few, "--baseline", baseline]) == 0
    with pytest.raises(SystemExit) as left:
        main([*few[:-1], "0"])
    assert left.value.code == 2


def test_a_number_of_jobs_is_a_number(capsys):
    with pytest.raises(SystemExit):
        main(["validate", "--jobs", "0", "x.ndjson"])
    assert "expected a whole number from 1 to 256" in capsys.readouterr().err


def test_what_is_no_record_and_no_span_is_refused_by_name(tmp_path):
    with pytest.raises(un.ImpossibleValue, match=r"^expected a record, got int$"):
        un.bulk.write_records(tmp_path / "x.ndjson", iter([5]))
    with pytest.raises(un.ImpossibleValue, match=r"^span: expected two offsets, as the parts of a file have them$"):
        un.bulk.check_part(tmp_path / "x.ndjson", (0, 1, 2))
