package disclose

import (
	"regexp"
	"slices"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// Category is a reason for which people often hold an entry back.
type Category struct {
	Name   string // for the command line
	Title  string // for people
	labels []string
	icd    *regexp.Regexp // codes of ICD-10 and its national editions
	words  *regexp.Regexp // in title, codes' displays and authors, in small letters
}

// Categories is THE list of categories, as they are proposed. They follow the
// sensitivity codes of HL7 v3 ActCode (_InformationSensitivityPolicy), ICD-10's
// chapters, and words in English, German, French and Spanish. It proposes; the
// patient decides, and what it does not know it does not find.
var Categories = []Category{
	{
		Name: "mental-health", Title: "Mental health", labels: []string{"PSY", "PSYTHPN", "MH", "BH", "MNTL"},
		icd:   regexp.MustCompile(`^F(0[0-9]|[2-9][0-9])`),
		words: words(`depressi|depresi|bipolar|schizo|esquizo|psychos|psicos|psychiatr|psiquiatr|psychother|psicoter|psychothérap|anxi(ety|eux|été)|ansiedad|angststörung|panic (disorder|attack)|suicid|suizid|self.harm|selbstverletz|eating disorder|anorexia nervosa|bulimi|borderline person|post.?traumatic|ptsd|obsessive|adhd|sertralin|fluoxetin|citalopram|escitalopram|quetiapin|olanzapin|risperidon|clozapin|aripiprazol|venlafaxin|mirtazapin|lithium carb`),
	},
	{
		Name: "substance-use", Title: "Alcohol and drugs", labels: []string{"ETH", "SUD", "ETHUD", "ALC", "OPIOIDUD"},
		icd:   regexp.MustCompile(`^F1[0-8]`),
		words: words(`alcoholi|alcohol (use|abuse|depend|intox|withdraw)|alkoholab|alkoholmis|alcoolis|dependencia (al|de|del) |opioid (use|abuse|depend)|drug (use|abuse|depend|addict)|substance (use|abuse|depend)|drogen|toxicoman|cocain|kokain|heroin|cannabis|methadon|buprenorphin|naltrexon|disulfiram|acamprosat|addicti`),
	},
	{
		Name: "hiv", Title: "HIV", labels: []string{"HIV"},
		icd:   regexp.MustCompile(`^(B2[0-4]|Z21|R75|O98\.?7|Z20\.?6)`),
		words: words(`hiv|vih|human immunodef|acquired immun|antiretrovir|antirretrovir|emtricitabin|dolutegravir|bictegravir|raltegravir|darunavir`),
	},
	{
		Name: "sexual-health", Title: "Sexual health", labels: []string{"SEX", "STD"},
		icd:   regexp.MustCompile(`^(A5[0-9]|A6[0-4]|F52|F64|N52|N48\.?4)`),
		words: words(`syphilis|sífilis|gonorr|chlamydi|clamidi|genital herpes|herpes genital|condylom|trichomon|sexually transmitted|erectile|gender (dysphor|ident|incongr)|transgender|transsexu`),
	},
	{
		Name: "reproductive-health", Title: "Pregnancy and its prevention", labels: []string{"PREGNANT"},
		icd:   regexp.MustCompile(`^(O0[0-8]|Z30|Z31|Z33\.?2|N9[67]|Z64\.?0)`),
		words: words(`abortion|aborto|abtreibung|schwangerschaftsabbruch|interruption (volontaire )?de grossesse|termination of pregnancy|miscarriage|fehlgeburt|fausse couche|contracept|verhütung|anticoncep|infertil|sterilit|in vitro fert|mifepriston`),
	},
	{
		Name: "genetics", Title: "Genetic tests", labels: []string{"GDIS"},
		icd:   regexp.MustCompile(`^(Z15|Z14|Z13\.?7|G10$|E84)`),
		words: words(`genetic (test|screen|counsel|suscept)|gentest|humangenet|brca ?[12]?|huntington|carrier status|karyotyp|gene mutation|pathogenic variant|lynch syndrome`),
	},
	{
		Name: "violence", Title: "Violence and abuse", labels: []string{"SDV", "DVD", "VIO"},
		icd:   regexp.MustCompile(`^(T74|T76|Y0[0-9]|X(8[5-9]|9[0-9])|Z69|Z61\.?[4-6]|Z91\.?4)`),
		words: words(`domestic violence|häusliche gewalt|violence conjugale|violencia (doméstica|de género)|partner (violence|abuse)|(sexual|physical|child|emotional|spouse) abuse|sexual assault|rape|vergewaltig|agresión sexual|missbrauch|maltrat`),
	},
	{Name: "marked", Title: "Marked confidential by the source", labels: []string{"R", "V", "TBOO", "TABOO", "CEL", "EMP", "SCA"}},
}

// words is a search for stems at the start of a word.
func words(stems string) *regexp.Regexp {
	return regexp.MustCompile(`(^|[^\pL\pN])(` + stems + `)`)
}

// LookupCategory finds a category by its name.
func LookupCategory(name string) (Category, bool) {
	i := slices.IndexFunc(Categories, func(c Category) bool { return c.Name == name })
	if i < 0 {
		return Category{}, false
	}
	return Categories[i], true
}

// Sensitive lists the names of the categories that a record may be of.
func Sensitive(r record.Record) []string { return newSorter().of(r) }

// sorter finds the categories of many records: a long record says the same words
// over and over, so what they tell is looked up once.
type sorter struct{ told map[string][]bool } // by words: which of [Categories] they tell of

func newSorter() *sorter { return &sorter{map[string][]bool{}} }

// of are the names of the categories of a record.
func (t *sorter) of(r record.Record) []string {
	if k := r.Resource.Kind(); k == record.KindPatient || k.Ledger() {
		return nil
	}
	var labels []string
	for _, p := range r.Provenance {
		for _, c := range p.Security {
			labels = append(labels, strings.ToUpper(c.Code))
		}
	}
	s := r.Resource.Summary()
	told, icd := t.words(r.Resource, s), icdCodes(s.Codes)
	var found []string
	for n, c := range Categories {
		if told[n] || slices.ContainsFunc(labels, func(l string) bool { return slices.Contains(c.labels, l) }) || c.icd != nil && slices.ContainsFunc(icd, c.icd.MatchString) {
			found = append(found, c.Name)
		}
	}
	return found
}

// words says which categories the words of a record tell of.
func (t *sorter) words(r record.Resource, s record.Summary) []bool {
	var b strings.Builder
	b.WriteString(strings.ToLower(s.Title))
	for _, c := range s.Codes {
		b.WriteString("\n" + strings.ToLower(c.Display))
	}
	for _, row := range r.Details() {
		if telling[row.Label] {
			b.WriteString("\n" + strings.ToLower(row.Value))
		}
	}
	text := b.String()
	told, known := t.told[text]
	if !known {
		told = make([]bool, len(Categories))
		for n, c := range Categories {
			told[n] = c.words != nil && c.words.MatchString(text)
		}
		t.told[text] = told
	}
	return told
}

// telling are the lines of a record that say what it is for, or where it was.
var telling = map[string]bool{"Reason": true, "For": true, "Type": true, "Specialty": true, "Service": true, "Category": true}

// icdCodes are the codes that belong to ICD-10 or one of its national editions.
func icdCodes(codes []record.Coding) []string {
	var found []string
	for _, k := range codes {
		system := strings.ToLower(k.System)
		if strings.Contains(system, "icd-10") || strings.Contains(system, "icd10") || strings.Contains(system, "2.16.840.1.113883.6.90") || strings.Contains(system, "2.16.840.1.113883.6.3") {
			found = append(found, strings.ToUpper(k.Code))
		}
	}
	return found
}
