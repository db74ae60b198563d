package assets

import _ "embed" // for the page

// The one page of a package, START-HERE.html: an html/template, its style sheet
// and its script. The style and script stand in the page as they are, so that
// the page's Content-Security-Policy can name them by their hashes.
var (
	//go:embed page/page.html
	PageTemplate string
	//go:embed page/page.css
	PageStyle string
	//go:embed page/page.js
	PageScript string
)

// The page that holds a package encrypted. In the template, words in double
// braces and capitals stand for what package wrap puts there.
var (
	//go:embed page/locked.html
	LockedTemplate string
	//go:embed page/locked.css
	LockedStyle string
	//go:embed page/locked.js
	LockedScript string
)
