"""A sentence for each error: what is wrong and what to do; where stands in front of it."""

from collections.abc import Mapping

from planner.words import N_

ERRORS: Mapping[str, str] = {
    # A week, a choice, a command
    "week-unreadable": N_("“{week}” is not a week; write it as 2026-W48."),
    "week-missing": N_("The year {year} has no week {week}; choose another week."),
    "week-not-generated": N_("Week {week} has no roster yet; generate it first."),
    "week-not-published": N_("Week {week} is not published yet; publish it first."),
    "windows-undecided": N_(
        "{n} school windows of week {week} have nobody; decide for each whether the school’s own "
        "staff stands there or it is cancelled, and publish again."
    ),
    "publication-broken": N_(
        "Publication {number} of week {week} was changed after it was made; publish the week again."
    ),
    "decision-unknown": N_(
        "“{duty}” is not an uncovered school window of week {week}; look at the list again."
    ),
    "print-part-unknown": N_(
        "Nothing is printed of week {week} for “{part}”; choose from what there is."
    ),
    "print-refused": N_(
        "{copy} for {name} was stopped, as it would show {matter}: “{found}”. Look at {where}; "
        "take it out there, publish the week again and print once more."
    ),
    "print-refused-somewhere": N_(
        "{copy} for {name} was stopped, as it would show {matter}: “{found}”. Look at the names, "
        "meeting places and telephone numbers of the plan; take it out there, publish the week "
        "again and print once more."
    ),
    # The command line
    "usage": N_("The command was not understood ({detail}); see “{command} --help”."),
    "usage-value": N_("What is given for “{option}” does not fit; see “{command} --help”."),
    "usage-option": N_("There is no option “{option}”; see “{command} --help”."),
    "usage-command": N_("There is no command “{name}”; see “{command} --help”."),
    "usage-missing": N_("“{name}” is missing; see “{command} --help”."),
    # Files that are written
    "output-folder-missing": N_("The folder of “{path}” does not exist; make it first."),
    "output-read-only": N_("“{path}” cannot be written; choose a folder that you may write to."),
    "output-not-folder": N_("“{path}” is a file and not a folder; choose another name."),
    "output-failed": N_("“{path}” could not be written; check the disk and try again."),
    "output-disk-full": N_("The disk is full, “{path}” was not written; make room and try again."),
    # Repairs, calls and swaps
    "person-gone": N_("The person is not in the plan any more; choose somebody else."),
    "squad-empty": N_("Nobody is in the squad; choose another one, or a person."),
    "absence-known": N_("This absence is noted already; nothing had to be added."),
    "week-over": N_("Week {week} is over, nothing of it can be planned anew; choose a later week."),
    "call-gone": N_("The call is not in the list any more; look at the list again."),
    "call-answered": N_("The call has been answered already; look at the list again."),
    "swap-with-oneself": N_("Nobody swaps with themselves; choose another person."),
    "swap-of-nothing": N_("Nothing is given in the swap; choose a shift or a duty."),
    "swap-gone": N_("What was to be swapped is planned otherwise by now; ask for it anew."),
    "swap-day-taken": N_(
        "Somebody has another shift on that day already; include it in the swap, or choose "
        "another day."
    ),
    "swap-decided": N_("The swap has been decided already; look at the list again."),
    "swap-not-agreed": N_("Both have to agree before a swap is approved; ask them."),
    "swap-breaks-rules": N_(
        "The swap would break {n} rules; reject it, or write why it may be done all the same."
    ),
    # Scenarios
    "supposition-gone": N_(
        "“{name}” is not in the plan any more; take it out of the scenario, or choose another."
    ),
    "too-few-people": N_(
        "{n} people are supposed to be missing, but the group has only {n_there}; suppose fewer."
    ),
    "promise-too-long": N_("At most {n} weeks are tested; choose a shorter period."),
    "scenario-gone": N_("The scenario is not there any more; look at the list again."),
    "week-without-roster": N_(
        "Week {week} has no roster whose fragility could be tried; generate or publish it first."
    ),
    # Promises
    "promise-gone": N_("The promise is not in the plan any more; look at the list again."),
    "promise-ends-before-start": N_("The promise ends before it starts; correct its days."),
    "promise-without-measures": N_(
        "Nothing countable is promised yet; add at least one measure with a target."
    ),
    "promise-signed": N_("The promise is signed already."),
    "promise-unsigned": N_("The promise is not signed yet; sign it first."),
    "promise-counted-twice": N_(
        "“{measure}” and “{other}” in “{promise}” would count the same twice; keep one of them, or "
        "give each a place or days of its own."
    ),
    "measure-of-nothing": N_(
        "“{measure}” asks for nothing in these days: no window of it lies in them; check the days "
        "of the promise, and bells and presence windows in the data."
    ),
    "signed-in-future": N_("{day} is still to come; write the day on which both signed."),
    "signature-stands": N_(
        "The signature was entered on an earlier day and stands; agree on a revision instead."
    ),
    "revision-without-reason": N_("Write why both parties agreed on the change."),
    "revision-in-past": N_(
        "{day} is over, and what was promised for it stays; choose today or a later day."
    ),
    "revision-outside": N_("The promise is from {first} to {last}; choose a day in it."),
    "revision-of-nothing": N_(
        "What is asked for from that day on is what was promised already; nothing was changed."
    ),
    "promise-is-signed": N_(
        "“{name}” is signed, so that its days and measures stay as they are; only what it asks for "
        "can be revised, on the page Promise."
    ),
    "promised-fixed": N_(
        "“{name}” is signed, and what it asks for is fixed in the plan otherwise; what was "
        "promised is never overwritten. Leave the row out, or agree on a revision on the page "
        "Promise."
    ),
    "planned-kept": N_(
        "What was planned of {title} on {day} is kept in the plan and is not the same; what was "
        "planned is never overwritten. Leave the row out."
    ),
    "delivery-kept": N_(
        "Something else is reported of “{duty}” in the plan; an import never overwrites a report. "
        "Leave the row out, or change the report on the page Promise."
    ),
    "fixed-unsigned": N_(
        "“{name}” is not signed in the plan, so that nothing of it is fixed; read the file of "
        "promises of the same export together with this one, or leave this one out."
    ),
    "duty-of-other-day": N_(
        "By its id the duty is on {day}, in another week or on another day than the row says; "
        "correct the row."
    ),
    "scenario-unreadable": N_(
        "This is not what a scenario supposes as the program writes it; export it again and leave "
        "the column as it is."
    ),
    "report-no-promise": N_("There is no promise in the plan; write it under Data, Promises."),
    "report-promise-unknown": N_(
        "There is no promise “{promise}” in the plan. There are: {promises}."
    ),
    "report-promise-unclear": N_(
        "There are several promises; say which one with --promise: {promises}."
    ),
    "report-not-begun": N_(
        "The promise begins {day}; there is nothing to report back before that."
    ),
    "report-no-data": N_(
        "Nothing was published or reported between {first} and {last}, so there is nothing to "
        "report back; publish the weeks, or bring in what was delivered."
    ),
    "duty-unknown": N_(
        "There is no duty “{duty}” in week {week}; check its place, its day and its time."
    ),
    "duty-id-unknown": N_("“{duty}” is not the id of a duty; copy it from an exported list."),
    "duty-to-come": N_("“{duty}” is not over yet; report it afterwards."),
    "reason-missing": N_("Say why it was not done."),
    "reason-of-done": N_("What was done needs no reason; empty the cell, or correct the state."),
    "duty-unclear": N_(
        "{n} duties of that day fit “{duty}”; write also before or after, or the time of day, or "
        "the duty’s id."
    ),
    "delivery-twice": N_("“{duty}” is in row {row} already; take one away."),
    "delivery-unread": N_("The column is not read."),
    "delivery-nothing": N_(
        "The file reports nothing: no row has a state; write done or not_done in the column state."
    ),
    # Messages to schools and staff
    "sending-outdated": N_(
        "Week {week} was published anew meanwhile; look at the messages again before they leave."
    ),
    "dispatch-changed": N_("Somebody else sent this message meanwhile; look at the list again."),
    "mail-sender-missing": N_(
        "The plan has no sender for messages; write the address in the data, under Settings."
    ),
    "mail-host-missing": N_(
        "The plan names no mail server; save drafts, or write the server in the data, under "
        "Settings."
    ),
    "mail-address-wrong": N_(
        "No mail server takes the address “{address}”; correct it in the data."
    ),
    "mail-host-unknown": N_(
        "There is no mail server “{host}”; check the name in the data, and the network."
    ),
    "mail-silent": N_(
        "The mail server “{host}” does not answer on port {port}; check both and the network, "
        "and try again."
    ),
    "mail-no-tls": N_(
        "The mail server “{host}” does not encrypt on port {port}, so nothing was given to it; ask "
        "whoever runs it for the right port."
    ),
    "mail-certificate": N_(
        "The certificate of the mail server “{host}” is not to be trusted ({detail}), so nothing "
        "was given to it; tell whoever runs it."
    ),
    "mail-login-missing": N_(
        "The mail server “{host}” takes no password; ask whoever runs it, or empty the account in "
        "the data."
    ),
    "mail-password-wrong": N_(
        "The mail server does not take account “{user}” with this password ({words}); check both."
    ),
    "mail-password-missing": N_(
        "The password of “{user}” is needed, and there is no terminal to ask for it and no key "
        "store that has it; send from the window, or save drafts."
    ),
    "mail-sender-refused": N_(
        "The mail server does not let you send as “{sender}” ({words}); check sender and account "
        "in the data."
    ),
    # The solver
    "solver-died": N_("The solver was ended from outside; generate once more."),
    "solver-died-saved": N_(
        "The solver was ended from outside; generate once more. Should that happen again, send "
        "“{file}”, which holds no names, to whoever looks after the program."
    ),
    # The plan's file or database
    "plan-missing": N_(
        "There is no plan “{plan}”; check the name, or make one with “narvaro new”."
    ),
    "plan-exists": N_("There is already something at “{plan}”; choose another name."),
    "plan-broken": N_("“{plan}” is not a plan or is damaged; open another file or a backup of it."),
    "plan-newer": N_(
        "“{plan}” was made by a newer version of Närvaro; update the program to open it."
    ),
    "plan-locked": N_("Another program is writing to “{plan}”; try again when it is done."),
    "plan-read-only": N_("“{plan}” cannot be written; copy it to a folder that you may write to."),
    "plan-unreachable": N_(
        "“{plan}” cannot be reached; check the disk or the network and try again."
    ),
    "disk-full": N_("The disk is full and “{plan}” was left as it was; make room and try again."),
    "folder-missing": N_("The folder of “{plan}” does not exist; make it first."),
    "database-unreachable": N_(
        "The database “{plan}” does not answer; check the address, your rights and the network."
    ),
    "database-address": N_(
        "“{plan}” is not the address of a database; write it as postgresql://user@server/name."
    ),
    "database-driver": N_(
        "The driver for databases is not installed; install Närvaro with “narvaro[postgres]”."
    ),
    "draft-changed": N_(
        "Somebody else changed the roster of week {week} meanwhile; look at it and try again."
    ),
    "record-changed": N_(
        "“{value}” was changed by somebody else meanwhile; look at it and try again."
    ),
    "nothing-to-undo": N_("There is nothing to undo."),
    "not-seen-yet": N_(
        "You have done something in another window meanwhile; "
        "look at it here first, then try again."
    ),
    "step-is-final": N_(
        "“{done}” cannot be undone; undo once more to take back what you did before it: “{before}”."
    ),
    "nothing-to-redo": N_("There is nothing to do again."),
    "example-missing": N_("There is no example “{example}”; choose vasteras."),
    "template-exists": N_("“{path}” is there already; choose an empty folder for the templates."),
    # What an import reads
    "source-missing": N_(
        "“{source}” does not exist; choose a folder of CSV files, a workbook or a file of places."
    ),
    "source-kind": N_(
        "“{source}” is no folder and no CSV, XLSX, JSON or GeoJSON file; choose one."
    ),
    "source-empty": N_(
        "“{source}” holds nothing to import; “narvaro templates” writes files to start from."
    ),
    "source-empty-workbook": N_(
        "No sheet of “{source}” is named as the templates are. If it is a roster of your own, "
        "names by days, open the plan in the window and choose File, Own roster."
    ),
    "source-unreadable": N_("“{source}” cannot be read; check your rights and the disk."),
    "json-broken": N_("The file is not JSON; save it anew from where it came."),
    "json-unknown": N_(
        "The file is neither GeoJSON nor school units of the registry; choose another."
    ),
    "geojson-grid": N_("The positions are not in WGS 84; save the file as GeoJSON in EPSG:4326."),
    "geojson-empty": N_("The file has no points; save the places as points."),
    "geojson-not-point": N_("No point: only points can be places."),
    "geojson-without-lines": N_("The file has no lines or outlines to draw below the map."),
    "geojson-too-fine": N_(
        "The file has more than {n_most} positions; save it less finely, or a smaller part of it."
    ),
    "registry-codes-only": N_(
        "The file has only the names and codes of a search; save each school unit whole."
    ),
    "registry-municipalities": N_(
        "The file has schools of {n} municipalities ({codes}), and none of the plan’s to tell "
        "which is yours; save the schools of one municipality."
    ),
    "registry-not-active": N_("Not active: the registry has it as {status}."),
    "registry-elsewhere": N_("In another municipality ({municipality})."),
    "registry-not-compulsory": N_("No compulsory school ({kinds})."),
    "workbook-broken": N_("The workbook cannot be read; save it anew as XLSX."),
    "file-too-large": N_("The file is larger than {n_megabytes} MB; split it or choose another."),
    "rows-too-many": N_("There are more than {n_most} rows; split the file."),
    "file-empty": N_("The file is empty; it needs a heading, or take it away."),
    "file-is-folder": N_("This is a folder and not a file; choose a file, or rename the folder."),
    "file-missing": N_("“{path}” does not exist; check the name."),
    "encoding-wrong": N_("The file is not UTF-8; save it as “CSV UTF-8”."),
    "formula-error": N_("The cell’s formula has no result ({value}); type the value instead."),
    "column-without-heading": N_(
        "Cells stand in column {number}, which has no heading; give it one or empty it."
    ),
    "csv-broken": N_("The row cannot be read; look for a quotation mark that is not closed."),
    "column-missing": N_("The column “{column}” is missing; add it."),
    "column-unknown": N_("There is no column “{column}”; do you mean “{nearest}”?"),
    "column-twice": N_("The column is there twice; take one away."),
    "row-too-long": N_("The row has more cells than the heading; check its separators."),
    "value-missing": N_("The cell is empty; fill it in."),
    "setting-unknown": N_("There is no setting “{key}”; do you mean “{nearest}”?"),
    "zone-unknown": N_("“{value}” is not a time zone; write it as Europe/Stockholm."),
    # Cells
    "text-too-long": N_("The text is longer than {n_most} characters; shorten it."),
    "text-unprintable": N_("The text has characters that cannot be printed; write it anew."),
    "id-wrong": N_("“{value}” cannot be an id; use letters, digits, “-”, “_” and “.”."),
    "number-wrong": N_("“{value}” is not a number that fits here; write it with digits."),
    "number-too-large": N_("“{value}” is too large a number; check it."),
    "boolean-wrong": N_("“{value}” is neither yes nor no; write yes or no."),
    "choice-wrong": N_("“{value}” is not possible; choose one of {choices}."),
    "date-wrong": N_("“{value}” is not a date; write it as 2026-11-23."),
    "date-out-of-range": N_("“{value}” is outside the years {first} to {last}; check it."),
    "time-wrong": N_("“{value}” is not a time of day; write it as 07:15."),
    "datetime-wrong": N_("“{value}” is not a date and time; write it as 2026-11-23 07:15."),
    # Records
    "id-twice": N_("“{value}” is there twice; take one away or change its id."),
    "address-wrong": N_("“{value}” is not an e-mail address; write one like “office@school.se”."),
    "phone-wrong": N_(
        "“{value}” is not a telephone number; write digits with spaces, +, - and parentheses, like "
        "“021-39 02 00”."
    ),
    "unknown-id": N_("“{value}” is not in {file}; add it there or change it here."),
    "out-of-range": N_("{value} is not between {first} and {last}; change it."),
    "weekdays-wrong": N_(
        "“{value}” are not weekdays; write each once as a digit, Monday 1 to Sunday 7."
    ),
    "end-before-start": N_("The end is not after the start; change one of them."),
    "report-before-end": N_(
        "The report-back is due before the promise ends on {day}; choose a later day."
    ),
    "measure-without-place": N_(
        "Walks and sessions are counted together, wherever they are; leave the place empty."
    ),
    "month-not-first-day": N_("{value} is not the first day of a month; write that day."),
    "position-incomplete": N_(
        "A position needs both latitude and longitude; fill in the other, or neither."
    ),
    "position-swapped": N_(
        "Latitude {latitude} and longitude {longitude} are swapped; change places."
    ),
    "bells-reversed": N_("The last bell is not after the first; change one of them."),
    "half-day-without-bell": N_("A half-day needs its last bell; fill it in."),
    "visits-missing": N_("Visits need a number of at least 1; fill it in."),
    "most-below-least": N_("The most is below the least; change one of them."),
    "not-monday": N_("{value} is not a Monday; choose the Monday of that week."),
    "shift-type-without-parts": N_(
        "The shift type “{id}” has no times; add them to shift_parts.csv."
    ),
    "contracts-overlap": N_(
        "“{staff}” has another contract from {day} that holds at the same time; end it before."
    ),
    "outside-employment": N_("“{staff}” is not employed then; check the day, or contracts.csv."),
    "record-in-use": N_(
        "“{value}” is in a roster and cannot be removed; keep the row and end the contract."
    ),
    "shift-too-long": N_("The shift is longer than {n_hours} hours; check its days."),
    "break-incomplete": N_("A break needs both start and end; fill in the other, or neither."),
    "break-outside": N_("The break is not inside its shift; change its times."),
    "shift-parts-differ": N_(
        "The parts of a shift name different people or shift types; compare with row {row}."
    ),
    "shift-parts-overlap": N_("The parts of the shift “{id}” overlap; change their times."),
    # An export
    "export-unclear": N_(
        "Write either “--week” and a week, or “--whole”; “--with-real-names” goes with the latter."
    ),
    "export-not-whole": N_("A whole plan cannot be written as {kind}; choose one of {choices}."),
    # An import
    "import-refused": N_("Nothing was imported; mend the listed rows and import again."),
    "import-outdated": N_(
        "The plan has changed since the preview was made; read again and look at it once more."
    ),
    "record-named": N_(
        "“{value}” cannot be removed, as it is named in {by}; keep it, or take those away first."
    ),
    "file-twice": N_("There are two files of this name; choose one of them."),
    # A file of incidents
    "incident-person-column": N_("Not read: it may tell of people, and the plan holds none here."),
    "incident-unread": N_("Not read: nothing of it is needed."),
    "incident-column-twice": N_("The column means the same as “{other}”; take one away."),
    "incident-no-time": N_(
        "No column holds the time; name one “date_time”, or two “date” and “time”."
    ),
    "incident-no-place": N_(
        "No column says where; name two “latitude” and “longitude”, or one “place”."
    ),
    "incident-time-wrong": N_("“{value}” is not a date and time; write it as 2026-11-23 07:15."),
    "incident-clock-missing": N_(
        "“{value}” has no time of day, without which nothing can be said of hours; add it or take "
        "the row away."
    ),
    "incident-in-future": N_("“{value}” has not been yet; check the order of day and month."),
    "incident-nowhere": N_("Neither place nor position is said; fill one in."),
    "incident-person-cell": N_(
        "The cell seems to hold a personal identity number or an e-mail address; take it out. "
        "Nothing of people belongs here."
    ),
    "incident-repeated": N_("{n} rows are there more than once and are read once."),
    "incident-id-twice": N_(
        "“{value}” is in row {row} already and says something else there; take one away."
    ),
    "incident-outside": N_(
        "{latitude}, {longitude} is more than {km} km from the others of the file; check it."
    ),
    "incident-all-swapped": N_(
        "Latitude and longitude are swapped in the whole file; swap the headings."
    ),
    "incident-far": N_(
        "The incidents lie {km} km from the plan’s places. They can be looked at, but windows "
        "proposed from them are of no use here."
    ),
    "incident-times-twice": N_(
        "{n} times were shown twice when the clocks of {zone} went back; the first is taken."
    ),
    "incident-times-skipped": N_(
        "{n} times never were, as the clocks of {zone} went forward; they are read as if not."
    ),
    "incident-offset-used": N_(
        "{n} times say their offset from UTC and are shown in {zone}. Should the hours look wrong, "
        "let the offset be ignored."
    ),
    "incident-unplaced": N_(
        "{n} incidents name a place that the plan has no position for; they count in hours and "
        "weeks, and are on no map."
    ),
    "incident-other-file": N_(
        "{n} ids are in the plan already, from “{source}”, and say something else there. Importing "
        "puts these in their place; see that the files do not number their own."
    ),
    "incident-none": N_("“{file}” holds no incidents; choose another file."),
    # A planner's own roster grid
    "grid-kind": N_("“{source}” is not an Excel workbook; save the roster as XLSX and choose it."),
    "grid-nothing": N_(
        "No sheet of “{source}” could be read as a roster; it needs names, and dates or weekdays."
    ),
    "grid-unknown": N_(
        "“{source}” is a roster grid that this plan has not met; open the plan in the window and "
        "choose File, Own roster once, and the next one is read from here."
    ),
    "grid-undecided": N_(
        "“{source}” holds codes, names or dates that have to be asked about; open the plan in the "
        "window and choose File, Own roster."
    ),
    "grid-person-twice": N_(
        "“{value}” is somebody that another row is already; choose another person for one of them."
    ),
    # Records edited in the window
    "records-refused": N_("Nothing was saved; mend what is marked and save again."),
    "choice-unknown": N_("There is no “{value}”; choose one of the list."),
    "bells-wrong": N_("“{value}” is not a first and last bell; write it as 08:10–13:30."),
    "code-unknown": N_("There is no shift type “{value}”; write a code of the list below."),
    "code-unclear": N_("Several shift types have the code “{value}”; write one of {choices}."),
    "record-used": N_("“{value}” cannot be removed, as other records name it; change those first."),
    "school-year-missing": N_("The plan has no term to copy; add the first terms by hand."),
    "school-year-there": N_(
        "There is a term between {first} and {last} already; choose other days, or edit that one."
    ),
    # Versions
    "version-unknown": N_("Week {week} has no version {number}; look at the list again."),
}
"""A sentence for each code of :class:`planner.errors.PlannerError`."""
