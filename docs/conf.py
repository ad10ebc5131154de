"""The documentation site. What the library itself knows best is written by `generated.py` when a build starts."""

import atexit
import shutil
import sys
import tempfile
from pathlib import Path

from untoc_network import __version__

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]

from tools.companions import put_on_path  # noqa: E402 - it lies beside this folder

_metadata = tempfile.mkdtemp()
atexit.register(shutil.rmtree, _metadata)
put_on_path(Path(_metadata))

project = "untoc_network"
author = "The untoc_network maintainers"
copyright = author  # noqa: A001 - the name that Sphinx asks for
release = version = __version__

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "generated",
    "navigation",
    "pictures",
    "records",
    "rule_links",
    "translation",
]
locale_dirs = [str(Path(__file__).parent / "locale")]  # else scripts get no words
gettext_compact = False
exclude_patterns = [
    "_build",
    "reference/commands.md",
    "reference/entry-point-kinds.md",
    "reference/fact-tables.md",
    "reference/fields.md",
]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

add_module_names = False
autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
autodoc_typehints = "both"
autodoc_typehints_description_target = "documented"
default_role = "code"
linkcheck_ignore = [
    r"https?://([\w-]+\.)*example\.org",
    r"http://127\.0\.0\.1",
    r"https://zoom\.us/j/123456789",
]  # of examples
linkcheck_timeout = 20
suppress_warnings = ["misc.highlighting_failure"]  # examples may be broken JSON on purpose
python_maximum_signature_line_length = 88

html_theme = "furo"
html_title = "untoc_network"
templates_path = ["_templates"]
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_js_files = [("rule-filter.js", {"defer": "defer"})]
html_show_sphinx = False
html_copy_source = False
