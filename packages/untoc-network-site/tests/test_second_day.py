"""What a site is on the days after: what changed is written, what may not be shown any more is nowhere."""

import json
import posixpath
import re

import attrs
import icalendar
import pytest
from tests.builders import event, membership, network, organization

import untoc_network as un
import untoc_network_site as website
from untoc_network_site.site_folder import MANIFEST, read_earlier, update_folder
from untoc_network_site.site_memory import SiteMemory, make_memory, read_memory

ON = "2024-12-31"
NO_RULES = un.RuleSet(rules=())
NGOS = tuple(organization(name) for name in ("one", "two"))
REGISTER = un.Register(
    organizations=NGOS,
    networks=(network(),),
    memberships=tuple(membership(one.id) for one in NGOS),
    events=(event("held", starts="2024-02-01", roles=({"kind": "partner", "stakeholder_id": "two"},)),),
)


def build(folder, register=REGISTER, **more):
    return website.build(register, folder, on=ON, **{"languages": ("en", "es"), "rules": NO_RULES, **more})


def test_the_same_register_gives_the_same_bytes(tmp_path, read_files):
    build(tmp_path / "a")
    build(tmp_path / "b")
    assert read_files(tmp_path / "a") == read_files(tmp_path / "b")


def test_a_rebuild_writes_what_changed_and_removes_what_is_gone(tmp_path, read_files):
    first = build(tmp_path)
    assert first.files == tuple(sorted(set(read_files(tmp_path)) - {MANIFEST})) == first.written
    again = build(tmp_path)
    assert (again.written, again.removed, again.files) == ((), (), first.files)
    risky = attrs.evolve(REGISTER, organizations=(NGOS[0], attrs.evolve(NGOS[1], at_risk=True)))
    changed = build(tmp_path, risky)
    assert {"en/organization/two.html", "es/organization/two.html"} <= set(changed.removed)
    assert "en/event/held.html" in changed.written
    assert not {"style.css", "en/organization/one.html", "en/take-part/index.html"} & set(changed.written)
    build(tmp_path / "anew", risky)
    anew = read_files(tmp_path / "anew")
    kept = {name: data for name, data in read_files(tmp_path).items() if not name.startswith("anew/")}
    assert {name for name in kept if kept[name] != anew[name]} <= {MANIFEST, "en/calendar.ics", "es/calendar.ics"}
    assert kept.keys() == anew.keys()


def test_another_day_alone_leaves_the_pages_of_records_as_they_are(tmp_path):
    build(tmp_path)
    later = website.build(REGISTER, tmp_path, on="2025-01-31", languages=("en", "es"), rules=NO_RULES)
    parts = {name.split("/")[1] for name in later.written if name.endswith(".html") and name[:3] in ("en/", "es/")}
    assert not {"organization", "event", "members"} & parts
    assert "en/index.html" in later.written


def test_every_link_resolves_after_merges_and_renames(tmp_path, read_files, outline):
    renamed = attrs.evolve(
        REGISTER,
        organizations=(organization("one"), organization("final")),
        memberships=(membership("one"), membership("two", "second")),
        redirects=({"old_id": "two", "new_id": "middle"}, {"old_id": "middle", "new_id": "final"}),
    )
    build(tmp_path)
    change = build(tmp_path, renamed)
    files = read_files(tmp_path)
    assert b'content="0; url=final.html"' in files["en/organization/two.html"]
    assert "en/organization/two.html" in change.written
    for name, data in files.items():
        if name.endswith(".html") and not name.startswith("data/"):
            for link in outline(data.decode()).links:
                path = link.partition("#")[0]
                if path and "://" not in path:
                    assert posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) in files, (name, link)
    risky = attrs.evolve(renamed, organizations=(organization("one"), organization("final", at_risk=True)))
    build(tmp_path, risky)
    assert not [
        name for name in read_files(tmp_path) if posixpath.basename(name) in ("two.html", "middle.html", "final.html")
    ]


def test_what_a_language_was_left_out_for_goes_with_its_folder(tmp_path):
    build(tmp_path)
    build(tmp_path, languages=("es",))
    assert not (tmp_path / "en").exists()


