"""A workbook with an address wherever Office would ask for something."""

from __future__ import annotations

import io
import zipfile
from string import ascii_uppercase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trust.lures.addresses import Lures

__all__ = ["workbook", "zipped"]


def workbook(lures: Lures, name: str, rows: Sequence[Sequence[str]], *, odd: bool) -> bytes:
    """Write a workbook with a formula that asks, links, a picture and a workbook that are elsewhere, and an external DTD."""
    office = "http://schemas.openxmlformats.org"
    relation = f"{office}/officeDocument/2006/relationships"
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
    asks = f'<row r="{last}"><c r="A{last}" t="str"><f>WEBSERVICE("{lures.address(f"{name}: formula")}")</f><v>z</v></c></row>'
    doctype = f'<!DOCTYPE x SYSTEM "{lures.address(f"{name}: DTD")}">' if odd else ""
    outside = {
        kind: f'<Relationship Id="r{kind}" Type="{relation}/{kind}" TargetMode="External" Target="{lures.address(f"{name}: {kind}")}"/>'
        for kind in ("hyperlink", "image", "externalLink", "attachedTemplate", "oleObject")
    }
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    relations = f'{head}<Relationships xmlns="{office}/package/2006/relationships">'
    part = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return zipped(
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


def zipped(parts: Mapping[str, str]) -> bytes:
    """Put texts into an archive, by their names in it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return made.getvalue()
