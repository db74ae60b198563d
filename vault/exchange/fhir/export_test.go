package fhir

// Sanitised lets tests feed the sanitiser alone.
var Sanitised = sanitised
