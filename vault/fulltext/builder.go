package fulltext

import (
	"bytes"
	"slices"
	"strings"
)

// Field says where a text stands in its entry: what a word in it counts for.
type Field uint8

// The fields, the weightiest first.
const (
	Title Field = iota
	Code
	Body
)

var fieldWeight = [...]int{Title: 8, Code: 4, Body: 1}

// Text is one text of an entry.
type Text struct {
	Field Field
	Text  string
}

// PrintSize is the length of a [Doc]'s Print, in bytes.
const PrintSize = 8

// Doc is what an index remembers of an entry besides its words.
type Doc struct {
	ID    string          // at most 255 bytes
	Print [PrintSize]byte // tells what was indexed from what the entry holds now
	Group string          // what a search can be narrowed to
	Time  uint64          // of two that fit equally well, the one with the smaller comes first
}

// Builder collects entries for one [Segment].
type Builder struct {
	tok   *tokenizer
	docs  []Doc
	sizes []byte // how long the texts of each are, see sizeOf
	terms map[string]uint32
	lists []list
	met   map[string][]uint32 // the words of short texts, which come again and again
	words []uint32            // of the text at hand
	size  int
}

// list is a term and where it was found.
type list struct {
	term string
	n    uint32 // entries
	last uint32
	open int    // weight in the last entry
	data []byte // of the entries but the last, each: uvarint distance to the one before, byte weight
}

// What a builder remembers of short texts.
const (
	metLimit = 4096
	metSize  = 200 // bytes of a text
)

// NewBuilder gives an empty builder.
func NewBuilder() *Builder {
	return &Builder{tok: newTokenizer(), terms: map[string]uint32{}, met: map[string][]uint32{}}
}

// Len is how many entries were added.
func (b *Builder) Len() int { return len(b.docs) }

// Size is about how many bytes the words take up.
func (b *Builder) Size() int { return b.size }

// Add takes an entry in.
func (b *Builder) Add(d Doc, texts []Text) {
	doc := uint32(len(b.docs))
	b.docs = append(b.docs, d)
	n := 0
	for _, t := range texts {
		weight := fieldWeight[t.Field]
		words := b.wordsOf(t.Text)
		n += len(words)
		for _, w := range words {
			b.found(&b.lists[w], doc, weight)
		}
	}
	b.sizes = append(b.sizes, sizeOf(n))
}

// wordsOf gives the numbers of the terms in a text.
func (b *Builder) wordsOf(text string) []uint32 {
	if words, ok := b.met[text]; ok {
		return words
	}
	b.words = b.words[:0]
	b.tok.words(text, b.take)
	if len(text) > metSize {
		return b.words
	}
	if len(b.met) >= metLimit {
		clear(b.met)
	}
	words := slices.Clone(b.words)
	b.met[strings.Clone(text)] = words
	return words
}

func (b *Builder) take(word []byte, _, _ int) {
	w, ok := b.terms[string(word)]
	if !ok {
		w = uint32(len(b.lists))
		term := string(word)
		b.terms[term] = w
		b.lists = append(b.lists, list{term: term})
		b.size += len(term) + 8
	}
	b.words = append(b.words, w)
}

func (b *Builder) found(l *list, doc uint32, weight int) {
	if l.n > 0 && l.last == doc {
		l.open += weight
		return
	}
	if l.n > 0 {
		l.close()
		b.size += 2
	}
	l.n++
	l.last, l.open = doc, weight
}

// close writes the last entry down; the distance to the next one is not known
// yet, so each is written with the one before it.
func (l *list) close() {
	l.data = appendUvarint(l.data, l.last)
	l.data = append(l.data, weightOf(l.open))
}

// weightOf is a weight as it is kept: in one byte.
func weightOf(w int) byte { return byte(min(w, 255)) }

// sizeOf tells long texts from short ones: 0 up to 256 words, then one more
// for each doubling. Entries of ordinary length thus count alike, and the
// newest of them comes first.
func sizeOf(words int) byte {
	size := byte(0)
	for ; words > 256 && size < sizeLimit; words /= 2 {
		size++
	}
	return size
}

const sizeLimit = 15

// Segment gives all that was added as a segment held in memory. The builder is
// not to be used any more.
func (b *Builder) Segment() (*Segment, error) {
	var blocks Memory
	w := newWriter(blocks.Append)
	for i, d := range b.docs {
		if err := w.doc(d, b.sizes[i]); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(b.lists, func(x, y list) int { return strings.Compare(x.term, y.term) })
	var p postings
	for i := range b.lists {
		p.reset()
		if err := b.lists[i].each(&p); err != nil {
			return nil, err
		}
		if err := w.term(b.lists[i].term, &p); err != nil {
			return nil, err
		}
	}
	if err := w.finish(); err != nil {
		return nil, err
	}
	return Open(&blocks)
}

func (l *list) each(p *postings) error {
	for data := l.data; len(data) > 0; {
		doc, n := uvarint(data)
		if n <= 0 || n >= len(data) {
			return ErrCorrupt
		}
		p.add(doc, data[n])
		data = data[n+1:]
	}
	p.add(l.last, weightOf(l.open))
	return nil
}

// Memory holds blocks in memory.
type Memory [][]byte

// Append adds a copy of a block.
func (m *Memory) Append(block []byte) error {
	*m = append(*m, bytes.Clone(block))
	return nil
}

// Len implements [Blocks].
func (m *Memory) Len() int { return len(*m) }

// Block implements [Blocks].
func (m *Memory) Block(n int) ([]byte, error) { return (*m)[n], nil }
