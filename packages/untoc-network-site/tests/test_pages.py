"""What stands on the pages, where they lead, and how they are made."""

import json
import posixpath
import xml.etree.ElementTree as ET
from urllib.parse import urldefrag

import attrs
import pytest
from tests.builders import event, membership, network, organization

import untoc_network as un
import untoc_network_site as website
from untoc_network.testing import invented_register
from untoc_network_site.page_templates import is_web_address
from untoc_network_site.schema_org import to_schema_org, write_script
from untoc_network_site.site_pages import paginate

ON = "2024-12-31"
NO_RULES = un.RuleSet(rules=())


@pytest.fixture(params=["example_site", "mechanism_site"])
def files(request):
    return request.getfixturevalue(request.param)


def pages(files):
    return {name: data.decode() for name, data in files.items() if name.endswith(".html") and name[:5] != "data/"}


def test_every_link_within_the_site_leads_to_a_file_and_a_place_in_it(files, outline):
    outlines = {name: outline(page) for name, page in pages(files).items()}
    for name, found in outlines.items():
        assert len(found.ids) == len(set(found.ids)), name
        for link in found.links:
            path, place = urldefrag(link)
            if not path.startswith(("https://", "http://")):
                target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
                assert target in files, (name, link)
                assert not place or place in outlines[target].ids, (name, link)


def test_every_page_says_its_language_loads_nothing_from_elsewhere_and_runs_nothing(files, outline):
    for name, page in pages(files).items():
        found = outline(page)
        assert found.language == (name[:2] if "/" in name else found.language)
        assert len(page.encode()) < 150_000
        assert "style=" not in page
        kinds = {held.get("type") for tag, held in found.tags if tag == "script"}
        assert kinds <= {"application/ld+json"}
        loaded = [
            held.get("href") or held["src"]
            for tag, held in found.tags
            if tag == "img" or (tag == "link" and held["rel"] in ("stylesheet", "icon"))
        ]
        assert loaded
        assert not any("://" in address for address in loaded)
        assert [tag for tag, _ in found.tags].count("h1") == 1
        if name != "index.html" and 'http-equiv="refresh"' not in page:
            assert '<a class="skip" href="#content">' in page


def test_every_member_event_and_state_has_a_page_in_each_language_with_its_sources(example_site, outline):
    register = un.privacy.view(un.example(), "public", ON).register
    for language in ("es", "en"):
        for body in register.organizations:
            page = example_site[f"{language}/organization/{body.id}.html"].decode()
            assert body.name.best(language) in outline(page).text
            assert 'id="s1"' in page
        for held in register.events:
            assert f"{language}/event/{held.id}.html" in example_site
        assert f"{language}/country/pa.html" in example_site


def test_other_languages_of_a_page_are_one_link_away_and_told_to_search_engines(example_site):
    page = example_site["es/members/index.html"].decode()
    assert '<a href="../../en/members/index.html" hreflang="en" lang="en">English</a>' in page
    assert '<link rel="alternate" hreflang="en" href="https://example.org/net/en/members/index.html">' in page
    assert '<link rel="canonical" href="https://example.org/net/es/members/index.html">' in page


def test_what_french_keeps_together_stays_so(mechanism_site):
    found = b"".join(
        data for name, data in mechanism_site.items() if name[:3] == "fr/" and name.endswith(".html")
    ).decode()
    assert "Quelque chose est inexact\u00a0?" in found
    assert "phase 1\u00a0: États d’Afrique" in found


def test_two_days_of_a_month_name_it_once(example_site, tmp_path, read_files):
    days = '<time datetime="2022-03-28">28</time>–<time datetime="2022-03-29">29 de marzo de 2022</time>'
    assert days in example_site["es/event/panama-consultation-2022.html"].decode()
    apart = event("held", starts="2024-01-31", ends="2024-02-01")
    website.build(un.Register(events=(apart,)), tmp_path, on=ON, languages=("fr",), rules=NO_RULES)
    assert ">31 janvier 2024</time>\u00a0– <time" in read_files(tmp_path)["fr/event/held.html"].decode()


def test_without_an_address_nothing_claims_one(mechanism_site):
    page = mechanism_site["en/index.html"].decode()
    assert "canonical" not in page
    assert "og:url" not in page
    assert "sitemap.xml" not in mechanism_site


