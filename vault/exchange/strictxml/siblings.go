package strictxml

// siblings counts the children of one element by name, for their XPath.
type siblings struct {
	few  []sibling
	many map[string]*sibling // instead of few, once there are many names
}

// sibling is one name among the children of an element.
type sibling struct {
	local string
	count int
	first *Element // of a tree
}

const fewSiblings = 16

// next counts one more child of that name. The pointer is good until the next
// call.
func (s *siblings) next(local string) *sibling {
	if s.many != nil {
		x := s.many[local]
		if x == nil {
			x = &sibling{local: local}
			s.many[local] = x
		}
		x.count++
		return x
	}
	for i := range s.few {
		if x := &s.few[i]; x.local == local {
			x.count++
			return x
		}
	}
	s.few = append(s.few, sibling{local: local, count: 1})
	if len(s.few) > fewSiblings {
		s.many = make(map[string]*sibling, 2*fewSiblings)
		for i := range s.few {
			s.many[s.few[i].local] = &s.few[i]
		}
		s.few = nil // the map holds them now
		return s.many[local]
	}
	return &s.few[len(s.few)-1]
}

// reset forgets all names but keeps the memory.
func (s *siblings) reset() { s.few, s.many = s.few[:0], nil }
