package view_test

import (
	"slices"
	"testing"

	"github.com/carnet-phr/carnet/vault/imaging"
	"github.com/carnet-phr/carnet/vault/imaging/view"
)

func at(number string, z float64) view.Item {
	return view.Item{Number: number, Slice: imaging.Sliced([]float64{-100, -100, z}, []float64{1, 0, 0, 0, 1, 0})}
}

func TestOrder(t *testing.T) {
	coronal := view.Item{Number: "1", Slice: imaging.Sliced([]float64{0, 5, 0}, []float64{1, 0, 0, 0, 0, -1})}
	for _, c := range []struct {
		name  string
		items []view.Item
		want  []int
		by    view.By
	}{
		{"numbers alone", []view.Item{{Number: "3"}, {Number: "10"}, {Number: " 2 "}}, []int{2, 0, 1}, view.Numbered},
		{"places go the way of the numbers", []view.Item{at("1", 30), at("2", 20), at("3", 10)}, []int{0, 1, 2}, view.Placed},
		{"places correct a number", []view.Item{at("1", 10), at("9", 20), at("3", 30), at("4", 40)}, []int{0, 1, 2, 3}, view.Placed},
		{"places without numbers rise", []view.Item{at("", 30), at("", 10), at("", 20)}, []int{1, 2, 0}, view.Placed},
		{"two times at one place", []view.Item{at("4", 10), at("1", 10), at("3", 20), at("2", 20)}, []int{1, 3, 2, 0}, view.Numbered},
		{"not parallel", []view.Item{at("2", 10), coronal}, []int{1, 0}, view.Numbered},
		{"one without a place", []view.Item{at("2", 10), {Number: "1"}}, []int{1, 0}, view.Numbered},
		{"no number comes last", []view.Item{{}, {Number: "7"}, {Number: "x"}}, []int{1, 0, 2}, view.Numbered},
		{"nothing is known", []view.Item{{}, {}}, []int{0, 1}, view.Listed},
		{"none", nil, []int{}, view.Listed},
	} {
		got, by := view.Order(c.items)
		if !slices.Equal(got, c.want) || by != c.by {
			t.Errorf("%s: got %v by %d, want %v by %d", c.name, got, by, c.want, c.by)
		}
	}
}

func TestStack(t *testing.T) {
	s := view.Stacked([]int{1, 0, 2}, []int{1, 3, 0})
	want := view.Stack{{1, 0}, {1, 1}, {1, 2}, {0, 0}, {2, 0}}
	if !slices.Equal(s, want) {
		t.Fatalf("got %v, want %v", s, want)
	}
	if s.Clamp(-3) != 0 || s.Clamp(99) != 4 || s.Find(view.Step{Image: 0}) != 3 || s.Find(view.Step{Image: 9}) != -1 {
		t.Error("a place in the stack is not found")
	}
	for at, want := range map[int][2]int{0: {0, 2}, 2: {0, 2}, 3: {0, 4}, 9: {0, -1}} {
		if first, last := s.Cine(at); first != want[0] || last != want[1] {
			t.Errorf("from %d, %d to %d is played, want %v", at, first, last, want)
		}
	}
	if got := s.Near(2, 1, 3); !slices.Equal(got, []int{3, 1, 4}) {
		t.Errorf("near 2 are %v", got)
	}
	if got := s.Near(1, -1, 3); !slices.Equal(got, []int{0, 2}) {
		t.Errorf("near 1, going back, are %v", got)
	}
}
