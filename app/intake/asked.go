package intake

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/exchange"
)

// asked is one question of a file, in the window's words.
type asked struct {
	Source  string
	Text    string
	Choices []string // in words, in the order of the question's
	Key     string
	Answers []string // as the import takes them
}

// askedRow puts a question into words; what the window does not know stands as
// the format says it.
func askedRow(q exchange.Question) asked {
	a := asked{Source: q.Source, Text: ui.Capital(q.Text), Key: q.Key()}
	switch q.Name {
	case "csv-dates":
		a.Text = lang.L("Dates such as 03/04 in this table can be read in two ways. Which comes first?")
	case "csv-decimal":
		a.Text = lang.L("Numbers such as 4,150 in this table can be read in two ways. What is the decimal sign?")
	case "csv-map":
		a.Text = lang.L("Which column of this table holds what is missing: the results, or the names of the tests?")
	}
	known := map[string]string{"day-first": lang.L("the day"), "month-first": lang.L("the month"), "comma": lang.L("a comma: 4,150 is a little more than four"), "point": lang.L("a point: 4,150 is more than four thousand")}
	for _, c := range q.Choices {
		words := known[c.Answer]
		if words == "" {
			words = c.Words
		}
		a.Choices, a.Answers = append(a.Choices, words), append(a.Answers, c.Answer)
	}
	return a
}

// showAsked asks what the files wait for. With all answers they are read again;
// without, those files are not filed.
func (p *page) showAsked(questions []exchange.Question) {
	answers := map[string]string{}
	next := fw.NewButtonWithIcon(lang.L("Read them again"), theme.NavigateNextIcon(), func() {
		d := p.open
		d.Answers = map[string]string{}
		for key, a := range p.open.Answers {
			d.Answers[key] = a
		}
		for key, a := range answers {
			d.Answers[key] = a
		}
		p.drop()
		p.bringAs(d)
	})
	next.Importance = fw.HighImportance
	next.Disable()
	without := fw.NewButton(lang.L("Go on without these files"), p.showFound)
	content := []fyne.CanvasObject{widget.Banner(ui.Care, lang.L("Please say how to read these files"), lang.L("Nothing of them is filed before. A wrong guess could change what a result says."))}
	open := 0
	for _, q := range questions {
		row := askedRow(q)
		parts := []fyne.CanvasObject{widget.Words(row.Text)}
		if len(row.Choices) > 0 {
			open++
			parts = append(parts, fw.NewRadioGroup(row.Choices, func(s string) {
				delete(answers, row.Key)
				for i, w := range row.Choices {
					if w == s {
						answers[row.Key] = row.Answers[i]
					}
				}
				if len(answers) == open {
					next.Enable()
				} else {
					next.Disable()
				}
			}))
		}
		content = append(content, widget.Card(row.Source, nil, widget.Column(10, parts...)))
	}
	p.set(frame(lang.L("One more thing"), append(content, container.NewHBox(next, without))...))
}
