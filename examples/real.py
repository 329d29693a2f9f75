"""A plan from a real CRM export. Run: python -m examples.real --out out/real [any option of `pursuit plan`]"""

import argparse
import os
from pathlib import Path

from pursuit.cli import app

ROOT = Path(__file__).parents[1]
WEEKS = 13


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", default="out/real", help="folder for plan.json and plan.html")
    told, rest = parser.parse_known_args()
    data = Path(os.environ.get("PURSUIT_DATA", ROOT / "../shared/data")) / "deals" / "maven_crm"
    if not data.is_dir():
        print(
            "Skipped: the Maven CRM export is not here. Set PURSUIT_DATA to the folder that holds deals/maven_crm."
        )
        return
    mapping = ROOT / "examples" / "maven-mapping.toml"
    app(["plan", str(data), "--mapping", str(mapping), "--weeks", str(WEEKS), "--out", told.out, *rest])


if __name__ == "__main__":
    main()
