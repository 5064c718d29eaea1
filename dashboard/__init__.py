"""The Streamlit pages, and the bridge from them to the page that holds the map."""

import os

# Arrow reads it when it is loaded, which is before anything else could say it: its own allocator keeps what it once had
# (`memory` says what else is given back). Commands have it too, since `commands/serve` loads this folder: a build of 60,000
# claims takes no longer by it, and a twelfth less memory.
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
