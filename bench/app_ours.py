"""bordermap's dashboard over the made-up collection, whose places stand in a gazetteer of their own."""

import os
from pathlib import Path

from geo.gazetteer import Gazetteer

_made_up = Gazetteer.read(Path(os.environ["BENCH_GAZETTEER"]))
Gazetteer.read = lambda *_folders: _made_up  # type: ignore[method-assign]  # only in this process

from dashboard.pages import run  # noqa: E402  after its gazetteer was put in place

run()
