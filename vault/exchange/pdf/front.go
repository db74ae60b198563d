package pdf

import (
	"fmt"

	"github.com/carnet-phr/carnet/vault/exchange/handover/sheet"
)

// block is one list of the front page, broken into lines, of which the first n
// rows are shown.
type block struct {
	title   string
	section string
	banner  []styled
	cols    []column
	rows    []laid
	total   int // rows there are; more than len(rows) when not all were laid out
	n       int // rows shown
	soft    int // rows to keep if that can be done
	hard    int // rows to keep in any case
	x       float64
	width   float64
	boxed   bool // set apart: allergies, and what is unclear
	quiet   bool // boxed with a thin frame alone
	what    string
}

const (
	blockGap = 9  // points above a block
	boxInset = 10 // points inside the frame of one
)

// empty blocks are left out.
func (b *block) empty() bool { return b == nil || b.total == 0 && len(b.banner) == 0 }

// height with the rows that are shown.
func (b *block) height() float64 {
	if b.empty() {
		return 0
	}
	h := blockGap + title3.leading() + height(b.banner)
	if b.n > 0 {
		if b.titled() {
			h += label.leading() + 1.5
		}
		for _, r := range b.rows[:b.n] {
			h += r.height
		}
	}
	if b.total > b.n {
		h += small.leading() + 2
	}
	if b.boxed {
		h += 10
	}
	return h
}

func (b *block) titled() bool {
	for _, c := range b.cols {
		if c.title != "" {
			return true
		}
	}
	return false
}

// band is blocks side by side; a side may hold two, one under the other.
type band [][]*block

func (b band) height() float64 {
	h := 0.0
	for _, side := range b {
		s := 0.0
		for _, x := range side {
			s += x.height()
		}
		h = max(h, s)
	}
	return h
}

// step takes rows away from lists down to a bound.
type step struct {
	lists []*block
	bound func(*block) int
}

// steps are what gives way before what: no allergy does while a list that matters
// less has a row, and few medicines do.
func steps(less []*block, medicines, allergies *block) []step {
	soft, hard := func(b *block) int { return b.soft }, func(b *block) int { return b.hard }
	const few = 5
	to := func(n int) func(*block) int { return func(*block) int { return n } }
	m, a := []*block{medicines}, []*block{allergies}
	return []step{{less, soft}, {m, soft}, {less, hard}, {m, hard}, {less, to(0)}, {m, to(few)}, {a, to(few)}, {m, to(0)}, {a, to(0)}}
}

// fit takes rows away, step by step, until the bands fit.
func fit(bands []band, steps []step, room float64) {
	total := func() float64 {
		h := 0.0
		for _, b := range bands {
			h += b.height()
		}
		return h
	}
	for _, s := range steps {
		for total() > room && shrink(s.lists, s.bound, total) {
		}
	}
	for k := len(steps) - 1; k >= 0; k-- { // the gravest lists take back what room is left
		for i := len(steps[k].lists) - 1; i >= 0; i-- {
			for b := steps[k].lists[i]; b.n < len(b.rows); b.n++ {
				b.n++
				full := total() > room
				b.n--
				if full {
					break
				}
			}
		}
	}
}

// shrink takes one row from the first list where that helps, else from all; it
// says whether there was one to take.
func shrink(order []*block, bound func(*block) int, total func() float64) bool {
	before := total()
	var could []*block
	for _, b := range order {
		if b.empty() || b.n <= bound(b) {
			continue
		}
		could = append(could, b)
		b.n--
		if total() < before {
			return true
		}
		b.n++
	}
	for _, b := range could {
		b.n--
	}
	return len(could) > 0
}

