// Package handover writes the folder that a patient hands to a doctor:
//
//	START-HERE.html  the whole selection in one page
//	Summary.pdf      the same to print
//	ips.json         the same for the doctor's software (International Patient Summary)
//	ccd.xml          the same as a C-CDA document (package ccd says what it cannot hold)
//	originals/       the files as the patient received them, byte for byte
//	dicom/           images and their reports, with a DICOMDIR (PS3.10)
//	README.txt       what this is and how to open it
//	MANIFEST.json    what is in it: sources, counts, SHA-256 of every file
//
// The laws of this package:
//
//   - The folder appears whole or not at all: it is written beside its place and
//     renamed when it has checked itself.
//   - Names of originals are safe on every system, by the rules of Windows.
//   - Of a DICOM file the preamble, which may hold a program, is set to zeros;
//     every byte behind it is as it was received.
//   - What could not be included is named in the manifest; it is never left out
//     in silence. What the patient held back is never listed.
package handover
