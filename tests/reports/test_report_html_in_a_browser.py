"""The page in a real browser: it filters, asks for nothing, says nothing in the console, and fits phone and desk."""

import pytest

from untoc_network.diagnostics.findings import Basis, Finding, Location, Report, Severity
from untoc_network.reports.report_text import Checked, render_report

HOSTILE = '</script><script>window.ran=1</script><img src="//example.org/x" onerror="window.ran=1">\u202e]]>'


def finding(code, slug, severity, pointer, message, subject=None, file="register.json", line=4, **more):
    place = Location(pointer=pointer, line=line, column=5, file=file)
    return Finding(
        code=code, slug=slug, severity=severity, message=message, subject=subject, location=place, **more
    )  # fmt: skip


REPORT = Report(
    (
        finding("IO002", "unknown-field", Severity.ERROR, "/titel", "a register has no field 'titel'", line=2, hint="did you mean 'title'?"),
        finding("SH002", "organization-ends-after-it-begins", Severity.ERROR, "/organizations/0/dissolved", "the organization was dissolved (2012) before it was founded (2019)", "xa-peña-refuge", line=4),
        finding("SR001", "record-without-source", Severity.WARNING, "/organizations/0/sources", "the record cites no source", "xa-peña-refuge", line=5, hint="cite in 'sources' where the content was read"),
        finding("SR009", "nothing-rests-on-memory", Severity.INFO, "/sources/0", "the record has provenance 'recalled': its content is not stated by its source", "a-note", line=90, basis=Basis(document="rules of procedure")),
        finding("ACME1", "our-own", Severity.WARNING, f"/events/0/{'x' * 90}", HOSTILE, HOSTILE, "other.json", hint=HOSTILE),
    )
)  # fmt: skip


@pytest.fixture
def page(browser, tmp_path):
    """Open a report at a width and in a colour scheme; give the browser, and hold that the console stays empty."""

    def opened(report=REPORT, width=1280, scheme="light", media="screen", scripts=True):
        path = tmp_path / "report.html"
        checked = Checked(on="2024-07-01", records=3, rules=74)
        path.write_text("".join(render_report(report, "html", checked=checked)), encoding="utf-8")
        browser.get_log("performance")
        size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 500}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        scheme = {"name": "prefers-color-scheme", "value": scheme}
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": [scheme]})
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not scripts})
        browser.get(path.as_uri())
        return browser

    yield opened
    assert browser.get_log("browser") == []


def shown(browser):
    """The codes of the findings that are to be seen, and what the page says about their number."""
    seen = """
        const seen = Array.from(document.querySelectorAll(".finding")).filter((item) => item.checkVisibility());
        return [seen.map((item) => item.querySelector("p").textContent.split(" ")[1]), state.textContent];
    """
    return tuple(browser.execute_script(seen))


def wait(browser, expected):
    from selenium.webdriver.support.wait import WebDriverWait

    try:
        WebDriverWait(browser, 10, poll_frequency=0.02).until(lambda _: shown(browser) == expected)
    finally:
        assert shown(browser) == expected


ALL = ["ACME1", "IO002", "SH002", "SR001", "SR009"]


def test_it_filters_by_severity_area_and_words(page):
    from selenium.webdriver.support.select import Select

    browser = page()
    wait(browser, (ALL, "5 of 5 shown"))
    browser.find_element("css selector", "input[value=error]").click()
    wait(browser, (["ACME1", "SR001", "SR009"], "3 of 5 shown"))
    Select(browser.find_element("name", "area")).select_by_value("SR")
    wait(browser, (["SR001", "SR009"], "2 of 5 shown"))
    words = browser.find_element("name", "text")
    words.send_keys("REFUGE pena")
    wait(browser, (["SR001"], "1 of 5 shown"))
    titles = [title.text for title in browser.find_elements("css selector", "h2, h3") if title.is_displayed()]
    assert titles == ["register.json", "organizations[0] xa-peña-refuge", "Why these rules exist"]
    words.send_keys(" nowhere\n")
    wait(browser, ([], "0 of 5 shown"))
    browser.find_element("css selector", "button").click()
    wait(browser, (ALL, "5 of 5 shown"))


def test_the_keyboard_is_enough(page):
    from selenium.webdriver import ActionChains, Keys

    browser = page()
    reached = []
    for _ in range(6):
        ActionChains(browser).send_keys(Keys.TAB).perform()
        element = browser.switch_to.active_element
        reached.append(
            element.get_attribute("value") if element.get_attribute("type") == "checkbox" else element.tag_name
        )
        assert browser.execute_script("return getComputedStyle(arguments[0]).outlineStyle", element) == "solid"
    assert reached == ["error", "warning", "info", "select", "input", "button"]
    ActionChains(browser).key_down(Keys.SHIFT).send_keys(Keys.TAB * 3).key_up(Keys.SHIFT).send_keys(
        Keys.SPACE
    ).perform()
    wait(browser, (["ACME1", "IO002", "SH002", "SR001"], "4 of 5 shown"))


