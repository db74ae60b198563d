package pdf

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheettest"
	"github.com/carnet-phr/carnet/vault/record"
)

// polyglot is a person with a name, an allergy, a medicine, a result and a note in one
// language.
func polyglot(name, allergy, reaction, medicine, dose, result, note string) *sheettest.Library {
	l := sheettest.New(&record.Patient{Name: []record.HumanName{{Text: name}}, BirthDate: "1961-04-03", Gender: "female", Address: []record.Address{{Line: []string{name}, City: reaction}}})
	from := sheettest.From(l.File("record.json", "application/json", []byte("{}")), "fhir", name, name)
	l.Add(&record.AllergyIntolerance{ClinicalStatus: "active", Code: sheettest.Words(allergy), Criticality: "high", Reaction: []record.Reaction{{Manifestation: []record.Concept{sheettest.Words(reaction)}}}}, from)
	l.Add(sheettest.Order(medicine, dose, "2024-01-02", name), from)
	for i, v := range []string{"5.4", "<0.5", "7.10"} {
		l.Add(sheettest.Lab(result, "2345-7", day(2020+i), v, "mmol/L"), from)
	}
	l.Add(sheettest.Problem(reaction, "2020"), sheettest.Self())
	l.Add(sheettest.Note(result, "2024-01-02", name, reaction, note), from)
	return l
}

func day(year int) record.Date {
	return record.Date(string([]byte{'2', '0', byte('0' + year/10%10), byte('0' + year%10)}) + "-03-04")
}

// languages are made-up people, one a script.
var languages = map[string]*sheettest.Library{
	"arabic": polyglot("محمد بن عبد الله الأحمد", "البنسلين", "طفح جلدي وحكة", "ميتفورمين 500 mg أقراص", "قرص واحد مرتين يوميًا مع الطعام", "سكر الدم الصائم",
		"حضر المريض إلى العيادة بسبب ألم في الصدر منذ 3 أيام. ضغط الدم 120/80 والنبض 72. لا توجد حساسية معروفة من الأسبرين (ASA). الجرعة <0.5 mg يوميًا.\nالخطة: إعادة التقييم بعد أسبوعين، وتحليل HbA1c."),
	"persian":  polyglot("زهرا کریمی", "پنی\u200Cسیلین", "کهیر", "آتورواستاتین ۲۰ mg", "شب\u200Cها ۱ قرص", "قند خون ناشتا", "بیمار می\u200Cگوید درد قفسهٔ سینه دارد. فشار خون ۱۲۰/۸۰."),
	"hebrew":   polyglot("רָחֵל כֹּהֵן", "פניצילין (Penicillin V)", "פריחה בעור", "מטפורמין 850 mg", "טבליה אחת פעמיים ביום", "גלוקוז בצום", "המטופלת הגיעה עקב כאבים בחזה מזה 3 ימים. לחץ דם 120/80, דופק 72. אין רגישות ידועה לאספירין.\nתוכנית: בדיקת HbA1c בעוד שבועיים."),
	"chinese":  polyglot("王小明", "青霉素", "过敏性休克", "二甲双胍片 500 mg", "每日两次，每次一片，随餐服用", "空腹血糖", strings.Repeat("患者因胸痛三天就诊。血压120/80 mmHg，脉搏72次/分。无阿司匹林过敏史。", 12)),
	"japanese": polyglot("山田 太郎", "ペニシリン", "アナフィラキシー", "メトホルミン塩酸塩錠250 mg", "1日2回、朝夕食後に1錠", "空腹時血糖", strings.Repeat("3日前から胸痛があり受診。血圧120/80 mmHg、脈拍72回/分。", 9)),
	"korean":   polyglot("김민수", "페니실린", "두드러기", "메트포르민 500 mg", "하루 두 번 식사와 함께", "공복 혈당", "3일 전부터 흉통으로 내원함. 혈압 120/80 mmHg, 맥박 72회/분."),
	"marks":    polyglot("J̌ãn Nǧuỹễn Ðặng", "Pe\u0304nici\u030Allin x\u0302", "Ẅ̌heals", "µg β-blocker Å", "½ tablet ≤ 2× a day", "HbA₁c", "q̃ v̄ ȷ̃ — Ελληνικά, Кириллица с ударе\u0301нием."),
}

// TestEveryScriptIsReadBack writes a file for each script, and reads its words
// back with pdftotext where that is installed.
func TestEveryScriptIsReadBack(t *testing.T) {
	for name, l := range languages {
		t.Run(name, func(t *testing.T) {
			sel := l.Select(t, exchange.Scope{})
			d := lay(t, sel)
			if len(d.unshown) > 0 {
				t.Errorf("got %v that cannot be shown, want every character", d.unshown)
			}
			for p, page := range d.pages {
				for _, m := range page {
					if m.kind == words && (m.x < marginX-1 || m.x+m.w > d.paper.width-marginX+1) {
						t.Errorf("page %d: got %q from %.0f to %.0f, want it inside the margins", p+1, m.text, m.x, m.x+m.w)
					}
				}
			}
			var b bytes.Buffer
			if err := Export(context.Background(), &b, sel); err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			if look := os.Getenv("CARNET_LOOK"); look != "" {
				dir = look
			}
			file := filepath.Join(dir, name+".pdf")
			if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
			readBack(t, file, sel)
		})
	}
}

// TestHazard18BoundsAreNotTurnedRound has amounts in text that runs from right to
// left: each stands as it is written.
func TestHazard18BoundsAreNotTurnedRound(t *testing.T) {
	d := lay(t, languages["arabic"].Select(t, exchange.Scope{}))
	for text, want := range map[string]string{
		"الجرعة <0.5 mg يوميًا": "<0.5 mg", "ميتفورمين 500 mg أقراص": "500 mg", "סוכר >= 12.50 mmol/L בדם": ">= 12.50 mmol/L", "לחץ דם 120/80": "120/80", "النتيجة ≤3": "≤3", "آتورواستاتین ۲۰ mg": "۲۰ mg", "HbA1c بعد 2.0 %": "2.0 %",
	} {
		var drawn []string
		for _, p := range d.compose(body, d.plain(text)).pieces {
			drawn = append(drawn, p.text)
		}
		if got := strings.Join(drawn, ""); !strings.Contains(got, want) {
			t.Errorf("%q: got %q from left to right, want %q in it", text, got, want)
		}
	}
	if got := d.plain("HbA1c <7"); got != "HbA1c <7" {
		t.Errorf("got %q, want what runs from left to right as it is", got)
	}
}

// readBack looks for the words of the allergies in the text of a file.
func readBack(t *testing.T, file string, sel exchange.Selection) {
	t.Helper()
	text, err := exec.Command("pdftotext", "-layout", file, "-").Output()
	if err != nil {
		t.Skipf("pdftotext is not installed: %v", err)
	}
	read := squeezed(string(text))
	for _, r := range sel.Records {
		if a, ok := r.Resource.(*record.AllergyIntolerance); ok {
			for _, word := range strings.Fields(a.Code.Text) {
				if word = strings.Trim(word, "()"); !strings.Contains(read, squeezed(word)) {
					t.Errorf("got no %q in the text of the file, want it", word)
				}
			}
		}
	}
}

// squeezed leaves out white space, what directs text and, of scripts that run from
// right to left, the points, which readers find in any order; joined forms are
// taken for their letters.
func squeezed(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r >= 0x202A && r <= 0x202E || invisible(r) || semitic(r) && unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFKC.String(s))
	return s
}
