package hl7v2

import "context"

// Parse takes a file's messages apart into segments and fields, and makes no
// records: what the benchmark of the parser measures.
func Parse(content []byte) (segments int, err error) {
	f := &file{bytes: content}
	if err := f.split(); err != nil {
		return 0, err
	}
	r := newReader(context.Background(), f, nil)
	for n, raw := range f.messages {
		m, err := r.parse(n+1, raw)
		if err != nil {
			return 0, err
		}
		segments += len(m.segments)
	}
	return segments, nil
}