// front writes the first page.
func (d *document) front() error {
	f := d.sheet.Front
	y, err := d.who()
	if err != nil {
		return err
	}
	half := (d.content - 18) / 2
	allergies := d.block(f.Allergies, 0, d.content, boxInset, 0, 0)
	allergies.boxed = true
	medicines := d.block(f.Medicines, 0, d.content, 0, 14, 8)
	problems := d.block(f.Problems, 0, half, 0, 8, 3)
	right := half + 18
	procedures := d.block(f.Procedures, right, half, 0, 4, 1)
	immunizations := d.block(f.Immunizations, right, half, 0, 4, 1)
	results := d.results(f.Results, 6, 2)
	visits := d.block(f.Visits, 0, half, 0, 3, 2)
	questions := d.block(f.Questions, 0, d.content, 0, 4, 2)
	unclear := d.unclear(f.Unclear, right, half)
	bands := []band{{{allergies}}, {{medicines}}, {{problems}, {procedures, immunizations}}, {{results}}, {{questions}}, {{visits}, {unclear}}}
	if procedures.empty() && immunizations.empty() {
		problems = d.block(f.Problems, 0, d.content, 0, 8, 3)
		bands[2] = band{{problems}}
	}
	if visits.empty() && !unclear.empty() {
		unclear = d.unclear(f.Unclear, 0, d.content)
		bands[5] = band{{unclear}}
	}
	fit(bands, steps([]*block{visits, questions, immunizations, procedures, results, unclear, problems}, medicines, allergies), d.bottom-14-y)
	for _, b := range bands {
		h := b.height()
		for _, side := range b {
			at := y
			for _, x := range side {
				d.drawBlock(x, at)
				at += x.height()
			}
		}
		y += h
	}
	d.frontFoot()
	return nil
}

// frontFoot says how to read the page, and what it could not show.
func (d *document) frontFoot() {
	text := "Numbers in brackets name the source, listed at the end; what ends in “…” is continued in its section. Period: " + d.sheet.Period + "."
	text = d.clip(label, d.plain(text), d.content)
	d.write(marginX, d.bottom+2, label, text)
	if len(d.unshown) > 0 {
		d.right(d.paper.width-marginX, d.bottom+2, tagged, unshownWords(d.unshown))
	}
}

// frontLines are the lines of a cell that the front page shows.
const frontLines = 3

// longestFront is how many rows of a list are tried for the front page.
const longestFront = 60

// block lays out a list of the front page.
func (d *document) block(b sheet.Block, x, width, inset float64, soft, hard int) *block {
	t := b.Table
	out := &block{title: b.Title, section: b.Section, cols: columns(t.Columns, width-2*inset), total: len(b.Rows), soft: soft, hard: hard, x: marginX + x, width: width}
	out.banner = d.cell(body, b.Banner, width-20, 4)
	out.banner = append(out.banner, d.cell(small, b.Remark, width-20, 2)...)
	for i, r := range b.Rows {
		if i == longestFront {
			break
		}
		out.rows = append(out.rows, d.layRow(r, out.cols, frontLines))
	}
	out.n = len(out.rows)
	return out
}

// drawBlock draws a block with its top at y.
func (d *document) drawBlock(b *block, y float64) {
	if b.empty() {
		return
	}
	y += blockGap
	x := b.x
	if b.boxed {
		d.boxAround(b, y)
		y += 4
	}
	inset := 0.0
	if b.boxed {
		inset = boxInset
	}
	d.write(x+inset, y+title3.size, title3, d.plain(b.title))
	y += title3.leading()
	d.drawLines(x+inset, y, column{}, b.banner)
	y += height(b.banner)
	if b.n > 0 {
		if b.titled() {
			y = d.drawHead(x+inset, y, b.cols)
		}
		for _, r := range b.rows[:b.n] {
			y = d.drawRow(x+inset, y, b.cols, r)
		}
	}
	if more := b.total - b.n; more > 0 {
		d.more(x+inset, y+2, b, more)
	}
}

func (d *document) boxAround(b *block, y float64) {
	h := b.height() - blockGap
	if b.quiet {
		d.put(mark{kind: frame, x: b.x, y: y, w: b.width, h: h, style: style{ink: ink{150, 160, 166}}})
		return
	}
	d.put(mark{kind: box, x: b.x, y: y, w: b.width, h: h, style: style{ink: wash}})
	d.put(mark{kind: box, x: b.x, y: y, w: 3, h: h, style: style{ink: accent}})
}

// more says how many rows are left out and where they stand.
func (d *document) more(x, y float64, b *block, more int) {
	page := d.starts[b.section]
	text := fmt.Sprintf("+ %d more%s on page %d", more, b.what, page)
	if b.n == 0 {
		text = fmt.Sprintf("%d%s on page %d", more, b.what, page)
	}
	d.write(x, y+small.size, style{bold, 6.8, accent}, text)
	if page > 0 {
		d.put(mark{kind: link, x: x, y: y, w: d.width(style{bold, 6.8, accent}, text), h: small.leading(), page: page})
	}
}
