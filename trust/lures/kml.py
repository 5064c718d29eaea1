"""KML that links elsewhere, in each way that it and XML have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from trust.lures.workbook import zipped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from trust.lures.addresses import Lures

__all__ = ["DAY", "kmls"]

DAY: Final = "2024-06-07"
"""On which what all tables tell was."""


def kmls(lures: Lures) -> Iterator[Path]:
    """Write KML that links elsewhere, and again with each way in which XML names another document."""
    yield lures.put("rows.kml", _kml(lures, "rows.kml"))
    yield lures.put("rows.kmz", zipped({"doc.kml": _kml(lures, "rows.kmz").decode()}))
    heads = {
        "stylesheet": '<?xml-stylesheet type="text/xsl" href="{}"?>',
        "dtd": '<!DOCTYPE kml SYSTEM "{}">',
        "public": '<!DOCTYPE kml PUBLIC "-//x//y" "{}">',
        "entity": '<!DOCTYPE kml [<!ENTITY e SYSTEM "{}">]>',
        "parameter": '<!DOCTYPE kml [<!ENTITY % e SYSTEM "{}"> %e;]>',
    }
    for kind, head in heads.items():
        name = f"{kind}.kml"
        yield lures.put(
            name, _kml(lures, name, head.format(lures.address(f"{name}: head")), "&e;" * (kind == "entity"))
        )


def _kml(lures: Lures, name: str, head: str = "", words: str = "") -> bytes:
    def at(where: str) -> str:
        return lures.address(f"{name}: {where}")

    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<kml xmlns="http://www.opengis.net/kml/2.2" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xi="http://www.w3.org/2001/XInclude" '
        f'xsi:schemaLocation="http://www.opengis.net/kml/2.2 {at("schema")}"><Document>'
        f'<xi:include href="{at("include")}" parse="text"/><atom:link xmlns:atom="http://www.w3.org/2005/Atom" href="{at("atom")}"/>'
        f"<NetworkLink><Link><href>{at('network link')}</href><refreshMode>onInterval</refreshMode></Link></NetworkLink>"
        f"<GroundOverlay><Icon><href>{at('overlay')}</href></Icon></GroundOverlay>"
        f'<Style id="s"><IconStyle><Icon><href>{at("icon")}</href></Icon></IconStyle></Style>'
        f"<Placemark><name>Elvas</name><styleUrl>{at('style')}#s</styleUrl><TimeStamp><when>{DAY}</when></TimeStamp>"
        f"<description><![CDATA[<img src='{at('image')}'><link rel=stylesheet href='{at('sheet')}'>"
        f"<iframe src='{at('frame')}'></iframe> Some walked over the bridge.]]>{words}</description>"
        f'<ExtendedData schemaUrl="{at("schema of data")}"><Data name="url"><value>{at("data")}</value></Data></ExtendedData>'
        f"<Model><Link><href>{at('model')}</href></Link></Model><Point><coordinates>-7.16,38.88</coordinates></Point></Placemark>"
        "</Document></kml>"
    ).encode()
