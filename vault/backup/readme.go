package backup

// Readme is the first file of an archive: how to open it without Carnet.
const Readme = `A BACKUP OF A CARNET VAULT

This archive holds a person's medical record. It was encrypted with age
(https://age-encryption.org/v1). Since you can read this you have opened that
layer already; in case somebody else has to:

    age -d -i key.txt backup.age | tar x

key.txt holds a line AGE-SECRET-KEY-1...: that of a person whom the owner
trusted, or the one that belongs to the recovery key (nine groups of four
letters on paper). The programs "carnetctl" and "carnetreader" turn a recovery
key into it; how is also written in FORMAT.md of Carnet's source ("recovery
identity"). A backup that was made with a passphrase of its own is opened by

    age -d backup.age | tar x

and by nothing else.

WHAT IS IN IT

records-0001.ndjson ...     every fact of the record, one JSON object a line:
                            what it is (the FHIR R4 resource type), the fact,
                            where it came from. Plain text, encrypted only by
                            the layer that you opened.
originals-0001.ndjson ...   for each file that was received: its name then, its
                            SHA-256, and where it lies below vault/originals.
originals.key               opens all of those:
                                age -d -i originals.key vault/originals/ab/abcd... > file
imports-0001.ndjson ...     what was brought in, when, and what came of it.
vault/                      the encrypted vault itself, for Carnet: put the
                            contents of this folder into a folder NAME.carnet.
                            "carnetctl restore" does this and checks it.
MANIFEST                    the SHA-256 of every file: sha256sum -c MANIFEST

Keep what you unpack as private as the backup, and delete it afterwards.
`
