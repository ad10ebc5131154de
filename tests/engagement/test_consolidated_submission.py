import re

import pytest

import untoc_network as un
from untoc_network.engagement import coverage, dialogue_submission, format_message, submission
from untoc_network.reports.article_coverage import render_coverage, render_coverage_markdown
from untoc_network.reports.submission import (
    render_held_back,
    render_submission_markdown,
)
from untoc_network_site.submission_page import render_submission_html

from .registers import consent, day, dialogue, event, organization, review, text, with_records

ON = "2030-03-01"
PUBLIC = (consent("publication"),)


def contribution(name, *, consents=PUBLIC, **more):
    values = {
        "title": text(f"Study {name}"),
        "kind": un.ContributionKind.RESEARCH,
        "stage": un.ContributionStage.SELF_ASSESSMENT,
        "country": "XA",
        "audience": un.Audience.PUBLIC,
        "author_ids": ("ngo",),
    }
    return un.Contribution(id=name, consents=consents, **{**values, **more})


def article(instrument="UNTOC", *numbers, **more):
    return {"instrument": un.TreatyCode(instrument), "articles": numbers, "cluster": 1, **more}


REVIEW = review(instruments=(un.TreatyCode.UNTOC, un.TreatyCode.TIP))


def covered(*records, **more):
    return coverage(with_records(REVIEW, organization(), *records), "xa-1", ON, **more)


def test_each_article_of_the_cluster_has_a_row_with_what_there_is_on_it():
    found = covered(
        contribution("a", **article("UNTOC", "5", "10(2)", "10(3)")),
        contribution("b", **article("TIP", "5"), author_ids=("ngo", "other")),
        contribution("c", **article("UNTOC", "24", cluster=2)),
        contribution("d", **article("SOM", "6")),
        contribution("e"),
        contribution("f", stage=un.ContributionStage.CONSTRUCTIVE_DIALOGUE),
        contribution("g", country="XB"),
        contribution("h", country="XB", target_id="xa-1", **article("UNTOC", "23")),
        contribution("i", target_id="elsewhere", **article("UNTOC", "23")),
    )
    told = {
        (row.instrument.value, row.article): [p.contribution.id for p in row.pieces] for row in found.rows if row.pieces
    }
    assert told == {("UNTOC", "5"): ["a"], ("UNTOC", "10"): ["a"], ("TIP", "5"): ["b"], ("UNTOC", "23"): ["h"]}
    assert [piece.contribution.id for piece in found.elsewhere] == ["d", "e"]
    assert (found.covered, len(found.rows)) == (4, 10)
    assert {row.certainty.value for row in found.rows} == {"seen"}
    assert found.to_dict()["rows"][2]["pieces"] == []


def test_of_a_review_without_instruments_and_cluster_all_articles_of_its_treaties():
    mexico = review(country="MX", cluster=None)
    found = coverage(with_records(mexico), "mx-1", "2024-01-01")
    assert {row.instrument.value for row in found.rows} == {"UNTOC", "TIP", "SOM", "FIREARMS"}
    assert "recalled" in {row.certainty.value for row in found.rows}
    assert next(iter(render_coverage([found]))) == f"Review of Mexico: contributions to 0 of {len(found.rows)} articles"


def test_authors_are_named_by_consent_of_their_own_or_for_this_contribution():
    agreed = (consent(),)
    bodies = (
        organization("own", consents=agreed),
        organization("risk", consents=agreed, at_risk=True),
        organization("late", consents=(consent(given=day("2031")),)),
        organization("past", consents=(consent(withdrawn=day("2030-02")),)),
        organization("inner", consents=(consent(audience="members"),)),
        un.Person(id="p1", name="A. Example", consents=agreed),
    )
    everybody = ("own", "risk", "late", "past", "inner", "p1", "nobody")
    piece = contribution("a", author_ids=everybody, **article("UNTOC", "5"))

    def named(audience, one=piece):
        found = covered(*bodies, one, audience=un.Audience(audience))
        (row,) = (row for row in found.rows if row.pieces)
        return row.pieces[0].by

    assert named("public").to_dict() == {"named": ["own", "p1"], "unnamed": 5}
    assert named("members").named == ("own", "inner", "p1")
    assert named("internal").named == everybody
    for_all = contribution("a", author_ids=everybody, consents=agreed, **article("UNTOC", "5"))
    assert named("public", for_all).named == ("own", "late", "past", "inner", "p1")
    assert "risk" not in repr(named("public"))


