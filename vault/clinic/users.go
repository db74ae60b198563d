package clinic

// users are those who use a name.
type users struct {
	first   int32
	several bool
	parts   string // of those who state some
	differ  bool   // in parts
	inexact bool   // the words of some
	differs bool   // of a system that they use no code is one that all have
	longest string // of the words, for a class that joins within words alone
	within  bool
	outside bool // some use other words than the longest
}

func (u *users) note(by name, x *naming) {
	switch {
	case x.parts == "":
	case u.parts == "":
		u.parts = x.parts
	case u.parts != x.parts:
		u.differ = true
	}
	u.inexact = u.inexact || !x.exact
	if by.level == byClass && x.within {
		u.within = true
		if len(x.words) > len(u.longest) || len(x.words) == len(u.longest) && x.words < u.longest {
			u.longest = x.words
		}
	}
}

// counts says whether a name stands for one thing.
func (u *users) counts(l level) bool {
	switch {
	case !u.several || u.differ || u.outside:
		return false
	case l == byWords && u.differs:
		return !u.inexact
	}
	return !u.differs
}
