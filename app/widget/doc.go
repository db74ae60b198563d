// Package widget draws. Its widgets take data and offer OnX callbacks; they
// never see a vault, a route or an error.
package widget
