// Package limiter limits how often each client may call.
package limiter

import (
	"errors"
	"sync"
	"time"
)

// ErrLimit is returned when a client has no token left.
var ErrLimit = errors.New("limiter: too many requests")

// bucket holds the tokens of one client.
type bucket struct {
	tokens float64
	last   time.Time
}

// Limiter gives each client a bucket that refills at a steady rate.
type Limiter struct {
	mu      sync.Mutex
	rate    float64
	burst   int
	now     func() time.Time
	buckets map[string]*bucket
}

func New(rate float64, burst int) *Limiter {
	return &Limiter{
		rate:    rate,
		burst:   burst,
		now:     time.Now,
		buckets: make(map[string]*bucket),
	}
}

// Take removes n tokens from the client's bucket or fails without changing it.
func (l *Limiter) Take(client string, n int) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	b := l.refill(client)
	if b.tokens < float64(n) {
		return ErrLimit
	}
	b.tokens -= float64(n)
	return nil
}

func (l *Limiter) Wait(client string, n int) (time.Duration, error) {
	if n > l.burst {
		return 0, ErrLimit
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	b := l.refill(client)
	missing := float64(n) - b.tokens
	if missing <= 0 {
		return 0, nil
	}
	return time.Duration(missing / l.rate * float64(time.Second)), nil
}

func (l *Limiter) refill(client string) *bucket {
	now := l.now()
	b, ok := l.buckets[client]
	if !ok {
		b = &bucket{tokens: float64(l.burst), last: now}
		l.buckets[client] = b
		return b
	}
	elapsed := now.Sub(b.last).Seconds()
	b.tokens = min(float64(l.burst), b.tokens+elapsed*l.rate)
	b.last = now
	return b
}

func (l *Limiter) Forget(age time.Duration) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	forgotten := 0
	for client, b := range l.buckets {
		if l.now().Sub(b.last) > age {
			delete(l.buckets, client)
			forgotten++
		}
	}
	return forgotten
}
