package healthcard

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// qrPrefix begins the text of a QR code, "shc:/", or of one part of several,
// "shc:/2/3/" (https://spec.smarthealth.cards/#encoding-qrs).
const qrPrefix = "shc:/"

// partsLimit is how many parts one card may have.
const partsLimit = 50

// part is the text of one QR code.
type part struct {
	n, of  int // "2 of 3"; 1 of 1 for a card in one code
	digits string
	place  string
}

// isNumeric says whether a line is the text of a QR code.
func isNumeric(line string) bool {
	_, err := parsePart(line)
	return err == nil
}

var errPart = errors.New("not the text of a card's QR code")

// parsePart reads the text of one QR code.
func parsePart(line string) (part, error) {
	rest, ok := cutFold(line, qrPrefix)
	if !ok {
		return part{}, errPart
	}
	p := part{n: 1, of: 1, digits: rest}
	if fields := strings.Split(rest, "/"); len(fields) == 3 {
		var errN, errOf error
		p.n, errN = strconv.Atoi(fields[0])
		p.of, errOf = strconv.Atoi(fields[1])
		p.digits = fields[2]
		if errN != nil || errOf != nil || p.n < 1 || p.n > p.of || p.of > partsLimit {
			return part{}, errPart
		}
	}
	if p.digits == "" || strings.Trim(p.digits, "0123456789") != "" {
		return part{}, errPart
	}
	return p, nil
}

// cutFold cuts a prefix whatever its case: a QR code may be written in capitals.
func cutFold(s, prefix string) (rest string, found bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return "", false
	}
	return s[len(prefix):], true
}

// letters turns pairs of digits back into letters: each is the letter's code
// less 45.
func letters(digits string) (string, error) {
	if len(digits)%2 != 0 {
		return "", errors.New("the numbers of the QR code are incomplete; scan it again")
	}
	b := make([]byte, 0, len(digits)/2)
	for i := 0; i < len(digits); i += 2 {
		c := int(digits[i]-'0')*10 + int(digits[i+1]-'0') + 45
		if c > 'z' {
			return "", fmt.Errorf("the numbers of the QR code are wrong at digit %d; scan it again", i+1)
		}
		b = append(b, byte(c))
	}
	return string(b), nil
}