def test_files_of_others_stay_and_are_never_overwritten(tmp_path):
    (tmp_path / "CNAME").write_text("example.org")
    build(tmp_path)
    build(tmp_path)
    assert (tmp_path / "CNAME").read_text() == "example.org"
    other = tmp_path / "other"
    other.mkdir()
    (other / "style.css").write_text("mine")
    with pytest.raises(
        un.UnwritableOutput, match="^other: the folder holds other files, which would be lost: style.css$"
    ):
        build(other)
    assert [path.name for path in other.iterdir()] == ["style.css"]


def test_what_has_an_error_is_refused_and_nothing_is_written(tmp_path):
    refused = website.build(REGISTER, tmp_path / "out", on=ON)
    assert not refused.ok
    assert refused.files == ()
    assert not (tmp_path / "out").exists()


def test_a_stale_file_goes_whatever_it_holds_by_now(tmp_path):
    update_folder(tmp_path, {"a/b/c.html": b"1", "a/d.html": b"2", "gone.html": b"3"})
    (tmp_path / "a/b/c.html").write_bytes(b"edited by hand")
    (tmp_path / "gone.html").unlink()
    change = update_folder(tmp_path, {"a/d.html": b"2"})
    assert (change.files, change.written, change.removed) == (("a/d.html",), (), ("a/b/c.html",))
    assert not (tmp_path / "a/b").exists()


def test_a_list_of_files_that_leads_elsewhere_is_none(tmp_path):
    outside = tmp_path / "precious.txt"
    outside.write_text("kept")
    site = tmp_path / "site"
    site.mkdir()
    for name in ("../precious.txt", str(outside), "a/../../precious.txt", ".", MANIFEST, "a\\b", "c:d", "a//b"):
        (site / MANIFEST).write_text(json.dumps({"form": "untoc-network site 1", "files": {name: ""}}))
        update_folder(site, {})
        assert outside.exists()
        assert read_earlier(site, name) is None
    for text in (
        "[]",
        "{",
        '{"form": 1}',
        '{"form": "another", "files": {"a": ""}}',
        '{"form": "untoc-network site 1"}',
    ):
        (site / MANIFEST).write_text(text)
        assert read_earlier(site, "a") is None


