"""The password of the mail account, in the key store of whoever sends; never in the plan.

Key stores are programs of others that may fail as they like: one that does counts as not there.
"""

from planner.domain.plan import PlanSettings
from planner.settings import PROGRAM


def has_key_store() -> bool:
    """Tell whether this system keeps passwords; else they are asked for each time."""
    import keyring

    try:
        return keyring.get_keyring().priority > 0
    except Exception:  # noqa: BLE001 - see above
        return False


def stored_password(settings: PlanSettings) -> str | None:
    """Return the password that is kept for the plan's mail account; nothing when none is."""
    import keyring

    try:
        return keyring.get_password(PROGRAM, _account(settings))
    except Exception:  # noqa: BLE001 - see above
        return None


def keep_password(settings: PlanSettings, password: str) -> bool:
    """Keep the password for the plan's mail account; return whether it could be."""
    import keyring

    try:
        keyring.set_password(PROGRAM, _account(settings), password)
    except Exception:  # noqa: BLE001 - see above
        return False
    return True


def _account(settings: PlanSettings) -> str:
    return f"{settings.mail_user}@{settings.mail_host}"