def test_coverage_reads_as_text_and_as_markdown():
    found = covered(contribution("a", **article("TIP", "5")), contribution("b"), audience=un.Audience.PUBLIC)
    lines = list(render_coverage([found, found], width=None))
    assert lines[0] == "Review of XA, cluster 1: contributions to 1 of 10 articles"
    assert re.split(" {2,}", next(line for line in lines if line.startswith("TIP 5"))) == [
        "TIP 5",
        "Criminalization",
        "a (research)",
        "1 not named",
    ]
    assert any(line.strip().startswith("on no article of this review") for line in lines)
    assert "" in lines
    markdown = "".join(render_coverage_markdown([found]))
    assert "| TIP 5 | Criminalization | a (research) | 1 not named |\n" in markdown
    assert list(render_coverage([])) == ["no review has a contribution"]
    assert list(render_coverage_markdown([])) == ["no review has a contribution\n"]


def test_what_is_no_review_has_no_coverage():
    with pytest.raises(un.UnknownRecord, match=r"^'ngo' is not a country review$"):
        coverage(with_records(organization()), "ngo", ON)


# -- submissions ------------------------------------------------------------------------------------------------------


def submitted(*records, **more):
    return submission(with_records(REVIEW, organization(consents=(consent(),)), *records), "XA", ON, **more)


def test_sections_stand_in_the_order_of_the_treaties_and_articles():
    made = submitted(
        contribution("a", **article("TIP", "5")),
        contribution("b", **article("UNTOC", "10", "5")),
        contribution("c", **article("UNTOC", "99")),
        contribution("d", **article("UNTOC")),
        contribution("e"),
    )
    told = [
        (s.instrument and s.instrument.value, s.article, [i.contribution.id for i in s.items]) for s in made.sections
    ]
    assert told == [
        (None, None, ["e"]),
        ("UNTOC", None, ["d"]),
        ("UNTOC", "5", ["b"]),
        ("UNTOC", "10", ["b"]),
        ("UNTOC", "99", ["c"]),
        ("TIP", "5", ["a"]),
    ]
    assert [item.repeated for section in made.sections for item in section.items] == [False] * 3 + [True] + [False] * 2
    assert "".join(render_submission_markdown(made)).count("Its text stands above") == 1
    assert "".join(render_submission_html(made)).count("Its text stands above") == 1
    assert made.sections[2].title == "Criminalization of participation in an organized criminal group"


@pytest.mark.parametrize(
    ("more", "title", "ids"),
    [
        ({}, "Submission on the review of XA", {"a", "b", "c", "d"}),
        ({"cluster": 2}, "Submission on the review of XA, cluster 2", {"b", "c"}),
        ({"instrument": "tip"}, "Submission on the review of XA, TIP", {"a", "b", "c"}),
        ({"cluster": 1, "instrument": "TIP"}, "Submission on the review of XA, cluster 1, TIP", {"a", "c"}),
    ],
)
def test_a_submission_is_on_a_state_a_cluster_an_instrument(more, title, ids):
    made = submitted(
        contribution("a", **article("TIP", "5")),
        contribution("b", cluster=2),
        contribution("c"),
        contribution("d", target_id="xa-1", instrument=un.TreatyCode.UNTOC),
        contribution("x", country="XB"),
        contribution("y", target_id="xb-1"),
        contribution("z", stage=un.ContributionStage.CONSTRUCTIVE_DIALOGUE),
        review(country="XB"),
        **more,
    )
    assert format_message(made.title) == title
    assert {item.contribution.id for section in made.sections for item in section.items} == ids


