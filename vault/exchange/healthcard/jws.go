package healthcard

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"errors"
	"io"
	"strings"

	"github.com/go-json-experiment/json"
)

// payloadLimit is how much a card may hold once it is unpacked, in bytes.
const payloadLimit = 8 << 20

// signed is one card as it came: a JSON Web Signature in compact form (RFC
// 7515).
type signed struct {
	jws   string
	place string
}

// header is the protected header of a card.
type header struct {
	Alg string `json:"alg"`
	Zip string `json:"zip"`
	Kid string `json:"kid"`
}

// isSigned says whether a line is a signed card by the look of its header.
func isSigned(line string) bool {
	if !strings.HasPrefix(line, "eyJ") {
		return false
	}
	first, _, found := strings.Cut(line, ".")
	h, err := parseHeader(first)
	return found && err == nil && h.Alg == "ES256" && (h.Zip == "DEF" || h.Kid != "")
}

func parseHeader(part string) (header, error) {
	var h header
	b, err := base64.RawURLEncoding.DecodeString(part)
	if err != nil {
		return h, err
	}
	return h, json.Unmarshal(b, &h)
}

// opened is a signed card taken apart.
type opened struct {
	header
	payload   []byte // unpacked
	input     string // what was signed
	signature []byte
}

var (
	errDamaged  = errors.New("the card is damaged or incomplete; scan or download it again")
	errTooLarge = errors.New("the card holds more than is safe to unpack")
	errNoBundle = errors.New("the card holds nothing in FHIR")
)

// open takes a card apart. It verifies nothing.
func (s signed) open() (opened, error) {
	parts := strings.Split(s.jws, ".")
	if len(parts) != 3 {
		return opened{}, errDamaged
	}
	h, err := parseHeader(parts[0])
	if err != nil {
		return opened{}, errDamaged
	}
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		return opened{}, errDamaged
	}
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil {
		return opened{}, errDamaged
	}
	o := opened{header: h, payload: payload, input: parts[0] + "." + parts[1], signature: signature}
	switch h.Zip {
	case "DEF":
		if o.payload, err = inflate(payload); err != nil {
			return opened{}, err
		}
	case "":
	default:
		return opened{}, errors.New("the card is packed in a way that is not known")
	}
	return o, nil
}

// inflate unpacks raw DEFLATE (RFC 1951).
func inflate(b []byte) ([]byte, error) {
	f := flate.NewReader(bytes.NewReader(b))
	defer f.Close()
	out, err := io.ReadAll(io.LimitReader(f, payloadLimit+1))
	switch {
	case len(out) > payloadLimit:
		return nil, errTooLarge
	case err != nil:
		return nil, errDamaged
	}
	return out, nil
}
