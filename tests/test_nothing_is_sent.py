"""Nothing is asked of the network and nothing is left in the home folder, however long a run takes.

onnxruntime would write a device id and an event database below the home folder, and in processes that live for more
than some eight seconds look up its maker's address; OpenVINO would do both when it is imported. The test annotates for
longer than that in a network of its own, without a way out, whose only name server writes down what it is asked.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ISOLATE = ["unshare", "--map-root-user", "--net", "--mount"]

ISOLATED = """
import fcntl, json, socket, struct, subprocess, sys, threading

folder, home, script = sys.argv[1:]
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
    fcntl.ioctl(control, 0x8914, struct.pack("16sh", b"lo", 0x1 | 0x40))  # SIOCSIFFLAGS: IFF_UP, IFF_RUNNING
with open(folder + "/resolv.conf", "w") as file:
    file.write("nameserver 127.0.0.1\\n")
subprocess.run(["mount", "--bind", folder + "/resolv.conf", "/etc/resolv.conf"], check=True)
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.1", 53))
asked = []

def listen():
    while True:
        question, who = server.recvfrom(4096)
        name, at = [], 12
        while question[at]:
            name.append(question[at + 1 : at + 1 + question[at]].decode("latin-1"))
            at += 1 + question[at]
        asked.append(".".join(name))
        server.sendto(question[:2] + b"\\x81\\x83" + question[4:6] + bytes(6) + question[12:], who)  # no such name

threading.Thread(target=listen, daemon=True).start()
done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=home)
print(json.dumps({"asked": asked, "status": done.returncode, "out": done.stdout, "err": done.stderr}))
"""

LONG_COMMAND = """
import sys, time
from onrecord.cli import main
begun = time.monotonic()
while time.monotonic() < begun + 14:
    sys.argv = ["onrecord", "annotate", "article.txt", "--json", "found.jsonl"]
    try:
        main()
    except SystemExit as stopped:
        assert not stopped.code
"""

ASKING = "import socket; socket.getaddrinfo('onrecord.example', 443)"


def environment(home: str | Path) -> dict[str, str]:
    """Give this process's environment with another home folder, and no switch of onnxruntime in it."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("XDG_", "ORT_"))}
    return {**kept, "HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"}


@pytest.fixture
def isolated(tmp_path):
    """Give a function that runs a script in a network of its own: what was asked, said, and written at home."""
    tried = subprocess.run([*ISOLATE, "true"], capture_output=True, check=False) if sys.platform == "linux" else None
    if tried is None or tried.returncode:
        pytest.skip("SKIPPED: this machine lets no process have a network of its own; nothing was looked at")
    home = tmp_path / "home"
    home.mkdir()

    def run(script: str) -> dict[str, object]:
        command = [*ISOLATE, sys.executable, "-c", ISOLATED, str(tmp_path), str(home), script]
        given = subprocess.run(command, capture_output=True, text=True, check=True, env=environment(home))
        written = sorted(str(path.relative_to(home)) for path in home.rglob("*"))
        return json.loads(given.stdout) | {"written": written}

    run.home = home
    return run


def test_the_name_server_of_the_test_hears_what_is_asked(isolated):
    """Otherwise the tests below would pass whatever is asked."""
    assert "onrecord.example" in isolated(ASKING)["asked"]


@pytest.mark.parametrize("backend", ["onnxruntime", "openvino"])
def test_a_long_run_asks_nothing_and_writes_nothing(isolated, monkeypatch, backend):
    if importlib.util.find_spec(backend) is None:
        pytest.skip(f"SKIPPED: {backend} is not installed")
    monkeypatch.setenv("ONRECORD_BACKEND", backend)
    (isolated.home / "article.txt").write_text("The port is shut.\n\n“It stays shut,” Ada Brandt said on Monday.\n")
    found = isolated(LONG_COMMAND)
    assert (found["status"], found["err"]) == (0, "")
    assert found["asked"] == []
    assert set(found["written"]) <= {"article.txt", "found.jsonl"}


def test_a_home_that_cannot_be_written_is_no_matter(tmp_path):
    article = tmp_path / "article.txt"
    article.write_text("The port is shut.\n\n“It stays shut,” Ada Brandt said on Monday.\n")
    command = [sys.executable, "-m", "onrecord", "annotate", str(article), "--json", "-"]
    given = subprocess.run(command, capture_output=True, text=True, check=False, env=environment("/proc/self"))
    assert (given.returncode, given.stderr) == (0, "")
    assert "It stays shut" in given.stdout


def test_what_runs_the_network_is_imported_in_one_place_only(root):
    """That place switches telemetry off; any other might come first."""
    importing = [
        path.name
        for path in (root / "src").rglob("*.py")
        if re.search(r"^\s*(?:import|from) (?:onnxruntime|openvino)\b", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert importing == ["inference.py"]
