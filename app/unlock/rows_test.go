package unlock

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/vault/record"
)

var now = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)

func TestBirth(t *testing.T) {
	for _, c := range []struct {
		day, month, year string
		want             record.Date
		err              error
	}{
		{"", "", "", "", nil},
		{"", "", "1968", "1968", nil},
		{"", "3", "1968", "1968-03", nil},
		{"9", "3", "1968", "1968-03-09", nil},
		{"29", "2", "2024", "2024-02-29", nil},
		{"30", "2", "1968", "", errBirth},
		{"9", "", "1968", "", errBirth},
		{"", "3", "", "", errBirth},
		{"", "", "68", "", errBirth},
		{"23", "11", "2026", "", errBirth},
		{"x", "3", "1968", "", errBirth},
	} {
		got, err := form{Day: c.day, Month: c.month, Year: c.year}.birth(now)
		if got != c.want || !errors.Is(err, c.err) {
			t.Errorf("%s/%s/%s: got %q, %v; want %q, %v", c.day, c.month, c.year, got, err, c.want, c.err)
		}
	}
}

func TestCheck(t *testing.T) {
	strong := []byte("bako rilu mesa tofi dupa zeno")
	good := form{Given: "Ada", Family: "Test", Folder: "/x/a.carnet", Pass: strong, Again: strong}
	free := func(string) bool { return false }
	for name, c := range map[string]struct {
		change func(*form)
		taken  bool
		want   error
	}{
		"good":      {func(*form) {}, false, nil},
		"no name":   {func(f *form) { f.Given, f.Family = " ", "" }, false, errNoName},
		"weak":      {func(f *form) { f.Pass = []byte("password"); f.Again = f.Pass }, false, errWeak},
		"different": {func(f *form) { f.Again = []byte("another") }, false, errDifferent},
		"no folder": {func(f *form) { f.Folder = "" }, false, errNoFolder},
		"taken":     {func(*form) {}, true, errTaken},
	} {
		f := good
		c.change(&f)
		taken := free
		if c.taken {
			taken = func(string) bool { return true }
		}
		err := f.check(now, taken)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
		if err != nil && words(err) == "" {
			t.Errorf("%s: no words", name)
		}
	}
}

func TestSuggestFolder(t *testing.T) {
	for _, c := range []struct{ given, family, want string }{
		{"Ada", "Test", "/h/Carnet/Ada Test.carnet"},
		{"", "", "/h/Carnet/My record.carnet"},
		{"../..", "a/b", "/h/Carnet/ ab.carnet"},
	} {
		got := suggestFolder("/h", c.given, c.family)
		if strings.TrimSpace(got) != strings.ReplaceAll(c.want, "Carnet/ ", "Carnet/ ") && got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}
