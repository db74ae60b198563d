package share

import (
	"slices"
	"testing"

	"github.com/carnet-phr/carnet/vault/disclose"
	"github.com/carnet-phr/carnet/vault/exchange/handover"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/wrap"
)

func TestScope(t *testing.T) {
	all := sections(map[record.Kind]int{record.KindPatient: 1, record.KindCondition: 2, record.KindObservation: 3})
	if len(all) != 2 {
		t.Fatalf("%d sections, want 2: the person is no choice", len(all))
	}
	both := map[record.Kind]bool{record.KindCondition: true, record.KindObservation: true}
	if s := scope("p", all, both, nil, " Dr X "); s.Kinds != nil || s.For != "Dr X" || s.Person != "p" {
		t.Errorf("everything chosen restricts: %+v", s)
	}
	one := map[record.Kind]bool{record.KindCondition: true}
	s := scope("p", all, one, map[record.ID]bool{"a": true, "b": false}, "")
	if !slices.Equal(s.Kinds, []record.Kind{record.KindPatient, record.KindCondition}) || !slices.Equal(s.Exclude, []record.ID{"a"}) {
		t.Errorf("got %+v", s)
	}
}

func TestFree(t *testing.T) {
	taken := map[string]bool{"/a/P": true, "/a/P (2)": true, "/a/P.html": true, "/a/P.zip.age": true, "/a/P (2).zip.age": true}
	for in, want := range map[string]string{"/a/Q": "/a/Q", "/a/P.html": "/a/P (2).html", "/a/P.zip.age": "/a/P (3).zip.age", "/a/P (2).zip.age": "/a/P (3).zip.age", "/a/P": "/a/P (3)", "/a/P (2)": "/a/P (3)"} {
		if got := free(in, func(p string) bool { return taken[p] }); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestCheckRows(t *testing.T) {
	rows := checkRows([]handover.Check{{What: "every file is there", OK: true}, {What: "ips.json", OK: false, Note: "not whole"}})
	if rows[0].Mark == rows[1].Mark || rows[1].Words != "ips.json: not whole" {
		t.Errorf("got %+v", rows)
	}
}

func TestEveryPresetAndProtectionHasItsWords(t *testing.T) {
	if len(presetWords()) != len(disclose.Presets) || len(protectionWords()) != len(kinds) || len(kinds) != len(wrap.Kinds)+1 {
		t.Error("the words do not stand beside what they name")
	}
}
