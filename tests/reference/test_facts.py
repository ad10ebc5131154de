"""The facts: what the packaged tables say, and what is made of them."""

import datetime as dt
import importlib.util
import subprocess
import sys
import unicodedata
from pathlib import Path

import attrs
import pytest
from hypothesis import given, strategies as st
from tests.profiles import tries

import untoc_network as un
from untoc_network import reference
from untoc_network.i18n.language_words import words_in
from untoc_network.reference import packaged_tables as loading, row_types
from untoc_network.reference.facts import Reference

ROOT = Path(__file__).parents[2]
RAW = ROOT.parent / "shared" / "data"
TABLES = Path(loading.__file__).parent / "tables"
TREATIES = tuple(un.TreatyCode)


@pytest.mark.skipif(not RAW.is_dir(), reason="the raw tables lie beside the repository only where it is developed")
def test_the_build_script_reproduces_the_packaged_tables(tmp_path):
    spec = importlib.util.spec_from_file_location("build_reference", ROOT / "tools" / "build_reference.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    script.build(RAW, tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        path.name: path.read_bytes() for path in TABLES.iterdir()
    }


@pytest.mark.parametrize("name", loading.TABLES)
def test_every_row_says_where_it_comes_from_of_when_and_how_sure_it_is(name):
    table = reference.table(name)
    assert table
    for row in table:
        assert type(row) is getattr(row_types, loading.TABLES[name])
        assert row.source
        assert isinstance(row.as_of, un.PartialDate)
        assert isinstance(row.certainty, un.Certainty)
        assert "csv" not in row.source


@pytest.mark.parametrize("missing", ["source", "as_of", "certainty"])
def test_a_row_that_does_not_say_so_does_not_load(missing):
    values = {"source": 0, "as_of": "2022", "certainty": "seen", "rule": "L1", "says": "…", missing: None}
    sources = ["" if missing == "source" else "https://example.org"]
    make = loading._make_row_maker(row_types.LotRule, list(values), sources)
    with pytest.raises(un.ImpossibleValue, match=r"^a row of LotRule lacks its source, its day or its certainty"):
        make([0 if name == "source" else value for name, value in values.items()])


@pytest.mark.parametrize("missing", ["source", "as_of", "certainty"])
def test_nor_is_it_taken_into_facts_of_ones_own(missing):
    row = attrs.evolve(reference.table("lot_rules")[0], **{missing: "" if missing == "source" else None})
    with pytest.raises(un.ImpossibleValue, match=r"^a row of LotRule lacks its source, its day or its certainty"):
        reference.packaged().adding(lot_rules=[row])


def test_a_field_is_as_sure_as_its_row_unless_the_row_says_otherwise():
    second = next(row for row in reference.table("conference_sessions") if row.session == 2)
    assert (second.certainty, second.find_certainty("starts")) == ("seen", "seen")
    assert second.find_certainty("venue") == "recalled"
    for name, cls in loading.TABLES.items():
        fields = {field.name for field in attrs.fields(getattr(row_types, cls))}
        for row in reference.table(name):
            assert {one.field for one in row.certainties} <= fields
            assert all(one.certainty != row.certainty for one in row.certainties), row


def test_a_party_tells_how_sure_its_other_days_are():
    parties = {party.code: party for party in reference.parties("SOM")}
    assert (parties["PA"].certainty, parties["PA"].find_certainty("in_force")) == ("seen", "derived")
    assert (parties["GA"].certainty, parties["GA"].find_certainty("in_force")) == ("disputed", "disputed")
    assert "2010-09-22" in parties["GA"].note
    assert parties["JP"].find_certainty("kind") == "recalled"


def test_what_belongs_to_a_cluster_is_no_surer_than_that_it_does():
    assert {row.certainty for row in reference.articles("TIP", cluster=2)} == {"recalled"}
    assert {row.certainty for row in reference.articles("TIP", cluster=1)} == {"seen"}
    assert {row.certainty for row in reference.articles("TIP")} == {"seen"}
    assert reference.articles("TIP", cluster=5) == ()


