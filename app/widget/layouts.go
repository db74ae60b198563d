package widget

import "fyne.io/fyne/v2"

// heightAt is how high o wants to be at a width: wrapped text answers only once
// it has that width.
func heightAt(o fyne.CanvasObject, width float32) float32 {
	o.Resize(fyne.NewSize(width, max(o.Size().Height, o.MinSize().Height)))
	return o.MinSize().Height
}

// stackLayout puts visible objects under each other with a gap, each as high as
// it wants to be at the given width.
type stackLayout struct{ gap float32 }

// MinSize implements [fyne.Layout].
func (l stackLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	first := true
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		if !first {
			s.Height += l.gap
		}
		first = false
		m := o.MinSize()
		s.Width = max(s.Width, m.Width)
		s.Height += m.Height
	}
	return s
}

// Layout implements [fyne.Layout].
func (l stackLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		h := heightAt(o, size.Width)
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(size.Width, h))
		y += h + l.gap
	}
}

// columnsLayout deals objects into columns of equal width, as many as fit,
// always under the shortest column.
type columnsLayout struct {
	narrowest float32
	most      int
	gap       float32
	height    *float32 // of the last layout
}

// Columns lays cards out beside each other, in at most most columns that are no
// narrower than narrowest.
func Columns(narrowest float32, most int, gap float32, content ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: &columnsLayout{narrowest, most, gap, new(float32)}, Objects: content}
}

// MinSize implements [fyne.Layout].
func (l *columnsLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	w := float32(0)
	for _, o := range objects {
		w = max(w, o.MinSize().Width)
	}
	return fyne.NewSize(w, *l.height)
}

// Layout implements [fyne.Layout].
func (l *columnsLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	n := max(1, min(l.most, int((size.Width+l.gap)/(l.narrowest+l.gap))))
	width := (size.Width - l.gap*float32(n-1)) / float32(n)
	bottoms := make([]float32, n)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		c := 0
		for i := range bottoms {
			if bottoms[i] < bottoms[c] {
				c = i
			}
		}
		h := heightAt(o, width)
		o.Move(fyne.NewPos(float32(c)*(width+l.gap), bottoms[c]))
		o.Resize(fyne.NewSize(width, h))
		bottoms[c] += h + l.gap
	}
	*l.height = 0
	for _, b := range bottoms {
		*l.height = max(*l.height, b-l.gap)
	}
}

// columnLayout centres content in a column of at most width.
type columnLayout struct{ width float32 }

// Centred keeps content in a readable column in the middle.
func Centred(width float32, content fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: columnLayout{width}, Objects: []fyne.CanvasObject{content}}
}

// MinSize implements [fyne.Layout].
func (l columnLayout) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

// Layout implements [fyne.Layout].
func (l columnLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	w := min(l.width, size.Width)
	o[0].Resize(fyne.NewSize(w, size.Height))
	o[0].Move(fyne.NewPos((size.Width-w)/2, 0))
}

// Facts shows labels with their values in two columns.
func Facts(pairs ...Fact) *fyne.Container {
	c := &fyne.Container{Layout: factsLayout{}}
	for _, p := range pairs {
		c.Objects = append(c.Objects, MutedWords(p.Label), Paragraphs(p.Value))
	}
	return c
}

// Fact is one labelled value.
type Fact struct{ Label, Value string }

type factsLayout struct{}

const (
	factLabel = 150
	factGap   = 16
	factLine  = 7
)

// MinSize implements [fyne.Layout].
func (factsLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	s := fyne.NewSize(factLabel+factGap+80, 0)
	for i := 0; i+1 < len(o); i += 2 {
		s.Height += max(o[i].MinSize().Height, o[i+1].MinSize().Height) + factLine
	}
	return s
}

// Layout implements [fyne.Layout].
func (factsLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	value := size.Width - factLabel - factGap
	for i := 0; i+1 < len(o); i += 2 {
		h := max(heightAt(o[i], factLabel), heightAt(o[i+1], value))
		o[i].Move(fyne.NewPos(0, y))
		o[i].Resize(fyne.NewSize(factLabel, h))
		o[i+1].Move(fyne.NewPos(factLabel+factGap, y))
		o[i+1].Resize(fyne.NewSize(value, h))
		y += h + factLine
	}
}
