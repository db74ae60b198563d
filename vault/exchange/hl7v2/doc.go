// Package hl7v2 reads HL7 version 2 messages (HL7 Messaging Standard 2.1 to
// 2.8): the pipe-and-hat text that laboratories, hospitals and registries send
// each other and that portals and exports hand on.
//
// A file holds one message or many, bare, in a batch (FHS, BHS, BTS, FTS) or in
// the frames of MLLP. It is read in three steps, each in files of its own: the
// bytes into messages and segments (split.go, charset.go, delimiters.go), a
// message's segments into the groups that belong together (message.go,
// order.go), and each group into records (one file per kind).
//
// The laws of this package:
//
//   - Message structures are followed loosely and segments by the standard:
//     real senders leave groups out and put segments where an older or newer
//     version has them. What belongs to what goes by the order of segments.
//   - What is not read is told: a segment that is not known, a Z segment, an
//     escape sequence, a character set.
//   - A message that cannot be read is refused with its place; the others of
//     the file are read.
package hl7v2