def test_a_session_of_which_a_day_alone_is_known_is_found_by_it():
    found = reference.sessions(between=("2024-07-12", "2024-07-12"))
    assert [session.starts for session in found] == [None]


def test_importing_reads_no_table():
    code = (
        "from untoc_network.reference import packaged_tables; print(packaged_tables.load_table.cache_info().currsize)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "0\n"


def test_there_were_190_parties_to_the_convention_at_the_end_of_october_2022():
    assert len(un.reference.parties("UNTOC", on="2022-10-31")) == 190


@pytest.mark.parametrize(("treaty", "number"), [("UNTOC", 195), ("TIP", 184), ("SOM", 153), ("FP", 123)])
def test_the_parties_of_today_are_those_of_the_raw_tables(treaty, number):
    assert len(reference.parties(treaty)) == number


@given(
    treaty=st.sampled_from(TREATIES),
    day=st.dates(max_value=dt.date(2030, 1, 1)),
    force=st.booleans(),
)
@tries(60)
def test_parties_on_a_day_are_those_whose_act_came_before_it(treaty, day, force):
    wanted = {"entry-into-force"} if force else {"ratification", "accession", "acceptance", "approval", "succession"}
    expected = {
        act.party
        for act in reference.table("treaty_actions")
        if act.treaty is treaty and act.kind in wanted and str(act.date) <= day.isoformat()
    }
    found = reference.parties(treaty, on=day, in_force=force)
    assert {party.code for party in found} == expected
    assert all(reference.is_party(party.code, treaty, on=day, in_force=force) for party in found)


@pytest.mark.parametrize(
    ("treaty", "day"),
    [("UNTOC", "2003-09-29"), ("TIP", "2003-12-25"), ("SOM", "2004-01-28"), ("FIREARMS", "2005-07-03")],
)
def test_the_entry_into_force_follows_from_the_deposits(treaty, day):
    assert reference.entry_into_force(treaty) == day
    earliest = min(party.in_force for party in reference.parties(treaty) if party.in_force)
    assert earliest == day


def test_too_few_deposits_bring_no_treaty_into_force():
    few = [act for act in reference.table("treaty_actions") if act.party in ("PA", "CO")]
    facts = reference.packaged().replacing(treaty_actions=few)
    assert facts.entry_into_force("UNTOC") is None
    assert [party.code for party in facts.parties("UNTOC")] == ["CO", "PA"]


def test_the_35_states_of_the_americas_are_found_by_any_name_and_code():
    americas = [country for country in reference.table("countries") if country.in_americas]
    assert len(americas) == 35
    for country in americas:
        formal = (country.en_formal, country.es_formal, country.fr_formal)
        for name in (country.en, country.es, country.fr, country.pt, *formal, country.code, country.iso3, country.m49):
            plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
            assert reference.country(name) is reference.country(plain) is reference.country(name.upper()) is country


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Brasil", "BR"),
        ("brésil", "BR"),
        ("EEUU", "US"),
        ("Estados Unidos", "US"),
        ("Turkey", "TR"),
        ("Swaziland", "SZ"),
        ("the Bahamas", "BS"),
        ("Bolivia", "BO"),
        ("Congo", "CG"),
        ("European Union", "EU"),
    ],
)
def test_a_country_is_found_by_common_and_former_names(name, code):
    assert reference.country_code(name) == code


@given(st.text(max_size=30))
def test_any_text_can_be_looked_up(name):
    assert reference.country(name) is None or reference.country(name).code


def test_a_name_that_two_countries_bear_finds_neither():
    told = {"source": "https://example.org", "as_of": un.PartialDate("2026"), "certainty": un.Certainty.RECALLED}
    doubled = [row_types.FormerName(code=code, name="Gran Colombia", **told) for code in ("CO", "VE")]
    facts = reference.packaged().adding(former_names=doubled)
    assert facts.country("gran colombia") is None
    with pytest.raises(un.UnknownRecord, match=r"^no country, or more than one, is called 'gran colombia'$"):
        facts.country_code("gran colombia")
    assert reference.country("gran colombia") is None


