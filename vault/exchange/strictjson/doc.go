// Package strictjson reads JSON of strangers: strictly, with limits, and value
// by value, so that a file of any size needs the memory of its largest value.
//
// [jsontext.Decoder] does the grammar: duplicate names, invalid UTF-8 and
// malformed text are refused there. A [Tree] then holds one value as a flat
// table of byte ranges, and refuses what the grammar allows but a reader of
// medical records must not: names that differ from a known one by case alone,
// NUL, endless nesting, endless numbers and strings.
//
// The laws of this package:
//
//   - Numbers are never converted: [Value.Text] gives them as they were written.
//   - A [Fault] names line, column and JSON pointer, and quotes nothing. Names
//     that the caller does not know are left out of the pointer too: a file may
//     carry words of a patient as a name.
//   - No input makes it panic.
package strictjson
