"""The line that tells how far work has come."""

import io
import sys

from untoc_network.cli.output import ProgressLine


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_on_a_terminal_one_line_is_written_over_and_taken_away(monkeypatch):
    monkeypatch.setattr(sys, "stderr", Terminal())
    line = ProgressLine("checking")
    line(1, 2)
    line(2, 2)
    line.clear()
    assert sys.stderr.getvalue() == (f"\rchecking [{'#' * 12}{'.' * 12}] 1/2\rchecking [{'#' * 24}] 2/2\r\x1b[2K")


def test_nothing_to_do_is_no_division_by_nothing(monkeypatch):
    monkeypatch.setattr(sys, "stderr", Terminal())
    ProgressLine("checking")(0, 0)
    assert sys.stderr.getvalue() == f"\rchecking [{'.' * 24}] 0/0"


def test_anywhere_else_nothing_is_written(capsys):
    line = ProgressLine("checking")
    line(1, 2)
    line.clear()
    assert capsys.readouterr() == ("", "")