def test_canada_and_the_united_states_are_in_the_americas_and_not_in_grulac():
    for code in ("CA", "US"):
        assert reference.country(code).in_americas
        assert reference.regional_group(code) == "weog"
    assert {party.code for party in reference.parties("UNTOC", group="grulac")} < {
        country.code for country in reference.table("countries") if country.in_americas
    }
    assert reference.regional_group("EU") is None


def test_articles_lie_in_clusters():
    first = reference.articles("UNTOC", cluster=1)
    assert [article.number for article in first] == ["2", "5", "6", "8", "9", "10", "15", "23"]
    assert len(reference.articles("UNTOC")) == 41
    assert reference.cluster_of("UNTOC", "6") == reference.cluster_of("untoc", "6(2)") == 1
    assert reference.cluster_of("UNTOC", "41") is None


def test_what_is_only_recalled_is_marked():
    second = {row.certainty for row in reference.table("cluster_articles") if row.cluster == 2}
    assert "seen" not in second
    assert {
        row.certainty for row in reference.table("cluster_articles") if row.treaty == "UNTOC" and row.cluster == 1
    } == {"seen"}
    assert {row.certainty for row in reference.table("former_names")} == {"recalled"}


def test_sessions_are_found_by_the_days_they_touch():
    found = reference.sessions(between=("2022-10-01", "2022-10-31"))
    assert [(type(session).__name__, session.session) for session in found] == [("ConferenceSession", 11)]
    dialogues = [
        session.dialogue
        for session in reference.sessions(between=("2022-05-01", "2022-05-31"))
        if isinstance(session, row_types.DialogueHeld)
    ]
    assert dialogues == ["CD-2022-FA", "CD-2022-ICTA"]
    everything = reference.sessions()
    undated = [row for row in reference.table("dialogues") if row.date is None]
    assert len(everything) + len(undated) == sum(
        len(reference.table(name)) for name in ("conference_sessions", "working_group_sessions", "dialogues")
    )


def test_facts_are_a_value_that_is_replaced_and_never_changed():
    party = attrs.evolve(reference.table("group_assignments")[0], party="PA", group=1)
    facts = Reference().replacing(group_assignments=[party])
    assert facts.table("group_assignments") == (party,)
    assert len(Reference().table("group_assignments")) == 37
    with pytest.raises(un.UnknownRecord, match=r"^there is no table 'parties'; the tables are: treaties, countries,"):
        facts.replacing(parties=[])


def test_an_unknown_instrument_is_a_bad_call():
    with pytest.raises(
        un.UnknownRecord, match=r"^there is no instrument 'UNCAC'; the instruments are: UNTOC, TIP, SOM, FIREARMS$"
    ):
        reference.parties("UNCAC")


def test_no_chair_and_no_other_person_is_in_the_tables():
    assert not {"chair", "chairs"} & {field.name for field in attrs.fields(row_types.DialogueHeld)}


def test_what_a_table_lacks_is_told_of_the_packaged_one_alone():
    assert any("one party is missing" in said for said in reference.packaged().list_missing("treaty_actions"))
    assert reference.packaged().replacing(treaty_actions=[]).list_missing("treaty_actions") == ()
    with pytest.raises(un.UnknownRecord):
        reference.packaged().list_missing("parties")


def test_each_topic_of_the_questionnaires_has_a_label_in_four_languages_and_articles_that_there_are():
    rows = reference.table("questionnaire_topics")
    for words in words_in("es", "pt", "fr", "en"):
        assert set(words.topics) == {row.topic for row in rows}
    for row in rows:
        assert reference.packaged().questionnaire_topic(row.topic) is row
        assert row.article is None or reference.packaged().has_article(row.treaty, row.article)
        if row.cluster and row.article:
            assert reference.cluster_of(row.treaty, row.article) == row.cluster
    assert reference.packaged().questionnaire_topic("nothing") is None
    assert {row.topic for row in rows if row.certainty == "seen"} == {"untoc-27", "firearms-9"}
