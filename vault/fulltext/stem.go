package fulltext

import (
	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/german"
	"github.com/blevesearch/snowballstem/spanish"
)

// stemmers are the languages whose inflections are seen through (Snowball).
var stemmers = [...]func(*snowballstem.Env) bool{english.Stem, german.Stem, french.Stem, spanish.Stem}

// leastStem is the length of the shortest word that is taken apart, and of the
// beginning that two inflections of a word share, in letters.
const leastStem = 3

// stem gives the stem of a folded word in one of the languages.
func stem(language int, word string) string {
	env := snowballstem.NewEnv(word)
	stemmers[language](env)
	return env.Current()
}
