"""What a network gives of its own: colours, a logo, texts, templates; and what cannot be."""

import pytest

import untoc_network as un
import untoc_network_site as website
from untoc_network_site.colour_contrast import compute_contrast, fit_contrast, parse_colour
from untoc_network_site.page_templates import render_markdown
from untoc_network_site.site_options import OWN_TEXTS
from untoc_network_site.site_words import load_site_words

ON = "2024-12-31"


def build(folder, **more):
    return website.build(un.Register(), folder, on=ON, rules=un.RuleSet(rules=()), **{"languages": ("en",), **more})


@pytest.mark.parametrize(
    ("options", "kind", "said"),
    [
        ({"accent": "blue"}, un.ImpossibleValue, "accent"),
        ({"accent": "#12345"}, un.ImpossibleValue, "accent"),
        ({"base_url": "example.org"}, un.ImpossibleValue, "base_url"),
        ({"base_url": "https://example.org/?q"}, un.ImpossibleValue, "base_url"),
        ({"base_url": "https://[oh"}, un.ImpossibleValue, "base_url"),
        ({"base_url": "https://example.org/a b"}, un.ImpossibleValue, "base_url"),
        ({"contact": "the office"}, un.ImpossibleValue, "contact: expected an address of mail or of the web"),
        ({"contact": "javascript:alert(1)@example.org"}, un.ImpossibleValue, "contact"),
        ({"title": " "}, un.ImpossibleValue, "title"),
        ({"languages": ()}, un.ImpossibleValue, "languages"),
        ({"languages": ("xx",)}, un.UnknownLanguage, "xx"),
        ({"logo": "logo.gif"}, un.ImpossibleValue, "logo"),
        ({"logo": "nowhere.svg"}, un.UnreadableInput, "logo"),
        ({"texts": "nowhere"}, un.UnreadableInput, "texts"),
        ({"templates": "nowhere"}, un.UnreadableInput, "templates"),
        ({"forms": ("xml",)}, un.UnsupportedFormat, "xml"),
        ({"audience": "nobody"}, un.ImpossibleValue, "audience"),
    ],
)
def test_options_that_cannot_be_are_refused_before_anything_is_written(tmp_path, options, kind, said):
    with pytest.raises(kind, match=said):
        build(tmp_path / "out", **options)
    assert not (tmp_path / "out").exists()


def test_title_accent_and_logo_are_ones_own(tmp_path):
    (tmp_path / "sign.PNG").write_bytes(b"picture")
    build(tmp_path / "out", title="Our <net>", accent="#ffd500", logo=tmp_path / "sign.PNG")
    page = (tmp_path / "out/en/events/index.html").read_text("utf-8")
    assert '<img src="../../logo.png" alt="" height="40"><span><bdi>Our &lt;net&gt;</bdi></span>' in page
    assert (tmp_path / "out/logo.png").read_bytes() == b"picture"
    style = (tmp_path / "out/style.css").read_text("utf-8")
    assert "--accent: #ffd500" in style  # it can be read on the dark page; on the light one it is darker
    assert style.count("#ffd500") == 1
    assert "Our &lt;net&gt;" in (tmp_path / "out/en/card.svg").read_text("utf-8")


def test_a_logo_that_weighs_too_much_is_refused(tmp_path):
    (tmp_path / "logo.svg").write_bytes(b" " * 100_001)
    with pytest.raises(un.ImpossibleValue, match="logo: a file has at most 100,000 bytes"):
        build(tmp_path / "out", logo=tmp_path / "logo.svg")


def test_texts_of_ones_own_stand_first_on_their_page_in_their_language(tmp_path):
    (tmp_path / "home.en.md").write_text("# Welcome\n\nWe **are** <b>here</b> ![x](https://example.org/x.png)")
    (tmp_path / "home.es.md").write_text("Bienvenidos")
    build(tmp_path / "out", texts=tmp_path)
    page = (tmp_path / "out/en/index.html").read_text("utf-8")
    assert "<h2>Welcome</h2>" in page
    assert "<strong>are</strong> &lt;b&gt;here&lt;/b&gt;" in page
    assert "<img" not in page
    assert "Welcome" not in (tmp_path / "out/en/members/index.html").read_text("utf-8")
    assert "Bienvenidos" not in page
    (tmp_path / "home.en.md").write_bytes(b"\xff")
    with pytest.raises(un.UnreadableInput, match=r"texts: home\.en\.md is not in UTF-8"):
        build(tmp_path / "out", texts=tmp_path)


def test_a_text_runs_nothing():
    assert "<a" not in render_markdown("[a](javascript:alert(1))")
    assert "<h6>" in render_markdown("###### deep")


def test_one_template_of_ones_own_takes_the_place_of_the_packaged_one(tmp_path):
    (tmp_path / "home.html").write_text('{% extends "base.html" %}{% block content %}<p>Ours</p>{% endblock %}')
    build(tmp_path / "out", templates=tmp_path)
    assert "<p>Ours</p>" in (tmp_path / "out/en/index.html").read_text("utf-8")
    assert "Who belongs to it" in (tmp_path / "out/en/members/index.html").read_text("utf-8")


@pytest.mark.parametrize(
    "text", ["{{ nowhere }}", "{% broken", "{{ ''.__class__.__mro__ }}", "{{ site.options.texts.clear() }}"]
)
def test_a_template_that_cannot_be_used_stops_the_build_and_runs_no_code(tmp_path, text):
    (tmp_path / "home.html").write_text(text)
    with pytest.raises(un.UnusableConfiguration, match=r"^the template home\.html cannot be used: "):
        build(tmp_path / "out", templates=tmp_path)
    assert not (tmp_path / "out").exists()


def test_accents_can_be_read_on_either_ground():
    for accent in ("#ffffff", "#000", "#ff0000", "#0b57a4", "#ffd500"):
        for behind in ((0xF6, 0xF7, 0xF9), (0x1B, 0x21, 0x28)):
            assert compute_contrast(parse_colour(fit_contrast(parse_colour(accent), behind)), behind) >= 4.5
    assert fit_contrast((11, 87, 164), (255, 255, 255)) == "#0b57a4"


def test_every_language_has_every_word():
    words = {language: load_site_words(language) for language in ("en", "es", "pt", "fr")}
    assert len({frozenset(table) for table in words.values()}) == 1
    assert set(OWN_TEXTS) <= set(words["en"])
