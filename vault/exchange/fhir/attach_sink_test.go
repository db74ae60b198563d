package fhir_test

import (
	"crypto/sha256"
	"encoding/hex"
	"io"

	"github.com/carnet-phr/carnet/vault/record"
)

// Attach implements exchange.Sink as the pipeline does.
func (s *sink) Attach(name, mediaType string, r io.Reader) (record.Attachment, error) {
	b, err := io.ReadAll(r)
	if err != nil {
		return record.Attachment{}, err
	}
	s.files = append(s.files, string(b))
	sum := sha256.Sum256(b)
	a := record.Attachment{ContentType: mediaType, Title: name, Hash: record.Hash(hex.EncodeToString(sum[:])), Size: int64(len(b))}
	if mediaType == "text/plain" {
		a.Text = string(b)
	}
	return a, nil
}
