"""The picture in a real browser: every name is drawn, nothing runs, nothing is asked for."""

import untoc_network as un

HOSTILE = '</text><script>document.title="ran"</script><image href="//example.org/x"/>'


def overlaps(browser):
    """The texts that stand upon each other or reach out of the picture."""
    return browser.execute_script("""
        const boxes = [...document.querySelectorAll("text")].map((text) => [text.textContent, text.getBoundingClientRect()]);
        const whole = document.documentElement.getBoundingClientRect();
        const out = boxes.filter(([, box]) => box.left < whole.left || box.right > whole.right || box.bottom > whole.bottom);
        const upon = boxes.filter(([, one], place) => boxes.slice(place + 1).some(([, other]) =>
            one.left < other.right && other.left < one.right && one.top + 1 < other.bottom && other.top + 1 < one.bottom));
        const cut = [...document.querySelectorAll("g")].filter((group) => [...group.querySelectorAll("text")].some((text) =>
            text.getBoundingClientRect().right > group.querySelector("rect").getBoundingClientRect().right));
        return [...out, ...upon].map(([text]) => text).concat(cut.map((group) => group.textContent));
    """)


def test_no_name_is_cut_or_stands_upon_another(browser, tmp_path):
    names = (
        "Instituto de Estudios sobre Delincuencia Organizada y Políticas Públicas de la Región",
        "ASOCIACIÓN NACIONAL DE MUJERES POR LA JUSTICIA",
        "Donaudampfschifffahrtsgesellschaftskapitänsverband",
        "跨国有组织犯罪研究所与公民社会网络",
        "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
    )
    bodies = tuple(
        un.Organization(id=f"b{place}", name=un.Text(en=name), kind="ngo") for place, name in enumerate(names)
    )
    network = un.Network(id="net", name=un.Text(en=names[0]), kind="regional", coordinator_ids=("b0",))
    memberships = tuple(un.Membership(id=f"m{one.id}", network_id="net", organization_id=one.id) for one in bodies)
    register = un.Register(
        title=un.Text(en=names[1]), networks=(network,), organizations=bodies, memberships=memberships
    )
    for most, group_by in ((40, "country"), (1, "theme")):
        data = un.exchange.export(register, "svg", on="2026-11-25", language="fr", most=most, group_by=group_by).data
        (tmp_path / "network.svg").write_bytes(data)
        browser.get((tmp_path / "network.svg").as_uri())
        assert overlaps(browser) == []


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
    assert overlaps(browser) == []
    assert browser.execute_script("return document.querySelectorAll('script, image, foreignObject').length") == 0
    assert "ran" not in browser.title
    assert [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"] == []
