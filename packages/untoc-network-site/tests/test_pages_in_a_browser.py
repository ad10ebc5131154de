"""The pages in a real browser: phone and desk, light and dark; nothing is fetched from elsewhere, axe finds no fault."""

import json
from importlib import resources

import attrs
import pytest

import untoc_network as un
import untoc_network_site as website

pytestmark = pytest.mark.unmeasured

KINDS = (
    "index.html",
    "members/index.html",
    "organization/{organization}.html",
    "events/index.html",
    "event/{event}.html",
    "countries/index.html",
    "country/ar.html",
    "reviews/index.html",
    "take-part/index.html",
    "sources/index.html",
    "data/index.html",
)
"""A page of every kind."""


@pytest.fixture(scope="module")
def site(tmp_path_factory, mechanism):
    folder = tmp_path_factory.mktemp("site")
    few = attrs.evolve(mechanism, country_reviews=mechanism.country_reviews[:4])
    rules, accent = un.RuleSet(rules=()), "#ffd500"
    assert website.build(few, folder, on="2024-12-31", languages=("es", "en"), accent=accent, rules=rules).ok
    names = {"organization": mechanism.organizations[0].id, "event": mechanism.events[0].id}
    return folder, [kind.format(**names) for kind in KINDS]


@pytest.fixture
def opened(browser, site):
    """Open a page; hold that the console stays empty, and that what is loaded is of the site."""
    folder, _ = site

    def opened(path, width=1280, scheme="light", media="screen"):
        browser.get_log("performance")
        size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 500}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": features})
        browser.get((folder / path).as_uri())
        return browser

    yield opened
    assert browser.get_log("browser") == []
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    sent = [event["params"] for event in events if event["method"] == "Network.requestWillBeSent"]
    asked = {one["request"]["url"] for one in sent if not one["documentURL"].startswith("chrome://")}
    assert all(address.startswith(folder.as_uri()) for address in asked)


@pytest.mark.parametrize("width", [360, 1280])
def test_every_kind_of_page_fits_and_has_its_style(opened, site, width):
    for path in site[1]:
        browser = opened(f"es/{path}", width=width)
        inner, needed = browser.execute_script("return [innerWidth, document.documentElement.scrollWidth]")
        assert needed <= inner == width, path
        styled = browser.execute_script("return getComputedStyle(document.querySelector('.top')).borderTopStyle")
        assert styled == "solid"


_RULES = {"light": "", "dark": "{runOnly: ['color-contrast']}"}
"""The dark pages differ in nothing but their colours."""


@pytest.mark.parametrize("scheme", _RULES)
def test_every_kind_of_page_is_accessible(opened, site, scheme):
    script = (resources.files("axe_core_python") / "axe.min.js").read_text("utf-8")
    for path in site[1]:
        browser = opened(f"en/{path}", scheme=scheme)
        browser.execute_script(script)
        found = browser.execute_async_script(f"axe.run({_RULES[scheme]}).then(arguments[0])")
        assert [(path, rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found["violations"]] == []


_MAPS = """
    const maps = [...document.querySelectorAll("svg[aria-labelledby^=map]")].filter(one => one.checkVisibility());
    return maps.map(one => [one.querySelector("title").textContent, one.parentNode.scrollWidth]);
"""


def test_a_phone_shows_the_world_in_parts_that_need_not_be_moved(opened):
    browser = opened("en/reviews/index.html", width=360)
    shown = browser.execute_script(_MAPS)
    assert [name for name, _ in shown] == ["Africa", "Americas", "Asia", "Europe", "Oceania"]
    assert all(needed < 360 for _, needed in shown)
    assert len(opened("en/reviews/index.html").execute_script(_MAPS)) == 1


def test_the_first_page_leads_to_the_first_language(opened):
    browser = opened("index.html")
    assert browser.execute_script("return document.documentElement.lang") == "es"


def test_on_paper_it_is_black_on_white_without_menus(opened):
    browser = opened("en/events/index.html", media="print", scheme="dark")
    told = browser.execute_script("""
        const style = getComputedStyle(document.body);
        return [style.color, style.backgroundColor, getComputedStyle(document.querySelector(".menu")).display];
    """)
    assert told == ["rgb(0, 0, 0)", "rgb(255, 255, 255)", "none"]


def test_the_keyboard_reaches_the_content_first(opened):
    browser = opened("en/members/index.html")
    first = browser.execute_script("return document.querySelector('a').hash")
    assert first == "#content"
