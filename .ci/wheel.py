"""Build the wheel and prove that what it holds is enough: every file is in it, and it imports."""

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("planner", "ui", "solver", "resources")
IMPORTS = """
import sys
sys.path.insert(0, sys.argv[1])
import planner.cli, resources, solver.data, ui.entry
for module in (planner, resources, solver, ui):
    assert module.__file__.startswith(sys.argv[1]), module.__file__
assert resources.path("fonts", "Inter-Regular.ttf").is_file()
"""


def wanted() -> set[str]:
    """Return every file of the packages, as the wheel should name it."""
    return {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }


def main() -> int:
    """Return 0 when the wheel is whole."""
    with tempfile.TemporaryDirectory() as folder:
        build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
        subprocess.run(build, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        (wheel,) = Path(folder).glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            missing = sorted(wanted() - set(archive.namelist()))
            archive.extractall(Path(folder, "site"))
        if missing:
            print("The wheel lacks:", *missing, sep="\n  ")
            return 1
        site = str(Path(folder, "site"))
        subprocess.run([sys.executable, "-I", "-c", IMPORTS, site], cwd=folder, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
