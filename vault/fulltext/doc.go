// Package fulltext is a compact inverted index over short texts: which of many
// entries hold words that begin like, are inflected like or are spelt nearly
// like those of a query, best first.
//
// It knows no records, no keys and no files. A [Builder] takes texts in and
// gives a [Segment], which never changes again; several segments are asked
// together by [Find] and become one by [Merge]. A segment is a row of numbered
// blocks of bytes: the caller keeps them where and how it likes ([Blocks]), in
// memory or sealed on a disk, and hands back those that are asked for.
//
//	b := fulltext.NewBuilder()
//	b.Add(fulltext.Doc{ID: "1", Group: "lab"}, []fulltext.Text{{Field: fulltext.Title, Text: "Glucose in blood"}})
//	segment, err := b.Segment()
//	q := fulltext.Parse("gluc blood")
//	found, err := fulltext.Find(ctx, []*fulltext.Segment{segment}, q, nil)
//	for _, c := range found.Next(20) { doc, err := found.Doc(c); … }
//
// The laws of this package:
//
//   - An index says where something was, not that it still is: the caller holds
//     every [Doc] found against what it stands for, by ID and Print, and passes
//     over what has gone or changed.
//   - The one tokenizer and the one comparison of words serve the index, the
//     query and the marks in a snippet, so that they cannot disagree.
//   - Bytes of a block are hostile: they give an error, never a panic or more
//     memory than a small multiple of their size.
//
// A [Segment] is safe for concurrent use; a [Builder] and a [Query] are not.
package fulltext
