"""Every command that shows a register shows what the public may see, unless it is told otherwise."""

import attrs
import pytest

import untoc_network as un
from untoc_network.cli.commands import COMMANDS
from untoc_network.cli.main import build_parser, main
from untoc_network.testing import plant_canaries

DAY = "2024-06-30"
BODY = un.Organization(
    id="refuge", name=un.Text(en="Refuge of Canaries"), kind=un.OrganizationKind.NGO, themes=(un.Theme.FIREARMS,)
)
TWIN = attrs.evolve(BODY, id="refuge-2")
ANA = un.Person(id="p1", name="Ana Ejemplo")
REVIEW = un.CountryReview(id="pa-1", country="PA", cluster=1, instruments=(un.TreatyCode.UNTOC,))
GIVEN = un.Contribution(
    id="shadow-report",
    title=un.Text(en="Shadow report"),
    author_ids=("refuge", "p1"),
    audience=un.Audience.INTERNAL,
    kind=un.ContributionKind.RESEARCH,
    target_id="pa-1",
)
APPLICATION = un.Accreditation(
    id="refuge-applies", organization_id="refuge", forum=un.Forum.CONFERENCE, path=un.AccreditationPath.RULE_17
)


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """A register full of canaries, one with a letter more in each text, and all the canaries."""
    folder = tmp_path_factory.mktemp("planted")
    register = un.Register(
        organizations=(BODY, TWIN),
        persons=(ANA,),
        country_reviews=(REVIEW,),
        contributions=(GIVEN,),
        accreditations=(APPLICATION,),
    )
    held, canaries = plant_canaries(register)
    un.dump(un.Register(country_reviews=(REVIEW,)), folder / "before.json")
    same = un.Alias(name="Refugio de los Canarios", kind=un.AliasKind.FORMER)  # the names have canaries
    bodies = tuple(attrs.evolve(one, aliases=(*one.aliases, same)) for one in held.organizations)
    un.dump(attrs.evolve(held, organizations=bodies), folder / "held.json")
    return folder, {one for found in canaries.values() for one in found}


def run(capsys, *words):
    code = main([*map(str, words)])
    out, err = capsys.readouterr()
    return code, out + err


SHOWING = {
    "find": ("{held}", "--theme", "firearms"),
    "find as JSON": ("{held}", "--theme", "firearms", "--format", "json"),
    "duplicates": ("{held}", "--exact"),
    "duplicates as JSON": ("{held}", "--exact", "--format", "json"),
    "accreditations": ("{held}", "--on", DAY),
    "accreditations as JSON": ("{held}", "--on", DAY, "--format", "json"),
    "coverage": ("{held}", "--on", DAY),
    "coverage as Markdown": ("{held}", "--on", DAY, "--format", "markdown"),
    "coverage as JSON": ("{held}", "--on", DAY, "--format", "json"),
    "diff": ("{before}", "{held}"),
    "diff backwards": ("{held}", "{before}"),
    "diff as JSON": ("{before}", "{held}", "--format", "json"),
    "reviews": ("{held}", "--on", DAY),
    "next": ("{held}", "--stakeholder", "refuge", "--on", DAY),
    "stats": ("{held}", "--on", DAY),
    "report": ("{held}", "--on", DAY),
    "retention": ("{held}", "--on", DAY),
    "country": ("PA", "{held}", "--on", DAY),
    "country as JSON": ("PA", "{held}", "--on", DAY, "--format", "json"),
    "country as a page": ("PA", "{held}", "--on", DAY, "--format", "html", "--audience", "members"),
    "submission": ("{held}", "--country", "PA", "--on", DAY),
    "export": ("{held}", "--to", "jsonld"),
    "graph": ("{held}", "--to", "mermaid"),
    "calendar": ("{held}",),
    "validate": ("{held}",),
}


