"""What the tests have and the surfaces use too: the browser, a dashboard that is served, and a provider to sign in at."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from chromium import RULES, launch  # type: ignore[import-not-found]
from dashboard_server import served  # type: ignore[import-not-found]
from oidc_made import CLIENT, CLIENT_SECRET, OidcMade  # type: ignore[import-not-found]

__all__ = ["CLIENT", "CLIENT_SECRET", "RULES", "OidcMade", "launch", "served"]
