package vault

import (
	"errors"
	"slices"

	"github.com/carnet-phr/carnet/vault/fulltext"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/store"
)

// close writes what is new into search/, where the vault may be written to, and
// ends. The caller has waited for all readers, and is the one writer.
func (s *searchIndex) close() {
	s.halt()
	s.mu.Lock()
	defer s.mu.Unlock()
	if v := s.v; v.rescued == "" && v.broken == nil && !v.stale && !v.proof.InDoubt() {
		s.save()
	}
	for _, p := range slices.Concat(s.settled, s.recent) {
		p.close()
	}
}

// save keeps the index for the next session. Where that fails, the next search
// builds it again. The caller holds s.mu.
func (s *searchIndex) save() {
	now := s.v.now.Load().Root
	if !s.started || !s.whole() || !s.built && len(s.recent) == 0 && s.base.sameItems(now) {
		return
	}
	parts, err := s.files(slices.Concat(s.settled, s.recent))
	if err != nil {
		return
	}
	list := searchList{Layout: searchLayout, Rules: searchRules, Root: now}
	keep := map[string]bool{searchListName: true}
	for _, p := range parts {
		list.Files = append(list.Files, p.file.listed(p.Len()))
		keep[p.file.name] = true
	}
	if s.writeList(list) == nil {
		s.settled, s.recent = parts, nil
		s.removeSearchFiles(keep)
	}
}

// whole says whether the segments at hand are all there are: where nothing was
// looked for, the files of search/ are added if they are as they should be.
func (s *searchIndex) whole() bool {
	if s.ready != nil {
		return s.err == nil
	}
	if s.base.Count == 0 {
		return true
	}
	list, ok := s.readList()
	if !ok || !list.Root.sameItems(s.base) {
		return false
	}
	l := loader{s: s}
	err := l.open(list)
	s.settled = l.parts
	return err == nil
}

// files puts segments together where that is due, without what the vault does
// not hold any more, and writes those that are in memory.
func (s *searchIndex) files(parts []*searchPart) ([]*searchPart, error) {
	n := tail(sizesOf(parts))
	if last := len(parts) - 1; n == 0 && last >= 0 && parts[last].file == nil {
		n = 1
	}
	for i, p := range parts[:len(parts)-n] {
		if p.file == nil {
			stored, err := s.merged(parts[i:i+1], keepAll)
			if err != nil {
				return nil, err
			}
			parts[i] = stored
		}
	}
	if n == 0 {
		return parts, nil
	}
	r := s.v.at(s.v.now.Load().Root.Epoch)
	defer r.Close()
	last, err := s.merged(parts[len(parts)-n:], s.living(r, parts[len(parts)-n:]))
	if err != nil {
		return nil, err
	}
	for _, p := range parts[len(parts)-n:] {
		p.close()
	}
	return append(parts[:len(parts)-n:len(parts)-n], last), nil
}

// living drops the documents of records that are gone, and all but the newest
// of those of one record.
func (s *searchIndex) living(r *read, parts []*searchPart) func(int, fulltext.Doc) (bool, error) {
	newest := map[string]int{}
	for i, p := range parts[1:] {
		p.Docs(func(d fulltext.Doc) error { newest[d.ID] = i + 1; return nil }) // an error comes again in the merge
	}
	return func(part int, d fulltext.Doc) (bool, error) {
		if n, ok := newest[d.ID]; ok && n != part {
			return false, nil
		}
		return !errors.Is(r.Has(recordKey(record.ID(d.ID))), store.ErrAbsent), nil
	}
}
