"""The page of statistics in a real browser: phone, desk and paper, keyboard, accessibility, and that nothing is fetched."""

import base64
import json
import re
from importlib import resources

import pytest
from tests.statistics.registers import network_of

import untoc_network as un
from untoc_network.i18n.language_words import words_in
from untoc_network.statistics import stats
from untoc_network_site.report_page import render_statistics_html

HOSTILE = '</style><script>window.ran=1</script><img src="//example.org/x" onerror="window.ran=1">\u202e'


def hostile(register):
    events = tuple(
        un.Event(
            id=f"hostile-{unit}",
            name=un.Text(en=HOSTILE),
            kind=un.EventKind.OTHER,
            counts=(
                un.Count(
                    value=3,
                    unit=unit,
                    qualifier=un.Qualifier.AT_LEAST,
                    basis=un.CountBasis.STATED,
                    of=un.Text(en=HOSTILE),
                ),
            ),
        )
        for unit in un.CountUnit
    )
    return register.with_added(*events)[0]


SMALL = hostile(network_of(60))
"""Few enough that some counts are hidden."""


@pytest.fixture
def page(browser, tmp_path):
    """Open the page of a register; give the browser, and hold that the console stays empty."""

    def opened(register=SMALL, width=1280, scheme="light", media="screen", language="en"):
        path = tmp_path / "page.html"
        (words, *_) = words_in(language)
        made = stats(register, on="2024-12-31")
        path.write_text("".join(render_statistics_html(made, words=words)), encoding="utf-8")
        browser.get_log("performance")
        size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 500}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": features})
        browser.get(path.as_uri())
        return browser

    yield opened
    assert browser.get_log("browser") == []


@pytest.mark.parametrize("width", [360, 1280])
def test_it_fits_a_phone_and_a_desk_and_asks_for_nothing(page, width):
    browser = page(width=width)
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    sent = [event["params"] for event in events if event["method"] == "Network.requestWillBeSent"]
    asked = {one["request"]["url"] for one in sent if not one["documentURL"].startswith("chrome://")}  # its start page
    assert asked == {browser.current_url}
    assert browser.execute_script("return [document.scripts.length, document.images.length, window.ran]") == [
        0,
        0,
        None,
    ]
    inner, needed = browser.execute_script("return [innerWidth, document.documentElement.scrollWidth]")
    assert needed <= inner == width
    beside = browser.execute_script("""
        const row = document.querySelector(".row");
        const [label, bar] = [".label", ".bar"].map((name) => row.querySelector(name).getBoundingClientRect());
        return bar.left >= label.right;
    """)
    assert beside == (width == 1280)
    cut = browser.execute_script("""
        return Array.from(document.querySelectorAll(".lines text")).filter((text) => {
            const [box, whole] = [text.getBoundingClientRect(), text.ownerSVGElement.getBoundingClientRect()];
            return box.left < whole.left - 1 || box.right > whole.right + 1;
        }).map((text) => text.textContent);
    """)
    assert cut == []


def test_a_phone_leaves_room_for_the_name_of_a_bar_beside_a_long_number(page):
    browser = page(un.example(), width=360, language="es")
    assert "más de 20 (" in browser.execute_script("return document.body.textContent")
    wide = browser.execute_script("return [...document.querySelectorAll('.label')].map((one) => one.offsetWidth)")
    assert min(wide) > 120


def test_every_chart_has_its_table_and_bars_are_as_long_as_their_numbers(page):
    browser = page()
    charts = browser.find_elements("css selector", "[role=img]")
    assert all(chart.get_attribute("aria-label") for chart in charts)
    sections = browser.find_elements("css selector", "section.table")
    assert all(
        len(section.find_elements("tag name", "table")) == 1
        for section in sections
        if section.find_elements("css selector", ".chart")
    )
    measured = browser.execute_script("""
        return Array.from(document.querySelector("section:has(> #members-by-theme)").querySelectorAll(".row")).map((row) => {
            const bar = row.querySelector("rect.s0");
            return [row.querySelector(".said").textContent, bar ? bar.getBoundingClientRect().width : null];
        });
    """)
    told = {int(said): wide for said, wide in measured if said.isdigit() and int(said)}
    most = max(told)
    for number, wide in told.items():
        assert wide == pytest.approx(told[most] * number / most, abs=2)
    assert all(said.isdigit() for said, _ in measured), "what is hidden has no bar, and is named in a line"
    assert "Not shown, being too few or next to such: " in browser.find_element("tag name", "main").text


def test_the_keyboard_opens_the_tables(page):
    from selenium.webdriver import ActionChains, Keys

    browser = page()
    links = len(browser.find_elements("css selector", "nav a"))
    for _ in range(links + 1):
        ActionChains(browser).send_keys(Keys.TAB).perform()
    here = browser.switch_to.active_element
    assert here.tag_name == "summary"
    assert browser.execute_script("return getComputedStyle(arguments[0]).outlineStyle", here) == "solid"
    ActionChains(browser).send_keys(Keys.ENTER, Keys.TAB).perform()
    assert browser.switch_to.active_element.get_attribute("role") == "region"
    assert browser.find_element("css selector", "details table").is_displayed()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible(page, scheme):
    browser = page(scheme=scheme)
    browser.execute_script("for (const one of document.querySelectorAll('details')) one.open = true")
    browser.execute_script((resources.files("axe_core_python") / "axe.min.js").read_text("utf-8"))
    found = browser.execute_async_script("axe.run().then(arguments[0])")
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found["violations"]] == []
    assert {"color-contrast", "heading-order", "html-has-lang"} <= {rule["id"] for rule in found["passes"]}
    assert scheme == "dark" or contrasts(browser) == []


def contrasts(browser):
    """The colours of charts that stand out from the card by less than 3 to 1, as graphics must."""
    card, *series = browser.execute_script("""
        const style = getComputedStyle(document.documentElement);
        return ["--card", "--s0", "--s1", "--s2", "--s3", "--s4", "--s5"].map((name) => style.getPropertyValue(name));
    """)
    return [colour for colour in series if ratio(card, colour) < 3]


def ratio(one, other):
    lights = []
    for colour in (one, other):
        digits = colour.strip().lstrip("#")
        digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
        parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        lights.append(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
    return (max(lights) + 0.05) / (min(lights) + 0.05)


def test_paper_shows_every_table_and_is_a4(page):
    browser = page(media="print", scheme="dark", language="es")
    assert browser.find_element("tag name", "html").get_attribute("lang") == "es"
    assert not browser.find_element("tag name", "nav").is_displayed()
    heights = browser.execute_script(
        "return Array.from(document.querySelectorAll('table')).map((one) => one.getBoundingClientRect().height)"
    )
    assert heights
    assert min(heights) > 20
    colours = browser.execute_script("const s = getComputedStyle(document.body); return [s.color, s.backgroundColor]")
    assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    made = base64.b64decode(browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"])
    boxes = {tuple(round(float(side)) for side in box.split()) for box in re.findall(rb"/MediaBox \[([^]]*)\]", made)}
    assert boxes == {(0, 0, 595, 842)}


def test_a_register_without_records_is_a_page_too(page):
    browser = page(un.Register())
    assert browser.find_element("tag name", "h1").text == "The network in numbers"
    assert "no records of: members, events and attendance" in browser.find_element("tag name", "main").text
