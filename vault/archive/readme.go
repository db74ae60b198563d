package archive

// readme is README.txt: for whoever finds an archive in ten years.
const readme = `AN ARCHIVE OF A HEALTH RECORD

This archive holds everything that a Carnet vault held of a person, or of
several. It is a tar of plain text and of files as they were received; no
program of ours is needed to read it. It is as private as a medical record is:
keep it encrypted (it was handed out encrypted with age, https://age-encryption.org)
and delete what you unpack.

    age -d archive.age | tar x

ARCHIVE.json                what this is and when it was made
records-0001.ndjson ...     every fact, one JSON object a line: "kind" is the
                            FHIR R4 resource type, "resource" the fact in the
                            words of FHIR R4, "record" what is known of it:
                            "id", "person" (the id of the Patient record whose
                            facts they are), "provenance" (the file it came
                            from, by its SHA-256, and the place in it),
                            "overlay" (what the patient says about it),
                            "superseded" (the record that took its place) and
                            "entered" (how the patient typed it in). "said" is
                            what a source says in other words. A fact that was
                            withdrawn or replaced is here too: look at
                            "status", "verificationStatus" and "superseded"
                            before you rely on one.
                            Records of the kind AuditEvent are no facts: they
                            list what was handed to whom.
imports-0001.ndjson ...     what was brought in, when, and what came of it
originals-0001.ndjson ...   for each file that was received: its name then, its
                            SHA-256 and where it lies here
originals/                  those files, byte for byte, named by their SHA-256
MANIFEST                    counts, and the SHA-256 of every file:
                            sha256sum -c MANIFEST

Where a text was not valid UTF-8 it has U+FFFD; "exact" has its bytes (base64).
To put everything back into a vault: carnetctl import archive.age
`
