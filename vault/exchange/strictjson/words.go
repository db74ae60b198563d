package strictjson

// Words keeps one copy of each short string that a file repeats: codes, systems,
// units. A nil Words copies every string.
type Words struct{ kept map[string]string }

// NewWords gives an empty store.
func NewWords() *Words { return &Words{kept: map[string]string{}} }

const (
	wordLimit  = 96     // bytes of a string worth sharing
	wordsLimit = 50_000 // shared strings
)

func (w *Words) keep(b []byte) string {
	if w == nil || len(b) > wordLimit {
		return string(b)
	}
	if s, ok := w.kept[string(b)]; ok {
		return s
	}
	s := string(b)
	if len(w.kept) < wordsLimit {
		w.kept[s] = s
	}
	return s
}