def test_nothing_is_asked_for_and_nothing_hostile_runs(page):
    import json

    browser = page()
    wait(browser, (ALL, "5 of 5 shown"))
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = {event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"}
    assert asked == {browser.current_url}
    assert browser.execute_script("return [document.scripts.length, document.images.length, window.ran]") == [
        1,
        0,
        None,
    ]
    assert "\\u{202e}]]>" in browser.find_element("css selector", ".finding").text


def test_the_policy_keeps_out_what_the_page_does_not_hold(browser, page):
    page()
    ran = browser.execute_script("""
        const script = document.createElement("script");
        script.textContent = "window.ran = 1";
        document.body.append(script);
        document.body.setAttribute("style", "color: red");
        document.body.append(Object.assign(new Image(), {src: "data:image/gif;base64,R0lGODlhAQABAAAAACw="}));
        return [window.ran, getComputedStyle(document.body).color];
    """)
    assert ran == [None, "rgb(27, 31, 36)"]
    refused = [entry["message"] for entry in browser.get_log("browser")]
    assert len(refused) == 3
    assert all("Content Security Policy" in message for message in refused)


def test_without_scripts_it_is_a_plain_list(page):
    browser = page(scripts=False)
    assert not browser.find_element("id", "filter").is_displayed()
    assert all(item.is_displayed() for item in browser.find_elements("css selector", ".finding"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_it_fits_a_phone_and_a_desk(page, width, scheme, tmp_path):
    browser = page(width=width, scheme=scheme)
    inner, needed = browser.execute_script("return [innerWidth, document.documentElement.scrollWidth]")
    assert needed <= inner == width
    boxes = {name: browser.find_element("css selector", name).rect for name in (".filter", ".file", ".finding")}
    beside = boxes[".file"]["x"] >= boxes[".filter"]["x"] + boxes[".filter"]["width"]
    assert beside == (width == 1280)
    assert boxes[".finding"]["width"] > 0.6 * width
    for control in browser.find_elements("css selector", "fieldset label, select, input[type=search], button"):
        assert control.rect["height"] >= 35
    assert browser.save_screenshot(str(tmp_path / f"{width}-{scheme}.png"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible(page, scheme):
    from importlib import resources

    browser = page(scheme=scheme)
    browser.execute_script((resources.files("axe_core_python") / "axe.min.js").read_text("utf-8"))
    found = browser.execute_async_script("axe.run().then(arguments[0])")
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found["violations"]] == []
    assert "color-contrast" in {rule["id"] for rule in found["passes"]}


def test_paper_shows_the_findings_and_no_filter(page):
    browser = page(media="print", scheme="dark")
    assert not browser.find_element("id", "filter").is_displayed()
    assert all(item.is_displayed() for item in browser.find_elements("css selector", ".finding"))
    colours = browser.execute_script("const s = getComputedStyle(document.body); return [s.color, s.backgroundColor]")
    assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


def test_a_clean_report_is_a_page_without_a_filter(page):
    browser = page(Report())
    assert browser.find_element("tag name", "h1").text == "0 errors, 0 warnings, 0 infos"
    assert browser.find_elements("tag name", "form") == browser.find_elements("tag name", "script") == []


MANY = Report(
    tuple(
        finding("SR001", "record-without-source", Severity.WARNING, f"/organizations/{n}/sources", "no source", f"xa-{n}", line=n + 1)
        for n in range(12)
    )
)  # fmt: skip


def test_what_is_folded_up_opens_by_keyboard_or_by_looking_for_it(page):
    from selenium.webdriver import Keys

    browser = page(MANY)
    wait(browser, (["SR001"] * 5, "12 of 12 shown"))
    browser.find_element("css selector", "summary").send_keys(Keys.ENTER)
    wait(browser, (["SR001"] * 12, "12 of 12 shown"))
    browser.find_element("css selector", "summary").send_keys(Keys.ENTER)
    browser.find_element("name", "text").send_keys("xa-11")
    wait(browser, (["SR001"], "1 of 12 shown"))


def test_what_is_folded_up_opens_without_scripts_and_is_on_paper(page):
    browser = page(MANY, scripts=False)
    assert sum(item.is_displayed() for item in browser.find_elements("css selector", ".finding")) == 5
    browser.find_element("css selector", "summary").click()
    assert all(item.is_displayed() for item in browser.find_elements("css selector", ".finding"))
    browser = page(MANY, media="print")
    seen = "return [...document.querySelectorAll('.finding')].every((item) => item.getBoundingClientRect().height > 0)"
    assert browser.execute_script(seen)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_with_folds_is_accessible(page, scheme):
    test_it_is_accessible(lambda **given: page(MANY, **given), scheme)
