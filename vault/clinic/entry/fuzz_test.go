package entry_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/clinic/entry"
	"github.com/carnet-phr/carnet/vault/record"
)

// FuzzMake fills the same text into every field of every form: what is taken is
// kept in the form in which it is read again, and problems never repeat it.
func FuzzMake(f *testing.F) {
	for _, s := range []string{"1", "72,5 kg", "1,000 mg/dL", "<20 mg/dL", "2021-03", "2021-03-05 08:30", "now", "yes", "a\nb", "{something filled in}", "\x00", "none", "1e9", "\u202eabc"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, k := range forms() {
			for _, field := range k.Fields {
				fields := map[string]string{}
				for _, other := range k.Fields {
					if other.Required && other.Default == "" {
						fields[other.Name] = sample[other.Type]
						if other.Type == entry.Pick {
							fields[other.Name] = other.Choices[0].Value
						}
						if other.Type == entry.Amount {
							fields[other.Name] = map[bool]string{true: "79", false: "99"}[other.Name == "diastolic"] + " " + other.Units[0].Code
						}
					}
				}
				fields[field.Name] = s
				r, problems := entry.Make(k, "0000000000000001", fields, by(0))
				for _, p := range problems {
					if text := strings.TrimSpace(s); len(text) > 12 && strings.ContainsAny(text, "{}") && strings.Contains(p.Words, text) { // no words of ours have these
						t.Fatalf("%s, %s: the problem tells what was filled in", k.Name, field.Name)
					}
				}
				if len(problems) > 0 {
					continue
				}
				_, got, ok := entry.Fields(r)
				if !ok {
					t.Fatalf("%s: no form", k.Name)
				}
				again, problems := entry.Make(k, "0000000000000001", got, by(0))
				if len(problems) > 0 || !reflect.DeepEqual(again.Resource, r.Resource) {
					t.Fatalf("%s, %s: %v\n%+v\n%+v", k.Name, field.Name, problems, r.Resource, again.Resource)
				}
				if s := r.Summary(); s.Standing == record.InError {
					t.Fatalf("%s: made in error", k.Name)
				}
			}
		}
	})
}

var sample = map[entry.Type]string{entry.Text: "words", entry.LongText: "words", entry.Date: "2021", entry.Time: "2021-03-05"}
