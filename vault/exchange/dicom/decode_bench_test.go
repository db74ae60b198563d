package dicom_test

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange/dicom"
)

// BenchmarkFrame opens a sample and decodes its first frame, in each packing. The
// peers are dcmdjpeg, dcmdjpls and dcmdrle of dcmtk, less what dcmconv takes for
// the same image uncompressed.
func BenchmarkFrame(b *testing.B) {
	root := shared(b, "data/dicom")
	for _, name := range []string{"dicomparser/CT0012.not_fragmented_bot_rle.dcm", "dicomparser/CT0012.fragmented_no_bot_jpeg_lossless.70.dcm", "dicomparser/CT0012.fragmented_no_bot_jpeg_ls.80.dcm", "wg04/MR4_RLE.dcm", "wg04/NM1_JPLL.dcm", "wg04/XA1_JLSL.dcm", "wg04/RG2_JPLY.dcm", "wg04/MG1_J2KI.dcm"} {
		path := filepath.Join(root, filepath.FromSlash(name))
		b.Run(filepath.Base(name), func(b *testing.B) {
			for b.Loop() {
				i, err := dicom.Open(b.Context(), nil, func(context.Context) (io.ReadCloser, error) { return os.Open(path) })
				if err != nil {
					b.Fatal(err)
				}
				b.SetBytes(int64(i.Size()))
				if _, err := i.Frame(b.Context(), 0); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
