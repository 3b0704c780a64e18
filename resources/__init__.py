"""Read-only data files of the program: fonts, icons, translations, rule books, examples, help."""

from importlib.resources import files
from pathlib import Path

__all__ = ["path"]


def path(*parts: str) -> Path:
    """Return the path of a file or folder below this package; it may not exist.

    Parameters
    ----------
    *parts
        Names from here downwards: ``path("fonts", "Inter-Regular.ttf")``.
    """
    return Path(str(files(__name__).joinpath(*parts)))
