package hl7v2

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// values reads OBX-5, each repetition that is a value of its own; lines of text
// are one. Where there is none, the single empty value comes with the reason.
func (b *builder) values(r *result) ([]record.Value, record.Concept) {
	s := r.seg
	code := s.field(11).comp(1).String()
	f := s.field(5)
	kind := s.field(2).comp(1).String()
	var list []record.Value
	if textual(kind) {
		if text := r.text(); text != "" {
			list = []record.Value{stringValue(kind, text, s)}
		}
	} else {
		for _, x := range f.all() {
			if v := x.value(kind, s); !v.Empty() {
				list = append(list, v)
			}
		}
	}
	why := noValue[code]
	switch {
	case code == "X" || code == "N":
		if len(list) > 0 && list[0].Text != "" && textual(kind) {
			why.Text += ": " + list[0].Text // "haemolysed", "quantity not sufficient"
		} else if len(list) > 0 {
			f.remark("the status says that there is no result, yet a value stands there; it is not shown")
		}
	case len(list) > 0:
		return list, record.Concept{}
	case f.null():
		why = record.Concept{Text: "the sender says that there is none, or took it away"}
	case why.Empty():
		why = record.Concept{Text: "the message gives no value", Coding: []record.Coding{{System: dataAbsent, Code: "unknown"}}}
	}
	return []record.Value{{}}, why
}

// textual says whether a data type holds running text, in which a repetition is
// a further line.
func textual(kind string) bool {
	switch kind {
	case "ST", "TX", "FT", "", "GTS", "IS", "ID":
		return true
	}
	return false
}

// text is the text of a result: all repetitions of OBX-5 of all its segments,
// line by line.
func (r *result) text() string {
	lines := make([]string, 0, 1+len(r.more))
	for _, s := range append([]*segment{r.seg}, r.more...) {
		f := s.field(5)
		if f.null() {
			f.text = ""
		}
		for _, part := range strings.Split(f.text, string(f.seg.delimiters().repetition)) {
			lines = append(lines, strings.TrimRight(newlines(field{part, s, 5}.unescaped()), " \t"))
		}
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

// stringValue is a string: an amount where it is written as one with a
// comparator or has a unit, else text. "<0.5" is less than 0.5 (CLINICAL-SAFETY
// hazard 18).
func stringValue(kind, text string, s *segment) record.Value {
	text = strings.TrimSpace(text)
	if text == "" {
		return record.Value{}
	}
	if q, ok := amount(text); ok && kind != "FT" && (q.Comparator != "" || !s.field(6).empty()) {
		return record.Value{Quantity: s.withUnit(q)}
	}
	if unit := s.unit().Unit; unit != "" && startsWithDigit(text) && !strings.Contains(text, "\n") {
		text += " " + unit
	}
	return record.Value{Text: text}
}

func startsWithDigit(s string) bool {
	s = strings.TrimLeft(s, "<>=~≤≥+- ")
	return s != "" && s[0] >= '0' && s[0] <= '9'
}

// value reads one value by its data type, OBX-2 (HL7 table 0125). What a type
// does not provide for is kept as text.
func (f field) value(kind string, s *segment) record.Value {
	if v, ok := f.measured(kind, s); ok {
		return v
	}
	switch kind {
	case "CE", "CWE", "CNE", "CF":
		return record.Value{Concept: f.answer()}
	case "DT", "TS", "DTM":
		d, words := f.date()
		if d == "" {
			return record.Value{Text: words}
		}
		return record.Value{Time: record.At(d)}
	case "TM":
		return record.Value{Text: clockWords(f.comp(1).String())}
	case "DR":
		start, w1 := f.comp(1).as(f).date()
		end, w2 := f.comp(2).as(f).date()
		return record.Value{Time: record.When{Start: start, End: end, Period: true, Text: joined(" to ", w1, w2)}}
	}
	return f.inWords(kind, s)
}

// measured reads the data types of numbers. ok is false for others, and for an
// amount that is none.
func (f field) measured(kind string, s *segment) (v record.Value, ok bool) {
	switch kind {
	case "NM", "SI":
		return f.number(s), true
	case "SN":
		return f.structured(s), true
	case "CQ":
		if q, ok := amount(f.comp(1).String()); ok {
			q.Unit = f.comp(2).sub(1).String()
			return record.Value{Quantity: q}, true
		}
	case "NR":
		low, ok1 := amount(f.comp(1).String())
		high, ok2 := amount(f.comp(2).String())
		return record.Value{Range: record.Range{Low: s.withUnit(low), High: s.withUnit(high)}.Stated()}, ok1 && ok2
	case "NA", "MA":
		numbers := strings.ReplaceAll(f.String(), string(f.seg.delimiters().component), ", ")
		return record.Value{Sampled: joined(" ", strings.ReplaceAll(numbers, "\n", " "), s.unit().Unit)}, true
	}
	return v, false
}

// wordTypes are the data types that are shown as words, part by part.
var wordTypes = map[string]bool{
	"EI": true, "HD": true, "CX": true, "CK": true, "XON": true, "PL": true, "OID": true, "CP": true, "MO": true, "DLN": true, "JCC": true, "RI": true, "FC": true, "CM": true, "VR": true, "DLT": true, "CQ": true, "NR": true, "RFR": true, "SPS": true, "PT": true, "VH": true,
}

// inWords is a value as text.
func (f field) inWords(kind string, s *segment) record.Value {
	switch kind {
	case "XPN", "PN":
		return record.Value{Text: f.humanName().String()}
	case "XCN", "PPN", "CN":
		return record.Value{Text: f.personName()}
	case "XAD", "AD":
		return record.Value{Text: f.address().String()}
	case "XTN", "TN":
		return record.Value{Text: f.contact("").Value}
	}
	if !wordTypes[kind] {
		f.remark("a value of a data type that the standard does not have; it is kept as text")
	}
	return record.Value{Text: joined(" ", f.words(), s.unit().Unit)}
}

// clockWords writes a TM, "1030" or "103015+0100", for people.
func clockWords(s string) string {
	digits := 0
	for digits < len(s) && s[digits] >= '0' && s[digits] <= '9' {
		digits++
	}
	if digits != 4 && digits != 6 || clock(s[:digits]) == "" {
		return s
	}
	return joined(" ", clock(s[:digits]), s[digits:])
}
