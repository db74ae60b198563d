package unlock

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	fw "fyne.io/fyne/v2/widget"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
)

// creator is the page that makes a record.
type creator struct {
	gate                   *Gate
	given, family          *fw.Entry
	day, year              *fw.Entry
	month, sex             *fw.Select
	folder                 *fw.Entry
	secret                 *widget.NewSecret
	note                   *fyne.Container
	folderIsTheUsersChoice bool
}

// showCreate asks what is needed to make a record.
func (g *Gate) showCreate() {
	c := &creator{gate: g}
	c.inputs()
	submit := fw.NewButton(lang.L("Create the record"), c.submit)
	submit.Importance = fw.HighImportance
	back := fw.NewButton(lang.L("Back"), g.showWelcome)
	choose := fw.NewButtonWithIcon(lang.L("Change…"), theme.FolderOpenIcon(), c.chooseFolder)
	content := []fyne.CanvasObject{
		widget.Field(lang.L("Name"), container.NewGridWithColumns(2, c.given, c.family), nil),
		widget.Field(lang.L("Birth date"), birthRow(c.day, c.month, c.year), widget.Caption(lang.L("As much as you know; it helps to tell files apart."))),
		widget.Field(lang.L("Sex"), widget.Framed(c.sex), nil),
		widget.Field(lang.L("Where to keep it"), container.NewBorder(nil, nil, nil, choose, c.folder), nil),
	}
	content = append(content, c.secret.Objects()...)
	content = append(content, c.note, container.NewBorder(nil, nil, back, nil, widget.Big(submit)))
	page := g.column(nil, lang.L("Create your record"), lang.L("For yourself, or for someone you care for."), content...)
	g.show(page, c.given)
}

func (c *creator) inputs() {
	c.given, c.family = fw.NewEntry(), fw.NewEntry()
	c.given.SetPlaceHolder(lang.L("First names"))
	c.family.SetPlaceHolder(lang.L("Family name"))
	c.day, c.year = fw.NewEntry(), fw.NewEntry()
	c.day.SetPlaceHolder(lang.L("Day"))
	c.year.SetPlaceHolder(lang.L("Year"))
	c.month = fw.NewSelect(ui.Months(), nil)
	c.month.PlaceHolder = lang.L("Month")
	c.sex = fw.NewSelect(sexWords(), nil)
	c.sex.PlaceHolder = lang.L("Not given")
	c.folder = fw.NewEntry()
	c.folder.SetText(suggestFolder(home(), "", ""))
	c.secret = widget.ChooseSecret(lang.L("Passphrase"))
	c.note = widget.Column(0)
	c.note.Hide()

	named := func(string) {
		if !c.folderIsTheUsersChoice {
			c.folder.SetText(suggestFolder(home(), c.given.Text, c.family.Text))
		}
	}
	c.given.OnChanged, c.family.OnChanged = named, named
	for _, e := range []*fw.Entry{c.given, c.family, c.day, c.year, c.folder, c.secret.Pass, c.secret.Again} {
		e.OnSubmitted = func(string) { c.submit() }
	}
}

func birthRow(day, month, year fyne.CanvasObject) fyne.CanvasObject {
	return container.New(widget.Shares{2, 4, 3}, day, widget.Framed(month), year)
}

// sexCodes stand beside the words of sexWords.
var sexCodes = []string{"female", "male", "other", ""}

func sexWords() []string {
	return []string{lang.L("Female"), lang.L("Male"), lang.L("Another sex"), lang.L("Not given")}
}

// form reads the inputs.
func (c *creator) form() form {
	f := form{
		Given: c.given.Text, Family: c.family.Text, Day: c.day.Text, Year: c.year.Text,
		Folder: c.folder.Text, Pass: []byte(c.secret.Pass.Text), Again: []byte(c.secret.Again.Text),
	}
	if i := c.month.SelectedIndex(); i >= 0 {
		f.Month = fmt.Sprint(i + 1)
	}
	if i := c.sex.SelectedIndex(); i >= 0 {
		f.Sex = sexCodes[i]
	}
	return f
}

func (c *creator) chooseFolder() {
	c.gate.ask(ui.Asked{Title: lang.L("Where to put it"), Act: lang.L("Keep it here"), Folder: true}, func(dir string) {
		c.folderIsTheUsersChoice = true
		c.folder.SetText(folderIn(dir, c.folder.Text))
	})
}

func (c *creator) say(text string) {
	c.note.Objects = []fyne.CanvasObject{widget.Banner(ui.Care, "", text)}
	c.note.Show()
	c.note.Refresh()
}

// made is a new record with the key that is shown once.
type made struct {
	vault *vault.Vault
	key   string
}

// submit makes the record.
func (c *creator) submit() {
	f, g := c.form(), c.gate
	if err := f.check(g.Now(), exists); err != nil {
		c.say(words(err))
		return
	}
	form := g.body.Objects[0]
	g.busy(lang.L("Making your record"), lang.L("Sealing takes a second or two: that is what makes guessing slow."))
	ui.Load(g.Ctx, g.Work, func(ctx context.Context) (made, error) {
		defer ui.Wipe(f.Pass, f.Again)
		return create(ctx, f, g.Outside)
	}, func(m made, err error) {
		if err != nil {
			t := ui.Explain(err)
			c.say(t.What + " " + t.Next)
			g.show(form, nil)
			return
		}
		c.secret.Clear()
		g.Prefs.SetLastVault(f.Folder)
		g.showRecovery(m, f.Folder)
	})
}

// create makes the vault with its owner.
func create(ctx context.Context, f form, out ui.Outside) (made, error) {
	if err := makeParent(f.Folder); err != nil {
		return made{}, err
	}
	v, key, err := vault.Create(ctx, f.Folder, f.Pass, out.Vault)
	if err != nil {
		return made{}, err
	}
	if err := v.Commit(ctx, record.Change{Put: []record.Record{f.owner(out.Now())}}); err != nil {
		v.Close()
		return made{}, err
	}
	// Until it was typed back; should the program end before, home says so.
	if err := v.SaveDraft(ui.UnprovenKey, []byte{1}); err != nil {
		v.Close()
		return made{}, err
	}
	return made{v, key}, nil
}