def words_of(case, folder):
    own = (word.format(held=folder / "held.json", before=folder / "before.json") for word in SHOWING[case])
    return [case.partition(" ")[0], *own]


@pytest.mark.parametrize("case", SHOWING)
def test_a_command_shows_nothing_that_the_public_may_not_see(case, planted, capsys):
    folder, canaries = planted
    code, told = run(capsys, *words_of(case, folder))
    assert code in (0, 1)
    assert sorted(one for one in canaries if one.casefold() in told.casefold()) == []


@pytest.mark.parametrize(
    ("case", "shown"),
    [
        ("find", "House canary"),
        ("duplicates", "House canary"),
        ("accreditations", "refuge-applies"),
        ("coverage", "shadow-report"),
        ("diff", "refuge"),
    ],
)
def test_those_who_keep_it_are_shown_it_where_they_ask(case, shown, planted, capsys):
    folder, _ = planted
    assert shown in run(capsys, *words_of(case, folder), "--audience", "internal")[1]
    if case in ("accreditations", "coverage", "find"):
        assert shown not in run(capsys, *words_of(case, folder))[1]


@pytest.mark.parametrize("name", COMMANDS)
def test_where_an_audience_can_be_chosen_it_is_the_public_or_has_to_be_said(name):
    if not COMMANDS[name].module:
        return
    (parser,) = build_parser(name)._map_subcommand_parsers().values()
    (audience,) = [one for one in parser._actions if one.dest == "audience"] or [None]
    if audience is not None:
        assert audience.required or audience.default == un.Audience.PUBLIC


def test_a_difference_is_told_with_its_values_where_they_are_public_on_both_sides(tmp_path, capsys):
    open_body = attrs.evolve(BODY, id="clinic", name=un.Text(en="Clinic"))
    before = un.Register(organizations=(open_body, attrs.evolve(BODY, at_risk=True)))
    after = un.Register(
        organizations=(
            attrs.evolve(open_body, name=un.Text(en="Clinica")),
            attrs.evolve(BODY, at_risk=True, name=un.Text(en="Refuge of Doves")),
        )
    )
    paths = [tmp_path / "a.json", tmp_path / "b.json"]
    for register, path in zip((before, after), paths, strict=True):
        un.dump(register, path)
    code, told = run(capsys, "diff", *paths)
    assert code == 1
    assert "name.en changed from Clinic to Clinica" in told
    assert "  name.en changed\n" in told
    assert "Doves" not in told
    assert "Doves" in run(capsys, "diff", *paths, "--audience", "internal")[1]
    assert run(capsys, "diff", paths[0], paths[0])[0] == 0


OWN_FIELDS = {"coalition": {"passport": "XA7712093", "fee": 1}}
NOT_SOUGHT = (
    "untoc-network: 2 own fields are not declared: coalition.fee, coalition.passport; "
    "what they hold is not looked for in other texts, and can be shown in one\n"
)


@pytest.mark.parametrize(
    "command", [["view", "own.json", "--audience", "public"], ["publish", "own.json", "out", "--audience", "public"]]
)
def test_own_fields_that_nobody_declared_are_said_not_to_be_looked_for(command, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    body = un.Organization(id="ngo", name={"en": "NGO of XA"}, kind="ngo", extra=OWN_FIELDS)
    un.dump(un.Register(organizations=(body,)), "own.json")
    main(command)
    assert capsys.readouterr().err.count(NOT_SOUGHT) == 1
    main(["export", "own.json", "--to", "jsonld"])
    assert capsys.readouterr().err.count(NOT_SOUGHT) == 1
    fields = 'passport = "text"\nfee = "whole-number"\n'
    head = (
        '[[extensions]]\nnamespace = "coalition"\nof = "organizations"\nsensitivity = "personal"\n[extensions.fields]\n'
    )
    (tmp_path / "untoc-network.toml").write_text(head + fields)
    main(command)
    assert "not looked for" not in capsys.readouterr().err
