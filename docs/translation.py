"""The pages that are translated, in another language: `sphinx-build -D language=es docs docs/_build/html/es`.

Sphinx puts in the paragraphs of `locale`; what it cannot is done here. Rule pages are made of the words of the library,
the glossary's first column is the language's own, commands are shown with what they print in it, and what is not
translated is linked to in English, which lies one folder above. A paragraph without a translation is a warning.
"""

import re

from docutils import nodes
from generated import render_rule_source
from sphinx import addnodes
from sphinx.util import logging
from sphinx.util.nodes import extract_messages
from tools.page_translations import (
    LANGUAGES,
    catalogue_file,
    list_messages,
    list_pages,
    page_source,
    put_in_commands,
    read_catalogue,
    swap_words,
)

NAMES = {"en": "English", "es": "Español", "pt": "Português"}
TAGS = {"pt": "pt-BR"}
PAGES = list_pages()


def setup(app):
    """Connect what is below; links between languages are on pages of all."""
    app.connect("config-inited", choose_pages)
    app.connect("source-read", put_in_words)
    app.connect("doctree-read", link_to_english, priority=100)
    app.connect("doctree-read", tell_what_is_missing, priority=200)
    app.connect("env-get-outdated", read_rules_again)
    app.connect("html-page-context", show_languages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def choose_pages(_app, config):
    """In another language only what is translated is built."""
    if config.language in LANGUAGES:
        config.include_patterns = [f"{page}.md" for page in PAGES] + ["rules/[A-Z]*.md"]


def read_rules_again(app, env, _added, _changed, _removed):
    """What the library says may have changed though the English source did not."""
    return [name for name in env.found_docs if name.startswith("rules/")] if app.config.language in LANGUAGES else []


def put_in_words(app, page, source):
    """Take from the library and from the catalogue what Sphinx does not translate."""
    language = app.config.language
    if language not in LANGUAGES:
        return
    if page.startswith("rules/"):
        source[0] = render_rule_source(page.removeprefix("rules/"), language)
        return
    text = re.sub(r"```{toctree}\n.*?\n```", lambda found: keep_entries(found[0], app.env), source[0], flags=re.DOTALL)
    known = read_catalogue(catalogue_file(language, page).read_text("utf-8"))
    source[0] = swap_words(put_in_commands(text, known), language)


def keep_entries(toctree, env):
    """A list of pages without those that are not translated."""
    kept = [line for line in toctree.splitlines() if "/" not in line or line in env.found_docs]
    return "\n".join(kept) if any("/" in line for line in kept) else ""


def link_to_english(app, doctree):
    """Let what is not translated be read in English."""
    if app.config.language not in LANGUAGES:
        return
    up = "../" * (app.env.docname.count("/") + 1)
    for link in list(doctree.findall(addnodes.pending_xref)):
        if link["refdomain"] == "doc" and link["reftarget"] not in app.env.found_docs:
            anchor = f"#{link['reftargetid']}" if link.get("reftargetid") else ""
            english = nodes.reference("", "", refuri=f"{up}{link['reftarget']}.html{anchor}", classes=["in-english"])
            english += link.children
            link.replace_self(english)


def tell_what_is_missing(app, doctree):
    """Warn of each paragraph that stays English."""
    page, language = app.env.docname, app.config.language
    if language not in LANGUAGES or page not in PAGES:
        return
    wanted = {*list_messages(page_source(page), PAGES)}
    for node, message in extract_messages(doctree):
        if message in wanted and not node.get("translated") and not isinstance(node, nodes.image | addnodes.toctree):
            logging.getLogger(__name__).warning("not translated: %s", message, location=node)


def show_languages(app, page, _template, context, _doctree):
    """Link a page to itself in the other languages."""
    here = app.config.language if app.config.language in LANGUAGES else "en"
    context["language"] = TAGS.get(here, here)
    if page in PAGES or re.fullmatch("rules/[A-Z]+[0-9]+", page):
        up = "../" * (page.count("/") + (here != "en"))
        context["languages"] = [
            (TAGS.get(one, one), name, None if one == here else f"{up}{f'{one}/' if one != 'en' else ''}{page}.html")
            for one, name in NAMES.items()
        ]
