// Package overview is what a record says at a glance, read from a vault: where
// package clinic, which knows what records mean and no vault, and package vault,
// which keeps records and does not know what they mean, come together. The window's
// first page and the command line both ask it.
//
// [Read] gives all of it, from all records. [Glance] gives what stands on the first
// page within milliseconds: it is kept in the vault, sealed, part by part, each with
// the stamp of the records that it was made of. A part whose records are not the
// same any more is made again, and no other; what is kept by another program, in
// another version, or does not read, counts as not there. So whatever changed the
// vault, and whichever program did, what is shown is what would be worked out anew.
package overview
