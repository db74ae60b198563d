// Package app is the window: it lets the user in, shows the pages of the table
// in pages.go around an open record, and locks it again.
//
// The laws of this package: a page never imports another page and goes to one
// only by a [ui.Route]; every command stands in the main menu with its shortcut,
// because a shortcut elsewhere is dead while an entry has the keyboard; locking
// ends the session's context, empties the window and closes the vault, in this
// order.
package app
