package intake

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// showPreview asks what the files wait for, else shows what they hold.
func (p *page) showPreview() {
	if q := p.batch.Questions(); len(q) > 0 {
		p.showAsked(q)
		return
	}
	p.showFound()
}

// showFound shows what would be filed, or asks whose record it is.
func (p *page) showFound() {
	if p.batch.Held() {
		p.showQuestion()
		return
	}
	r := p.batch.Receipt
	discard := fw.NewButton(lang.L("Do not file"), func() { p.showIdle("") })
	if p.batch.Empty() {
		discard.SetText(lang.L("Done"))
		p.set(frame(lang.L("Nothing new in these files"),
			widget.Banner(ui.Calm, "", lang.L("Everything in them is in your record already, or could not be read. Nothing needs to be filed.")),
			downloadedCard(r), p.sources(r), container.NewHBox(discard)))
		return
	}
	file := fw.NewButtonWithIcon(lang.L("File in the record"), theme.ConfirmIcon(), p.file)
	file.Importance = fw.HighImportance
	content := []fyne.CanvasObject{
		widget.MutedWords(lang.L("Nothing is filed yet. This is what the files hold:")),
		container.NewHBox(file, discard),
	}
	for _, who := range persons(r) {
		content = append(content, widget.Banner(ui.Calm, "", who))
	}
	if c := p.referChoice(); c != nil {
		content = append(content, c)
	}
	content = append(content, summaryCard(r), downloadedCard(r), p.sources(r))
	p.set(frame(headline(r), content...))
	if p.env.Window != nil {
		p.env.Window.Canvas().Focus(file)
	}
}

// persons says under whom it will be or was filed, one line for each.
func persons(r record.Receipt) []string {
	var lines []string
	for _, p := range r.Everyone() {
		if words := personWords(p); words != "" {
			lines = append(lines, words)
		}
	}
	return lines
}

func personWords(p record.ReceiptPerson) string {
	who := map[string]any{"Name": p.Name}
	switch {
	case p.Name == "":
		return ""
	case p.Match == "new":
		return lang.L("For {{.Name}}, who gets a record of their own here.", who)
	case p.Match == "same":
		return lang.L("For {{.Name}}: name and birth date are those of the record.", who)
	}
	return lang.L("For {{.Name}}, as you said.", who)
}

// summaryCard counts what is filed by section, and everything that was read.
func summaryCard(r record.Receipt) fyne.CanvasObject {
	var facts []widget.Fact
	for _, s := range sections(r) {
		facts = append(facts, widget.Fact{Label: s.Section, Value: ui.Number(s.Count)})
	}
	parts := []fyne.CanvasObject{}
	if len(facts) > 0 {
		half := (len(facts) + 1) / 2
		parts = append(parts, widget.Columns(300, 2, 24, widget.Facts(facts[:half]...), widget.Facts(facts[half:]...)))
	}
	parts = append(parts, widget.MutedWords(sentence(r)))
	return widget.Card(lang.L("By section"), nil, widget.Column(8, parts...))
}

// sources shows what became of each file, with its issues.
func (p *page) sources(r record.Receipt) fyne.CanvasObject {
	var rows []func() fyne.CanvasObject
	for _, s := range sourceRows(r, func(format string) string { return kindOf(format).Title }) {
		rows = append(rows, func() fyne.CanvasObject { return sourceObject(s) })
	}
	return widget.Card(lang.L("By file"), nil, widget.Unrolled(12, rows))
}

func sourceObject(s sourceRow) fyne.CanvasObject {
	name := widget.NewLine(s.Name, "", "")
	name.Bold = true
	parts := []fyne.CanvasObject{
		container.NewBorder(nil, nil, nil, widget.NewChip(s.Format, ui.Plain), name),
		widget.MutedWords(ui.Capital(joinCounts(s.Counts)) + "."),
	}
	for _, i := range s.Issues {
		text := i.Text
		if i.Place != "" {
			text += "  (" + i.Place + ")"
		}
		parts = append(parts, widget.Inset(0, 0, 12, 0, container.NewBorder(nil, nil, container.NewVBox(issueMark(i.Tone)), nil, widget.MutedWords(text))))
	}
	return widget.Column(4, parts...)
}

