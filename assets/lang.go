package assets

import "embed"

//go:embed translations/*.json
var translations embed.FS

// Translations holds one JSON file a language in the folder "translations"; the
// English text is the key.
func Translations() embed.FS { return translations }
