package dicom

import "encoding/binary"

// syntax is a transfer syntax (PS3.5, A; UIDs: PS3.6, A).
type syntax struct {
	name     string
	implicit bool
	order    binary.ByteOrder
	deflated bool
	lossy    bool // the way of packing always loses
}

var little, big binary.ByteOrder = binary.LittleEndian, binary.BigEndian

const (
	implicitLittle = "1.2.840.10008.1.2"
	explicitLittle = "1.2.840.10008.1.2.1"
	explicitBig    = "1.2.840.10008.1.2.2"
)

// syntaxes are the transfer syntaxes whose headers are read.
var syntaxes = map[string]syntax{
	implicitLittle:            {name: "uncompressed", implicit: true, order: little},
	explicitLittle:            {name: "uncompressed", order: little},
	"1.2.840.10008.1.2.1.98":  {name: "uncompressed, in parts", order: little},
	"1.2.840.10008.1.2.1.99":  {name: "deflated", order: little, deflated: true},
	explicitBig:               {name: "uncompressed, big endian", order: big},
	"1.2.840.113619.5.2":      {name: "uncompressed, in a manufacturer's byte order", implicit: true, order: little},
	"1.2.840.10008.1.2.4.50":  {name: "JPEG Baseline", order: little, lossy: true},
	"1.2.840.10008.1.2.4.51":  {name: "JPEG Extended", order: little, lossy: true},
	"1.2.840.10008.1.2.4.52":  {name: "JPEG Extended (3 and 5)", order: little, lossy: true},
	"1.2.840.10008.1.2.4.53":  {name: "JPEG Spectral Selection (6 and 8)", order: little, lossy: true},
	"1.2.840.10008.1.2.4.54":  {name: "JPEG Spectral Selection (7 and 9)", order: little, lossy: true},
	"1.2.840.10008.1.2.4.55":  {name: "JPEG Full Progression (10 and 12)", order: little, lossy: true},
	"1.2.840.10008.1.2.4.56":  {name: "JPEG Full Progression (11 and 13)", order: little, lossy: true},
	"1.2.840.10008.1.2.4.57":  {name: "JPEG Lossless (14)", order: little},
	"1.2.840.10008.1.2.4.58":  {name: "JPEG Lossless (15)", order: little},
	"1.2.840.10008.1.2.4.59":  {name: "JPEG Extended (16 and 18)", order: little, lossy: true},
	"1.2.840.10008.1.2.4.60":  {name: "JPEG Extended (17 and 19)", order: little, lossy: true},
	"1.2.840.10008.1.2.4.61":  {name: "JPEG Spectral Selection (20 and 22)", order: little, lossy: true},
	"1.2.840.10008.1.2.4.62":  {name: "JPEG Spectral Selection (21 and 23)", order: little, lossy: true},
	"1.2.840.10008.1.2.4.63":  {name: "JPEG Full Progression (24 and 26)", order: little, lossy: true},
	"1.2.840.10008.1.2.4.64":  {name: "JPEG Full Progression (25 and 27)", order: little, lossy: true},
	"1.2.840.10008.1.2.4.65":  {name: "JPEG Lossless (28)", order: little},
	"1.2.840.10008.1.2.4.66":  {name: "JPEG Lossless (29)", order: little},
	"1.2.840.10008.1.2.4.70":  {name: "JPEG Lossless", order: little},
	"1.2.840.10008.1.2.4.80":  {name: "JPEG-LS Lossless", order: little},
	"1.2.840.10008.1.2.4.81":  {name: "JPEG-LS Near-Lossless", order: little, lossy: true},
	"1.2.840.10008.1.2.4.90":  {name: "JPEG 2000 Lossless", order: little},
	"1.2.840.10008.1.2.4.91":  {name: "JPEG 2000", order: little},
	"1.2.840.10008.1.2.4.92":  {name: "JPEG 2000 Multi-component Lossless", order: little},
	"1.2.840.10008.1.2.4.93":  {name: "JPEG 2000 Multi-component", order: little},
	"1.2.840.10008.1.2.4.94":  {name: "JPIP: the pixels lie on a server", order: little},
	"1.2.840.10008.1.2.4.95":  {name: "JPIP, deflated: the pixels lie on a server", order: little, deflated: true},
	"1.2.840.10008.1.2.4.100": {name: "MPEG-2 video", order: little, lossy: true},
	"1.2.840.10008.1.2.4.101": {name: "MPEG-2 video, high", order: little, lossy: true},
	"1.2.840.10008.1.2.4.102": {name: "MPEG-4 video", order: little, lossy: true},
	"1.2.840.10008.1.2.4.103": {name: "MPEG-4 video, Blu-ray", order: little, lossy: true},
	"1.2.840.10008.1.2.4.104": {name: "MPEG-4 video, 2D", order: little, lossy: true},
	"1.2.840.10008.1.2.4.105": {name: "MPEG-4 video, 3D", order: little, lossy: true},
	"1.2.840.10008.1.2.4.106": {name: "MPEG-4 video, stereo", order: little, lossy: true},
	"1.2.840.10008.1.2.4.107": {name: "HEVC video", order: little, lossy: true},
	"1.2.840.10008.1.2.4.108": {name: "HEVC video, 10 bits", order: little, lossy: true},
	"1.2.840.10008.1.2.4.110": {name: "JPEG XL Lossless", order: little},
	"1.2.840.10008.1.2.4.111": {name: "JPEG XL of a JPEG", order: little, lossy: true},
	"1.2.840.10008.1.2.4.112": {name: "JPEG XL", order: little},
	"1.2.840.10008.1.2.4.201": {name: "High-Throughput JPEG 2000 Lossless", order: little},
	"1.2.840.10008.1.2.4.202": {name: "High-Throughput JPEG 2000 RPCL Lossless", order: little},
	"1.2.840.10008.1.2.4.203": {name: "High-Throughput JPEG 2000", order: little},
	"1.2.840.10008.1.2.4.204": {name: "High-Throughput JPIP: the pixels lie on a server", order: little},
	"1.2.840.10008.1.2.4.205": {name: "High-Throughput JPIP, deflated: the pixels lie on a server", order: little, deflated: true},
	"1.2.840.10008.1.2.5":     {name: "RLE Lossless", order: little},
	"1.2.840.10008.1.2.8.1":   {name: "deflated frame by frame", order: little},
}
