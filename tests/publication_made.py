"""Small collections of which something is not for publication."""

from collections_made import make


def withholding(folder, claims, section="", **parts):
    """Write a collection some of whose claims withhold something; give its folder."""
    make(
        folder,
        claims=[{name: cell for name, cell in one.items() if name != "withheld"} for one in claims],
        **parts,
    )
    header, *lines = (folder / "claims.csv").read_text(encoding="utf-8").splitlines()
    cells = [f',"{one.get("withheld", "")}"' for one in claims]
    rows = [line + cell for line, cell in zip(lines, cells, strict=True)]
    (folder / "claims.csv").write_text("\n".join([f"{header},withheld", *rows, ""]), encoding="utf-8")
    if section:
        with (folder / "collection.toml").open("a", encoding="utf-8") as file:
            file.write(f"\n[publication]\n{section}\n")
    return folder
