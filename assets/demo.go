package assets

import (
	"embed"
	"io/fs"
)

//go:embed demo
var demo embed.FS

// Demo is the made-up record: the files that an invented person was given by
// an invented hospital and an invented clinic.
func Demo() fs.FS {
	files, err := fs.Sub(demo, "demo")
	if err != nil {
		panic("assets: internal error: " + err.Error())
	}
	return files
}
