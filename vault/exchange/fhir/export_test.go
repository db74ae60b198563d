package fhir

// Sanitised lets tests feed the sanitiser alone.
var Sanitised = sanitised

// SanitisedFully is the sanitiser without its way for simple markup.
var SanitisedFully = sanitisedFully
