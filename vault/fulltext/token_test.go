package fulltext

import (
	"fmt"
	"strings"
	"testing"
)

func TestWords(t *testing.T) {
	for _, tc := range []struct{ text, want string }{
		{"", ""},
		{"Glucose in BLOOD", "glucose in blood"},
		{"LOINC 8480-6 (mm[Hg])", "loinc 8480-6 6 mm hg"},
		{"E11.9, 104.5 mg", "e11.9 9 104.5 5 mg"},
		{"104,5", "104.5 5"},
		{"120/80 at 08:15", "120/80 80 at 08:15 15"},
		{"2020-03-05T10:30", "2020-03-05t10:30 03-05t10:30 05t10:30 30"},
		{"Café-au-lait, Müller's STRASSE Straße", "cafe au lait muller s strasse strasse"},
		{"COVID-19 T-cell", "covid 19 t cell"},
		{"½ 10³/µL ﬁn 5㎎", "1 2 10 3 μl fin 5mg"},
		{"soft\u00adhyphen", "softhyphen"},
		{"e\u0301te\u0301", "ete"},
		{"血糖値 7.8", "血糖 糖値 値 7.8 8"},
		{"第3回 ヘモグロビン", "第 3 回 ヘモ モク クロ ロヒ ヒン ン"},
		{"Давление ΑΊΜΑ", "давление αιμα"},
		{"1.2.3.4.5.6.7.8.9.10", "1.2.3.4.5.6.7.8 2.3.4.5.6.7.8 3.4.5.6.7.8 4.5.6.7.8 5.6.7.8 6.7.8 7.8 8 9.10 10"},
		{"\xff\xfe bad", "bad"},
		{strings.Repeat("x", 100), strings.Repeat("x", wordLimit)},
	} {
		t.Run(tc.text, func(t *testing.T) {
			var got []string
			newTokenizer().words(tc.text, func(w []byte, start, end int) {
				if start < 0 || start >= end || end > len(tc.text) {
					t.Errorf("%q stands at %d to %d of %d bytes", w, start, end, len(tc.text))
				}
				got = append(got, string(w))
			})
			if g := strings.Join(got, " "); g != tc.want {
				t.Errorf("got %q, want %q", g, tc.want)
			}
		})
	}
}

func TestLike(t *testing.T) {
	for _, tc := range []struct {
		query, text string
		want        closeness
	}{
		{"glucose", "glucose", exact},
		{"gluc", "glucose", prefix},
		{"infections", "infection", stemmed},
		{"infected", "infection", stemmed},
		{"allergies", "allergy", stemmed},
		{"entzundungen", "entzundung", stemmed},
		{"bruche", "bruch", stemmed},
		{"douleurs", "douleur", stemmed},
		{"alergias", "alergia", stemmed},
		{"glucsoe", "glucose", typo},
		{"gulcose", "glucose", typo},
		{"lgucose", "glucose", typo},
		{"glucase", "glucose", typo},
		{"glucise", "glucose", typo},
		{"hlucose", "glucose", unlike},
		{"gluucase", "glucose", typo},
		{"creatimne", "creatinine", typo},
		{"cratimne", "creatinine", unlike},
		{"tes", "tos", unlike},
		{"8480-6", "8481-6", unlike},
		{"1234567", "1234568", unlike},
		{"血糖", "血圧", unlike},
		{"ucose", "glucose", unlike},
	} {
		t.Run(tc.query+"/"+tc.text, func(t *testing.T) {
			w := newWord(tc.query)
			w.misspelt = true
			if got := w.like(tc.text); got != tc.want {
				t.Errorf("got %d, want %d", got, tc.want)
			}
		})
	}
}

func TestParse(t *testing.T) {
	for _, tc := range []struct{ typed, want string }{
		{"", "[]"},
		{"?!", "[]"},
		{"8480-6 glucose Glucose", "[8480-6 glucose]"},
		{"café-au-lait", "[cafe au lait]"},
		{"血糖値", "[血糖 糖値]"},
		{"値", "[値]"},
		{"10 10-10", "[10 10-10]"},
	} {
		var got []string
		for _, w := range Parse(tc.typed).words {
			got = append(got, w.text)
		}
		if g := fmt.Sprint(got); g != tc.want {
			t.Errorf("%q: got %s, want %s", tc.typed, g, tc.want)
		}
	}
	if got := len(Parse(strings.Repeat("a b c d e f g h i j k l m n o p q r s t u v w x y z aa bb cc dd ee ff gg ", 3)).words); got != queryLimit {
		t.Errorf("got %d words, want the limit", got)
	}
}

func TestSpans(t *testing.T) {
	q := Parse("hemoglobn 5.2 infections")
	q.words[0].misspelt = true
	text := "An infection. Hémoglobine was 5.2 g/dL"
	spans, words := q.Spans(text)
	var got []string
	for _, s := range spans {
		got = append(got, text[s.Start:s.End])
	}
	if g := strings.Join(got, "|"); g != "infection|Hémoglobine|5.2" || words != 7 {
		t.Errorf("got %q and the words %b", g, words)
	}
}
