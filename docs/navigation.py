"""The navigation beside each page, made from the titles of all pages alone.

Sphinx copies the contents of every page into every page, of the reference alone thousands of lines, and then takes all
but the titles out again. That took two thirds of a build.
"""

from docutils import nodes
from sphinx import addnodes

FOLDED = ("rules/index",)
"""Pages whose many pages are not listed beside every other: they hold a table of their own."""


def setup(app):
    """Come before the theme, which asks for the navigation of each page."""
    app.connect("html-page-context", show_titles, priority=400)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def show_titles(app, _name, _template, context, _doctree):
    """Let who asks for titles alone go through titles alone."""
    made = context["toctree"]

    def toctree(**how):
        if not how.get("titles_only"):
            return made(**how)
        whole = app.env.tocs
        app.env.tocs = _titles(app)
        try:
            return made(**how)
        finally:
            app.env.tocs = whole

    context["toctree"] = toctree


def _titles(app):
    """The contents of all pages without what stands below their titles, but for other pages."""
    if not hasattr(app, "titles_of_pages"):
        app.titles_of_pages = {name: _keep_titles(toc, name in FOLDED) for name, toc in app.env.tocs.items()}
    return app.titles_of_pages


def _keep_titles(toc, folded):
    kept = toc.deepcopy()
    for one in kept.children:
        if isinstance(one, nodes.list_item) and len(one) > 1:
            below = list(one.findall(addnodes.toctree))
            if below and not folded:
                one[1][:] = below
            else:
                one.pop(1)
    return kept
