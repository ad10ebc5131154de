"""The same bytes under any hash seed, locale, time zone and with asserts off."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"
SCRIPT = """
import sys
import untoc_network as un
from untoc_network.cli.main import main
sys.stdout.reconfigure(encoding="utf-8")
code = main(["validate", "--on", "2026-11-24", "--format", "json", "americas-2022.json", "broken/dangling-id.json"])
main(["validate", "--on", "2026-11-24", "americas-2022.json"])
main(["validate", "--on", "2026-11-24", "mechanism-2024.json"])
for form in ("sarif", "junit", "github", "markdown", "html"):
    main(["validate", "--on", "2026-11-24", "--format", form, "americas-2022.json", "broken/dangling-id.json"])
main(["rules"])
main(["reviews", "mechanism-2024.json", "--on", "2024-12-31"])
main(["process", "accreditation", "--format", "svg"])
sys.stdout.flush()
sys.stdout.buffer.write(un.dumps(un.load("americas-2022.json")))
sys.exit(code)
"""


def output(*options, **environment):
    ran = subprocess.run(
        [sys.executable, *options, "-c", SCRIPT],
        cwd=EXAMPLES,
        env={"PATH": os.environ["PATH"], "PYTHONHASHSEED": "0", **environment},
        capture_output=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (1, b"")
    return ran.stdout


@pytest.fixture(scope="module")
def usual():
    return output()


def test_the_surroundings_change_nothing(usual):
    assert output(PYTHONHASHSEED="4242", LC_ALL="C", TZ="Pacific/Apia") == usual


def test_switching_asserts_off_changes_nothing(usual):
    assert output("-O") == usual
