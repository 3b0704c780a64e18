"""What the window says in a sentence of what has happened."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from planner import messages
from planner.domain.publication import JournalEntry
from planner.services.history import FinalStepError
from planner.services.publish.publishing import PublicationInfo
from planner.services.roster.generating import Proposal
from planner.words import _, ngettext
from ui.widgets import MessageBar

if TYPE_CHECKING:
    from planner.services.imports.importing import ImportReport


class Teller(QObject):
    """Puts into the message bar what commands came to."""

    def __init__(self, bar: MessageBar) -> None:
        super().__init__(bar)
        self._bar = bar

    @Slot(object)
    def tell_proposal(self, proposal: Proposal) -> None:
        """Say what generating came to."""
        done = _("The roster of {week} is ready and kept as the draft.", week=proposal.week)
        if proposal.trouble is not None:
            self._bar.say(messages.cut_short(proposal.trouble.file), "warning")
            return
        if proposal.n_gaps:
            lacking = ngettext("{n} person missing", "{n} people missing", proposal.n_gaps)
            self._bar.say(f"{done} {lacking}.", "warning")
        else:
            whole = _("Nothing is missing.")
            self._bar.say(f"{done} {whole}", "success")

    @Slot(object)
    def tell_publication(self, info: PublicationInfo) -> None:
        """Say under which number the week was published."""
        text = (
            ngettext(
                "Published as version {number}. {n} school has a new sheet.",
                "Published as version {number}. {n} schools have a new sheet.",
                info.n_changed_sheets,
                number=info.number,
            )
            if info.n_changed_sheets
            else _("Published as version {number}. It can be printed now.", number=info.number)
        )
        self._bar.say(text, "success", offer=_("Send …"))

    @Slot(object)
    def tell_import(self, report: "ImportReport") -> None:
        """Say what an import brought."""
        text = _(
            "Imported: {added} records are new, {changed} have changed.",
            added=sum(counts.n_added for counts in report.files),
            changed=sum(counts.n_changed for counts in report.files),
        )
        self._bar.say(text, "success")

    @Slot(object)
    def tell_of_others(self, entries: tuple[JournalEntry, ...]) -> None:
        """Say who else changed the plan."""
        last = entries[-1]
        text = _(
            "{who} changed the plan: {what}. You see it now.",
            who=last.actor or _("Somebody else"),
            what=messages.command_text(last.command).lower(),
        )
        self._bar.say(text, "info")

    @Slot()
    def tell_found_again(self) -> None:
        """Say that the plan, which was out of reach, is there again."""
        self._bar.say(_("The plan can be reached again; you see what it holds now."), "info")

    @Slot(object)
    def tell_undone(self, entry: JournalEntry) -> None:
        """Say which command was taken back."""
        text = _("Undone: {command}", command=messages.command_text(entry.command))
        self._bar.say(text, "info")

    @Slot(object)
    def tell_held(self, error: FinalStepError) -> None:
        """Say that what was done last cannot be taken back, and what would be instead."""
        self._bar.say(messages.sentence(error), "warning")

    @Slot(object)
    def tell_redone(self, entry: JournalEntry) -> None:
        """Say which command was done again."""
        text = _("Done again: {command}", command=messages.command_text(entry.command))
        self._bar.say(text, "info")
