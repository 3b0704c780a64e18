"""The messages of a published week: for each recipient the own documents, and nothing else."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from planner.domain.distribution import Attachment, Letter, RecipientKind
from planner.domain.ids import SchoolId, StaffId
from planner.domain.weeks import IsoWeek
from planner.errors import ConflictError, InputError
from planner.reports.audiences import Audience
from planner.reports.letter_words import LetterText, own_week_letter, sheet_letter
from planner.services.plans import OpenPlan
from planner.services.prints.files import files_of
from planner.services.prints.guard import print_guard
from planner.services.prints.print_outs import PRINT_OUTS, PrintKind
from planner.services.prints.printable import PrintableWeek, published_week
from planner.services.send.send_list import Recipient, SendList, list_of
from planner.words import N_, _, speaking

_KINDS = {
    RecipientKind.SCHOOL: (PrintKind.OFFICE, PrintKind.NOTICE_BOARD),
    RecipientKind.STAFF: (PrintKind.OWN_WEEK,),
}
"""What each gets."""

_AUDIENCES = {
    RecipientKind.SCHOOL: Audience.SCHOOL_OFFICE,
    RecipientKind.STAFF: Audience.PERSON,
}
"""Who reads the message itself."""

_DRAFT_LABELS = {RecipientKind.SCHOOL: N_("sheets"), RecipientKind.STAFF: N_("own-week")}

_MEDIA_TYPES = {".pdf": "application/pdf", ".html": "text/html"}


class LetterWriter:
    """Writes the messages of the publication of a week that holds, in the plan's language.

    Parameters
    ----------
    number
        Of the publication, when it matters that it is still the one that was looked at.

    Raises
    ------
    ConflictError
        ``week-not-published``, or ``sending-outdated``: another one was published meanwhile.
    StorageError
        ``publication-broken``
    """

    def __init__(self, open_plan: OpenPlan, week: IsoWeek, *, number: int | None = None) -> None:
        self._open_plan = open_plan
        self._published = published_week(open_plan, week)
        if number not in {None, self._published.number}:
            raise ConflictError("sending-outdated", week=str(week))
        self._guard = print_guard(open_plan, self._published)

    def send_list(self, kind: RecipientKind) -> SendList:
        """Return who is to get what."""
        return list_of(self._open_plan, self._published, kind)

    def letter(self, to: Recipient) -> Letter:
        """Return the message that holds for a recipient.

        Raises
        ------
        ConflictError
            ``print-refused…``: something in it is not for the recipient.
        InputError
            ``mail-sender-missing``
        """
        settings = self._open_plan.plan.settings
        if not settings.mail_sender:
            raise InputError("mail-sender-missing")
        with speaking(settings.language):
            own = self._own_part(to)
            text = self._text(to, own)
            attachments = tuple(self._attachments(to, own))
            told = [text.subject, *text.body.split("\n\n"), *(one.name for one in attachments)]
            self._guard.check(_AUDIENCES[to.kind], [to.id], told, name=to.name)
        return Letter(
            id=to.letter,
            sender=settings.mail_sender,
            name=to.name,
            address=to.address,
            subject=text.subject,
            body=text.body,
            attachments=attachments,
        )

    def draft_names(self, recipients: Iterable[Recipient]) -> dict[str, str]:
        """Return a file name for each recipient's draft, by id; the same for each version."""
        names: dict[str, str] = {}
        taken: set[str] = set()
        with speaking(self._open_plan.plan.settings.language):
            for one in recipients:
                parts = [str(self._published.week), one.id, _(_DRAFT_LABELS[one.kind])]
                stem = "-".join(re.sub(r"[^\w.-]+", "_", part) for part in parts)
                name, n = stem, 1
                while name.casefold() in taken:
                    n += 1
                    name = f"{stem}-{n}"
                taken.add(name.casefold())
                names[one.id] = f"{name}.eml"
        return names

    def _own_part(self, to: Recipient) -> PrintableWeek:
        """Return the week with no other documents in it than the recipient's own."""
        published = self._published
        school, staff = SchoolId(to.id), StaffId(to.id)
        is_school = to.kind is RecipientKind.SCHOOL
        sheets = {school: published.sheets[school]} if is_school else {}
        people = {} if is_school else {staff: published.people[staff]}
        return replace(published, sheets=sheets, people=people)

    @staticmethod
    def _text(to: Recipient, own: PrintableWeek) -> LetterText:
        if to.kind is RecipientKind.SCHOOL:
            return sheet_letter(own.sheets[SchoolId(to.id)])
        before = to.got.version if to.got else own.replaces
        return own_week_letter(own.people[StaffId(to.id)], before if before != to.version else None)

    def _attachments(self, to: Recipient, own: PrintableWeek) -> Iterator[Attachment]:
        for kind in _KINDS[to.kind]:
            print_out = replace(PRINT_OUTS[kind], all_label="")
            for file in files_of(own, print_out, self._guard):
                ending = file.name[file.name.rindex(".") :]
                yield Attachment(name=file.name, media_type=_MEDIA_TYPES[ending], data=file.whole())
