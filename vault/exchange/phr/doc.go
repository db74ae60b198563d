// Package phr reads what other personal health records export in a form of
// their own: the JSON export of MediKeep (https://github.com/afairgiant/MediKeep,
// app/services/export_service.py). Fasten and Mere Medical wrap FHIR resources;
// the package fhir reads those.
//
// The laws of this package:
//
//   - What MediKeep holds was entered by the patient, and every record says so.
//   - A status is the word that is written; where MediKeep keeps none, none is
//     made up. A unit that the export does not state is not added.
//   - Every item of every list ends in one count; a list that is not known is
//     named and kept in the original.
package phr