def test_only_what_its_authors_agreed_to_publish_is_in_it():
    made = submitted(
        contribution("a"),
        contribution("narrow", audience=un.Audience.MEMBERS),
        contribution("silent", consents=()),
        contribution("withdrawn", consents=(consent("publication", withdrawn=day("2030")),)),
    )
    assert [(one.contribution_id, one.reason.value) for one in made.held_back] == [
        ("narrow", "audience"),
        ("silent", "consent"),
        ("withdrawn", "consent"),
    ]
    assert list(render_held_back(made.held_back))[:2] == [
        "narrow is left out: it is for a narrower circle",
        "silent is left out: no consent to publication covers this circle",
    ]
    inner = submitted(contribution("silent", consents=()), audience=un.Audience.INTERNAL)
    assert inner.held_back == ()
    assert made.held_back[0].to_dict() == {"contribution_id": "narrow", "reason": "audience"}


@pytest.mark.parametrize(
    ("authors", "said"),
    [
        (("ngo",), "By NGO."),
        (("shy",), "By 1 member of the network that is not named."),
        (("shy", "coy"), "By 2 members of the network that are not named."),
        (("ngo", "shy"), "By NGO, and 1 member of the network that is not named."),
        (("ngo", "p1", "shy", "coy"), "By A. Example and NGO, and 2 members of the network that are not named."),
        ((), ""),
    ],
)
def test_names_stand_by_consent_and_others_are_counted(authors, said):
    made = submitted(
        contribution("a", author_ids=authors),
        organization("shy"),
        organization("coy"),
        un.Person(id="p1", name="A. Example", consents=(consent(),)),
    )
    lines = "".join(render_submission_markdown(made)).splitlines()
    assert lines[4].replace("\\", "") == said
    assert "A. Example" not in repr(made)


def test_one_who_is_named_once_is_not_counted_again():
    made = submitted(
        organization("shy"),
        contribution("a", author_ids=("shy",), consents=(*PUBLIC, consent())),
        contribution("b", author_ids=("shy",)),
    )
    assert (made.names, made.unnamed) == (("SHY",), 0)


def test_a_dialogue_names_no_country():
    def to(name, **more):
        return contribution(name, target_id="cd", **{"country": None, **more})

    talk = event("talk", "constructive-dialogue", "2030-05-10")
    made = dialogue_submission(
        with_records(
            talk,
            dialogue(topics=(un.Theme.FIREARMS,)),
            organization(),
            to("sound", text=un.Text(en="One State of the region. Ms. Jordan served a turkey.", ht="Ayiti Chile")),
            to("named", text=text("It began in Papua New Guinea.")),
            to("titled", title=text("Arms in Papua New Guinea")),
            to("filed", country="XA"),
            contribution("other"),
        ),
        "cd",
        ON,
    )
    assert format_message(made.title) == "Submission to the constructive dialogue on firearms"
    assert {(h.contribution_id, h.field, h.countries) for h in made.held_back} >= {
        ("filed", "country", ("XA",)),
        ("named", "text.en", ("PG",)),
        ("titled", "title.en", ("PG",)),
    }
    (named,) = (h for h in made.held_back if h.contribution_id == "named")
    assert "It began in Papua New Guinea."[named.start : named.end] == "Papua New Guinea"
    assert "Papua New Guinea" not in "".join(render_submission_markdown(made))
    assert "named is left out: it names Papua New Guinea, and in a dialogue no country is named" in list(
        render_held_back(made.held_back)
    )
    with pytest.raises(un.UnknownRecord, match=r"^'talk' is not a constructive dialogue$"):
        dialogue_submission(with_records(talk), "talk", ON)


HOSTILE = "<script>alert(1)</script> *bold* | pipe"


