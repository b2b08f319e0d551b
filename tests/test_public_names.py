import subprocess
import sys

import onrecord

NAMES = {
    "Archive",
    "ArchiveError",
    "ArchiveTimeoutError",
    "Document",
    "DocumentError",
    "EmptyDocumentError",
    "Failure",
    "FormatError",
    "LabelledDataError",
    "MissingExtraError",
    "OnRecordError",
    "ReadError",
    "Story",
    "StyleError",
    "UsageError",
    "WeightsError",
    "annotate",
    "check",
    "compare",
    "read",
}


def test_the_public_names_are_these_and_no_others():
    assert set(onrecord.__all__) == NAMES


def test_the_verbs_stay_verbs_when_their_packages_are_loaded():
    import onrecord.annotators.layout.blocks
    import onrecord.comparison.alignment.search
    import onrecord.readers.text

    assert all(callable(getattr(onrecord, verb)) for verb in ("annotate", "check", "compare", "read"))


def test_every_error_is_an_onrecord_error():
    errors = [getattr(onrecord, name) for name in NAMES if name.endswith("Error")]
    assert all(issubclass(error, onrecord.OnRecordError) for error in errors)


def test_help_loads_no_stage_and_no_heavy_library():
    heavy = [
        "numpy",
        "onnxruntime",
        "tokenizers",
        "trafilatura",
        "networkx",
        "pyarrow",
        "jinja2",
        "rich",
        "torch",
        "sqlalchemy",
    ]
    program = (
        "import sys\n"
        "from onrecord.cli import onrecord\n"
        "onrecord.main(['--help'], standalone_mode=False)\n"
        f"print([m for m in {heavy!r} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
