"""Count how many attributions two outputs of `onrecord annotate --json` have alike: python scripts/agreement.py A B."""

from __future__ import annotations

import json
import sys
from pathlib import Path


def attributions_of(path: str) -> set[str]:
    """List every attribution of every document with its spans, act, form and speaker, as one string each."""
    found = set()
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        for attribution in record["attributions"]:
            kept = {key: value for key, value in attribution.items() if key not in {"id", "confidence", "within"}}
            found.add(record["document"]["id"] + json.dumps(kept, sort_keys=True))
    return found


def main() -> None:
    """Print the counts."""
    one, other = (attributions_of(path) for path in sys.argv[1:])
    print(
        f"{len(one & other)} attributions alike, {len(one - other)} only in the first, {len(other - one)} in the second"
    )


if __name__ == "__main__":
    main()
