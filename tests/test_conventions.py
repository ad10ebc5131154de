"""What packaging, releases and tasks say of themselves is true, and says one thing everywhere."""

import re
import tomllib
from pathlib import Path

import untoc_network as un
from untoc_network.model.register import SCHEMA_VERSION

ROOT = Path(__file__).parent.parent


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


LIBRARY = tomllib.loads(read("pyproject.toml"))["project"]
COMPANIONS = {path.parent.name: tomllib.loads(read(path)) for path in sorted(ROOT.glob("packages/*/pyproject.toml"))}
EXTRAS = LIBRARY["optional-dependencies"]
SERIES = un.__version__.rpartition(".")[0]
TRIED = ("3.11", "3.12", "3.13")
"""The versions of Python that CI tries, where a machine has them; a classifier stands for each, and for no other."""


def name_of(requirement):
    return re.match(r"[\w.-]+", requirement)[0].lower().replace("_", "-").replace(".", "-")


def test_one_version_stands_everywhere():
    assert {folder: told["project"]["version"] for folder, told in COMPANIONS.items()} == dict.fromkeys(
        COMPANIONS, un.__version__
    )
    assert re.search(r"^## \[([\d.]+)\]", read("CHANGELOG.md"), re.MULTILINE)[1] == un.__version__
    assert f"it is version {un.__version__}" in read("README.md")
    assert f"rev: v{un.__version__}" in read("docs/how-to/keep-a-register-in-git.md")


def test_companions_and_service_ask_for_the_library_that_they_are_made_for():
    service = tomllib.loads(read("examples/apps/register-service/pyproject.toml"))
    asked = [
        one
        for told in (*COMPANIONS.values(), service)
        for one in told["project"]["dependencies"]
        if one.startswith("untoc-network")
    ]
    assert len(asked) == 5
    assert {one.rpartition(">=")[2] for one in asked} == {SERIES}


def test_each_version_of_python_has_a_classifier_where_it_is_tried():
    for told in (LIBRARY, *(one["project"] for one in COMPANIONS.values())):
        versions = [one.rpartition(" ")[2] for one in told["classifiers"] if re.search(r":: 3\.\d+$", one)]
        assert tuple(versions) == TRIED
        assert told["requires-python"] == f">={TRIED[0]}"
        assert told["keywords"]
        assert told["license"] == "Apache-2.0"
    assert [one for one in TRIED if f'"{one}"' not in read(".github/workflows/ci.yml")] == []


def test_no_address_of_the_project_is_made_up():
    told = {
        **LIBRARY.get("urls", {}),
        **{k: v for one in COMPANIONS.values() for k, v in one["project"].get("urls", {}).items()},
    }
    assert all(address.startswith("https://") and "example" not in address for address in told.values())
    assert "`project.urls`" in read("CONTRIBUTING.md")


def test_the_lock_and_the_constraints_have_what_is_asked_for():
    locked = {package["name"] for package in tomllib.loads(read("uv.lock"))["package"]}
    pinned = {name_of(line) for line in read(".ci/constraints.txt").splitlines() if "==" in line}
    asked = {extra: {name_of(one) for one in wanted} for extra, wanted in EXTRAS.items()}
    assert set().union(*asked.values(), map(name_of, LIBRARY["dependencies"])) - locked == set()
    tools = asked["test"] | asked["lint"] | asked["docs"] | asked["frameworks"]
    assert tools - pinned == {"untoc-network"}


def test_every_extra_that_is_named_is_there():
    pages = [
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/*/*.md"),
        *ROOT.glob("packages/*/README.md"),
        *ROOT.glob("src/**/*.py"),
    ]
    named = re.compile(r"(?:untoc[-_]network|(?<=['\"/])(?:\.|\.\./\.\./\.\.))\[([a-z,]+)\]")
    found = {
        extra
        for page in pages
        for names in named.findall(page.read_text(encoding="utf-8"))
        for extra in names.split(",")
    }
    assert found - EXTRAS.keys() - {"extra"} == set()
    assert len(found) >= 10


def test_the_versions_of_form_and_package_are_told_apart():
    told = read("docs/explanation/limits-and-versions.md")
    assert SCHEMA_VERSION == 1
    assert "There has been one version so far" in told
    assert "The package has a version of its own, which says nothing of the form of registers." in told
    assert "`DeprecationWarning`" in told


def test_each_task_is_listed_and_each_that_is_named_is_there():
    makefile = read("Makefile")
    tasks = re.findall(r"^([a-z]+):.* ## \S", makefile, re.MULTILINE)
    assert re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split() == tasks
    assert re.findall(r"^([a-z]+):", makefile, re.MULTILINE) == tasks
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/*/*.md"), *ROOT.glob("tools/*.py")]
    named = {
        task
        for page in pages
        for words in re.findall(r"`make ((?:[a-z]+ ?)+)`", page.read_text(encoding="utf-8"))
        for task in words.split()
    }
    assert named - {*tasks} == set()
    files = re.findall(r"(?:^|\s)((?:tools|\.ci)/[\w./-]+)", makefile)
    modules = [f"{name.replace('.', '/')}.py" for name in re.findall(r"-m (tools\.\w+)", makefile)]
    assert [name for name in (*files, *modules) if not (ROOT / name).exists()] == []


def test_each_tool_says_how_it_is_called():
    tools = {path: path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("tools/*.py"))}
    with_others = {path.name for path, text in tools.items() if "from tools" in text and "sys.path.insert" not in text}
    told = [read(name) for name in ("Makefile", "CONTRIBUTING.md", ".ci/run", ".ci/code")] + [*tools.values()]
    called_alone = {name for text in told for name in re.findall(r"python3? tools/(\w+\.py)", text)}
    assert with_others & called_alone == set(), "python -m tools.…"
    called = {path.name for path, text in tools.items() if '__name__ == "__main__"' in text}
    unsaid = [
        name for name in called if name.partition(".")[0] not in tools[ROOT / "tools" / name].partition('"""\n\n')[0]
    ]
    assert unsaid == []
