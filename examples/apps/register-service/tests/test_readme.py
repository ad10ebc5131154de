"""What README tells to ask and to call is answered and done."""

import re
import shlex
from pathlib import Path

import pytest
from register_service import __main__ as program

README = Path(__file__).parents[1].joinpath("README.md").read_text(encoding="utf-8")
LINES = [
    line
    for block in re.findall(r"^```sh\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
    for line in block.replace("\\\n", "").splitlines()
]
ASKED = [shlex.split(line) for line in LINES if line.startswith("curl ")]
CALLED = [shlex.split(line.partition("register-service ")[2]) for line in LINES if " token " in line]


@pytest.mark.parametrize("words", ASKED, ids=lambda words: words[-1])
def test_what_is_asked_is_answered(service, words):
    headers = dict(words[at + 1].split(": ", 1) for at, word in enumerate(words) if word == "-H")
    method = words[words.index("-X") + 1] if "-X" in words else "GET"
    body = words[words.index("-d") + 1] if "-d" in words else None
    address = words[-1].removeprefix("http://127.0.0.1:8000")
    by = "writer" if headers.pop("Authorization", None) else None
    if "If-Match" in headers:
        headers["If-Match"] = service.get(address, by=by).headers["ETag"]
    answer = service.ask(method, address, by=by, headers=headers, content=body)
    assert answer.status_code == 200, answer.text
    assert answer.json()


@pytest.mark.parametrize("words", CALLED, ids=" ".join)
def test_a_token_is_made_as_told(tmp_path, monkeypatch, capsys, words):
    monkeypatch.chdir(tmp_path)
    program.main(words[words.index("token") :])
    assert len(capsys.readouterr().out.strip()) > 20


def test_there_is_something_to_ask_and_to_call():
    assert (len(ASKED), len(CALLED)) == (3, 3)
