"""The picture in a real browser: every name is drawn, nothing runs, nothing is asked for."""

import untoc_network as un

HOSTILE = '</text><script>document.title="ran"</script><image href="//example.org/x"/>'


def test_a_browser_draws_every_name_and_runs_nothing(browser, tmp_path):
    source = un.Citation(source_id="note")
    named = un.Organization(id="xa-a", name=un.Text(en=HOSTILE), kind=un.OrganizationKind.NGO, sources=(source,))
    network = un.Network(id="xa", name=un.Text(en="Network of XA"), kind=un.NetworkKind.REGIONAL, sources=(source,))
    membership = un.Membership(id="m1", network_id="xa", organization_id="xa-a", sources=(source,))
    note = un.Source(id="note", title=un.Text(en="Note"), kind=un.SourceKind.PRESS_NOTE)
    register = un.Register().with_added(named, network, membership, note)[0]
    (tmp_path / "network.svg").write_bytes(un.exchange.export(register, "svg", on="2026-11-25").data)
    browser.get((tmp_path / "network.svg").as_uri())
    drawn = browser.execute_script("return [...document.querySelectorAll('text')].map(text => text.textContent)")
    boxes = browser.execute_script(
        "return [...document.querySelectorAll('text')].map(text => text.getBoundingClientRect().width)"
    )
    assert any("Network of XA" in text for text in drawn)
    assert any("<script>" in text for text in drawn)
    assert min(boxes) > 0
    assert browser.execute_script("return document.querySelectorAll('script, image, foreignObject').length") == 0
    assert "ran" not in browser.title
    assert [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"] == []
