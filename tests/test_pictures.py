"""Pictures that are drawn from the code, and the websites that ship, are as the code is."""

from pathlib import Path

import pytest
from tools.build_demo import SITE, build
from tools.draw_pictures import draw_all


def test_the_pictures_that_are_drawn_from_the_code_are_current():
    drawn = draw_all()
    assert [place.name for place, picture in drawn.items() if place.read_text(encoding="utf-8") != picture] == [], (
        "python -m tools.draw_pictures"
    )


def files_in(folder):
    return {str(one.relative_to(folder)): one.read_bytes() for one in Path(folder).rglob("*") if one.is_file()}


@pytest.mark.unmeasured
def test_the_websites_that_ship_are_current(tmp_path):
    build(tmp_path)
    shipped = {name: content for name, content in files_in(SITE).items() if name != "README.md"}
    made = files_in(tmp_path)
    assert made.keys() == shipped.keys()
    assert [name for name, content in made.items() if shipped[name] != content] == [], "python tools/build_demo.py"
