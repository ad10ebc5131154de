"""The website of a network, its report, submissions and pictures: what an audience may see, in several languages.

import untoc_network as un

un.site.build(un.example(), "public", on="2026-11-24", languages=("es", "en"))
"""

from __future__ import annotations

from untoc_network_site.network_picture import draw_network
from untoc_network_site.report_page import render_statistics_html
from untoc_network_site.review_publication import draw_reviews, render_reviews
from untoc_network_site.site_building import Site, build
from untoc_network_site.submission_page import render_submission_html

__all__ = [
    "Site",
    "build",
    "draw_network",
    "draw_reviews",
    "render_reviews",
    "render_statistics_html",
    "render_submission_html",
]
