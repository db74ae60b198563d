package clinic

import "github.com/carnet-phr/carnet/vault/record"

// Asked are the entries of the patient's own that have a place of their own on a
// front page.
type Asked struct {
	Questions Group // for a visit: Current are the open ones, Past those answered
	Contacts  Group // whom to call in an emergency
	Others    Group // all the other ones of Summary.Others
}

// Asked takes the questions for a visit and the emergency contacts out of the
// other entries, where they stand too.
func (s Summary) Asked() Asked {
	var a Asked
	for _, lines := range [][]Line{s.Others.Current, s.Others.Uncertain, s.Others.Intended, s.Others.Past, s.Others.NotSo, s.Others.Held} {
		for _, l := range lines {
			o, ok := l.Resource.(*record.Other)
			switch {
			case ok && o.Question():
				a.Questions.add(l)
			case ok && o.Contact():
				a.Contacts.add(l)
			default:
				a.Others.add(l)
			}
		}
	}
	return a
}
