// Package strictxml reads XML that strangers wrote: a small namespace-aware
// reader of XML 1.0 (https://www.w3.org/TR/xml/) that refuses what other
// readers let pass.
//
// [Parse] reads a whole document into a light tree of [Element] that knows its
// place: byte range, line and column, XPath. [Decoder] gives the same tokens one
// by one over a sliding window, and [Decoder.Element] builds the tree of one
// element at a time, for files that are too large to hold.
//
// It is not encoding/xml, because that accepts duplicated attributes and
// unmatched namespaces, nests and grows without bound, and is several times too
// slow for the importer's budget. The fuzz test holds the two against each
// other: what is accepted here encoding/xml accepts too, with the same tokens.
//
// The laws of this package:
//
//   - Nothing is ever fetched or expanded: no external entity, no XInclude, no
//     stylesheet. The internal subset of a DTD is skipped, well-formed or not;
//     any reference but the five predefined ones and characters is refused.
//   - What is not well-formed is refused, unless the caller says otherwise for a
//     writer that is known to slip: [Decoder.ReplaceControls], [Decoder.SkipTag].
//   - Limits on depth, attributes, token size and number of elements are named
//     in [Limits].
//   - An [Error] says line, column and element path and what to do, and never
//     what the file said.
package strictxml
