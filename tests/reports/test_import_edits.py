"""What an import would do, as lines: what anyone may see of it, and of the rest that it changes."""

import untoc_network as un
from untoc_network.reports.import_edits import render_list_edits

BEFORE = "Name;Founded;Email;City;Themes;Member since;At risk\nCasa;1999;a@example.org;Port;gender;2001;no\n"
AFTER = "Name;Founded;Email;City;Themes;Member since;At risk\nCasa;2001;b@example.org;;firearms;2002;yes\nMesa;;;;;;\n"
NET = un.Register(networks=(un.Network(id="n", name=un.Text(en="N"), kind=un.NetworkKind.REGIONAL),))


def edits():
    mapping = un.member_lists.SheetMapping(network="n")
    first = un.import_bytes(BEFORE.encode(), file="l.csv", existing=NET, mapping=mapping).register
    return un.import_bytes(AFTER.encode(), file="l.csv", existing=first, mapping=mapping).edits


def test_one_line_for_each_edit():
    assert sorted(render_list_edits(edits())) == [
        "memberships casa-in-n period.start: '2001' becomes '2002' (changed in the list)",
        "memberships mesa-in-n: added (new in the list)",
        "organizations casa at_risk: added (new in the list)",
        "organizations casa founded: '1999' becomes '2001' (changed in the list)",
        "organizations casa seat.city: removed 'Port' (no longer in the list)",
        "organizations casa themes: added 'firearms' (new in the list)",
        "organizations casa themes: removed 'gender' (no longer in the list)",
        "organizations mesa: added (new in the list)",
    ]


def test_what_is_not_public_is_in_no_line_and_in_no_plain_form():
    first = un.import_bytes(BEFORE.encode(), file="l.csv").register
    changed = BEFORE.replace("a@example.org", "b@example.org").replace("2001;no", "2001;no")
    made = un.import_bytes(changed.encode(), file="l.csv", existing=first).edits
    told = [*render_list_edits(made), *map(str, map(un.to_dict, made)), *map(repr, made)]
    assert len(made) == 2
    assert not any("example.org" in one for one in told)
    assert un.to_dict(made[0]) == {
        "collection": "organizations",
        "id": "casa",
        "field": "contacts",
        "what": "removed",
        "reason": "gone-from-list",
    }


def test_days_that_are_one_thing_are_told_together():
    event = un.Event(id="e", name=un.Text(en="E"), kind=un.EventKind.WORKSHOP, starts=un.PartialDate("2024"))
    from untoc_network.matching.reimport import reimport
    from untoc_network.model.listed_record import ListedRecord

    def bring(existing, **fields):
        named = {"id": "x", "name": un.Text(en="E"), "kind": un.EventKind.WORKSHOP, **fields}
        return reimport(existing, [ListedRecord(record=un.Event(**named), keys=("k",))], list_name="l")

    first = bring(un.Register(events=(event,)), starts=un.PartialDate("2024")).register
    again = bring(first, starts=un.PartialDate("2025"), ends=un.PartialDate("2026"))
    assert list(render_list_edits(again.edits)) == [
        "events e starts: 'starts 2024' becomes 'starts 2025, ends 2026' (changed in the list)"
    ]
    assert un.to_dict(again.edits[0])["after"] == "starts 2025, ends 2026"