func issueMark(t ui.Tone) fyne.CanvasObject {
	words := lang.L("note")
	switch t {
	case ui.Care:
		words = lang.L("look")
	case ui.Alarm:
		words = lang.L("not read")
	}
	return widget.Inset(0, 0, 0, 8, widget.NewChip(words, t))
}

// showQuestion asks whose record the files are.
func (p *page) showQuestion() {
	p.set(frame(lang.L("Whose record is this?"), widget.MutedWords(lang.L("One moment…"))))
	b := p.batch
	ui.Load(p.env.Ctx, p.env.Work, func(ctx context.Context) ([]record.Record, error) { return p.env.Vault.People(ctx) }, func(people []record.Record, err error) {
		if err != nil {
			t := ui.Explain(err)
			p.showIdle(t.What + " " + t.Next)
			return
		}
		p.set(p.questionPage(ask(b.Subjects, people), b))
	})
}

func (p *page) questionPage(q question, b *exchange.Batch) fyne.CanvasObject {
	words := make([]string, len(q.Choices))
	for i, c := range q.Choices {
		words[i] = c.Words
	}
	radio := fw.NewRadioGroup(words, nil)
	next := fw.NewButtonWithIcon(lang.L("Go on"), theme.NavigateNextIcon(), func() {
		for i, w := range words {
			if w == radio.Selected {
				p.assign(q.Choices[i].Person)
				return
			}
		}
	})
	next.Importance = fw.HighImportance
	next.Disable()
	radio.OnChanged = func(s string) {
		p.open.Answer = ""
		next.Disable()
		for i, w := range words {
			if w == s {
				p.open.Answer = q.Choices[i].Person
				next.Enable()
			}
		}
	}
	for i, c := range q.Choices {
		if c.Person == p.open.Answer {
			radio.SetSelected(words[i])
		}
	}
	discard := fw.NewButton(lang.L("Do not file"), func() { p.showIdle("") })
	parts := []fyne.CanvasObject{widget.Words(q.Text)}
	if q.Reasons != "" {
		parts = append(parts, widget.MutedWords(q.Reasons))
	}
	parts = append(parts, radio, container.NewHBox(next, discard))
	return frame(lang.L("Whose record is this?"),
		widget.Banner(ui.Care, lang.L("Please check before anything is filed"), lang.L("A record that mixes two people is dangerous, so Carnet never guesses.")),
		widget.Card("", nil, widget.Column(12, parts...)), p.sources(b.Receipt))
}

// see goes to the record of the person under whom it was filed.
func (p *page) see(person record.ID) {
	p.showIdle("")
	if person != "" && person != p.env.Person {
		p.env.Choose(person)
		return
	}
	p.env.Open(ui.Route{Place: ui.Home})
}

// showReceipt shows what an import did; fresh when it was done just now.
func (p *page) showReceipt(r record.Receipt, fresh bool) {
	title := lang.L("Brought in on {{.Date}}", map[string]any{"Date": ui.Moment(r.At)})
	back := fw.NewButton(lang.L("Back to the list"), func() { p.showIdle("") })
	buttons := container.NewHBox(back)
	content := []fyne.CanvasObject{}
	if fresh {
		title = lang.L("Done: {{.What}}", map[string]any{"What": headline(r)})
		see := fw.NewButton(lang.L("See the record"), func() { p.see(r.Person.ID) })
		see.Importance = fw.HighImportance
		back.SetText(lang.L("Bring in more"))
		buttons = container.NewHBox(see, back)
		content = append(content, widget.MutedWords(lang.L("The files are kept exactly as they were, sealed with the rest of your record.")))
	}
	if lines := persons(r); len(lines) > 1 {
		content = append(content, widget.Banner(ui.Calm, lang.L("For several people"), strings.Join(lines, "\n")))
	}
	if !p.env.ReadOnly && r.Import != "" {
		buttons.Add(fw.NewButton(lang.L("Take back…"), func() { p.planUndo(r) }))
	}
	content = append(content, buttons, summaryCard(r), p.sources(r))
	p.set(frame(title, content...))
}
