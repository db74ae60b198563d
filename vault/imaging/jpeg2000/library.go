//go:build (linux || darwin || windows) && (amd64 || arm64)

package jpeg2000

import (
	"io"
	"strings"
	"sync"
	"unsafe"

	"github.com/ebitengine/purego"
)

// library is what is used of OpenJPEG, in the order in which it is used.
type library struct {
	version         func() string
	createCodec     func(format int32) uintptr
	setDefaults     func(parameters unsafe.Pointer)
	setup           func(codec uintptr, parameters unsafe.Pointer) int32
	createStream    func(buffer uintptr, input int32) uintptr
	setRead         func(stream, read uintptr)
	setSkip         func(stream, skip uintptr)
	setSeek         func(stream, seek uintptr)
	setUserData     func(stream, data, free uintptr)
	setUserDataSize func(stream uintptr, size uint64)
	readHeader      func(stream, codec uintptr, image unsafe.Pointer) int32
	decode          func(codec, stream uintptr, image unsafe.Pointer) int32
	endDecoding     func(codec, stream uintptr) int32
	destroyImage    func(image unsafe.Pointer)
	destroyStream   func(stream uintptr)
	destroyCodec    func(codec uintptr)

	read, skip, seek uintptr // callbacks
	mu               sync.Mutex
	from             source // what the callbacks read; one frame at a time
}

// component and picture are opj_image_comp_t and opj_image_t of 64-bit systems.
type component struct {
	_    [2]uint32 // dx, dy
	w, h uint32
	_    [7]uint32 // x0, y0, prec, bpp, sgnd, resno_decoded, factor
	data *int32
	_    uint16 // alpha
}

type picture struct {
	_          [4]uint32 // x0, y0, x1, y1
	count      uint32
	_          uint32 // color_space
	components *component
	_          *byte  // icc_profile_buf
	_          uint32 // icc_profile_len
}

// Values of openjpeg.h.
const (
	formatCodestream = 0           // OPJ_CODEC_J2K
	bufferSize       = 1 << 20     // OPJ_J2K_STREAM_CHUNK_SIZE
	parametersSize   = 32 << 10    // opj_dparameters_t has 8252 bytes in 2.5; room for later ones
	failed           = ^uintptr(0) // (OPJ_SIZE_T)-1
)

// system is the system's OpenJPEG; nil where there is none.
var system = sync.OnceValue(func() *library {
	handle, ok := load()
	if !ok {
		return nil
	}
	l := &library{}
	for name, f := range map[string]any{
		"opj_version": &l.version, "opj_create_decompress": &l.createCodec, "opj_set_default_decoder_parameters": &l.setDefaults,
		"opj_setup_decoder": &l.setup, "opj_stream_create": &l.createStream, "opj_stream_set_read_function": &l.setRead,
		"opj_stream_set_skip_function": &l.setSkip, "opj_stream_set_seek_function": &l.setSeek, "opj_stream_set_user_data": &l.setUserData,
		"opj_stream_set_user_data_length": &l.setUserDataSize, "opj_read_header": &l.readHeader, "opj_decode": &l.decode,
		"opj_end_decompress": &l.endDecoding, "opj_image_destroy": &l.destroyImage, "opj_stream_destroy": &l.destroyStream, "opj_destroy_codec": &l.destroyCodec,
	} {
		at, ok := symbol(handle, name)
		if !ok {
			return nil
		}
		purego.RegisterFunc(f, at)
	}
	if !strings.HasPrefix(l.version(), "2.") {
		return nil
	}
	l.read = purego.NewCallback(func(to unsafe.Pointer, n uintptr, _ uintptr) uintptr {
		return l.from.read(unsafe.Slice((*byte)(to), n))
	})
	l.skip = purego.NewCallback(func(n int64, _ uintptr) uintptr { return l.from.move(int64(l.from.at)+n, n) })
	l.seek = purego.NewCallback(func(to int64, _ uintptr) uintptr {
		if l.from.move(to, 1) == failed {
			return 0
		}
		return 1
	})
	return l
})

// There says whether OpenJPEG is installed. It loads it.
func There() bool { return system() != nil }

// source is the codestream that is read.
type source struct {
	b  []byte
	at int
}

func (s *source) read(to []byte) uintptr {
	if s.at >= len(s.b) {
		return failed
	}
	n := copy(to, s.b[s.at:])
	s.at += n
	return uintptr(n)
}

// move goes to a place and gives moved, or failed where there is none.
func (s *source) move(to, moved int64) uintptr {
	if to < 0 || to > int64(len(s.b)) {
		return failed
	}
	s.at = int(to)
	return uintptr(moved)
}

// planes decodes a codestream and hands the samples of each of its components over,
// which are gone after that.
func (l *library) planes(b []byte, s size, take func(c int, samples []int32)) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.from = source{b: b}
	defer func() { l.from = source{} }()
	codec := l.createCodec(formatCodestream)
	if codec == 0 {
		return io.ErrUnexpectedEOF
	}
	defer l.destroyCodec(codec)
	parameters := make([]byte, parametersSize)
	l.setDefaults(unsafe.Pointer(&parameters[0]))
	if l.setup(codec, unsafe.Pointer(&parameters[0])) == 0 {
		return ErrDamaged
	}
	stream := l.createStream(bufferSize, 1)
	if stream == 0 {
		return ErrDamaged
	}
	defer l.destroyStream(stream)
	l.setRead(stream, l.read)
	l.setSkip(stream, l.skip)
	l.setSeek(stream, l.seek)
	l.setUserData(stream, 1, 0)
	l.setUserDataSize(stream, uint64(len(b)))
	var p *picture
	ok := l.readHeader(stream, codec, unsafe.Pointer(&p)) != 0
	if p == nil {
		return ErrDamaged
	}
	defer l.destroyImage(unsafe.Pointer(p))
	if !ok || l.decode(codec, stream, unsafe.Pointer(p)) == 0 || l.endDecoding(codec, stream) == 0 {
		return ErrDamaged
	}
	if int(p.count) != s.samples || p.components == nil {
		return ErrDamaged
	}
	for c, one := range unsafe.Slice(p.components, s.samples) {
		if int(one.w) != s.columns || int(one.h) != s.rows || one.data == nil {
			return ErrDamaged
		}
		take(c, unsafe.Slice(one.data, s.columns*s.rows))
	}
	return nil
}