def test_a_site_of_one_language_has_no_switch_and_opens_with_it(tmp_path, read_files):
    website.build(un.example(), tmp_path, on=ON, languages=("pt-BR",))
    files = read_files(tmp_path)
    assert b"hreflang" not in files["pt/index.html"]
    assert b'content="0; url=pt/index.html"' in files["index.html"]


def test_the_directory_stands_by_country_theme_kind_and_language(tmp_path, read_files, outline):
    bodies = (
        organization("one", themes=("firearms",), languages=("es",), countries=("PA",), seat={"country": "CO"}),
        organization("two", themes=("firearms",), seat={"country": "CO"}),
        organization("host"),
    )
    register = un.Register(
        organizations=bodies,
        networks=(network(),),
        memberships=(membership("one"), membership("two"), membership("host", period={"end": "2020"})),
    )
    website.build(register, tmp_path, on=ON, languages=("en",), rules=NO_RULES)
    files = read_files(tmp_path)
    told = {name: outline(page).links for name, page in pages(files).items() if "/members/" in name}
    listed = {name: {link[-8:-5] for link in links if "organization/" in link} for name, links in told.items()}
    assert listed == {
        "en/members/index.html": {"one", "two"},
        "en/members/country/co.html": {"one", "two"},
        "en/members/country/pa.html": {"one"},
        "en/members/theme/firearms.html": {"one", "two"},
        "en/members/kind/ngo.html": {"one", "two"},
        "en/members/language/es.html": {"one"},
    }
    assert "en/organization/host.html" in files
    assert "2 organizations with a seat in 1 country can be named here." in files["en/index.html"].decode()


def test_and_others_reads_the_same_whether_others_exist_or_not(tmp_path, read_files):
    shown, risky = organization("one"), organization("risky", at_risk=True)
    told = []
    for bodies in ((shown,), (shown, risky)):
        register = un.Register(
            organizations=bodies, networks=(network(),), memberships=tuple(membership(one.id) for one in bodies)
        )
        folder = tmp_path / str(len(bodies))
        website.build(register, folder, on=ON, languages=("en",), rules=NO_RULES)
        told.append(read_files(folder))
    assert told[0] == told[1]


def test_nobody_to_name_is_said_without_a_number(tmp_path, read_files):
    website.build(un.Register(), tmp_path, on=ON, languages=("en",), rules=NO_RULES)
    files = read_files(tmp_path)
    assert "Nobody can be named here." in files["en/members/index.html"].decode()
    assert "Network of civil society" in files["en/index.html"].decode()
    for page, said in {
        "events": "No event is recorded.",
        "countries": "The register speaks of no State.",
        "reviews": "No country review is recorded.",
        "sources": "No source is recorded.",
    }.items():
        assert said in files[f"en/{page}/index.html"].decode()
    assert "the review of one State" not in files["en/take-part/index.html"].decode()


def test_members_without_a_seat_are_counted_without_countries(tmp_path, read_files):
    register = un.Register(
        organizations=(organization("one"),), networks=(network(),), memberships=(membership("one"),)
    )
    website.build(register, tmp_path, on=ON, languages=("en",), rules=NO_RULES)
    assert "1 organization can be named here." in read_files(tmp_path)["en/index.html"].decode()


def test_of_what_is_not_known_nothing_is_said(tmp_path, read_files):
    body = organization("one", kind=un.OrganizationKind.UNKNOWN, seat=un.Place(country="PA"))
    register = un.Register(organizations=(body,), networks=(network(),), memberships=(membership("one"),))
    website.build(register, tmp_path, on="2026-12-01", languages=("en",), rules=NO_RULES)
    files = read_files(tmp_path)
    country = files["en/country/pa.html"].decode()
    assert "seat in the country" in country
    assert "unknown" not in country + files["en/organization/one.html"].decode()
    assert (
        'href="../countries/index.html">What can be done about the review' in files["en/take-part/index.html"].decode()
    )


