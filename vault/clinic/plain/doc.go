// Package plain has words that a patient understands for the codes of a record: of
// sections, statuses, flags, routes and units, and names for the codes that are used
// most where a file gives a code and no words.
//
// The words are Carnet's own. A file's own words always come first, and whoever
// shows a name of this package says whose it is (CLINICAL-SAFETY hazard 44). A code
// that is not in the table has no words; none are made up from its parts, but for
// the ICD-10 and ATC codes whose group is named as a group.
//
// SNOMED CT and CPT are not free to list everywhere and have no names here.
package plain
