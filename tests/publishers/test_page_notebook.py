"""The example notebook runs from top to bottom, as a reader would run it."""

import subprocess
import sys

import pytest

RUN = """
import sys, nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(notebook, timeout=300, resources={"metadata": {"path": sys.argv[2]}}).execute()
nbformat.write(notebook, sys.argv[3])
"""


@pytest.mark.timeout(400)
def test_the_example_notebook_runs(root, tmp_path):
    nbformat = pytest.importorskip("nbformat", reason="the dev group brings it")
    # in a process of its own: the kernel's clients warn of their own affairs, which are not this project's
    file, done = root / "examples" / "notebook.ipynb", tmp_path / "done.ipynb"
    subprocess.run([sys.executable, "-c", RUN, file, root / "examples", done], check=True, timeout=380)
    notebook = nbformat.read(done, as_version=4)
    shown = [o for c in notebook.cells if c.cell_type == "code" for o in c.outputs]
    assert any("<iframe" in o.get("data", {}).get("text/html", "") for o in shown)
    assert not [o for o in shown if o.output_type == "error"]


def test_the_example_notebook_is_kept_without_outputs(root):
    nbformat = pytest.importorskip("nbformat", reason="the dev group brings it")
    notebook = nbformat.read(root / "examples" / "notebook.ipynb", as_version=4)
    assert not [c for c in notebook.cells if c.cell_type == "code" and (c.outputs or c.execution_count)]