def test_an_event_has_its_roles_parts_numbers_results_and_ties(tmp_path, read_files, outline):
    consent = {"purpose": "publication", "audience": "public", "basis": "form"}
    speaker = un.Person(id="speaker", name="Ana Inventada", consents=(consent,))
    held = event(
        "held",
        starts="2024-03-04",
        ends="2024-03-05",
        place={"country": "PA", "city": "Panamá", "venue": "Hall"},
        modality="hybrid",
        status="postponed",
        page="https://example.org/held",
        roles=(
            {"kind": "speaker", "stakeholder_id": "speaker"},
            {"kind": "organizer", "stakeholder_id": "host"},
            {"kind": "partner", "stakeholder_id": "gone"},
        ),
        segments=({"key": "opening", "kind": "opening", "name": {"en": "Welcome"}}, {"key": "end", "kind": "closing"}),
        counts=(
            {"value": 40, "qualifier": "exact", "unit": "people", "basis": "attended"},
            {"value": 9, "qualifier": "about", "unit": "states", "basis": "stated", "of": {"en": "those invited"}},
        ),
        outputs=(
            {
                "key": "a",
                "kind": "video",
                "status": "published",
                "url": "https://example.org/v",
                "published": "2024-04",
            },
            {"key": "b", "kind": "report", "status": "draft", "name": {"fr": "Rapport"}},
        ),
        links_to=({"kind": "follows", "event_id": "ahead"}, {"kind": "follows", "event_id": "nowhere"}),
    )
    register = un.Register(
        organizations=(organization("host"),),
        persons=(speaker,),
        events=(held, event("ahead", starts="2025-01-01"), event("undated", starts=None, starts_at=None)),
    )
    website.build(register, tmp_path, on=ON, languages=("en",), rules=NO_RULES)
    files = read_files(tmp_path)
    page = outline(files["en/event/held.html"].decode())
    text = " ".join(page.text.split())
    for said in (
        "2024-03-04–2024-03-05",
        "Hall, Panamá, Panama",
        "postponed",
        "Speaker Ana Inventada",
        "40 people (attended)",
        "about 9 states (stated): those invited",
        "Welcome opening",
        "closing",
        "Video video, published, 2024-04",
        "Rapport report, draft",
    ):
        assert said in text
    assert "../organization/host.html" in page.links
    assert "../event/ahead.html" in page.links
    assert "gone" not in text
    listed = " ".join(outline(files["en/events/index.html"].decode()).text.split())
    assert "3 events are recorded; next: 2025-01-01" in listed
    listed = listed[listed.index("Coming") :]
    assert listed.index("2025-01-01") < listed.index("Past") < listed.index("Without a date")
    assert "organizer" in outline(files["en/organization/host.html"].decode()).text


def test_a_member_tells_since_when_it_belongs(tmp_path, read_files, outline):
    periods = {
        "a": {"start": "2020"},
        "b": {"end": "2030"},
        "c": {"start": "2020", "end": "2030"},
        "d": {"ending": "running"},
        "e": None,
    }
    nets = tuple(network(f"net-{key}", name={"en": f"Net {key}"}) for key in periods)
    held = tuple(membership("one", f"m-{key}", f"net-{key}", period=period) for key, period in periods.items())
    register = un.Register(organizations=(organization("one"),), networks=nets, memberships=held)
    website.build(register, tmp_path, on=ON, languages=("en",), rules=NO_RULES)
    text = " ".join(outline(read_files(tmp_path)["en/organization/one.html"].decode()).text.split())
    for said in (
        "Net a member, from 2020",
        "Net b member, until 2030",
        "Net c member, from 2020 until 2030",
        "Net d member [",
        "Net e member [",
    ):
        assert said in text


def test_markup_and_letters_that_turn_the_order_stay_text(tmp_path, read_files):
    name = {"en": "<script>alert(1)</script> \u202eevil & co"}
    body = organization("one", name=name, links=({"kind": "website", "url": "javascript:alert(1)"},))
    register = un.Register(title=name, organizations=(body,), networks=(network(),), memberships=(membership("one"),))
    website.build(register, tmp_path, on=ON, languages=("en",), rules=NO_RULES)
    for file, data in read_files(tmp_path).items():
        if file.endswith((".html", ".svg", ".xml")):
            assert b"<script>" not in data
            assert b"\xe2\x80\xae" not in data
            assert b'href="javascript' not in data


def test_a_review_has_a_row_with_its_sources_and_the_aggregates_stand_apart(mechanism_site, outline):
    page = mechanism_site["en/reviews/index.html"].decode()
    text = " ".join(outline(page).text.split())
    assert "37 country reviews on 2024-12-31" in text
    assert '<a href="../country/ar.html">Argentina</a>' in page
    assert "These numbers are of others" in text


