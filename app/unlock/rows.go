// Package unlock is what stands before a record: the first screen, making a
// record, its recovery key, and opening one.
package unlock

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/seal"
)

// suffix ends the name of every vault folder.
const suffix = ".carnet"

// form is what the create page asks.
type form struct {
	Given, Family    string
	Day, Month, Year string // Month is 1 to 12, or empty
	Sex              string // FHIR code, or empty
	Folder           string
	Pass, Again      []byte
}

var (
	errNoName    = errors.New("no name")
	errBirth     = errors.New("birth date is not in the calendar")
	errNoFolder  = errors.New("no folder")
	errTaken     = errors.New("folder exists")
	errWeak      = errors.New("weak passphrase")
	errDifferent = errors.New("passphrases differ")
)

// check gives the first thing that keeps the form from being done; exists says
// whether a path is taken.
func (f form) check(now time.Time, exists func(string) bool) error {
	switch _, err := f.birth(now); {
	case strings.TrimSpace(f.Given+f.Family) == "":
		return errNoName
	case err != nil:
		return err
	case strings.TrimSpace(f.Folder) == "":
		return errNoFolder
	case exists(f.Folder):
		return errTaken
	case !seal.Strong(f.Pass):
		return errWeak
	case !bytes.Equal(f.Pass, f.Again):
		return errDifferent
	}
	return nil
}

// words puts what check found into words.
func words(err error) string {
	switch {
	case errors.Is(err, errNoName):
		return lang.L("Please give a name.")
	case errors.Is(err, errBirth):
		return lang.L("That birth date is not in the calendar. Leave out what you do not know.")
	case errors.Is(err, errNoFolder):
		return lang.L("Please choose where to keep the record.")
	case errors.Is(err, errTaken):
		return lang.L("There is already something in that folder. Choose another name.")
	case errors.Is(err, errWeak):
		return lang.L("That passphrase is too easy to guess. Make it longer, or use the suggestion.")
	case errors.Is(err, errDifferent):
		return lang.L("The two passphrases are not the same.")
	}
	return ""
}

// birth is the birth date with as much as was given: year, month and year, or
// the whole date. Nothing at all is no date.
func (f form) birth(now time.Time) (record.Date, error) {
	day, year := strings.TrimSpace(f.Day), strings.TrimSpace(f.Year)
	if day == "" && f.Month == "" && year == "" {
		return "", nil
	}
	y, err := strconv.Atoi(year)
	if err != nil || y < 1850 || y > now.Year() {
		return "", errBirth
	}
	text := fmt.Sprintf("%04d", y)
	if f.Month != "" {
		m, _ := strconv.Atoi(f.Month)
		text += fmt.Sprintf("-%02d", m)
	}
	if day != "" {
		d, err := strconv.Atoi(day)
		if err != nil || f.Month == "" {
			return "", errBirth
		}
		text += fmt.Sprintf("-%02d", d)
	}
	date, err := record.ParseDate(text)
	if err != nil || date.Earliest().After(now) {
		return "", errBirth
	}
	return date, nil
}

// owner is the person's own first entry.
func (f form) owner(now time.Time) record.Record {
	id := record.NewID()
	born, _ := f.birth(now)
	name := record.HumanName{Family: strings.TrimSpace(f.Family), Use: "official"}
	if g := strings.Fields(f.Given); len(g) > 0 {
		name.Given = g
	}
	return record.Record{
		ID: id, Person: id,
		Resource:   &record.Patient{Name: []record.HumanName{name}, BirthDate: born, Gender: f.Sex},
		Provenance: []record.Provenance{{Asserter: record.ByPatient, Received: now.UTC().Truncate(time.Second)}},
	}
}

// suggestFolder is where a record goes unless the user says otherwise. The
// folder's name is the only thing outside the vault that names the person, and
// the user sees and may change it.
func suggestFolder(home, given, family string) string {
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|.`, r) || r < ' ' {
			return -1
		}
		return r
	}, strings.Join(strings.Fields(given+" "+family), " "))
	if name == "" {
		name = lang.L("My record")
	}
	return filepath.Join(home, "Carnet", name+suffix)
}

func exists(path string) bool {
	entries, err := os.ReadDir(path)
	if err == nil {
		return len(entries) > 0
	}
	_, err = os.Lstat(path)
	return err == nil
}
