// Independent pieces of work on threads.
#pragma once

#include <cstdint>
#include <functional>

namespace escapement::engine {

// body(0), ..., body(count - 1), each once, on at most `threads` threads at the caller's working precision. A thread that
// is free takes the next piece: pieces are long and there is one list of them, so nothing is left to steal. The first
// exception ends the rest and comes through.
void for_each_piece(unsigned threads, std::uint32_t count, const std::function<void(std::uint32_t)>& body);

}  // namespace escapement::engine
