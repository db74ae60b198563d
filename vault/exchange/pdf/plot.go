package pdf

import (
	"github.com/carnet-phr/carnet/vault/clinic"
)

// plot draws a plot with its top left corner at x, y.
func (d *document) plot(x, y float64, p clinic.Plot) {
	if p.Banded {
		d.put(mark{kind: box, x: x, y: y + p.BandTop, w: p.Width, h: p.BandBottom - p.BandTop, style: style{ink: ink{214, 230, 235}}})
	}
	for _, l := range p.Lines {
		var run [][2]float64
		end := func() {
			if len(run) > 1 {
				d.put(mark{kind: stroke, points: run, style: style{ink: accent}})
			}
			run = nil
		}
		for _, s := range l.Spots {
			if s.Hollow || s.Break {
				end()
			}
			if s.Hollow {
				continue
			}
			run = append(run, [2]float64{x + s.X, y + s.Y})
		}
		end()
		for _, s := range l.Spots {
			d.put(mark{kind: spot, x: x + s.X, y: y + s.Y, w: 1.1, hollow: s.Hollow, style: style{ink: accent}})
		}
	}
}
