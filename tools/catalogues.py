"""Compiles every translation catalogue (.po to .mo) without the gettext programs."""

import polib

from tools.progress import ROOT


def main() -> None:
    """Compile all catalogues of the project."""
    for path in sorted((ROOT / "locale").rglob("*.po")):
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
        print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
