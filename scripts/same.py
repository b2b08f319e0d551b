"""Compare the JSON of two revisions: ``annotate`` and ``compare`` must be byte for byte the same.

Usage: ``python scripts/same.py REF [DATA]``; ``make same REF=<commit>`` calls it. REF is checked out into a temporary
work tree and run beside the working copy with the same interpreter, on the demo story and on what DATA (``../shared``)
has: PolNeAR dev, GUM, and every labelled story. Exits 1 and names the inputs whose output differs.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "examples" / "harbour_briefing"


def jobs(data: Path) -> dict[str, list[str]]:
    """Name the commands to compare, each with its arguments."""
    reports = [str(f) for f in sorted(DEMO.iterdir()) if f.suffix in {".jsonl", ".txt", ".html"}]
    transcript = str(DEMO / "transcript.txt")
    demo = [f for f in reports if f != transcript]
    found = {"demo": ["compare", *demo, "--transcript", transcript]}
    for file in (data / "polnear" / "dev.jsonl", data / "gum" / "gum.jsonl"):
        if file.exists():
            found[file.stem] = ["annotate", str(file)]
    for file in sorted(data.glob("**/*.docs.jsonl")):
        found[file.name.removesuffix(".docs.jsonl")] = ["compare", str(file)]
    return found


def output(tree: Path, arguments: list[str]) -> str:
    """Return the digest of what a command writes as JSON, run from ``tree``'s sources."""
    command = [sys.executable, "-m", "onrecord", *arguments, "--json", "-"]
    environment = {**os.environ, "PYTHONPATH": str(tree / "src")}
    run = subprocess.run(command, env=environment, capture_output=True, check=False)
    return f"{run.returncode} {hashlib.sha256(run.stdout).hexdigest()}"


def main(ref: str, data: Path) -> int:
    """Print one line an input, and return 1 if any differs."""
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        subprocess.run(["git", "-C", str(ROOT), "worktree", "add", "--quiet", "--detach", str(tree), ref], check=True)
        try:
            todo = jobs(data)
            with ThreadPoolExecutor(os.cpu_count()) as pool:
                before = pool.map(lambda job: output(tree, job), todo.values())
                after = pool.map(lambda job: output(ROOT, job), todo.values())
                different = [name for name, old, new in zip(todo, before, after, strict=True) if old != new]
        finally:
            subprocess.run(["git", "-C", str(ROOT), "worktree", "remove", "--force", str(tree)], check=True)
    for name in different:
        print(f"differs: {name}")
    print(f"{len(todo) - len(different)} of {len(todo)} inputs give the same output as {ref}.")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2] if len(sys.argv) > 2 else ROOT.parent / "shared")))