def test_nothing_is_written_through_a_link(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    site = tmp_path / "site"
    site.mkdir()
    (site / "en").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(un.UnwritableOutput, match="^en: the site has no links$"):
        build(site)
    assert not any((tmp_path / "elsewhere").iterdir())


def test_what_the_system_refuses_is_told_without_a_path(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(un.UnwritableOutput, match="^file: "):
        build(tmp_path / "file")
    with pytest.raises(un.UnwritableOutput, match="no file can have this name"):
        update_folder(tmp_path, {"a\0b": b""})


def test_an_earlier_file_is_read_only_where_it_is_one(tmp_path):
    update_folder(tmp_path, {"a": b"1", "b": b"2"})
    assert read_earlier(tmp_path, "a") == b"1"
    (tmp_path / "a").unlink()
    assert read_earlier(tmp_path, "a") is None
    (tmp_path / "b").unlink()
    (tmp_path / "b").symlink_to(tmp_path / MANIFEST)
    assert read_earlier(tmp_path, "b") is None


# -- what was subscribed -----------------------------------------------------------------------------------------------


def entries(folder, path="en/calendar.ics"):
    found = icalendar.Calendar.from_ical((folder / path).read_bytes()).walk("VEVENT")
    return {str(one["UID"]): one for one in found}


HOUSE = organization("casa-luz", name={"en": "Casa Luz"})
NIGHT = event(
    "casa-luz-night", name={"en": "Night of Casa Luz"}, starts="2025-02-01", place={"country": "PA", "city": "Colon"}
)
EVENING = un.Register(organizations=(HOUSE,), events=(NIGHT, event("other", starts="2025-03-01")))


def test_an_entry_that_is_called_off_says_nothing_and_its_name_nobody(tmp_path):
    build(tmp_path, EVENING)
    (name,) = (uid for uid, one in entries(tmp_path).items() if one["SUMMARY"] == "Night of Casa Luz")
    assert re.fullmatch("[0-9a-f]{16}@untoc-network", name)
    risky = attrs.evolve(EVENING, organizations=(attrs.evolve(HOUSE, at_risk=True),))
    build(tmp_path, risky)
    gone = entries(tmp_path)[name]
    assert sorted(gone) == ["DTSTAMP", "DTSTART", "SEQUENCE", "STATUS", "UID"]
    assert (gone["STATUS"], gone["DTSTART"].dt.isoformat()) == ("CANCELLED", "1970-01-01")
    told = b"".join(path.read_bytes() + path.name.encode() for path in tmp_path.rglob("*") if path.is_file()).lower()
    assert b"casa" not in told
    assert b"luz" not in told
    build(tmp_path, attrs.evolve(EVENING, events=EVENING.events[1:]))
    assert entries(tmp_path)[name] == gone


def test_an_entry_keeps_its_name_when_it_changes_and_says_so_when_its_day_is_gone(tmp_path):
    build(tmp_path, EVENING)
    held = entries(tmp_path)
    moved = attrs.evolve(NIGHT, starts=un.PartialDate("2025-02-08"), name=un.Text(en="Late night"))
    build(tmp_path, EVENING.with_replaced(moved)[0])
    changed = entries(tmp_path)
    assert changed.keys() == held.keys()
    (name,) = (uid for uid, one in changed.items() if one["SUMMARY"] == "Late night")
    assert changed[name]["SEQUENCE"] == 1
    build(tmp_path, EVENING.with_replaced(attrs.evolve(moved, starts=None))[0])
    undated = entries(tmp_path)[name]
    assert (undated["STATUS"], undated["SUMMARY"], undated["DTSTART"].dt.isoformat()) == (
        "CANCELLED",
        "Late night",
        "2025-02-08",
    )


# -- a site that is refused --------------------------------------------------------------------------------------------

RISKY = attrs.evolve(REGISTER, organizations=(NGOS[0], attrs.evolve(NGOS[1], at_risk=True)))


def refuse(folder, register, **more):
    """Build with the strict rules, in which these registers have errors."""
    return website.build(register, folder, on=ON, languages=("en", "es"), **more)


def test_a_refused_site_leaves_the_earlier_one_as_it_was_while_nothing_is_withheld(tmp_path, read_files):
    build(tmp_path)
    held = read_files(tmp_path)
    longer = attrs.evolve(REGISTER, organizations=(*NGOS, organization("three")))
    refused = refuse(tmp_path, longer)
    assert (refused.ok, refused.removed, refused.stuck) == (False, (), ())
    assert read_files(tmp_path) == held


def test_a_refused_site_removes_what_may_not_be_shown_any_more(tmp_path, read_files):
    build(tmp_path)
    (tmp_path / "CNAME").write_text("example.org")
    refused = refuse(tmp_path, RISKY)
    assert not refused.ok
    gone = {"en/organization/two.html", "es/event/held.html", "en/members/index.html", "data/register.json"}
    assert gone <= set(refused.removed)
    left = read_files(tmp_path)
    assert not gone & left.keys()
    assert {"CNAME", "index.html", "style.css", "en/organization/one.html", "en/take-part/index.html"} <= left.keys()
    build(tmp_path / "anew", RISKY)
    anew = read_files(tmp_path / "anew")
    kept = {name: data for name, data in left.items() if not name.startswith("anew/")}
    assert {name for name in kept if kept[name] != anew.get(name)} == {
        "CNAME",
        MANIFEST,
        "en/calendar.ics",  # with what was called off
        "es/calendar.ics",
    }
    assert refuse(tmp_path, RISKY).removed == ()
    assert set(build(tmp_path, RISKY).files) == anew.keys() - {MANIFEST}


def test_what_is_masked_since_goes_where_the_site_is_refused(tmp_path):
    named = attrs.evolve(EVENING, organizations=(organization("host"),), persons=())
    build(tmp_path, named)
    person = un.Person(id="luz", name="Casa Luz")
    refused = refuse(tmp_path, attrs.evolve(named, persons=(person,)))
    assert "en/event/casa-luz-night.html" in refused.removed
    assert "en/organization/host.html" not in refused.removed


def test_where_the_view_still_holds_who_is_withheld_all_goes(tmp_path, read_files):
    tagged = un.Register(events=(event("held", name={"qq-Zqzx": "Meeting"}, starts="2025-02-01"),))
    build(tmp_path, tagged)
    refuse(tmp_path, attrs.evolve(tagged, persons=(un.Person(id="somebody", name="qq-Zqzx"),)))
    assert read_files(tmp_path).keys() == {MANIFEST, "en/calendar.ics", "es/calendar.ics"}
    assert {str(one["STATUS"]) for one in entries(tmp_path).values()} == {"CANCELLED"}


def test_calendars_of_a_refused_site_call_off_what_is_gone(tmp_path):
    build(tmp_path, EVENING)
    name = next(uid for uid, one in entries(tmp_path).items() if one["SUMMARY"] == "Night of Casa Luz")
    other = next(uid for uid, one in entries(tmp_path).items() if one["SUMMARY"] == "other")
    refuse(tmp_path, EVENING.without("casa-luz-night")[0])
    assert (entries(tmp_path)[name]["STATUS"], entries(tmp_path)[other].get("STATUS")) == ("CANCELLED", None)


def test_where_no_page_can_be_made_all_go_and_calendars_call_all_off(tmp_path, read_files):
    build(tmp_path)
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes/home.html").write_text("{{ nothing }}")
    with pytest.raises(un.UnusableConfiguration) as raised:
        build(tmp_path, RISKY, templates=tmp_path / "themes")
    assert raised.value.__notes__[0].startswith(
        "files of the earlier site that were removed, which could show what is withheld: "
    )
    assert read_files(tmp_path).keys() == {"themes/home.html", MANIFEST, "en/calendar.ics", "es/calendar.ics"}
    assert {str(one["STATUS"]) for one in entries(tmp_path).values()} == {"CANCELLED"}


def test_where_the_folder_is_not_as_it_must_be_what_may_not_stay_goes(tmp_path):
    build(tmp_path)
    (tmp_path / "en/event/new.html").write_text("mine")
    (tmp_path / "en/calendar.ics").write_text("no calendar")
    more = attrs.evolve(RISKY, events=(*RISKY.events, event("new")))
    with pytest.raises(un.UnreadableInput):
        build(tmp_path, more)
    assert not (tmp_path / "en/organization/two.html").exists()
    build(tmp_path, REGISTER)
    with pytest.raises(un.UnwritableOutput, match="other files") as raised:
        build(tmp_path, more)
    assert not (tmp_path / "en/organization/two.html").exists()
    assert (tmp_path / "en/event/new.html").read_text() == "mine"
    assert len(raised.value.__notes__) == 1


def test_what_cannot_be_removed_is_told_and_nothing_behind_a_link_is_touched(tmp_path):
    build(tmp_path)
    outside = tmp_path / "outside"
    (tmp_path / "es/organization").rename(outside)
    (tmp_path / "es/organization").symlink_to(outside)
    page = tmp_path / "en/organization/two.html"
    page.unlink()
    page.mkdir()
    refused = refuse(tmp_path, RISKY)
    assert refused.stuck == ("en/organization/two.html",)
    assert (outside / "two.html").exists()
    page.rmdir()
    build(tmp_path / "other")
    page = tmp_path / "other/en/organization/two.html"
    page.unlink()
    page.mkdir()
    with pytest.raises(un.UnwritableOutput) as raised:
        build(tmp_path / "other", RISKY)
    assert raised.value.__notes__[1] == ("files of the earlier site that are stuck, which may show what is withheld: 1")


def test_a_memory_of_another_form_counts_as_none():
    renamed = attrs.evolve(EVENING, redirects=({"old_id": "night", "new_id": "casa-luz-night"},))
    held = make_memory(un.privacy.view(renamed, "public", ON), EVENING, SiteMemory())
    assert not held.shows_less_than(make_memory(un.privacy.view(EVENING, "public", ON), EVENING, SiteMemory()))
    assert read_memory(held.to_plain()) == held
    for plain in (None, {}, [], {"digests": 1, "masks": {}, "uids": {}}, {**held.to_plain(), "masks": {"a": "b"}}):
        assert read_memory(plain) == SiteMemory()
    odd = {"digests": ["Casa Luz"], "masks": {}, "uids": {"a": "casa-luz"}}
    assert read_memory(odd) == SiteMemory()
