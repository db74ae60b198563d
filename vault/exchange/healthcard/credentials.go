package healthcard

import (
	"errors"
	"fmt"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/carnet-phr/carnet/vault/record"
)

// cardsLimit is how many cards one file may hold.
const cardsLimit = 1000

// credentials reads a .smart-health-card file, or the Parameters that a FHIR
// server's $health-cards-issue gives.
func (r *reader) credentials(content []byte) error {
	var f struct {
		Credentials jsontext.Value `json:"verifiableCredential"`
		Parameter   []struct {
			Name  string `json:"name"`
			Value string `json:"valueString"`
		} `json:"parameter"`
	}
	if json.Unmarshal(content, &f) != nil {
		return errors.New("not valid JSON; download the card again")
	}
	var list []string
	if len(f.Credentials) > 0 {
		var one string
		if json.Unmarshal(f.Credentials, &list) != nil && json.Unmarshal(f.Credentials, &one) == nil {
			list = []string{one}
		}
	}
	cards := make([]signed, 0, len(list))
	for i, jws := range list {
		cards = append(cards, signed{jws, fmt.Sprintf("/verifiableCredential/%d", i)})
	}
	for i, p := range f.Parameter {
		if p.Name == "verifiableCredential" {
			cards = append(cards, signed{p.Value, fmt.Sprintf("/parameter/%d/valueString", i)})
		}
	}
	switch {
	case len(cards) == 0:
		r.kept(record.Warning, "whole file", "a file for SMART Health Cards without a card that can be read")
		return nil
	case len(cards) > cardsLimit:
		return fmt.Errorf("more than %d cards in one file", cardsLimit)
	}
	return r.signed(cards)
}
