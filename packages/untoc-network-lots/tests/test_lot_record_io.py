"""Records of draws from files: what is found has its place, wherever the report goes."""

import pickle

import pytest

import untoc_network as un
import untoc_network_lots.lot_record_io as draws


def test_the_report_on_a_draw_is_pickled_with_its_places(tmp_path):
    path = tmp_path / "draw.json"
    path.write_text('{\n "x": 1}')
    _, report = draws.read_draw(path)
    twin = pickle.loads(pickle.dumps(report))
    later = un.Report((un.Finding(code="X", slug="x", severity=un.Severity.INFO, message="x",
                                  location=un.Location(pointer="/x")),))  # fmt: skip
    assert [found.line for found in twin.merge(later)] == [found.line for found in report.merge(later)] == [2]


@pytest.mark.parametrize("text", ["20", "true", '"x"', "[1]"])
def test_what_holds_no_object_is_no_record_and_that_is_told(tmp_path, text):
    (tmp_path / "draw.json").write_text(text)
    document, report = draws.read_draw(tmp_path / "draw.json")
    assert document is None
    assert [(one.code, one.message) for one in report] == [("LT020", "this is not a record of a draw")]
