"""The page of a country in a real browser: phone, desk and paper, light and dark, and that nothing is fetched."""

import json
from importlib import resources

import pytest
from tests.engagement.country_registers import DAY, register, review

import untoc_network as un
from untoc_network.reports.country_page_html import render_country_html

HOSTILE = '</style><script>window.ran=1</script><img src="//example.org/x" onerror="window.ran=1">\u202e'
NAMED = un.Nomination(role="focal-point", country="PA", office=un.Text(en=HOSTILE))
ARTEFACT = un.Artefact(kind="summary", url="javascript:window.ran=1")
MADE = un.describe_country(register(country_reviews=(review(nominations=(NAMED,), artefacts=(ARTEFACT,)),)), "PA", DAY)


@pytest.fixture
def page(browser, tmp_path):
    """Open the page; give the browser, and hold that the console stays empty."""

    def opened(width=1280, scheme="light", media="screen", language="en"):
        path = tmp_path / "page.html"
        path.write_text("".join(render_country_html(MADE, languages=(language,))), encoding="utf-8")
        browser.get_log("performance")
        size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 500}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": features})
        browser.get(path.as_uri())
        return browser

    yield opened
    assert browser.get_log("browser") == []


@pytest.mark.parametrize(("width", "language"), [(360, "es"), (1280, "en")])
def test_it_fits_a_phone_and_a_desk_and_asks_for_nothing(page, width, language):
    browser = page(width=width, language=language)
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    sent = [event["params"] for event in events if event["method"] == "Network.requestWillBeSent"]
    asked = {one["request"]["url"] for one in sent if not one["documentURL"].startswith("chrome://")}  # its start page
    assert asked == {browser.current_url}
    counted = browser.execute_script("return [document.scripts.length, document.images.length, window.ran]")
    assert counted == [0, 0, None]
    inner, needed = browser.execute_script("return [innerWidth, document.documentElement.scrollWidth]")
    assert needed <= inner == width
    stacked = browser.execute_script("return getComputedStyle(document.querySelector('td')).display")
    assert stacked == ("block" if width == 360 else "table-cell")
    days = browser.execute_script("""
        return Array.from(document.querySelectorAll("time")).filter((day) => day.getClientRects().length > 1).length;
    """)
    assert days == 0, "no day is broken at its hyphens"


def test_each_number_leads_to_its_source(page):
    browser = page()
    led = browser.execute_script("""
        return Array.from(document.querySelectorAll(".refs a")).map((a) => [a.textContent, document.querySelector(a.hash)]);
    """)
    assert led
    assert all(source is not None for _, source in led)


@pytest.mark.parametrize(("scheme", "looked_at"), [("light", ()), ("dark", ("color-contrast",))], ids=["light", "dark"])
def test_it_is_accessible(page, scheme, looked_at):
    browser = page(scheme=scheme)
    browser.execute_script((resources.files("axe_core_python") / "axe.min.js").read_text("utf-8"))
    chosen = json.dumps({"runOnly": looked_at} if looked_at else {})
    found = browser.execute_async_script(f"axe.run({chosen}).then(arguments[0])")
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found["violations"]] == []
    needed = looked_at or ("color-contrast", "heading-order", "html-has-lang")
    assert {*needed} <= {rule["id"] for rule in found["passes"]}


def test_on_paper_it_is_black_on_white_without_its_contents(page):
    browser = page(media="print", scheme="dark")
    told = browser.execute_script("""
        const style = getComputedStyle(document.body);
        return [style.color, style.backgroundColor, getComputedStyle(document.querySelector("nav")).display];
    """)
    assert told == ["rgb(0, 0, 0)", "rgb(255, 255, 255)", "none"]
