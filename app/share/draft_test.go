package share

import (
	"reflect"
	"testing"

	"github.com/carnet-phr/carnet/vault/record"
)

func TestDraft(t *testing.T) {
	all := []section{{Kind: record.KindCondition, Count: 1}, {Kind: record.KindObservation, Count: 2}}
	chosen := map[record.Kind]bool{record.KindCondition: true, record.KindObservation: true}
	if got := draftOf("", "/x", "/x", all, chosen, map[record.ID]bool{"a": false}); got != nil {
		t.Errorf("a form that nobody touched is kept: %s", got)
	}
	chosen[record.KindObservation] = false
	got := readDraft(draftOf("Dr Made-Up", "/y", "/x", all, chosen, map[record.ID]bool{"b": true, "a": true, "c": false}))
	want := draft{Recipient: "Dr Made-Up", Folder: "/y", Left: []record.Kind{record.KindObservation}, Held: []record.ID{"a", "b"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got := readDraft([]byte("{\"recipient\":")); !reflect.DeepEqual(got, draft{}) {
		t.Errorf("half a draft: %+v", got)
	}
}
