"""The reviews by themselves: one page that loads nothing, and each picture as a file."""

from __future__ import annotations

import datetime as dt

from untoc_network.app.queries import show_register
from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.model.register import Register
from untoc_network.values.argument_checks import check_arguments
from untoc_network.values.consent_and_contact import Audience, audience_from_name
from untoc_network.values.dates import require_whole_day
from untoc_network_site.page_templates import make_environment
from untoc_network_site.review_pages import PICTURES, draw_picture, write_review_page
from untoc_network_site.site_content import gather_reviews
from untoc_network_site.site_options import make_site_options
from untoc_network_site.site_pages import LanguageSite
from untoc_network_site.tile_places import REGIONS

__all__ = ["draw_reviews", "render_reviews"]


@check_arguments
def render_reviews(
    register: Register, *, on: dt.date | str, audience: Audience | str = Audience.PUBLIC, language: str = "en"
) -> bytes:
    """A page in HTML of what an audience may see of the reviews on a day: map, matrix, years, each with its table.

    Raises `UnknownLanguage`, `ImpossibleValue` for options that cannot be.
    """
    return write_review_page(_make_site(register, audience, on, language))


@check_arguments
def draw_reviews(  # noqa: PLR0913
    register: Register,
    picture: str = "map",
    *,
    on: dt.date | str,
    region: str | None = None,
    audience: Audience | str = Audience.PUBLIC,
    language: str = "en",
) -> bytes:
    """One picture in SVG of what an audience may see of the reviews on a day: `timeline`, `steps` or `map`.

    `region` shows the States of a part of the world alone: `africa`, `americas`, `asia`, `europe`, `oceania`. Raises
    `UnknownLanguage`, `ImpossibleValue` for options that cannot be.
    """
    regions = {name.lower(): name for name in REGIONS}
    if picture not in PICTURES or (region is not None and region.lower() not in regions):
        raise ImpossibleValue(f"picture, region: expected one of {', '.join(PICTURES)}, and of {', '.join(regions)}")
    part = None if region is None else regions[region.lower()]
    return draw_picture(_make_site(register, audience, on, language), picture, part)


def _make_site(register: Register, audience: Audience | str, on: dt.date | str, language: str) -> LanguageSite:
    options = make_site_options(
        audience=audience_from_name(audience),
        on=require_whole_day(on),
        languages=(language,),
    )
    shown = show_register(register, options.audience, options.on)
    environment = make_environment(None)
    return LanguageSite(gather_reviews(shown, options), environment, options.languages[0])
