package exchange

import (
	"errors"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// Question is what a format must be told before it can read a file: the file
// does not decide it, and a guess could change what a result says
// (CLINICAL-SAFETY hazards 20 and 37).
type Question struct {
	Name    string   // what is asked, "csv-dates": the name of the answer
	Text    string   // for people, with what can be answered; it holds no clinical words
	Choices []Choice // empty: the answer is in words

	// Source and File say which file asks; the pipeline sets them.
	Source string
	File   record.Hash
}

// Choice is one answer to a [Question].
type Choice struct {
	Answer string // as [Options.Answers] holds it
	Words  string // for people
}

// Key is the name of the answer for this file alone.
func (q Question) Key() string { return q.Name + ":" + string(q.File) }

// Ask is the error of a [Format.Import] that needs answers: nothing of the file
// is filed until Options.Answers has them.
func Ask(questions ...Question) error { return &asking{questions} }

// asking is the error behind Ask.
type asking struct{ questions []Question }

func (a *asking) Error() string {
	var texts []string
	for _, q := range a.questions {
		texts = append(texts, q.Text)
	}
	return strings.Join(texts, "; ")
}

// asked notes the questions behind an error.
func (c *collector) asked(err error) {
	var a *asking
	if !errors.As(err, &a) {
		return
	}
	for _, q := range a.questions {
		q.Source, q.File = c.source.Name, c.original.Hash
		c.questions = append(c.questions, q)
	}
}

// Answer is what the user said to a question of that name, for this file or for
// all; "" while it is open.
func (s Source) Answer(name string) string {
	if a := s.answers[Question{Name: name, File: s.Hash}.Key()]; a != "" {
		return a
	}
	return s.answers[name]
}

// Questions are what the files of the batch wait for. Import them again with the
// answers.
func (b *Batch) Questions() []Question {
	var all []Question
	for _, c := range b.sources {
		all = append(all, c.questions...)
	}
	return all
}
