package imaging

import (
	"context"
	"errors"
	"image"
	"io"
	"sync"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/imaging"
	"github.com/carnet-phr/carnet/vault/imaging/view"
	"github.com/carnet-phr/carnet/vault/record"
)

// reel opens the images of one series as they are asked for. It is safe for
// concurrent use, and for nobody to call on the UI goroutine.
type reel struct {
	open  ui.OpenImage
	vault *vault.Vault
	list  []record.ImagingInstance
	refs  exchange.References

	mu     sync.Mutex
	images []*imaging.Image // nil: not opened yet
	errs   []error
	ways   map[view.Step][]view.Preset // windows to choose from
}

var errNoViewer = errors.New("this program was built without what reads images")

func newReel(env *ui.Env, list []record.ImagingInstance) *reel {
	return &reel{open: env.Image, vault: env.Vault, list: list, images: make([]*imaging.Image, len(list)), errs: make([]error, len(list)), ways: map[view.Step][]view.Preset{}}
}

// image reads how an image is stored and shown. Of several files of the same image
// the first that can be shown is taken.
func (r *reel) image(ctx context.Context, n int) (*imaging.Image, error) {
	r.mu.Lock()
	i, err := r.images[n], r.errs[n]
	r.mu.Unlock()
	if i != nil || err != nil {
		return i, err
	}
	for _, h := range r.list[n].Files() {
		var one *imaging.Image
		one, err = r.file(ctx, r.list[n], h)
		if ctx.Err() != nil {
			return nil, ctx.Err() // nothing is known by that
		}
		if err == nil && (i == nil || i.Shown != nil) {
			i = one
		}
		if i != nil && i.Shown == nil {
			break
		}
	}
	if i != nil {
		err = nil
	}
	r.mu.Lock()
	r.images[n], r.errs[n] = i, err
	r.mu.Unlock()
	return i, err
}

func (r *reel) file(ctx context.Context, i record.ImagingInstance, h record.Hash) (*imaging.Image, error) {
	if r.open == nil {
		return nil, errNoViewer
	}
	return r.open(ctx, opens(r.vault, &r.refs, i, h))
}

// opens gives a file of an image: out of the record, or from where it lies when it
// is kept as a reference.
func opens(v *vault.Vault, refs *exchange.References, i record.ImagingInstance, h record.Hash) func(context.Context) (io.ReadCloser, error) {
	return func(ctx context.Context) (io.ReadCloser, error) {
		f, _, err := v.OpenOriginalAt(ctx, h)
		if place := i.Place(h); place != "" && errors.Is(err, vault.ErrNotFound) {
			return refs.Open(ctx, place, h)
		}
		return f, err
	}
}

// frame decodes one picture.
func (r *reel) frame(ctx context.Context, s view.Step) (*imaging.Image, *imaging.Frame, error) {
	i, err := r.image(ctx, s.Image)
	if err != nil {
		return nil, nil, err
	}
	if i.Shown != nil {
		return i, nil, keptError{i.Packing, i.Needs}
	}
	f, err := i.Frame(ctx, s.Frame)
	if err != nil {
		return i, nil, err
	}
	ways := view.Presets(i.Of(s.Frame).Presentation, f)
	r.mu.Lock()
	r.ways[s] = ways
	r.mu.Unlock()
	return i, f, nil
}

// opened is an image that was opened before; nil for none.
func (r *reel) opened(n int) *imaging.Image {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.images[n]
}

// presets are the windows to choose from for a picture that was decoded.
func (r *reel) presets(s view.Step) []view.Preset {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.ways[s]
}

// items are what the order of the images needs: of those that were opened also
// where they lie. opened counts them.
func (r *reel) items() (items []view.Item, frameCounts []int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for n, x := range r.list {
		it, count := view.Item{Number: x.Number}, frames(x)
		if i := r.images[n]; i != nil {
			it.Slice, count = i.Of(0).Slice, i.Frames
		}
		items, frameCounts = append(items, it), append(frameCounts, count)
	}
	return items, frameCounts
}

// stack puts all pictures in their order, as far as it is known.
func (r *reel) stack() (view.Stack, view.By) {
	items, counts := r.items()
	order, by := view.Order(items)
	return view.Stacked(order, counts), by
}

// thumbnail draws the picture in the middle of the series small.
func (r *reel) thumbnail(ctx context.Context, side int) (image.Image, error) {
	n := len(r.list) / 2
	i, err := r.image(ctx, n)
	if err != nil {
		return nil, err
	}
	if i.Shown != nil {
		return nil, keptError{i.Packing, i.Needs}
	}
	at := i.Frames / 2
	f, err := i.Frame(ctx, at)
	if err != nil {
		return nil, err
	}
	return view.Thumbnail(view.Picture(i, f, at, view.Look{}, false), i.PixelAspect(at), side), nil
}
