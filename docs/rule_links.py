"""The codes of rules lead to the pages of the rules, wherever they stand as `RF002`.

Pages of rules are made when a build starts, so that a copy of the repository has none, and a link to one would be dead
there. A code is read as well without one; here it becomes a link.
"""

from docutils import nodes
from sphinx import addnodes

from untoc_network.rules.catalogue import catalogue


def setup(app):
    """Come when a page was read, before its references are looked for."""
    app.connect("doctree-read", link_codes)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def link_codes(app, doctree):
    """Make each code a link, but in headings, in links, and on its own page."""
    codes = {rule.code for rule in catalogue()} - {app.env.docname.rpartition("/")[2]}
    for shown in [*doctree.findall(nodes.literal)]:
        code = shown.astext()
        if code in codes and not isinstance(shown.parent, nodes.title | nodes.reference | addnodes.pending_xref):
            link = addnodes.pending_xref(
                "", shown.deepcopy(), refdomain="std", reftype="doc", reftarget=f"/rules/{code}", refexplicit=True
            )
            shown.replace_self(link)
