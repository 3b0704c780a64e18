"""Signs, revises and withdraws, after asking."""

from PySide6.QtCore import Slot

from planner import clock
from planner.domain.ids import PromiseId
from planner.domain.promises import Promise
from planner.services.promise.promises import (
    Signing,
    revise_promise,
    sign_promise,
    signing_of,
    withdraw_signature,
)
from planner.words import _
from ui.promise.commands import Commands
from ui.promise.dialogs import ReviseDialog, SignDialog


class Agreeing(Commands):
    """Binds both parties, once the user has seen what that fixes."""

    def ask_signing(self, promise: PromiseId) -> None:
        """Show what a signature would fix, and sign."""
        open_plan = self._open_plan
        self.start(lambda: signing_of(open_plan, promise), self._sign)

    def ask_revision(self, promise: Promise) -> None:
        """Ask from when and why what is promised is made anew."""
        open_plan = self._open_plan
        dialog = ReviseDialog(promise, clock.today(open_plan.plan.zone), self._page)
        if dialog.exec() == ReviseDialog.DialogCode.Accepted:
            day, reason = dialog.first_day(), dialog.text()
            self.start(lambda: revise_promise(open_plan, promise.id, day, reason), self._take)
        dialog.deleteLater()

    def ask_withdrawal(self, promise: PromiseId) -> None:
        """Take the signature back, if that is what is meant."""
        open_plan = self._open_plan
        question = _("Withdraw the signature? What was fixed by it is not promised any more.")
        if self.is_sure(_("Withdraw"), question):
            self.start(lambda: withdraw_signature(open_plan, promise), self._take)

    @Slot(object)
    def _sign(self, signing: Signing) -> None:
        self.end()
        open_plan = self._open_plan
        dialog = SignDialog(signing, clock.today(open_plan.plan.zone), self._page)
        if dialog.exec() == SignDialog.DialogCode.Accepted:
            day, promise = dialog.signed_on(), signing.promise.id
            self.start(lambda: sign_promise(open_plan, promise, signed_on=day), self._take)
        dialog.deleteLater()

    @Slot(object)
    def _take(self, _made: object) -> None:
        self.end()
        self.kept.emit()
