"""Asks, before anything leaves, whether it shall, and for the password where it is not kept."""

from dataclasses import dataclass

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from planner.domain.plan import PlanSettings
from planner.words import _, ngettext
from ui.widgets import MessageBar, label


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What is known of the mail account before sending.

    Parameters
    ----------
    password
        From the key store; nothing when it has to be typed.
    has_key_store
        Whether it could be kept.
    """

    settings: PlanSettings
    password: str | None
    has_key_store: bool

    @property
    def is_asked(self) -> bool:
        """Tell whether a password has to be typed."""
        return bool(self.settings.mail_user) and self.password is None


class SendQuestion(QDialog):
    """Asks whether messages leave; what leaves cannot be taken back.

    Parameters
    ----------
    n, n_again
        How many leave, and how many of them may have been sent, or were, already.
    problem
        Why the last attempt failed.
    """

    def __init__(
        self, account: Account, n: int, n_again: int, problem: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        settings = account.settings
        self.setWindowTitle(ngettext("Send {n} message?", "Send {n} messages?", n))
        told = [
            _(
                "They leave from {sender} through {host} and cannot be taken back.",
                sender=settings.mail_sender,
                host=settings.mail_host,
            )
        ]
        if n_again:
            told.append(
                ngettext(
                    "{n} of them was sent before, or may have been.",
                    "{n} of them were sent before, or may have been.",
                    n_again,
                )
            )
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        named = _("Password of {user}", user=settings.mail_user)
        self.password.setAccessibleName(named)
        self.password.setVisible(account.is_asked)
        self.keep = QCheckBox(_("Keep it in this system’s key store"))
        self.keep.setChecked(account.has_key_store)
        self.keep.setVisible(account.is_asked and account.has_key_store)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(label(" ".join(told), wraps=True))
        if problem:
            bar = MessageBar(is_closable=False)
            bar.say(problem, "danger")
            layout.addWidget(bar)
        if account.is_asked:
            layout.addWidget(label(named, "section"))
            layout.addWidget(self.password)
            if account.has_key_store:
                layout.addWidget(self.keep)
            else:
                text = _("This system has no key store, so the password is asked for each time.")
                layout.addWidget(label(text, "muted", wraps=True))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.button = buttons.addButton(_("Send"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.button.setProperty("primary", True)  # noqa: FBT003 - Qt's signature
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addSpacing(4)
        layout.addWidget(buttons)
        self.setMinimumWidth(460)
        self.button.setDefault(True)
        (self.password if account.is_asked else self.button).setFocus()
