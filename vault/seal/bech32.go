package seal

import "strings"

// age reads an X25519 identity only as the Bech32 text that age-keygen prints
// (BIP 173), and exports no encoder: here is the encoding half.

const bech32Alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"

var bech32Generator = [5]uint32{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3}

func bech32Polymod(values []byte) uint32 {
	chk := uint32(1)
	for _, v := range values {
		top := chk >> 25
		chk = (chk&0x1ffffff)<<5 ^ uint32(v)
		for i, g := range bech32Generator {
			if top>>i&1 == 1 {
				chk ^= g
			}
		}
	}
	return chk
}

// bech32Encode gives lower-case Bech32 of data under a human-readable part.
func bech32Encode(hrp string, data []byte) string {
	values := make([]byte, 0, len(data)*8/5+1)
	var acc, bits uint32
	for _, b := range data {
		acc, bits = acc<<8|uint32(b), bits+8
		for bits >= 5 {
			bits -= 5
			values = append(values, byte(acc>>bits&31))
		}
	}
	if bits > 0 {
		values = append(values, byte(acc<<(5-bits)&31))
	}
	var sum []byte
	for i := range hrp {
		sum = append(sum, hrp[i]>>5)
	}
	sum = append(sum, 0)
	for i := range hrp {
		sum = append(sum, hrp[i]&31)
	}
	sum = append(append(sum, values...), 0, 0, 0, 0, 0, 0)
	mod := bech32Polymod(sum) ^ 1
	var out strings.Builder
	out.WriteString(hrp + "1")
	for _, v := range values {
		out.WriteByte(bech32Alphabet[v])
	}
	for i := range 6 {
		out.WriteByte(bech32Alphabet[mod>>(5*(5-i))&31])
	}
	return out.String()
}
