"""The documents as a site: built strictly, all of it its own, searched from the disk, and its picture of the house true."""

import os
import re
import subprocess
import sys
import types
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from mkdocs.exceptions import PluginError
from playwright.sync_api import expect
from test_house import HOUSE, SURFACES

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

import docs_site  # noqa: E402 - scripts are no package


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The site, built with every warning an error."""
    folder = tmp_path_factory.mktemp("docs")
    made = subprocess.run(  # noqa: S603 - our own
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)],
        cwd=ROOT,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    return folder


class Loaded(HTMLParser):
    """Collects what a page loads by itself."""

    def __init__(self):
        """Begin with nothing."""
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        """Take what the tag loads; a link is only followed by who clicks it."""
        said = dict(attributes)
        loads = [said.get("src"), said.get("poster"), said.get("data") if tag == "object" else None]
        loads += [one.split()[0] for one in (said.get("srcset") or "").split(",") if one.strip()]
        if tag == "link" and said.get("rel") not in {"canonical", "prev", "next"}:
            loads.append(said.get("href"))
        self.found += [one for one in loads if one]


def test_the_site_loads_nothing_but_its_own(built):
    """Each script, style, picture and font of every page, and of its styles, is a file of the site."""
    pages, loaded = sorted(built.rglob("*.html")), set()
    assert len(pages) > 20
    for page in pages:
        parser = Loaded()
        parser.feed(page.read_text(encoding="utf-8"))
        # 404.html is served at any depth, so its own begin at the root.
        start = built if page.name == "404.html" else page.parent
        loaded |= {(start, one.lstrip("/") if start is built else one) for one in parser.found}
    for style in built.rglob("*.css"):
        urls = re.findall(r"url\(([^)]*)\)", style.read_text(encoding="utf-8"))
        loaded |= {(style.parent, url.strip("'\"")) for url in urls}
    own = {(start, one) for start, one in loaded if not one.startswith("data:")}
    assert own
    away = {one for start, one in own if not (start / unquote(urlsplit(one).path)).is_file()}
    assert away == set()


@pytest.mark.browser
def test_the_site_is_searched_from_the_disk(built, browser):
    """Opened as a file, a page finds words of another, in what the other says, and nothing is asked for but files."""
    context = browser.new_context()
    page, asked = context.new_page(), []
    context.on("request", lambda request: asked.append(request.url))
    page.goto((built / "index.html").as_uri())
    page.locator("input.md-search__input").press_sequentially("coarser")
    expect(page.locator(".md-search-result__item").first).to_contain_text("Method", timeout=30_000)
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    context.close()


def page_at(path):
    """A page as mkdocs hands it to the hook."""
    return types.SimpleNamespace(file=types.SimpleNamespace(src_uri=path, name=Path(path).stem))


PAGES = types.SimpleNamespace(
    get_file_from_path={path: path for path in ("export.md", "data/README.md", "CHANGELOG.md")}.get
)
LINKS = [
    ("index.md", "[data](../data/README.md#basemap)", "[data](data/README.md#basemap)"),
    ("reference/tables.md", "[data](../../data/README.md)", "[data](../data/README.md)"),
    ("data/README.md", "[out](../docs/export.md)", "[out](../export.md)"),
    ("CHANGELOG.md", "[data](data/README.md)", "[data](data/README.md)"),
    ("data/README.md", "[facts](collections/iraq-syria-2024/collection.toml)", "facts"),
    (
        "index.md",
        "[there](https://example.org/a) and [here](#below)",
        "[there](https://example.org/a) and [here](#below)",
    ),
]


@pytest.mark.parametrize(("path", "written", "led"), LINKS)
def test_a_link_leads_to_where_its_page_is_in_the_site(path, written, led):
    """A link as it stands in the checkout leads to the page in the site; one to a file that is no page is its name."""
    assert docs_site.on_page_markdown(written, page_at(path), None, PAGES) == led


def test_a_link_to_nowhere_stops_the_site():
    """A link to what is no file of the checkout is named."""
    with pytest.raises(PluginError, match=r"\.\./nowhere\.md is no file"):
        docs_site.on_page_markdown("[x](../nowhere.md)", page_at("index.md"), None, PAGES)


@pytest.mark.parametrize("name", ["architecture.svg", "architecture.md"])
def test_the_picture_of_the_house_has_all_of_it(name):
    """Each folder of the house and each surface stands in the picture and in the table under it."""
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert [
        part for part in ("data/", *(f"{folder}/" for folder in HOUSE), *SURFACES) if part not in text
    ] == []
