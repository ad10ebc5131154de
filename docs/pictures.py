"""Pictures in light and dark: an SVG that follows the system follows the switch of the page as well.

What an `<img>` shows cannot know what was chosen on the page. So a picture that has colours for the dark is written
twice, in those of each, and the theme shows the one that fits. A copy of the repository has the one file.
"""

import re
from pathlib import Path

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

_IN_THE_DARK = re.compile(r"@media\s*\(prefers-color-scheme:\s*dark\)\s*\{((?:[^{}]*\{[^{}]*\})*[^{}]*)\}")
_WIDTH = re.compile(r'viewBox="0 0 (\d+)')
MOST = 600
"""Wider pictures are scrolled to the side on a narrow page, so that their words stay large enough to be read."""


def setup(app):
    """Let pictures be doubled after all pages are read."""
    app.add_post_transform(LightAndDark)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


class LightAndDark(SphinxPostTransform):
    """Put two pictures in the place of each that has colours for the dark."""

    default_priority = 500
    formats = ("html",)

    def run(self):
        """Replace the pictures of a page."""
        for image in list(self.document.findall(nodes.image)):
            source = Path(self.env.srcdir, image["uri"])
            picture = source.read_text("utf-8") if source.suffix == ".svg" and source.exists() else ""
            if _IN_THE_DARK.search(picture):
                image.replace_self(self.doubled(image, source, picture))

    def doubled(self, image, source, picture):
        """Both pictures, in what can be scrolled."""
        wide = int(_WIDTH.search(picture)[1]) > MOST
        both = nodes.container(classes=["picture", "wide"] if wide else ["picture"])
        folder = Path(self.app.outdir, "_images")
        folder.mkdir(exist_ok=True)
        for shade, dark in {"light": "", "dark": r"\1"}.items():
            name = f"{source.stem}-{shade}.svg"
            (folder / name).write_text(_IN_THE_DARK.sub(dark, picture), "utf-8")
            one = image.deepcopy()
            one["uri"] = "../" * self.env.docname.count("/") + f"_images/{name}"
            one["classes"] = [*image["classes"], f"only-{shade}"]
            both += one
        return both
