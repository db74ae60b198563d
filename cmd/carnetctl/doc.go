// Carnetctl is Carnet without a screen: the same vault, the same import and
// export, from the command line.
//
//	carnetctl create DIR [--person "Given Family" --born YYYY-MM-DD --sex female|male|other|unknown] [--demo]
//	carnetctl --vault DIR import PATH... [--person ID|new] [--secret-file F] [--refer-images] [--dry-run] [--yes] [--json]
//	carnetctl --vault DIR imports [--json]
//	carnetctl --vault DIR undo IMPORT|last [--yes] [--json]
//	carnetctl --vault DIR people [--json]
//	carnetctl --vault DIR people add FIELD=VALUE...|- [--dry-run] [--json]
//	carnetctl --vault DIR people edit ID [FIELD=VALUE...|-] [--by NAME] [--dry-run] [--json]
//	carnetctl --vault DIR people join ID OTHER | people part ID OTHER [--yes] [--dry-run]
//	carnetctl --vault DIR list [--kind K] [--code C] [--from D] [--to D] [--person ID] [--status current|all|withdrawn] [--json]
//	carnetctl --vault DIR show ID [--json] [--original FILE | --image FILE.png [--instance N] [--frame N]]
//	carnetctl --vault DIR search WORDS... [--person ID] [--limit N] [--json]
//	carnetctl --vault DIR summary [--person ID] [--section NAME,...] [--since DATE|IMPORT|VISIT|visit] [--json]
//	carnetctl --vault DIR trend LOINC|NAME [--person ID] [--json | --png FILE]
//	carnetctl --vault DIR images [--json]
//	carnetctl images DISC|FOLDER|FILE.iso|FILE.zip [--json]
//	carnetctl --vault DIR add FORM FIELD=VALUE...|- [--person ID] [--by NAME] [--dry-run] [--json]
//	carnetctl add [FORM] [--json]
//	carnetctl --vault DIR amend ID [FIELD=VALUE...|-] [--by NAME] [--dry-run] [--json]
//	carnetctl --vault DIR retract ID REASON [--by NAME] [--dry-run] [--json]
//	carnetctl --vault DIR retract ID --undo
//	carnetctl --vault DIR history ID [--json]
//	carnetctl --vault DIR accept ID | dispute ID [WHY] | annotate ID NOTE | join ID ID | part ID ID | unsay ID [--json]
//	carnetctl --vault DIR export --format package|html|pdf|ips|ccda|fhir|ndjson|csv|archive --out PATH [--person ID] [--kinds K,K] [--from D] [--to D] [--exclude ID,...] [--for NAME]
//	        [--preset P] [--hold-back C,...] [--mentions hold|send] [--since-last] [--dry-run] [--json]
//	        [--layout plain|xdm] [--protect page|zip|age|none] [--secret-file F | --recipient age1…] [--slip FILE.pdf]
//	carnetctl --vault DIR disclosures [--person ID] [--json]
//	carnetctl --vault DIR check [--deep] [--json]
//	carnetctl --vault DIR repair [--json]
//	carnetctl --vault DIR compact
//	carnetctl --vault DIR copy NEWDIR [--new-passphrase-file FILE]
//	carnetctl --vault DIR backup FOLDER|FILE.age [--new-passphrase-file FILE] [--all] [--json]
//	carnetctl restore FOLDER|FILE.age NEWDIR [--json]
//	carnetctl restore FOLDER|FILE.age --list [--json]
//	carnetctl --vault DIR slots [--json]
//	carnetctl --vault DIR slots add --label WHO [--new-passphrase-file FILE | --recipient age1…]
//	carnetctl --vault DIR slots remove ID
//	carnetctl --vault DIR passphrase [--new-passphrase-file FILE]
//	carnetctl --vault DIR recovery [--rehearse | --identity]
//	carnetctl licences
//
// The passphrase (or the recovery key, or the age identity of a trusted person)
// is asked for at the terminal, or read from the first line of
// --passphrase-file, or from CARNET_PASSPHRASE. A file that age-keygen wrote is
// a passphrase file too.
//
// # What comes back
//
// A package that Carnet made comes back in through import: a folder or zip archive
// as it is, a sealed one (page, zip, age) with its passphrase, by itself. export
// --format archive writes everything of the vault, or with --person of one person,
// into one age file; import of it gives every record, original and receipt back as
// it was, and a second time changes nothing. Into a vault that has people it goes
// with --person new.
//
// # What opens the vault
//
// Several secrets can open one vault: passphrases, one recovery key, and the age
// identities (https://age-encryption.org) of people you trust. Slots lists them
// with their ids. passphrase changes the one it is given; given the recovery key,
// it changes the first, which is the way out when that is forgotten. recovery
// makes a new recovery key in the place of the former one; recovery --rehearse
// reads the key that is on paper and says whether it opens the vault, recovery
// --identity prints the age identity that opens backups made for it. None of
// this changes copies and backups that were made before.
//
// # What the patient adds and says
//
// Add files an entry of the patient's own with one of the forms that add alone
// lists; add FORM lists the fields of a form. A date is written as precisely as it
// is known (2021, 2021-03, 2021-03-05), a number with its unit ("72.5 kg"), both
// exactly as they are kept. "-" in the place of the fields reads a JSON object of
// them from standard input, so that neither the shell's history nor the list of
// processes shows them. Amend makes a new version of such an entry, retract takes
// it back as wrong; both keep what was there, and history shows it.
//
// What a file states is never changed. Accept, dispute and annotate say beside it
// whether it is right, and every output shows that; join and part say whether two
// records speak of the same thing. Unsay takes the last of it back.
//
// People are never made one by themselves. People join files all records of one
// under the other, and remembers for each under whom it was; people part files
// them back. What came after the joining stays.
//
// # What leaves
//
// A package is a folder, or with --protect one file: a page that any browser
// opens, a zip archive of AES-256, or an age file. Its passphrase is read from
// --secret-file, or six words are made up and printed once, and with --slip onto
// paper. A preset chooses what a kind of recipient needs; --hold-back holds
// sensitive categories back, --exclude single records. An entry that tells of
// what is held back stops the package until --mentions says what becomes of it.
// --dry-run tells what would leave. The package is opened again and tested before
// it leaves, and written down: disclosures lists what left, and --since-last makes
// one of what is new for the same recipient.
//
// # When something is wrong
//
// Check looks at the whole vault. Repair puts damaged files back from the
// vault's own snapshots, from backups or from the index, and the index from the
// journal. A vault that does not open at all can be read with --rescue, by every
// verb that writes nothing, as far as it can be read; copy makes a whole vault of
// that. Compact writes a vault anew, without what was deleted.
//
// # Exit status
//
//	0  done
//	1  failed
//	2  the command line is wrong
//	3  wrong passphrase
//	4  done, but something was refused: see the receipt
//	5  the files are another person's, or do not say whose: name one with --person
//	6  the vault is damaged, or older than what this computer has seen of it (then --accept-older opens it)
//
// # JSON
//
// With --json, list and search print one object a line. The names are stable;
// new ones may come.
//
//	list:    id, kind, title, when, status, current, standing, category, codes [{system, code, display}],
//	         value, unit, range, interpretation, source {original, format, place, asserter}, sources, person
//	         when is the clinical time in ISO 8601 ("2021-03", "2019-01-11T14:10:00-05:00/2019-01-18"), as precise as
//	         the source wrote it; "" where it gives none. status is the source's own word; current says whether the
//	         record holds now (see standing: current, past, intended, not so, held, in error, replaced, not stated, or "").
//	         patientSays [{label, value}] is there where the patient said something about the record
//	show:    the same, and details [{label, value}], provenance, resource, held, superseded, entered, overlay; of a report
//	         results: the objects of list in its own order, each with the results that belong to it in turn
//	add, amend, retract:
//	         the same as list, and form, fields {name: value}, version, act (added, amended, retracted, restored), at, by,
//	         reason, changed (names of fields), dryRun; add without fields: form, title, kind, fields [{name, label, type,
//	         required, default, example, choices, units}]
//	history: one version a line as above, oldest first, then what was said {at, say, text, with, undone}
//	accept, dispute, annotate, join, part, unsay: the record as in list
//	import:  the receipt {import, sources [{name, format, sha256, read, filed, duplicate, administrative, kept,
//	         refused, kinds, issues [{severity, place, text}]}], person {id, name, born, match}, people, held}
//	         people, of the same shape as person, is there where more than one was filed under
//	         read is always filed + duplicate + administrative + kept + refused.
//	imports: one receipt a line, newest first
//	undo:    import, gone (ids), stay, restored (how many stand again that it had corrected or withdrawn), noted (ids of
//	         those of gone that carry a note of yours), nameless (people whom no file describes any more)
//	people:  id, name, born, sex, records, joined (ids), fields (of the form of people edit); people add and people edit
//	         print what add and amend do
//	summary: person, allergies, medicines, problems, …: lists of the objects of list, by what they mean. What several
//	         records state of one thing is one object, with same and against (ids of the others, and of those that deny
//	         it), beside (sentences: what they state differently) and started, lastSeen, stopped as the sources date them
//	         missing [{section, silence, listed, reason, words}], differ [{section, title, about, sides [{words, records}]}];
//	         with --since also changes {new, changed, stopped, again, unclear: as in list; withdrawn: ids}
//	trend:   one object for each axis: title, part, unit, apart (why these are not on the axis before), points [{id, when,
//	         value, comparator, converted, written, range, flag, status, source, patientSays}], oldest first, others (what is
//	         no number, in the objects of list), gaps [{from, to}], trend {direction, words, perYear, low, high, points,
//	         from, to} where there are at least four comparable points. range is that of the report, in the unit of written
//	images:  files (read to their ends), images and frames (taken apart), and lists of {name, text}: damaged, missing (by the
//	         disc's own list), kept (in a packing that is not shown here)
//	slots:   id, kind ("passphrase", "recovery", "age"), label, created, recipient
//	backup, restore:
//	         path, at, epoch, items, bytes, lacking, notices; of restore --list one a line, newest first, and one with
//	         notices is damaged
//	check:   frames, records, originals, problems [{file, text, records, mended}]
package main
