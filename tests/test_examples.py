"""The shipped examples: the launch as the three texts tell it, and small files with one mistake each."""

from collections import Counter
from doctest import ELLIPSIS, OutputChecker
from pathlib import Path

import attrs
import pytest

import untoc_network as un
from untoc_network.cli.main import main
from untoc_network.i18n.language_words import LANGUAGES
from untoc_network.serializers.files import EXAMPLE

EXAMPLES = Path(__file__).parent.parent / "examples"
LAUNCH = EXAMPLES / "americas-2022.json"
OPEN = EXAMPLES / "disagreeing-sources.json"
IN_PART = EXAMPLES / "reviews-in-part.json"
BROKEN = sorted((EXAMPLES / "broken").glob("*.json"))
ON = "2026-11-24"


@pytest.fixture(scope="module")
def launch():
    return un.load(LAUNCH)


def check(data):
    register, report = un.reads(data)
    return report if register is None else report.merge(un.validate(register, on=ON))


def test_the_package_ships_the_very_example():
    assert EXAMPLE.read_bytes() == LAUNCH.read_bytes()
    assert un.example() == un.load(LAUNCH)


def test_the_launch_is_canonical(launch):
    assert un.dumps(launch) == LAUNCH.read_bytes()


def test_invented_reviews_are_there_in_part_published_and_without_a_group():
    register = un.load(IN_PART)
    assert un.dumps(register) == IN_PART.read_bytes()
    assert {finding.severity for finding in un.validate(register, on=ON)} == {"info"}
    states = {one.review.id: one.state for one in un.track(register, "2023-12-31").standings}
    assert states == {"xa-1": "feedback-in-part", "xe-1": "completed", "xi-1": "not-started"}
    (share, *_) = un.process.COUNTRY_REVIEW.shares(register["xa-1"])
    assert (len(share.done), share.total, [str(part) for part in share.missing]) == (1, 3, ["XB (TIP)", "XD"])
    assert register["xe-1"].reviewing_states() == ("XG", "XH")


def test_the_launch_has_both_events_back_to_back_with_their_own_donors(launch):
    consultation, other = launch["panama-consultation-2022"], launch["lac-multistakeholder-event-2022"]
    assert (consultation.starts, consultation.ends, consultation.stated_days) == ("2022-03-28", "2022-03-29", 2)
    assert [(link.kind, link.event_id, link.order) for link in consultation.links_to] == [
        ("back-to-back", other.id, "before")
    ]
    assert [(link.kind, link.event_id, link.order) for link in other.links_to] == [
        ("back-to-back", consultation.id, "after")
    ]
    assert {(funding.target_id, launch[funding.donor_id].represents) for funding in launch.fundings} == {
        (consultation.id, "US"),
        (other.id, "GB"),
    }


def test_the_launch_has_every_body_and_every_speaker(launch):
    assert (
        len(launch.organizations) == 13
    )  # the twelve of the note, and the regional office that published the third text
    speakers = Counter(statement.speaker_id for statement in launch.statements)
    assert set(speakers) == {person.id for person in launch.persons}
    assert (len(speakers), speakers.total()) == (6, 13)
    both = launch["panama-focal-point"].capacities
    assert [capacity.kind for capacity in both] == ["prosecutor", "national-focal-point"]


def test_the_launch_counts_more_than_twenty_of_an_unclear_unit(launch):
    (count,) = launch["panama-consultation-2022"].counts
    assert (count.value, count.qualifier, count.unit, count.basis) == (20, "more-than", "stakeholders", "attended")


def test_the_launch_repeats_no_wording_of_its_sources(launch):
    assert all(statement.wording is None for statement in launch.statements)


def test_the_claims_in_which_the_three_texts_disagree_stand_side_by_side(launch):
    values = {
        (record.id, field): {claim.value for claim in record.claims if claim.field == field}
        for record in launch
        for field in {claim.field for claim in getattr(record, "claims", ())}
    }
    assert {key for key, said in values.items() if len(said) > 1} == {
        ("americas-network", "regions"),
        ("americas-network", "announced"),
        ("americas-network", "eligible_kinds"),
        ("panama-consultation-2022", "links_to.order"),
        ("panama-focal-point", "posts.title"),
        ("untoc-review-mechanism", "entry_points.participants"),
    }


