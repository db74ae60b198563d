package office

// kind is one sort of file.
type kind struct{ mediaType, title string }

// kinds are what the child tells apart.
var kinds = map[string]kind{
	"word":   {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word document"},
	"sheet":  {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel spreadsheet"},
	"slides": {"application/vnd.openxmlformats-officedocument.presentationml.presentation", "PowerPoint slides"},
	"odt":    {"application/vnd.oasis.opendocument.text", "OpenDocument text"},
	"ods":    {"application/vnd.oasis.opendocument.spreadsheet", "OpenDocument spreadsheet"},
	"odp":    {"application/vnd.oasis.opendocument.presentation", "OpenDocument slides"},
	"rtf":    {"text/rtf", "Rich Text"},
	"doc":    {"application/msword", "Word document of the older kind"},
	"xls":    {"application/vnd.ms-excel", "Excel spreadsheet of the older kind"},
	"ppt":    {"application/vnd.ms-powerpoint", "PowerPoint slides of the older kind"},
	"msg":    {"application/vnd.ms-outlook", "Outlook message"},
	"locked": {"application/octet-stream", "Office file"},
	"ole":    {"application/octet-stream", "file of an older Windows program"},
}

// unread are the kinds whose words are not read.
func unread(kind string) bool {
	switch kind {
	case "doc", "xls", "ppt", "msg", "ole":
		return true
	}
	return false
}
