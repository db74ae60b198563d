package pdf

import (
	"github.com/carnet-phr/carnet/vault/clinic"
)

// plot draws a plot with its top left corner at x, y.
func (d *document) plot(x, y float64, p clinic.Plot) {
	for _, b := range p.Bands {
		d.put(mark{kind: box, x: x + b.X, y: y + b.Top, w: b.Width, h: b.Bottom - b.Top, style: style{ink: ink{214, 230, 235}}})
	}
	for _, l := range p.Lines {
		for _, run := range l.Runs() {
			var points [][2]float64
			for _, s := range run {
				points = append(points, [2]float64{x + s.X, y + s.Y})
			}
			d.put(mark{kind: stroke, points: points, style: style{ink: accent}})
		}
		for _, s := range l.Spots {
			d.spot(x, y, s)
		}
	}
}

// spot is a dot, a ring for what is not final, and for a bound an arrow.
func (d *document) spot(x, y float64, s clinic.Spot) {
	if !s.Bound {
		d.put(mark{kind: spot, x: x + s.X, y: y + s.Y, w: 1.1, hollow: s.Open, style: style{ink: accent}})
		return
	}
	var points [][2]float64
	for _, c := range s.Arrow(1.6) {
		points = append(points, [2]float64{x + c[0], y + c[1]})
	}
	d.put(mark{kind: stroke, points: append(points, points[0]), style: style{ink: accent}})
}

// tick is how the words of an axis look.
var tick = style{regular, 5.4, soft}

// chart draws a plot with its axes.
func (d *document) chart(x, y float64, p clinic.Plot) {
	d.plot(x, y, p)
	d.line(x, y+p.Height, p.Width, hair)
	last := p.Height + 2*tick.size
	for _, t := range p.Ticks { // upwards
		if last-t.At < tick.size*1.5 {
			continue
		}
		last = t.At
		d.right(x-4, y+t.At+tick.size*0.35, tick, d.clip(tick, d.plain(t.Text), chartTicks))
	}
	d.write(x, y+p.Height+tick.size+2, tick, d.plain(p.First))
	d.right(x+p.Width, y+p.Height+tick.size+2, tick, d.plain(p.Last))
}
