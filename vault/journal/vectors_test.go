package journal

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/carnet-phr/carnet/vault/seal"
)

// The examples of a frame and of a segment's head that FORMAT.md points at stay
// what they are.
func TestVectors(t *testing.T) {
	b, err := os.ReadFile(filepath.Join("..", "testdata", "vectors.json"))
	if err != nil {
		t.Fatal(err)
	}
	var v struct {
		VaultID, VaultKey                           string
		FrameSegment                                uint32
		FrameNumber                                 uint64
		FrameBefore, FramePlain, Frame, SegmentHead string
	}
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatal(err)
	}
	id, key, before := unhex(t, v.VaultID), seal.Key(unhex(t, v.VaultKey)), Tag(unhex(t, v.FrameBefore))
	s := In("", id, seal.NewBox(key.Derive(id, "journal")))
	frame := unhex(t, v.Frame)
	h, ok := parseFrameHead(frame)
	flags, packed, err := s.openFrame(v.FrameSegment, h.number, before, frame[frameHeadSize:])
	if !ok || err != nil || h.number != v.FrameNumber || hex.EncodeToString(append([]byte{flags}, packed...)) != v.FramePlain {
		t.Errorf("frame: got %x %x, %v, %v", flags, packed, ok, err)
	}
	want := Head{Segment: v.FrameSegment, First: v.FrameNumber, Before: before}
	if got := hex.EncodeToString(want.bytes(id)); got != v.SegmentHead {
		t.Errorf("segment head: got %s, want %s", got, v.SegmentHead)
	}
	if got, ok := parseHead(unhex(t, v.SegmentHead), id); !ok || got != want {
		t.Errorf("segment head: got %+v, %v, want %+v", got, ok, want)
	}
}

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
