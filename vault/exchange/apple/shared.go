package apple

import "github.com/carnet-phr/carnet/vault/record"

// alike keeps one copy of what thousands of records say alike: an export of ten
// years holds as many days of heart rate.
type alike struct {
	concepts   map[string]record.Concept
	categories map[string][]record.Concept
	devices    map[string]string
}

func newAlike() alike {
	return alike{map[string]record.Concept{}, map[string][]record.Concept{}, map[string]string{}}
}

// quantity names a quantity type.
func (a alike) quantity(name, unit, suffix string) record.Concept {
	key := name + "\x00" + unit + "\x00" + suffix
	c, known := a.concepts[key]
	if !known {
		c = quantities[name].concept(name, unit, suffix)
		a.concepts[key] = c
	}
	return c
}

// category is a category of observations.
func (a alike) category(code string) []record.Concept {
	c, known := a.categories[code]
	if !known {
		c = []record.Concept{{Coding: []record.Coding{{System: record.CategorySystem, Code: code}}}}
		a.categories[code] = c
	}
	return c
}

// device is a device for people.
func (a alike) device(hardware string) string {
	w, known := a.devices[hardware]
	if !known {
		w = deviceWords(hardware)
		a.devices[hardware] = w
	}
	return w
}
