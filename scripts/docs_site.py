"""What mkdocs.yml cannot say of the site: pages that lie outside of docs/, and links between those and the others."""

import posixpath
import re
from pathlib import Path
from typing import Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT: Final = Path(__file__).parents[1]
DOCS: Final = "docs"
OUTSIDE: Final = (
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "data/README.md",
    "data/collections/README.md",
    "data/crosswalks/README.md",
    "data/gazetteer/README.md",
    "data/gazetteer/world/NOTICES.md",
    "data/gazetteer/world/README.md",
)
"""Pages of the checkout that are pages of the site too, under the same path."""

LINK: Final = re.compile(r"(?P<picture>!?)\[(?P<label>[^\]]*)\]\((?P<target>[^)#\s]*)(?P<anchor>#[^)\s]*)?\)")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Bring in the pages of `OUTSIDE`."""
    for path in OUTSIDE:
        files.append(File.generated(config, path, abs_src_path=str(ROOT / path)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Lead links as they stand in the checkout to where their pages are in the site.

    A link to a file that is no page, as a table of data, becomes its name. One that leads nowhere is an error.
    """
    del config
    own = page.file.src_uri
    folder = posixpath.dirname(own if own in OUTSIDE else f"{DOCS}/{own}")

    def led(link: re.Match[str]) -> str:
        target, anchor = link["target"], link["anchor"] or ""
        if not target or "://" in target or target.startswith("mailto:"):
            return link[0]
        path = posixpath.normpath(posixpath.join(folder, target))
        if not (ROOT / path).exists():
            raise PluginError(f"{folder}/{page.file.name}: {target} is no file of the checkout")
        inside = path.removeprefix(f"{DOCS}/")
        if files.get_file_from_path(inside) is None:
            return link["label"]
        to = posixpath.relpath(inside, posixpath.dirname(own) or ".")
        return f"{link['picture']}[{link['label']}]({to}{anchor})"

    return LINK.sub(led, markdown)
