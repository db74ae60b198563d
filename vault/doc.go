// Package vault is the sealed store of a patient's record: one folder, one
// passphrase, one writer.
//
// The sealed journal is the record; Badger is how it is read fast. A commit is
// first a frame in the journal, flushed to the disk, and only then an entry in
// db/, which can be built again from the journal at any time. FORMAT.md has
// every byte.
//
//	v, recoveryKey, err := vault.Create(ctx, "jean.carnet", passphrase, vault.Options{})
//	v, err := vault.Open(ctx, "jean.carnet", passphrase, vault.Options{})
//	defer v.Close()
//	err = v.Commit(ctx, record.Change{Put: records, Originals: files, Receipt: &receipt})
//	for r, err := range v.Query(ctx, record.Filter{Kind: record.KindCondition}) { … }
//
// When something is wrong with the folder, Open mends what can be mended without
// a guess, and [Vault.Notices] says so: a damaged journal from snapshots, backups
// or the index, the index from the journal, a header from its copy. What cannot
// be mended is refused. Then there is [Rescue], for reading what is left;
// [Restore], for a backup; and [Copy], which makes a whole vault of a rescue.
// [Vault.Check] looks at everything, [Vault.Repair] mends what it finds.
//
// The laws of this package:
//
//   - A commit that returned nil is durable, through a killed process and a cut
//     of the power; one that returned an error changed nothing.
//   - Whatever is changed, missing or cut in a vault's files is mended from the
//     journal or reported ([ErrDamaged], [Vault.Check]); never are there
//     silently fewer or different records.
//   - Who can open it changes as a whole and for good ([Vault.ChangePassphrase]
//     and its kin): the old secrets or the new ones, through every crash; an older
//     header that is put back is found out.
//   - Nothing readable reaches the disk: no name, type, word or code.
//   - No error holds clinical text, and none of Badger's own words.
//   - A search finds what a look at every record would find: the index of words
//     in search/ is held against the records, and built again where it is lost.
//   - It imports record, seal, damage, journal, store, fulltext, backup and
//     codecs; no format, no screen. What a frame is and how it lasts is for journal
//     alone, and what Badger is and when to believe its files for store alone.
//
// A [Vault] is safe for concurrent use. Readers see the vault as it was when
// they began, and do not wait for a writer.
package vault