def test_merged_records_lead_on(tmp_path, read_files):
    register = un.Register(
        organizations=(organization("new"),),
        events=(event("late"),),
        sources=(un.Source(id="paper", title={"en": "Paper"}, kind="report"),),
        redirects=(
            {"old_id": "old", "new_id": "new"},
            {"old_id": "early", "new_id": "late"},
            {"old_id": "sheet", "new_id": "paper"},
        ),
    )
    website.build(register, tmp_path, on=ON, languages=("en",), rules=NO_RULES)
    files = read_files(tmp_path)
    assert b'content="0; url=new.html"' in files["en/organization/old.html"]
    assert b'content="0; url=late.html"' in files["en/event/early.html"]
    assert not any("sheet" in name for name in files)


def test_the_feed_tells_the_latest_events_and_changes_only_with_its_sources(example_site, tmp_path, read_files):
    space = "{http://www.w3.org/2005/Atom}"
    feed = ET.fromstring(example_site["en/feed.xml"])
    entries = feed.findall(f"{space}entry")
    assert {one.findtext(f"{space}id") for one in entries} == {
        f"urn:untoc-network:{held.id}" for held in un.example().events
    }
    assert all(one.findtext(f"{space}updated") == "2022-04-07T00:00:00Z" for one in entries)
    assert feed.find(f"{space}link").get("href") == "https://example.org/net/en/feed.xml"
    bare = un.Register(events=(event("one"), event("two")), as_of="2023-05")
    website.build(bare, tmp_path, on=ON, languages=("en",), rules=NO_RULES)
    told = ET.fromstring(read_files(tmp_path)["en/feed.xml"])
    assert told.findtext(f"{space}updated") == "2023-05-31T00:00:00Z"
    assert told.findtext(f"{space}id") == "urn:untoc-network:events:en"


def test_the_list_of_pages_has_each_page_once_and_none_that_leads_on(example_site):
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    found = [one.text for one in ET.fromstring(example_site["sitemap.xml"]).iter(f"{space}loc")]
    base = "https://example.org/net/"
    assert sorted(found) == sorted(f"{base}{name}" for name in pages(example_site) if name != "index.html")