def test_the_launch_has_no_error_and_honest_infos():
    report = check(LAUNCH.read_bytes())
    assert Counter(finding.code for finding in report) == {
        "EV010": 1,  # implied attribution
        "SR009": 2,  # memberships that are only derived
    }
    assert {finding.severity for finding in report} == {un.Severity.INFO}


def test_in_an_example_of_its_own_every_question_of_the_three_texts_is_open(launch):
    report = check(OPEN.read_bytes())
    assert report.ok
    assert Counter(finding.code for finding in report) == {
        "EV010": 1,  # implied attribution
        "EV012": 1,  # video without address
        "EV014": 1,  # unclear unit
        "EV017": 1,  # no organizer named
        "SR003": 3,  # contradicting claims, none chosen
        "SR009": 8,  # content that is only derived
    }
    opened = [attrs.evolve(record, accepted=()) if getattr(record, "accepted", ()) else record for record in launch]
    assert {*un.load(OPEN)} == {*opened}
    assert un.dumps(un.load(OPEN)) == OPEN.read_bytes()


@pytest.mark.parametrize("name", ["americas-2022.json", "mechanism-2024.json"])
@pytest.mark.parametrize("audience", list(un.Audience))
def test_an_example_passes_its_own_door(name, audience, tmp_path):
    published = un.publishing.publish(un.load(EXAMPLES / name), tmp_path / "out", audience=audience, on=ON)
    assert [str(finding) for finding in published.report.errors] == []
    assert published.ok


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("columns", ["40", "80", None])
def test_the_example_is_told_on_one_screen(language, columns, capsys, monkeypatch):
    if columns is None:
        monkeypatch.delenv("COLUMNS", raising=False)
    else:
        monkeypatch.setenv("COLUMNS", columns)
    assert main(["validate", "--example", "--on", ON, "--lang", language]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) <= (25 if columns != "40" else 40)


def test_names_of_persons_stand_in_no_finding():
    text = str(check(LAUNCH.read_bytes()).to_dict())
    names = [part for person in un.load(LAUNCH).persons for part in person.name.split()]
    assert names
    assert [name for name in names if name in text] == []


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_example_gives_its_expected_report(path, monkeypatch, capsys):
    monkeypatch.chdir(path.parent)
    monkeypatch.setenv("COLUMNS", "80")
    code = main(["validate", "--on", ON, path.name])
    printed = capsys.readouterr()
    assert printed.err == ""
    expected = path.with_suffix(".txt").read_text(encoding="utf-8")
    assert OutputChecker().check_output(expected, printed.out, ELLIPSIS), printed.out
    unreadable, harmless = ("not-json", "not-utf-8"), ("null", "unsettled-claims")
    assert code == (2 if path.stem in unreadable else 0 if path.stem in harmless else 1)


def test_there_are_at_least_a_dozen_broken_examples_with_one_finding_each():
    assert len(BROKEN) >= 12
    assert [path.stem for path in BROKEN if len(check(path.read_bytes())) != 1] == []


def test_five_mistakes_in_one_copy_give_five_findings_in_their_places():
    text = LAUNCH.read_text(encoding="utf-8")
    mistakes = {
        '"stated_days": 2': '"statd_days": 2',
        '"kind": "co-organizer"': '"kind": "coorganizer"',
        '"target_id": "panama-consultation-2022"': '"target_id": "panama-consultation-2023"',
        '"founded": "2022-03"': '"founded": "2022-13"',
    }
    for right, wrong in mistakes.items():
        text = text.replace(right, wrong, 1)
    text = text.replace('"custodian_id": "unodc",', '"custodian_id": "unodc",\n      "custodian_id": "unodc-csu",', 1)

    def place(fragment, offset=0):
        at = text.index(fragment) + offset
        return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)

    found = [(finding.code, finding.line, finding.column, finding.hint) for finding in check(text).errors]
    assert sorted(found) == sorted(
        [
            ("IO002", *place('"statd_days"'), "did you mean 'stated_days'?"),
            ("IO003", *place('"coorganizer"'), "did you mean 'co-organizer'?"),
            ("RF002", *place('"panama-consultation-2023"'), "did you mean 'panama-consultation-2022'?"),
            ("IO005", *place('"2022-13"'), "write 2022, 2022-03 or 2022-03-28, as exactly as the date is known"),
            (
                "IO007",
                *place('"custodian_id": "unodc-csu"'),
                "keep one of the two; the first was read, and this one was not",
            ),
        ]
    )
