// Package entry is what patients state about their own record: the forms of
// their own entries, and what they say about entries of others. The rules are
// here, so that every screen and the command line have the same ones.
//
// [Kinds] is THE list of forms. A form is a list of fields; [Make] turns what was
// filled in into a record, or says which fields are to be filled in otherwise.
// [Amend] changes such a record and keeps what it said before, [Retract] takes it
// back, [Unretract] brings it back as it was; [History] gives all its versions.
// [Fields] gives a record as its form.
//
// [Accept], [Dispute], [Annotate], [Join] and [Part] say something about a record
// of a file, in its [record.Overlay]; [Undo] takes the last of them back. The
// record itself stays as its source states it.
//
// The laws of this package:
//
//   - Functions are pure but for the random names that they draw; the caller
//     commits what they give.
//   - Nothing is guessed: a number without a unit is refused where there is more
//     than one unit, and a date keeps the precision with which it was written.
//   - The words of a [Problem] name the field and what to do, never what was
//     filled in.
//   - What a form does not ask for, a record of it does not hold: so its fields
//     are its whole history.
package entry