def test_a_page_and_a_text_hold_what_was_written_and_nothing_that_runs():
    made = submitted(
        contribution(
            "a",
            title=text(HOSTILE),
            text=text(f"First.\n\n{HOSTILE}\n\n "),
            evidence=(
                un.Link(kind=un.LinkKind.DOCUMENT, url="https://example.org/x?a=1&b=2", title="Report"),
                un.Link(kind=un.LinkKind.DOCUMENT, url="javascript:alert(1)"),
            ),
            **article("UNTOC", "5"),
        ),
        contribution("b", **article("UNTOC", "99")),
        contribution("c"),
        contribution("d", instrument=un.TreatyCode.SOM),
    )
    page = "".join(render_submission_html(made))
    assert "<script" not in page
    assert "javascript" not in re.findall(r'href="([^"]*)"', page)
    assert re.findall(r'href="([^"]*)"', page) == ["https://example.org/x?a=1&amp;b=2"]
    assert "default-src &#x27;none&#x27;" not in page
    assert "default-src 'none'" in page
    assert page.count("<section>") == 4
    assert "<h2>UNTOC, article 5: Criminalization of participation in an organized criminal group</h2>" in page
    written = "".join(render_submission_markdown(made))
    assert "<script>" not in written.replace("\\<script\\>", "")
    assert "## UNTOC, article 99\n" in written
    assert "## In general\n" in written
    assert "## SOM\n" in written


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            "On: participation in an organized criminal group (recalled, not read in a source) and difficulties met",
        ),
        ("es", "Temas: participación en un grupo delictivo organizado (de memoria, sin cotejar con la fuente) y"),
        ("pt", "Sobre: participação em um grupo criminoso organizado (de memória, sem conferência na fonte) e"),
        (
            "fr",
            "Sur\u00a0: participation à un groupe criminel organisé (cité de mémoire, non vérifié dans une source) et",
        ),
    ],
)
def test_a_submission_tells_the_topics_of_the_questionnaires_and_how_sure_they_are(language, said):
    made = submitted(contribution("a", topics=("untoc-5", "difficulties"), **article("UNTOC", "5")), contribution("b"))
    assert said in "".join(render_submission_html(made, languages=(language,)))
    seen = submitted(contribution("a", topics=("untoc-27", "own-topic")))
    page = "".join(render_submission_html(seen))
    assert "On: the Convention as a legal basis of law enforcement cooperation and own-topic. By" in page


def test_a_table_of_articles_says_what_its_marks_of_doubt_mean():
    legend = "? that this article is in the cluster was not read: it is recalled or derived"
    first = covered(contribution("a", **article("UNTOC", "5")))
    second = coverage(with_records(review(cluster=2, instruments=(un.TreatyCode.TIP,)), organization()), "xa-1", ON)
    assert legend not in list(render_coverage([first], width=None))
    assert list(render_coverage([second], width=None))[-1] == legend
    assert "".join(render_coverage_markdown([second])).endswith(f"\n\n{legend}\n\n")


def test_a_demonym_that_holds_a_contribution_back_is_told_as_recalled():
    talk = dialogue("talk")
    named = contribution(
        "a",
        country=None,
        title=text("Honduran courts"),
        stage=un.ContributionStage.CONSTRUCTIVE_DIALOGUE,
        target_id="talk",
    )
    made = dialogue_submission(with_records(talk, organization(), named), "talk", ON)
    assert list(render_held_back(made.held_back)) == [
        "a is left out: it names Honduras (recalled, not read in a source), and in a dialogue no country is named"
    ]
    assert made.held_back[0].to_dict()["certainty"] == "recalled"


def test_what_is_said_on_a_topic_counts_for_its_article():
    found = covered(
        contribution("a", topics=("untoc-5", "difficulties", "nothing")),
        contribution("b", topics=("tip-5", "untoc-5"), **article("UNTOC", "5")),
        contribution("c", topics=("difficulties",)),
    )
    told = {(row.instrument.value, row.article): [p.contribution.id for p in row.pieces] for row in found.rows}
    assert {key: ids for key, ids in told.items() if ids} == {("UNTOC", "5"): ["a", "b"], ("TIP", "5"): ["b"]}
    assert [piece.contribution.id for piece in found.elsewhere] == ["c"]


def test_an_empty_submission_says_so():
    made = submission(un.Register(), "XA", ON)
    assert "There is no contribution that may be shown" in "".join(render_submission_markdown(made))
    assert "There is no contribution that may be shown" in "".join(render_submission_html(made))
