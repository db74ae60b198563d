package widget

import (
	"fmt"
	"testing"
)

func TestRunsOf(t *testing.T) {
	for _, tc := range []struct {
		text   string
		strong []Stretch
		want   string
	}{
		{"plain", nil, "[{plain false}]"},
		{"left toe", []Stretch{{0, 4}}, "[{left true} { toe false}]"},
		{"the left toe", []Stretch{{4, 8}, {9, 12}}, "[{the  false} {left true} {  false} {toe true}]"},
		{"the le", []Stretch{{4, 8}, {9, 12}}, "[{the  false} {le true}]"},
		{"", []Stretch{{4, 8}}, "[]"},
	} {
		if got := fmt.Sprint(runsOf(tc.text, tc.strong)); got != tc.want {
			t.Errorf("%q: got %s, want %s", tc.text, got, tc.want)
		}
	}
}
