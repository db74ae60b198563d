package hl7v2

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"strconv"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// reader reads the messages of one file.
type reader struct {
	ctx        context.Context
	file       *file
	sink       exchange.Sink
	fieldCount int
	seen       map[[sha256.Size]byte]int // whole messages, by their bytes
	patients   map[string]string         // PID segments, to the local name of their patient
}

func newReader(ctx context.Context, f *file, sink exchange.Sink) *reader {
	return &reader{ctx: ctx, file: f, sink: sink, seen: map[[sha256.Size]byte]int{}, patients: map[string]string{}}
}

// messages reads them all. A message that cannot be read is refused; when none
// can, the file is.
func (r *reader) messages() error {
	var faults []error
	for n, raw := range r.file.messages {
		if err := r.ctx.Err(); err != nil {
			return err
		}
		if r.again(n+1, raw) {
			continue
		}
		m, err := r.parse(n+1, raw)
		if errors.Is(err, errFields) {
			return err
		}
		if err == nil {
			err = newBuilder(r, m).build()
		}
		if err != nil {
			faults = append(faults, err)
		}
	}
	if len(faults) > 0 && len(faults) == len(r.file.messages) {
		return faults[0]
	}
	for _, err := range faults {
		r.sink.Report(exchange.Issue{Issue: record.Issue{Severity: record.Error, Place: "the file", Text: err.Error() + "; nothing of this message was filed"}, Outcome: exchange.Refused})
	}
	r.envelope()
	return nil
}

// again tells a message that the file holds word for word twice, as senders
// that try again leave it (CLINICAL-SAFETY hazard 45).
func (r *reader) again(number int, raw rawMessage) bool {
	content := r.file.bytes[raw.segments[0].start:raw.segments[len(raw.segments)-1].end]
	sum := sha256.Sum256(bytes.TrimSpace(content))
	first, seen := r.seen[sum]
	if !seen {
		r.seen[sum] = number
		return false
	}
	r.sink.Report(exchange.Issue{
		Issue:   record.Issue{Severity: record.Information, Place: "message " + strconv.Itoa(number), Text: fmt.Sprintf("the same, word for word, as message %d; it was read once", first)},
		Outcome: exchange.Absorbed,
	})
	return true
}

// envelope holds what a batch says of itself against what is there.
func (r *reader) envelope() {
	if r.file.unclosed {
		r.tell("the end", "the last message's frame (MLLP) has no end: the file may have been cut off, and something may be missing")
	}
	for _, s := range r.file.stray {
		line := r.file.bytes[s.start:s.end]
		name := "text"
		if isName(line) {
			name = string(line[:3])
		}
		r.sink.Report(exchange.Issue{
			Issue: record.Issue{Severity: record.Warning, Place: "outside any message", Text: "stands outside any message; kept in the original"}, Outcome: exchange.Kept, What: name,
		})
	}
	r.counts()
}

func (r *reader) tell(place, text string) {
	r.sink.Report(exchange.Issue{Issue: record.Issue{Severity: record.Warning, Place: place, Text: text}})
}

// counts compares BTS-1, the number of messages, and FTS-1, the number of
// batches, with those in the file.
func (r *reader) counts() {
	batches, trailers, messages := 0, 0, 0
	stated, complete := 0, true
	files := -1
	for _, s := range r.file.envelope {
		line := r.file.bytes[s.start:s.end]
		switch string(line[:3]) {
		case "BHS":
			batches++
		case "BTS":
			trailers++
			n, ok := firstNumber(line)
			stated, complete = stated+n, complete && ok
		case "FTS":
			if n, ok := firstNumber(line); ok {
				files = n
			}
		}
	}
	messages = len(r.file.messages)
	if trailers > 0 && complete && stated != messages {
		r.tell("BTS-1", fmt.Sprintf("the batch says that it holds %d messages; %d were found, so something may be missing", stated, messages))
	}
	if files >= 0 && batches > 0 && files != batches {
		r.tell("FTS-1", fmt.Sprintf("the file says that it holds %d batches; %d were found, so something may be missing", files, batches))
	}
	if batches > trailers {
		r.tell("BTS", "a batch has no end (no segment BTS): the file may have been cut off, and something may be missing")
	}
}

// firstNumber is field 1 of a trailer.
func firstNumber(line []byte) (int, bool) {
	if len(line) < 5 {
		return 0, false
	}
	value, _, _ := bytes.Cut(line[4:], line[3:4])
	n, err := strconv.Atoi(string(bytes.TrimSpace(value)))
	return n, err == nil && n >= 0
}
