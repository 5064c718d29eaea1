"""Files with a web address wherever one can be written, each to a host of its own, so that a request tells what made it."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.parquet as pq

from bench.exchange_made import acled
from claims.model import TABLES
from claims.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
from string import ascii_uppercase

__all__ = ["HOST", "Lures"]

HOST: Final = "lure.example"
"""Under which the hosts are; nobody can have it (RFC 2606)."""

_KEPT: Final = frozenset({"language", "text_sha256", "side", "type"})
"""Columns of text whose words must be of a list."""

_DAY: Final = "2024-06-07"
_COLUMNS: Final = ("id", "when", "town", "people", "outlet", "published", "quote", "url", "image")
_ROWS: Final = (("a", "Elvas"), ("b", "Badajoz"))


@dataclass
class Lures:
    """Files in a folder, and which host stands where.

    Attributes:
        folder: The folder; it must be there.
        where: Where each host stands that was given out.
    """

    folder: Path
    where: dict[str, str] = field(default_factory=dict)

    def address(self, where: str, scheme: str = "http") -> str:
        """Give an address that stands nowhere else."""
        host = f"l{len(self.where)}.{HOST}"
        self.where[host] = where
        return f"{scheme}://{host}/x.png"

    def tables(self) -> list[Path]:
        """Write a table in each format: one that is taken in, and with what makes the format ask, for which it may be refused."""
        plain = {"csv": _csv, "tsv": _tsv}
        made = [
            self._put(f"rows.{ending}", write(list(_COLUMNS), self._rows(f"rows.{ending}")))
            for ending, write in plain.items()
        ]
        odd = {
            "xlsx": self._workbook,
            "parquet": self._parquet,
            "geojson": self._geojson,
        }
        for ending, one in odd.items():
            made += [
                self._put(f"{name}.{ending}", one(f"{name}.{ending}", odd=name == "odd"))
                for name in ("rows", "odd")
            ]
        return [*made, *self._kmls(), self._acled()]

    def _rows(self, name: str) -> list[list[str]]:
        said = "Some 300 walked over the bridge, see"
        return [
            [
                *(id_, _DAY, town, "300"),
                self.address(f"{name}: outlet"),
                "2024-06-08",
                f"{said} {self.address(f'{name}: quote')}",
                self.address(f"{name}: url"),
                self.address(f"{name}: image", "https"),
            ]
            for id_, town in _ROWS
        ]

    def _workbook(self, name: str, *, odd: bool) -> bytes:
        """Write a workbook with a formula that asks, links, a picture and a workbook that are elsewhere, and an external DTD."""
        office = "http://schemas.openxmlformats.org"
        relation = f"{office}/officeDocument/2006/relationships"
        rows = [_COLUMNS, *self._rows(name)]
        cells = "".join(
            f'<row r="{line}">'
            + "".join(
                f'<c r="{ascii_uppercase[column]}{line}" t="inlineStr"><is><t>{cell}</t></is></c>'
                for column, cell in enumerate(row)
            )
            + "</row>"
            for line, row in enumerate(rows, 1)
        )
        last = len(rows) + 1
        asks = f'<row r="{last}"><c r="A{last}" t="str"><f>WEBSERVICE("{self.address(f"{name}: formula")}")</f><v>z</v></c></row>'
        doctype = f'<!DOCTYPE x SYSTEM "{self.address(f"{name}: DTD")}">' if odd else ""
        outside = {
            kind: f'<Relationship Id="r{kind}" Type="{relation}/{kind}" TargetMode="External" Target="{self.address(f"{name}: {kind}")}"/>'
            for kind in ("hyperlink", "image", "externalLink", "attachedTemplate", "oleObject")
        }
        head = '<?xml version="1.0" encoding="UTF-8"?>'
        relations = f'{head}<Relationships xmlns="{office}/package/2006/relationships">'
        part = "application/vnd.openxmlformats-officedocument.spreadsheetml"
        return _zip(
            {
                "[Content_Types].xml": f'{head}<Types xmlns="{office}/package/2006/content-types">'
                '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                f'<Override PartName="/xl/workbook.xml" ContentType="{part}.sheet.main+xml"/>'
                f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{part}.worksheet+xml"/></Types>',
                "_rels/.rels": f'{relations}<Relationship Id="r1" Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
                "xl/workbook.xml": f'{head}<workbook xmlns="{office}/spreadsheetml/2006/main" xmlns:r="{relation}">'
                '<sheets><sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>',
                "xl/_rels/workbook.xml.rels": f'{relations}<Relationship Id="r1" Type="{relation}/worksheet" Target="worksheets/sheet1.xml"/>'
                f"{outside['externalLink']}{outside['attachedTemplate']}</Relationships>",
                "xl/worksheets/_rels/sheet1.xml.rels": f"{relations}{outside['hyperlink']}{outside['image']}{outside['oleObject']}</Relationships>",
                "xl/worksheets/sheet1.xml": f'{head}{doctype}<worksheet xmlns="{office}/spreadsheetml/2006/main" xmlns:r="{relation}">'
                f'<sheetData>{cells}{asks}</sheetData><hyperlinks><hyperlink ref="A2" r:id="rhyperlink"/></hyperlinks></worksheet>',
            }
        )

    def _parquet(self, name: str, *, odd: bool) -> bytes:
        """Write a table whose metadata name a schema, a reference system and a column elsewhere."""
        rows = self._rows(name)
        table = pa.table(dict(zip(_COLUMNS, map(list, zip(*rows, strict=True)), strict=True)))
        crs = {"encoding": "WKB", "crs": self.address(f"{name}: crs")}
        geo = {"version": "1.1.0", "primary_column": "image", "columns": {"image": crs}}
        table = table.append_column(self.address(f"{name}: name of a column"), pa.array(["x"] * len(rows)))
        told = {"schema": self.address(f"{name}: metadata")} | ({"geo": json.dumps(geo)} if odd else {})
        table = table.replace_schema_metadata(told)
        made = io.BytesIO()
        pq.write_table(table, made)
        return made.getvalue()

    def _geojson(self, name: str, *, odd: bool) -> bytes:
        """Write features with links to schema, context and next page, and a reference system that is elsewhere."""
        crs = {"type": "link", "properties": {"href": self.address(f"{name}: crs"), "type": "proj4"}}
        whole = {
            "type": "FeatureCollection",
            "$schema": self.address(f"{name}: schema"),
            "@context": self.address(f"{name}: context"),
            **({"crs": crs} if odd else {}),
            "links": [{"rel": "next", "href": self.address(f"{name}: next")}],
            "features": [
                {
                    "type": "Feature",
                    "id": self.address(f"{name}: id"),
                    "geometry": {"type": "Point", "coordinates": [-7.16, 38.88]},
                    "properties": dict(zip(_COLUMNS, row, strict=True)),
                }
                for row in self._rows(name)
            ],
        }
        return json.dumps(whole).encode()

    def kml(self) -> Path:
        """Write KML that links elsewhere."""
        return self._put("rows.kml", self._kml("rows.kml"))

    def _kmls(self) -> Iterator[Path]:
        """Write KML that links elsewhere, and again with each way in which XML names another document."""
        yield self.kml()
        yield self._put("rows.kmz", _zip({"doc.kml": self._kml("rows.kmz").decode()}))
        heads = {
            "stylesheet": '<?xml-stylesheet type="text/xsl" href="{}"?>',
            "dtd": '<!DOCTYPE kml SYSTEM "{}">',
            "public": '<!DOCTYPE kml PUBLIC "-//x//y" "{}">',
            "entity": '<!DOCTYPE kml [<!ENTITY e SYSTEM "{}">]>',
            "parameter": '<!DOCTYPE kml [<!ENTITY % e SYSTEM "{}"> %e;]>',
        }
        for kind, head in heads.items():
            name = f"{kind}.kml"
            yield self._put(
                name, self._kml(name, head.format(self.address(f"{name}: head")), "&e;" * (kind == "entity"))
            )

    def _kml(self, name: str, head: str = "", words: str = "") -> bytes:
        def at(where: str) -> str:
            return self.address(f"{name}: {where}")

        return (
            f'<?xml version="1.0" encoding="UTF-8"?>{head}<kml xmlns="http://www.opengis.net/kml/2.2" '
            f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xi="http://www.w3.org/2001/XInclude" '
            f'xsi:schemaLocation="http://www.opengis.net/kml/2.2 {at("schema")}"><Document>'
            f'<xi:include href="{at("include")}" parse="text"/><atom:link xmlns:atom="http://www.w3.org/2005/Atom" href="{at("atom")}"/>'
            f"<NetworkLink><Link><href>{at('network link')}</href><refreshMode>onInterval</refreshMode></Link></NetworkLink>"
            f"<GroundOverlay><Icon><href>{at('overlay')}</href></Icon></GroundOverlay>"
            f'<Style id="s"><IconStyle><Icon><href>{at("icon")}</href></Icon></IconStyle></Style>'
            f"<Placemark><name>Elvas</name><styleUrl>{at('style')}#s</styleUrl><TimeStamp><when>{_DAY}</when></TimeStamp>"
            f"<description><![CDATA[<img src='{at('image')}'><link rel=stylesheet href='{at('sheet')}'>"
            f"<iframe src='{at('frame')}'></iframe> Some walked over the bridge.]]>{words}</description>"
            f'<ExtendedData schemaUrl="{at("schema of data")}"><Data name="url"><value>{at("data")}</value></Data></ExtendedData>'
            f"<Model><Link><href>{at('model')}</href></Link></Model><Point><coordinates>-7.16,38.88</coordinates></Point></Placemark>"
            "</Document></kml>"
        ).encode()

    def _acled(self) -> Path:
        rows = acled(3, seed=1)
        for column in ("source", "notes", "tags", "location"):
            rows[column] = [f"Some crossed {self.address(f'acled.csv: {column}')}" for _ in range(len(rows))]
        return self._put("acled.csv", rows.to_csv(index=False).encode())

    # ---- what is read

    def articles(self) -> list[Path]:
        """Write reports: plain text, HTML with all that a browser would fetch, and XHTML with a DTD elsewhere."""
        said = "About 300 soldiers crossed from Elvas to Badajoz on Saturday, officials said."
        made = [self._put("report.txt", f"{said} Photographs: {self.address('report.txt: text')}\n".encode())]
        tags = {
            "base": '<base href="{}">',
            "style sheet": '<link rel="stylesheet" href="{}">',
            "canonical": '<link rel="canonical" href="{}"><link rel="amphtml" href="{}"><meta property="og:url" content="{}">',
            "preconnect": '<link rel="preconnect" href="{}"><link rel="dns-prefetch" href="{}"><link rel="prefetch" href="{}">',
            "refresh": '<meta http-equiv="refresh" content="0; url={}">',
            "script": '<script src="{}"></script>',
            "import": "<style>@import url({}); p {{ background: url({}) }}</style>",
        }
        parts = {
            "image": '<img src="{}" srcset="{} 2x">',
            "frame": '<iframe src="{}"></iframe><object data="{}"></object><embed src="{}">',
            "media": '<video src="{}" poster="{}"></video><audio src="{}"></audio>',
            "link": '<a href="{}" ping="{}">Photographs</a>',
            "form": '<form action="{}"><input type="image" src="{}"></form>',
            "svg": '<svg><image href="{}"/><use href="{}#x"/></svg>',
            "next page": '<a rel="next" href="{}">Next page</a>',
        }
        for name, doctype in {
            "report.html": "<!DOCTYPE html>",
            "report.xhtml.html": '<!DOCTYPE html PUBLIC "-//x" "{}">',
        }.items():
            head = "".join(self._filled(f"{name}: {what}", tag) for what, tag in tags.items())
            body = "".join(self._filled(f"{name}: {what}", tag) for what, tag in parts.items())
            begins = self._filled(f"{name}: DTD", doctype)
            text = f"{begins}<html><head><meta charset=utf-8>{head}</head><body><article><p>{said}</p>{body}<p>{said}</p></article></body></html>"
            made.append(self._put(name, text.encode()))
        return made

    def _filled(self, where: str, tag: str) -> str:
        return tag.format(*(self.address(where) for _ in range(tag.count("{}"))))

    # ---- what is shown and exported

    def collection(self) -> Path:
        """Write a collection: a shipped one with an address in every cell of text, and in its facts."""
        shown = shipped()
        source = next(iter(shown[name] for name in sorted(shown, reverse=True)))
        folder = self.folder / "lured"
        folder.mkdir()
        for table, columns in TABLES.items():
            loose = {one.name for one in columns if one.cell == "text"} - _KEPT
            urls = {one.name for one in columns if one.cell == "url"}
            with (source / f"{table}.csv").open(encoding="utf-8", newline="") as file:
                rows = [self._lured(table, row, loose, urls) for row in csv.DictReader(file)]
            _write(folder / f"{table}.csv", rows)
        for path in source.iterdir():
            if not (folder / path.name).exists() and path.name != "story.toml":
                (folder / path.name).write_bytes(path.read_bytes())
        facts = (source / "collection.toml").read_text(encoding="utf-8")
        lines = [
            line
            for line in facts.splitlines()
            if not line.startswith(("title", "about", "licence", "citation", "url"))
        ]
        told = [
            f'{key} = "{self.address(f"collection.toml: {key}")}"'
            for key in ("title", "title_ar", "about", "licence", "citation", "url")
        ]
        (folder / "collection.toml").write_text("\n".join([*told, *lines]) + "\n", encoding="utf-8")
        return folder

    def _lured(self, table: str, row: Mapping[str, str], loose: set[str], urls: set[str]) -> dict[str, str]:
        return {
            column: self.address(f"{table}.csv: {column}")
            if column in urls or (column in loose and cell)
            else cell
            for column, cell in row.items()
        }

    # ---- what is named as a file

    def words(self, ending: str) -> list[str]:
        """Give names of files that are addresses, in each way that some library would open."""
        file = f"{{}}/rows.{ending}"
        plain = {
            scheme: file.format(self.address(f"FILE as {scheme}", scheme).removesuffix("/x.png"))
            for scheme in ("http", "https", "ftp", "s3", "gs", "hdfs", "smb")
        }
        bare = self.address(f"FILE as //host: {ending}").removeprefix("http:").removesuffix("/x.png")
        return [
            *plain.values(),
            f"/vsicurl/{plain['http']}",
            f"/vsizip//vsicurl/{plain['https']}.zip",
            file.format(bare),
            file.format(bare).replace("/", "\\"),
            f"filecache::{plain['http']}",
        ]

    def _put(self, name: str, content: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content)
        return path


def _csv(columns: list[str], rows: list[list[str]], delimiter: str = ",") -> bytes:
    made = io.StringIO(newline="")
    csv.writer(made, delimiter=delimiter).writerows([columns, *rows])
    return made.getvalue().encode()


def _tsv(columns: list[str], rows: list[list[str]]) -> bytes:
    return _csv(columns, rows, "\t")


def _zip(parts: Mapping[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return made.getvalue()


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
