package healthcard

import (
	"crypto/ecdsa"
	"crypto/sha256"
	"math/big"
	"slices"
)

// state is what is known of a card's signature.
type state int

const (
	unchecked state = iota // no key of that name was given
	verified               // agrees with a key that was given
	forged                 // does not agree with the key that the card names
	stranger               // agrees, but the certificate with the key names another issuer
	without                // there is no signature
)

// check is what became of looking at a card's signature.
type check struct {
	state    state
	standing standing
}

// verify holds a card against the keys. ES256 is ECDSA on P-256 with SHA-256,
// the signature being both numbers of 32 bytes (RFC 7518, 3.4).
func verify(o opened, issuer string, keys []key) state {
	found := unchecked
	for _, k := range keys {
		if k.kid != o.Kid {
			continue
		}
		switch {
		case !signedBy(o, k.public):
			return forged
		case k.names != nil && !slices.Contains(k.names, issuer):
			found = stranger
		default:
			return verified
		}
	}
	return found
}

func signedBy(o opened, public *ecdsa.PublicKey) bool {
	const half = 32 // bytes
	if o.Alg != "ES256" || len(o.signature) != 2*half {
		return false
	}
	sum := sha256.Sum256([]byte(o.input))
	r, s := new(big.Int).SetBytes(o.signature[:half]), new(big.Int).SetBytes(o.signature[half:])
	return ecdsa.Verify(public, sum[:], r, s)
}

// words say what is known of the signature, in one sentence.
func (c check) words(issuer string) string {
	switch c.state {
	case verified:
		return "verified: the signature of " + issuer + " agrees with a key that you gave"
	case forged:
		return "not genuine: the signature does not agree with the issuer's key that you gave"
	case stranger:
		return "signature not checked: the key that you gave is another issuer's by its certificate"
	case without:
		return "not signed: anyone could have written it"
	}
	return "signature not checked: no key of the issuer was given with the file"
}
