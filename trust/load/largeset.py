"""A large set for some of the crowd to look at: rows made up as ACLED has them, built once as `bordermap build` builds them."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from bench.exchange_made import acled
from trust.load.serving import ROOT

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["build_large"]


def build_large(claims: int, folder: Path) -> str:
    """Build a set of so many claims in a folder; give the word by which it is shown.

    Raises:
        subprocess.CalledProcessError: It could not be built.
    """
    rows, out = folder / "rows.csv", folder / "large"
    acled(claims).to_csv(rows, index=False)
    command = [sys.executable, "-m", "bordermap", "build", str(rows), "-o", str(out), "--workers", "2"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return str(out)
