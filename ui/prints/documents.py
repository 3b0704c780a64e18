"""The document that the preview shows: made of one week or of several, and called so."""

from dataclasses import dataclass

from planner.domain.weeks import IsoWeek
from planner.services.plans import OpenPlan
from planner.services.prints import printing
from planner.services.prints.pages import page_sizes
from planner.services.prints.weeks_together import print_weeks_pdf
from planner.words import _
from ui.prints.choice import Choice
from ui.prints.kinds import NAMES


@dataclass(frozen=True, slots=True)
class Document:
    """A PDF and the sizes of its pages in points."""

    pdf: bytes
    sizes: tuple[tuple[float, float], ...]

    @property
    def n_pages(self) -> int:
        """How many pages it has."""
        return len(self.sizes)


def make_document(open_plan: OpenPlan, week: IsoWeek, choice: Choice) -> Document:
    """Make what is chosen of ``week``, and of those after it as far as several are wanted.

    Raises
    ------
    ConflictError
        As :func:`planner.services.prints.printing.print_pdf`.
    """
    if choice.n_weeks > 1:
        weeks = [week.shifted(n) for n in range(choice.n_weeks)]
        pdf = print_weeks_pdf(
            open_plan, weeks, choice.kind, is_draft=choice.is_draft, language=choice.language
        )
    else:
        pdf = printing.print_pdf(
            open_plan,
            week,
            choice.kind,
            choice.part,
            is_draft=choice.is_draft,
            language=choice.language,
        )
    return Document(pdf, page_sizes(pdf))


def file_name(week: IsoWeek, choice: Choice) -> str:
    """Return the name that is proposed for the file."""
    draft = _("Draft") if choice.is_draft else ""
    last = f"{week}-{week.shifted(choice.n_weeks - 1)}" if choice.n_weeks > 1 else str(week)
    parts = [last, _(NAMES[choice.kind]), choice.name.replace("/", "-"), draft]
    return " ".join(part for part in parts if part) + ".pdf"
