package html

// Preview is preview, for the fuzz target.
var Preview = preview
