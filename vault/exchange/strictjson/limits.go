package strictjson

// Limits on one value. They are far above what real records hold.
const (
	depthLimit     = 64        // levels of nesting, counted from the start of the document
	extensionLimit = 16        // levels of extensions inside extensions
	numberLimit    = 64        // characters of a number
	exponentLimit  = 18        // a decimal exponent is at most this, and at least its negative
	stringLimit    = 1 << 20   // bytes of a string
	dataLimit      = 256 << 20 // bytes of base64 (Attachment.data, Binary.data)
	namesLimit     = 4096      // names in one object
	nodesLimit     = 2_000_000 // values inside one value
)

// Rules tell a [Tree] what its format knows.
type Rules struct {
	// Known says whether name is an element name of the format, and whether it
	// would be one if its letters were of another case. nil knows no names.
	Known func(name []byte) (known, wrongCase bool)
	// Data says whether the strings under a name are base64, for which the
	// larger limit holds.
	Data func(name []byte) bool
	// Extension says whether a name opens an extension.
	Extension func(name []byte) bool
}