def test_search_engines_read_the_record_of_the_page(example_site):
    page = example_site["es/organization/asj-honduras.html"].decode()
    document = json.loads(page.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
    assert document == {
        "@context": "https://schema.org",
        "@id": "urn:untoc-network:asj-honduras",
        "@type": "NGO",
        "name": "Asociación para una Sociedad más Justa",
        "alternateName": ["Asociación para una Sociedad másJusta"],
        "address": {"@type": "PostalAddress", "addressCountry": "HN"},
        "memberOf": [{"@id": "urn:untoc-network:americas-network"}],
        "mainEntityOfPage": "https://example.org/net/es/organization/asj-honduras.html",
    }


def test_a_record_is_told_in_the_words_of_schema_org_and_in_one_language():
    context = {"id": "@id", "type": "@type", "role": "org:role", "name": "schema:name", "startDate": "schema:startDate"}
    context |= {"url": {"@id": "schema:url", "@type": "@id"}, "location": "schema:location"}
    context |= {"eventStatus": {"@id": "schema:eventStatus", "@type": "@id"}}
    node = {
        "id": "urn:a",
        "type": "schema:Event",
        "role": "urn:b",
        "name": [{"@value": "Noche", "@language": "es"}, {"@value": "Night", "@language": "en"}],
        "startDate": {"@value": "2025-02", "@type": "xsd:gYearMonth"},
        "url": "https://example.org/",
        "location": {"type": "schema:Place", "name": [{"@value": "Casa"}]},
        "eventStatus": "schema:EventScheduled",
        "schema:about": ["firearms"],
    }
    assert to_schema_org(node, context, "en") == {
        "@id": "urn:a",
        "@type": "Event",
        "name": "Night",
        "startDate": "2025-02",
        "url": "https://example.org/",
        "location": {"@type": "Place", "name": "Casa"},
        "eventStatus": "https://schema.org/EventScheduled",
        "about": ["firearms"],
    }
    assert write_script({"a": "</script>&\u202e"}) == '{"a":"\\u003c/script\\u003e\\u0026\\u202e"}'


def test_errors_are_reported_to_an_address_that_stands_on_each_page(tmp_path, read_files, outline):
    build = {"on": ON, "languages": ("en",), "rules": NO_RULES}
    website.build(un.Register(), tmp_path / "mail", contact="net@example.org", **build)
    website.build(un.Register(), tmp_path / "web", contact="https://example.org/errors?of=site", **build)
    for folder, address in (("mail", "mailto:net@example.org"), ("web", "https://example.org/errors?of=site")):
        for page in ("index", "sources/index"):
            assert address in outline(read_files(tmp_path / folder)[f"en/{page}.html"].decode()).links


def test_a_site_for_members_asks_not_to_be_found_and_tells_programs_no_more_than_the_public_sees(tmp_path, read_files):
    website.build(un.example(), tmp_path, audience="members", on=ON, languages=("en",), base_url="https://example.org")
    files = read_files(tmp_path)
    page = files["en/organization/asj-honduras.html"].decode()
    assert '<meta name="robots" content="noindex">' in page
    assert "please do not pass it on" in page
    assert "ld+json" not in page
    assert "sitemap.xml" not in files


def test_long_lists_stand_on_several_pages_none_of_which_is_too_heavy(tmp_path, read_files, outline):
    register = invented_register(101)
    papers = tuple(
        un.Source(
            id=f"paper-{number}",
            title={"en": f"Report {number} of the network on its members and on what they do, year by year"},
            kind="report",
            url=f"https://example.org/what-was-read/and-where/year-by-year/report-{number}-of-the-network.html",
        )
        for number in range(101)
    )
    bodies = tuple(
        attrs.evolve(one, sources=({"source_id": paper.id},))
        for one, paper in zip(register.organizations, papers, strict=True)
    )
    cited = attrs.evolve(register, organizations=bodies, sources=(*register.sources, *papers))
    website.build(cited, tmp_path, on="2024-06-30", languages=("en",), rules=NO_RULES)
    files = read_files(tmp_path)
    first, second = (outline(files[f"en/members/{name}.html"].decode()) for name in ("index", "index-2"))
    shown = [sum("organization/" in link for link in one.links) for one in (first, second)]
    assert shown == [100, 1]
    assert "../members/index-2.html" in first.links
    assert 50_000 < len(files["en/members/index.html"]) < 100_000


def test_a_state_names_each_member_once_and_leads_to_its_page(example_site):
    page = example_site["es/country/hn.html"].decode()
    link = '<a href="../organization/asj-honduras.html"><bdi>Asociación para una Sociedad más Justa</bdi></a> (ONG)'
    assert page.count(link) == page.count("asj-honduras") == 1
    assert page.count("Puede haber otros que aquí no se nombran.") == 1


def test_a_state_with_many_members_leads_to_its_directory(tmp_path, read_files, outline):
    register = invented_register(101)
    bodies = tuple(attrs.evolve(body, seat=un.Place(country="HN")) for body in register.organizations)
    website.build(attrs.evolve(register, organizations=bodies), tmp_path, on="2024-06-30", languages=("en",))
    found = outline(read_files(tmp_path)["en/country/hn.html"].decode())
    assert sum("organization/" in link for link in found.links) == 100
    assert "../members/country/hn.html" in found.links


def test_pages_of_rows():
    assert list(paginate("a.html", ())) == [("a.html", (), ())]
    assert [(path, len(rows)) for path, rows, _ in paginate("a.html", range(201))] == [
        ("a.html", 100),
        ("a-2.html", 100),
        ("a-3.html", 1),
    ]


def test_only_addresses_of_the_web_are_led_to():
    assert is_web_address("HTTPS://example.org")
    assert not is_web_address("javascript:alert(1)")
    assert not is_web_address(None)


def test_an_event_at_which_a_thousand_took_part_has_a_light_page(tmp_path):
    bodies = [
        un.Organization(id=f"body-{number}", name={"en": f"An organization of some name {number}"}, kind="ngo")
        for number in range(1_000)
    ]
    roles = [{"stakeholder_id": body.id, "kind": "participant"} for body in bodies]
    event = un.Event(id="fair", name={"en": "Fair"}, kind="workshop", starts="2024-05-01", roles=roles)
    register = un.Register(organizations=bodies, events=[event])
    assert website.build(register, tmp_path / "net", on="2024-06-01", languages=["en"], rules=NO_RULES).ok
    page = (tmp_path / "net/en/event/fair.html").read_bytes()
    assert page.count(b"An organization of some name") == 300
    assert len(page) < 150_000
