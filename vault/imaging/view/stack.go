package view

// Step is one picture of a stack: a frame of an image.
type Step struct{ Image, Frame int }

// Stack is the frames of all images of a series behind each other.
type Stack []Step

// Stacked makes a stack: order are the images, frames how many each of them has.
func Stacked(order, frames []int) Stack {
	var s Stack
	for _, n := range order {
		for f := range max(1, frames[n]) {
			s = append(s, Step{n, f})
		}
	}
	return s
}

// Clamp is the index of the stack nearest to n.
func (s Stack) Clamp(n int) int { return max(0, min(n, len(s)-1)) }

// Find is where a frame of an image stands; -1 for nowhere.
func (s Stack) Find(x Step) int {
	for n, own := range s {
		if own == x {
			return n
		}
	}
	return -1
}

// Cine is the part of the stack that is played with a picture: the frames of one
// image where it has several, else all.
func (s Stack) Cine(at int) (first, last int) {
	if at < 0 || at >= len(s) {
		return 0, -1
	}
	first, last = at, at
	for first > 0 && s[first-1].Image == s[at].Image {
		first--
	}
	for last+1 < len(s) && s[last+1].Image == s[at].Image {
		last++
	}
	if first == last {
		return 0, len(s) - 1
	}
	return first, last
}

// Near are the pictures to have ready beside one, the likeliest first: step is
// the direction in which it was reached.
func (s Stack) Near(at, step, most int) []int {
	if step == 0 {
		step = 1
	}
	var out []int
	add := func(n int) {
		if n >= 0 && n < len(s) && len(out) < most {
			out = append(out, n)
		}
	}
	for d := 1; d <= most; d++ {
		add(at + d*sign(step))
		if d <= most/3 {
			add(at - d*sign(step))
		}
	}
	return out
}

func sign(n int) int {
	if n < 0 {
		return -1
	}
	return 1
}
