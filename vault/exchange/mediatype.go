package exchange

import (
	"net/http"
	"strings"
)

// mediaType tells a file's type by its content. Whatever a browser might run is
// plain bytes to us.
func mediaType(head []byte) string {
	t := http.DetectContentType(head[:min(len(head), 512)])
	base, _, _ := strings.Cut(t, ";")
	switch base {
	case "application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp", "application/zip", "text/plain":
		return base
	}
	return "application/octet-stream"
}
